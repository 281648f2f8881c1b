/* Lines of templates to sentences. */
#include "run/template_notes.h"

#include "map/line_program.h"
#include "map/printed_value.h"
#include "map/subchart_values.h"

#include <ctype.h>
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

/* "what '{{ .Values.tag }}' prints", "'latest'" */
static void spell_subject(const struct printed_value *printed, struct buf *buf)
{
	if (can_show(printed->action))
		buf_printf(buf, "what '{{ %.*s }}' prints",
		    SLICE_ARGS(printed->action));
	else
		buf_printf(buf, "'%.*s', from '%.*s',",
		    SLICE_ARGS(printed->value->text),
		    SLICE_ARGS(printed->words));
}

/* Where the value is set.  A subchart's own default is not edited, but set by
 * its parent. */
static void note_set(const struct template_notes *notes,
    struct finding *finding, const struct moved_line *moved,
    const struct value *value, const char *subject)
{
	struct buf path = {0};

	if (subchart_has_place(moved->file->chart, value->place) &&
	    subchart_value_path(
		notes->values->root, moved->source, value, &path))
		finding_note_to(notes->list, finding, value->place,
		    "%s is the subchart's default; set %s instead", subject,
		    buf_text(&path));
	else
		finding_note_to(notes->list, finding, value->place,
		    "%s is set here", subject);
	buf_release(&path);
}

/* Whether an action prints a value as it is: ".Values.replicas". */
static bool is_path(struct slice action)
{
	for (size_t i = 0; i < action.len; i++) {
		char c = action.ptr[i];

		if (!isalnum((unsigned char)c) && c != '.' && c != '_')
			return false;
	}
	return action.len && action.ptr[0] == '.';
}

/* Whether the line has another value than the one that is given: the render was
 * made with others. */
static bool is_other(
    const struct mapped_line *line, const struct printed_value *printed)
{
	return is_path(printed->action) && value_is_scalar(printed->value) &&
	       printed->value->text.len &&
	       slice_find(line->text, printed->value->text, 0) < 0;
}

static void note_printed(const struct template_notes *notes,
    struct finding *finding, const struct moved_line *moved,
    const struct printed_value *printed)
{
	struct buf subject = {0};

	if (is_other(moved->line, printed))
		return;
	spell_subject(printed, &subject);
	if (place_known(printed->value->place))
		note_set(
		    notes, finding, moved, printed->value, buf_text(&subject));
	else
		finding_note_to(notes->list, finding, (struct place){0},
		    "%s is set by '%s'", buf_text(&subject),
		    printed->value->option);
	buf_release(&subject);
}

/* How people call an item of a list: by its name, or its number. */
static void spell_item(const struct round *round, struct buf *buf)
{
	const struct value *name = value_get(round->item, SLICE("name"));

	if (!round->is_number)
		buf_printf(buf, "'%.*s'", SLICE_ARGS(round->key));
	else if (name && name->kind == VALUE_STRING)
		buf_printf(buf, "'%.*s'", SLICE_ARGS(name->text));
	else
		buf_printf(buf, "[%.*s]", SLICE_ARGS(round->key));
}

/* For which item of a loop the line was printed. */
static void note_item(const struct template_notes *notes,
    struct finding *finding, const struct round *round)
{
	struct buf item = {0}, path = {0};

	if (!round->item || !place_known(round->item->place))
		return;
	spell_item(round, &item);
	if (value_find_path(notes->values->root, round->items, &path))
		finding_note_to(notes->list, finding, round->item->place,
		    "item %s of .Values%s", buf_text(&item), buf_text(&path));
	buf_release(&item);
	buf_release(&path);
}

/* Where the value was decided that an action of the line prints.  Of a
 * container that lacks something, the value that names it is beside the point,
 * the one that prints all of it is not. */
static void note_value(const struct template_notes *notes,
    struct finding *finding, const struct moved_line *moved)
{
	const struct mapped_line *line = moved->line;
	struct printed_value printed = {0};

	if (!notes->are_given || line->inner_doubtful)
		return;
	if (!finding->is_whole || line->action.len)
		printed = printed_value_find(
		    notes->values, line, slice_of(finding->text));
	if (printed.value && (can_show(printed.action) || printed.words.len))
		note_printed(notes, finding, moved, &printed);
	else if (!moved->knob->file || !place_known(moved->knob->place))
		note_item(notes, finding, moved->round);
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
		    whole_line(notes, knob->head_file, knob->head_line),
		    "%s: '%.*s' is then printed here", buf_text(&setting),
		    SLICE_ARGS(knob->key));
	else
		finding_note_to(notes->list, finding,
		    whole_line(notes, knob->head_file, knob->head_line),
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

struct slice missing_kind(const struct finding *finding)
{
	struct slice fix =
	    slice_of(finding->kind->fix ? finding->kind->fix : "");
	ptrdiff_t at = slice_find(fix, SLICE("kind: "), 0);

	while (at >= 0) {
		struct slice kind = {fix.ptr + at + 6, 0};

		while (isalnum((unsigned char)kind.ptr[kind.len]))
			kind.len++;
		if (kind.len &&
		    (!finding->subject ||
			!slice_is(kind, finding->subject->kind)) &&
		    has_word(slice_of(finding->text), kind))
			return kind;
		at = slice_find(fix, SLICE("kind: "), (size_t)at + 6);
	}
	return (struct slice){0};
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
	note_value(notes, finding, moved);
	note_helper(notes, finding, moved);
	if (moved->knob->file)
		note_knob(notes, finding, moved->knob);
}
