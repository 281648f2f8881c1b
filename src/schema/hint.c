/* What the API does not take -> what was meant, or where it belongs. */
#include "schema/hint.h"

#include "base/nearest.h"

#include <ctype.h>
#include <string.h>

/* So many levels down a field is looked for where it may belong; one whose
 * name is as short as type, name, value or path, which many types have, only in
 * the next. */
#define BELOW_MAX 3
#define SHORT_NAME 5

static bool has_field(const struct type *type, struct slice name)
{
	for (size_t i = 0; i < type->nfields; i++) {
		if (slice_is(name, api_text(type_fields(type)[i].name)))
			return true;
	}
	return false;
}

/* A field of that name where it would be a level higher; NULL for none. */
static const struct frame *find_above(
    const struct frame *frame, struct slice name)
{
	for (frame = frame->above; frame; frame = frame->above) {
		if (has_field(frame->type, name))
			return frame;
	}
	return NULL;
}

/* Adds the way down to a type that has a field of that name; false for none.
 * Recursion is bounded by depth. */
static bool add_way_below(
    struct buf *way, const struct type *type, struct slice name, int depth)
{
	size_t len = way->len;

	for (int levels = 1; levels <= depth; levels++) {
		for (size_t i = 0; i < type->nfields; i++) {
			const struct field *field = &type_fields(type)[i];
			const struct type *below = &schema_types[field->type];

			if (field->of != OF_TYPE || field->shape != SHAPE_ONE)
				continue;
			buf_add_text(way, api_text(field->name));
			if (levels == 1 && has_field(below, name))
				return true;
			buf_add_char(way, '.');
			if (levels > 1 &&
			    add_way_below(way, below, name, levels - 1))
				return true;
			way->len = len;
		}
	}
	return false;
}

static const char *nearest_field(const struct type *type, struct slice name)
{
	const char *names[FIELDS_MAX];

	for (size_t i = 0; i < type->nfields; i++)
		names[i] = api_text(type_fields(type)[i].name);
	return nearest(name, names, type->nfields);
}

/* A field that the name begins with, as preStopHook does; NULL for none. */
static const char *begun_with(const struct type *type, struct slice name)
{
	const char *found = NULL;

	for (size_t i = 0; i < type->nfields; i++) {
		const struct field *field = &type_fields(type)[i];

		if (field->len >= 4 &&
		    slice_starts(name,
			(struct slice){api_text(field->name), field->len}))
			found = api_text(field->name);
	}
	return found;
}

/* What the table says of a field of that name; NULL for nothing. */
static const char *known_mistake(const struct type *type, struct slice name)
{
	for (size_t i = 0; i < type->nmisplaced; i++) {
		const struct misplaced *misplaced =
		    &schema_misplaced[type->misplaced + i];

		if (slice_is(name, api_text(misplaced->name)))
			return api_text(misplaced->hint);
	}
	return NULL;
}

void hint_field(const struct frame *frame, struct slice name, struct buf *hint)
{
	const char *near = nearest_field(frame->type, name);
	const char *known = known_mistake(frame->type, name);
	const struct frame *above;

	if (known) {
		buf_add_text(hint, known);
		return;
	}
	if (!near)
		near = begun_with(frame->type, name);
	if (near) {
		buf_printf(hint, "did you mean '%s'?", near);
		return;
	}
	buf_add_text(hint, "it belongs in '");
	if (add_way_below(hint, frame->type, name,
		name.len > SHORT_NAME ? BELOW_MAX : 1)) {
		buf_add_char(hint, '\'');
		return;
	}
	buf_clear(hint);
	above = find_above(frame, name);
	if (above && above->node->key)
		buf_printf(hint, "it belongs in '%.*s', further out",
		    SLICE_ARGS(above->node->key->text));
	else if (above)
		buf_add_text(hint, "it belongs in the object itself");
}

/* Adds the number that a text begins with; the bytes it has. */
static size_t add_number(struct slice text, struct buf *number)
{
	size_t n = 0;

	while (n < text.len &&
	       (isdigit((unsigned char)text.ptr[n]) || text.ptr[n] == '.'))
		n++;
	buf_add_slice(number, (struct slice){text.ptr, n});
	return n;
}

/* Adds the suffix that was meant by mi, MB, MiB, K or the like. */
static void add_suffix(struct slice word, struct buf *number)
{
	bool is_binary;
	char c;

	if (word.len && tolower((unsigned char)word.ptr[word.len - 1]) == 'b')
		word.len--;
	is_binary = word.len == 2 && tolower((unsigned char)word.ptr[1]) == 'i';
	if (!word.len || word.len > 2 || (word.len == 2 && !is_binary))
		return;
	c = (char)toupper((unsigned char)word.ptr[0]);
	/* Of the decimal ones kilo alone is small. */
	buf_add_char(number, c == 'K' && !is_binary ? 'k' : c);
	if (is_binary)
		buf_add_char(number, 'i');
}

void hint_quantity(struct slice text, struct buf *hint)
{
	struct buf number = {0};
	struct slice rest = slice_trim(text);
	size_t n = add_number(rest, &number);
	double value;

	rest = slice_trim((struct slice){rest.ptr + n, rest.len - n});
	/* Of a blank in front of it the suffix may be right. */
	if (slice_is(rest, "m"))
		buf_add_char(&number, 'm');
	else
		add_suffix(rest, &number);
	if (n && (number.len > n || !rest.len) &&
	    form_quantity_value(buf_slice(&number), &value))
		buf_printf(hint, "did you mean '%s'?", buf_text(&number));
	buf_release(&number);
}
