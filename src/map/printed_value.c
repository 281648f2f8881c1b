/* Actions of a line to the values they print, and those to their places. */
#include "map/printed_value.h"

#include "map/knob.h"
#include "map/line_program.h"

#include <string.h>

/* Values in values are looked at so deep. */
#define MOST_DEPTH 12

/* Where a text occurs for the last time, from 1; 0: nowhere. */
static size_t last_of(struct slice text, struct slice part)
{
	ptrdiff_t at = slice_find(text, part, 0);
	size_t last = 0;

	while (at >= 0) {
		last = (size_t)at + 1;
		at = slice_find(text, part, last);
	}
	return last;
}

/* The words of a rendered line: "- key: text" has a key and a text. */
static void cut_line(
    struct slice line, struct slice *ret_key, struct slice *ret_text)
{
	ptrdiff_t colon;

	while (slice_starts(line, SLICE("- ")))
		line = slice_trim((struct slice){line.ptr + 2, line.len - 2});
	colon = slice_find(line, SLICE(":"), 0);
	*ret_key = (struct slice){line.ptr, colon < 0 ? 0 : (size_t)colon};
	if (colon >= 0)
		line = slice_trim((struct slice){
		    line.ptr + colon + 1, line.len - (size_t)colon - 1});
	if (line.len >= 2 && (line.ptr[0] == '"' || line.ptr[0] == '\'') &&
	    line.ptr[line.len - 1] == line.ptr[0])
		line = (struct slice){line.ptr + 1, line.len - 2};
	*ret_text = line;
}

/* From where on a sentence speaks of what the line says, which it quotes; what
 * it quotes before is the name of something else.  All of it when it quotes no
 * such thing. */
static struct slice part_about(struct slice said, struct slice line)
{
	struct buf quoted = {0};
	struct slice key, text;
	size_t last;

	cut_line(line, &key, &text);
	buf_printf(&quoted, "'%.*s'", SLICE_ARGS(text));
	last = last_of(said, buf_slice(&quoted));
	buf_release(&quoted);
	if (last)
		said = (struct slice){
		    said.ptr + last - 1, said.len - (last - 1)};
	return said;
}

/* How surely the finding is about a value: it is quoted, it occurs.  What is
 * quoted first is the name of what the rest is about. */
static size_t aboutness(struct slice said, const struct value *value)
{
	struct buf quoted = {0};
	size_t last;

	if (value->kind == VALUE_LIST || value->kind == VALUE_MAP ||
	    !value->text.len)
		return 0;
	buf_printf(&quoted, "'%.*s'", SLICE_ARGS(value->text));
	last = last_of(said, buf_slice(&quoted));
	buf_release(&quoted);
	if (last)
		return last + 1;
	return has_word(said, value->text);
}

/* Whether a value, which stands under a key or in a list, prints the line. */
static bool prints_line(
    struct slice key, const struct value *value, struct slice line)
{
	struct slice wanted_key, wanted;

	cut_line(line, &wanted_key, &wanted);
	if (!slice_eq(key, wanted_key))
		return false;
	return value_is_scalar(value) ? slice_eq(value->text, wanted)
				      : key.len && !wanted.len;
}

/* Counts the values in a tree that print a line; the last of them. */
static size_t find_printed(const struct value *value, struct slice line,
    unsigned depth, const struct value **ret_value)
{
	size_t n = 0;

	if (depth > MOST_DEPTH)
		return 0;
	for (size_t i = 0; value->kind == VALUE_MAP && i < value->map.n; i++) {
		const struct value_entry *entry = &value->map.entries[i];

		if (prints_line(entry->key, entry->value, line)) {
			*ret_value = entry->value;
			n++;
		}
		n += find_printed(entry->value, line, depth + 1, ret_value);
	}
	for (size_t i = 0; value->kind == VALUE_LIST && i < value->list.n;
	     i++) {
		const struct value *item = value->list.items[i];

		if (value_is_scalar(item) &&
		    prints_line((struct slice){0}, item, line)) {
			*ret_value = item;
			n++;
		}
		n += find_printed(item, line, depth + 1, ret_value);
	}
	return n;
}

/* Of a map that is printed as a block, the part that the line shows, when it
 * is the only one; else all of it. */
static const struct value *narrow(
    const struct value *value, const struct mapped_line *line)
{
	const struct value *part = NULL;

	return line->action.len &&
		       find_printed(value, line->text, 0, &part) == 1 &&
		       (place_known(part->place) || part->option)
		   ? part
		   : value;
}

/* Of all that a value holds, what the finding quotes last. */
static void find_quoted(struct slice said, const struct value *value,
    unsigned depth, size_t *most, const struct value **best)
{
	size_t about = value_is_scalar(value) ? aboutness(said, value) : 0;

	if (about > 1 && about > *most &&
	    (place_known(value->place) || value->option)) {
		*most = about;
		*best = value;
	}
	if (depth > MOST_DEPTH)
		return;
	for (size_t i = 0; value->kind == VALUE_MAP && i < value->map.n; i++)
		find_quoted(
		    said, value->map.entries[i].value, depth + 1, most, best);
	for (size_t i = 0; value->kind == VALUE_LIST && i < value->list.n; i++)
		find_quoted(said, value->list.items[i], depth + 1, most, best);
}

/* What an action makes something of: "printf "%s:%s" .repository .tag", or a
 * helper that is given a map. */
static void find_in_words(struct values_evaluator *values, struct slice said,
    const struct go_scope *scope, struct slice action, size_t *most,
    struct printed_value *printed)
{
	const struct evaluator *evaluator = &values->evaluator;
	struct item item;

	while (item_next(&action, &item)) {
		const struct value *value, *best = NULL;

		/* All that a template is given is too much to look at. */
		if ((item.kind != ITEM_FIELD && item.kind != ITEM_VARIABLE) ||
		    slice_is(item.text, ".") || slice_is(item.text, "$"))
			continue;
		value =
		    evaluator->evaluate(evaluator->context, scope, item.text);
		if (value)
			find_quoted(said, value, 0, most, &best);
		if (best)
			*printed = (struct printed_value){
			    .value = best, .words = item.text};
	}
}

/* What an action prints: the value itself, or else what it is made from.  False
 * when neither is known. */
static bool consider(struct values_evaluator *values, struct slice said,
    const struct go_scope *scope, struct slice action, size_t *most,
    struct printed_value *printed)
{
	const struct value *value =
	    values_evaluator_printed(values, scope, action);
	size_t about = value ? aboutness(said, value) : 0;
	size_t before = *most;

	if (!value) {
		find_in_words(values, said, scope, action, most, printed);
		return *most > before;
	}
	if (about && about >= *most) {
		*most = about;
		*printed =
		    (struct printed_value){.value = value, .action = action};
	}
	return true;
}

struct printed_value printed_value_find(struct values_evaluator *values,
    const struct mapped_line *line, struct slice said)
{
	struct printed_value printed = {.action = line->only};
	bool all_known = true;
	size_t most = 0;

	if (line->only.len)
		printed.value =
		    values_evaluator_printed(values, &line->scope, line->only);
	if (printed.value) {
		printed.value = narrow(printed.value, line);
		return printed;
	}
	said = part_about(said, line->text);
	if (line->only.len)
		find_in_words(
		    values, said, &line->scope, line->only, &most, &printed);
	for (size_t i = 0; !line->only.len && i < line->noutputs; i++)
		all_known &= consider(values, said, &line->scope,
		    line->outputs[i]->text, &most, &printed);
	/* What is not known may be what is meant, unless that is quoted. */
	if (!all_known && most <= 1)
		printed = (struct printed_value){0};
	return printed;
}
