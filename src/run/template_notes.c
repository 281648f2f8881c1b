/* Lines of templates to sentences. */
#include "run/template_notes.h"

#include "map/line_program.h"

#include <string.h>

/* Whether a sentence can hold the action. */
static bool can_show(struct slice action)
{
	return action.len && action.len <= 120 &&
	       !memchr(action.ptr, '\n', action.len);
}

static struct place whole_line(const struct template_notes *notes,
    const struct template_file *file, uint32_t number)
{
	struct slice line = template_file_line(file, number);
	uint32_t col = 1;

	while (col <= line.len && line.ptr[col - 1] == ' ')
		col++;
	return (struct place){notes->origin_of(notes->context, file->path),
	    {number, col, number, (uint32_t)slice_trim(line).len + col}};
}

/* The helpers between the line and the one that holds its words. */
static void note_calls(const struct template_notes *notes,
    struct finding *finding, const struct mapped_line *line)
{
	for (const struct call *call = line->calls; call && call->up;
	     call = call->up) {
		struct slice name = call->up->define->name;

		finding_note_to(notes->list, finding,
		    whole_line(notes, call->file, call->line),
		    "called in helper '%.*s' here", SLICE_ARGS(name));
	}
}

/* Where the rendered line's own words are, when a helper printed them. */
static void note_helper(const struct template_notes *notes,
    struct finding *finding, const struct moved_line *moved)
{
	const struct mapped_line *line = moved->line;
	struct buf lines = {0};
	struct place place;

	if ((line->inner == moved->file && line->inner_line == line->line) ||
	    (line->inner_doubtful && !line->inner_others[0]) || line->others[0])
		return;
	for (size_t i = 0; i < MOST_OTHERS && line->inner_others[i]; i++)
		buf_printf(&lines, " or in line %u", line->inner_others[i]);
	place.origin = notes->origin_of(notes->context, line->inner->path);
	place.span = moved->inner;
	if (!place_known(moved->caller))
		finding_note_to(notes->list, finding, place,
		    "in helper '%.*s' here%s", SLICE_ARGS(line->helper),
		    buf_text(&lines));
	buf_release(&lines);
	if (!line->inner_doubtful)
		note_calls(notes, finding, line);
	if (place_known(moved->caller))
		finding_note_to(
		    notes->list, finding, moved->caller, "called from here");
}

/* What printed the line among others: what is wrong is in what it prints. */
static void note_action(const struct template_notes *notes,
    struct finding *finding, const struct mapped_line *line)
{
	if (can_show(line->action) && !line->inner_doubtful)
		finding_note_to(notes->list, finding, (struct place){0},
		    "this line is what '{{ %.*s }}' prints",
		    SLICE_ARGS(line->action));
}

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

/* How surely the finding is about a value: it is quoted, it occurs.  What is
 * quoted first is the name of what the rest is about. */
static size_t aboutness(
    const struct finding *finding, const struct value *value)
{
	struct slice text = slice_of(finding->text);
	struct buf quoted = {0};
	size_t last;

	if (value->kind == VALUE_LIST || value->kind == VALUE_MAP ||
	    !value->text.len)
		return 0;
	buf_printf(&quoted, "'%.*s'", SLICE_ARGS(value->text));
	last = last_of(text, buf_slice(&quoted));
	buf_release(&quoted);
	if (last)
		return last + 1;
	return has_word(text, value->text);
}

/* The value that the line prints and the finding is about: that of its one
 * action, or of several the one whose value is spoken of. */
static const struct value *printed_value(const struct template_notes *notes,
    const struct finding *finding, const struct mapped_line *line,
    struct slice *ret_action)
{
	const struct value *best = NULL, *value;
	size_t most = 0, about;

	*ret_action = line->only;
	if (line->only.len)
		return values_evaluator_printed(
		    notes->values, &line->scope, line->only);
	for (size_t i = 0; i < line->noutputs; i++) {
		value = values_evaluator_printed(
		    notes->values, &line->scope, line->outputs[i]->text);
		about = value ? aboutness(finding, value) : 0;
		if (about <= most)
			continue;
		most = about;
		best = value;
		*ret_action = line->outputs[i]->text;
	}
	return best;
}

/* Where the value was decided that an action of the line prints.  Of a
 * container that lacks something, the value that names it is beside the point,
 * the one that prints all of it is not. */
static void note_value(const struct template_notes *notes,
    struct finding *finding, const struct mapped_line *line)
{
	const struct value *value = NULL;
	struct slice action = {0};

	if (notes->are_given && !line->inner_doubtful &&
	    (!finding->is_whole || line->action.len))
		value = printed_value(notes, finding, line, &action);
	if (!value || !can_show(action))
		return;
	if (place_known(value->place))
		finding_note_to(notes->list, finding, value->place,
		    "what '{{ %.*s }}' prints is set here", SLICE_ARGS(action));
	else
		finding_note_to(notes->list, finding, (struct place){0},
		    "what '{{ %.*s }}' prints is set by '%s'",
		    SLICE_ARGS(action), value->option);
}

static void note_others(const struct template_notes *notes,
    struct finding *finding, const struct mapped_line *line)
{
	struct buf text = {0};

	if (!line->others[0])
		return;
	buf_printf(&text, "%u", line->line);
	for (size_t i = 0; i < MOST_OTHERS && line->others[i]; i++)
		buf_printf(&text, " or %u", line->others[i]);
	finding_note_to(notes->list, finding, (struct place){0},
	    "printed by line %s: the rendered text does not show which",
	    buf_text(&text));
	buf_release(&text);
}

/* What to set: the path itself, or so that the condition holds. */
static void spell_setting(const struct knob *knob, struct buf *buf)
{
	buf_printf(buf, "set %.*s", SLICE_ARGS(knob->path));
	if (!knob->is_path && can_show(knob->condition))
		buf_printf(
		    buf, " so that '%.*s' holds", SLICE_ARGS(knob->condition));
}

/* The block that would print what is missing. */
static void note_knob(const struct template_notes *notes,
    struct finding *finding, const struct knob *knob)
{
	struct slice condition =
	    can_show(knob->condition) ? knob->condition : SLICE("...");
	struct buf setting = {0};

	spell_setting(knob, &setting);
	if (knob->path.len && place_known(knob->place))
		finding_note_to(notes->list, finding, knob->place,
		    "%s%s: '%.*s' is then printed by line %u of '%s'",
		    buf_text(&setting), knob->is_there ? "" : " in here",
		    SLICE_ARGS(knob->key), knob->line, knob->file->path);
	else if (knob->path.len)
		finding_note_to(notes->list, finding,
		    whole_line(notes, knob->file, knob->head_line),
		    "%s: '%.*s' is then printed here", buf_text(&setting),
		    SLICE_ARGS(knob->key));
	else
		finding_note_to(notes->list, finding,
		    whole_line(notes, knob->file, knob->head_line),
		    "'%.*s' is printed here when '%.*s' holds",
		    SLICE_ARGS(knob->key), SLICE_ARGS(condition));
	buf_release(&setting);
}

struct slice advice_of(const struct finding *finding, bool is_object)
{
	if (finding->nfixes && finding->fixes[0].kind == FIX_INSERT)
		return slice_of(finding->fixes[0].text);
	return slice_of(finding->kind->fix && !is_object ? finding->kind->fix
							 : finding->text);
}

/* The blanks before a line, but for the first of the document. */
static size_t column_of(
    const struct mapped_document *mapped, const struct mapped_line *line)
{
	const char *at = line->text.ptr;
	size_t n = 0;

	while (at > mapped->lines[0].text.ptr && at[-1] == ' ') {
		at--;
		n++;
	}
	return n;
}

/* Whether nothing is there behind a key, on its line or on those below it. */
static bool is_empty(const struct mapped_document *mapped, size_t at,
    struct slice value, size_t column)
{
	static const char *const words[] = {"{}", "[]", "null", "~", "\"\""};
	const struct mapped_line *next = &mapped->lines[at + 1];
	bool is_deeper = at + 1 < mapped->n && column_of(mapped, next) > column;

	if (!value.len && is_deeper) {
		value = next->text;
		next++;
		if (at + 2 < mapped->n && column_of(mapped, next) > column)
			return false;
	}
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (slice_is(value, words[i]))
			return true;
	}
	return !value.len;
}

/* The column of the keys of an item: "- name:" has them behind the dash. */
static size_t key_column(const struct rendered_item *item)
{
	struct slice rest = item->line->text;
	size_t column = item->column;

	while (rest.len > 1 && rest.ptr[0] == '-' && rest.ptr[1] == ' ') {
		struct slice inner =
		    slice_trim((struct slice){rest.ptr + 1, rest.len - 1});

		column += (size_t)(inner.ptr - rest.ptr);
		rest = inner;
	}
	return column;
}

/* The next field of an item behind line *at, which moves there; its key, empty
 * behind the last one.  What stands at the left has fields at any column. */
static struct slice next_field(const struct rendered_item *item, size_t *at)
{
	const struct mapped_document *mapped = item->mapped;
	size_t column = key_column(item);

	for (++*at; *at < mapped->n; ++*at) {
		struct slice key = mapped->lines[*at].text;
		size_t here = column_of(mapped, &mapped->lines[*at]);
		ptrdiff_t colon = slice_find(key, SLICE(":"), 0);

		if (here < column)
			break;
		if (colon <= 0 || (column && here != column))
			continue;
		key.len = (size_t)colon;
		return key;
	}
	return (struct slice){0};
}

const struct mapped_line *find_empty_field(
    const struct rendered_item *item, struct slice advice)
{
	const struct mapped_document *mapped = item->mapped;
	size_t at = (size_t)(item->line - mapped->lines);
	struct slice key, value;

	for (;;) {
		key = next_field(item, &at);
		if (!key.len)
			return NULL;
		value = mapped->lines[at].text;
		value.ptr += key.len + 1;
		value.len -= key.len + 1;
		if (has_word(advice, key) &&
		    is_empty(mapped, at, slice_trim(value),
			column_of(mapped, &mapped->lines[at])))
			return &mapped->lines[at];
	}
}

bool has_field(void *context, struct slice key)
{
	const struct rendered_item *item = context;
	size_t at = (size_t)(item->line - item->mapped->lines);
	struct slice line = item->line->text, field;

	/* The first one may stand on the item's own line. */
	if (slice_find(line, key, 0) >= 0 && has_word(line, key))
		return true;
	do {
		field = next_field(item, &at);
		if (slice_eq(field, key))
			return true;
	} while (field.len);
	return false;
}

void template_notes_add(const struct template_notes *notes,
    struct finding *finding, const struct moved_line *moved)
{
	note_others(notes, finding, moved->line);
	note_action(notes, finding, moved->line);
	note_value(notes, finding, moved->line);
	note_helper(notes, finding, moved);
	if (moved->knob->file)
		note_knob(notes, finding, moved->knob);
}
