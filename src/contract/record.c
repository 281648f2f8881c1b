/*
 * A mapping's pairs into the members of a struct, by a table of its fields; a
 * new field is one member and one row.
 */
#include "contract/record.h"

#include "doc/scalar.h"

#include <string.h>

const struct field *record_field(const struct record *record, struct slice name)
{
	for (size_t i = 0; i < record->n; i++) {
		if (slice_is(name, record->fields[i].name))
			return &record->fields[i];
	}
	return NULL;
}

static int refuse_unknown(const struct reader *reader,
    const struct record *record, const struct node *key)
{
	const char **names =
	    arena_array(reader->arena, record->n, sizeof(*names));

	for (size_t i = 0; i < record->n; i++)
		names[i] = record->fields[i].name;
	return reader_refuse_unknown(
	    reader, key, record->owner, names, record->n);
}

/* "'a', 'b' or 'c'" */
static const char *spell_words(struct arena *arena, const char *const *words)
{
	const char *text = arena_printf(arena, "'%s'", words[0]);

	for (size_t i = 1; words[i]; i++)
		text = arena_printf(arena, "%s%s'%s'", text,
		    words[i + 1] ? ", " : " or ", words[i]);
	return text;
}

/* What JSON schemas of this family call a name. */
static bool is_name(struct slice text)
{
	static const char *const allowed =
	    "abcdefghijklmnopqrstuvwxyz0123456789-";

	for (size_t i = 0; i < text.len; i++) {
		if (!text.ptr[i] || !strchr(allowed, text.ptr[i]))
			return false;
	}
	return text.len > 0;
}

static bool is_one_of(struct slice text, const char *const *words)
{
	for (; *words; words++) {
		if (slice_is(text, *words))
			return true;
	}
	return false;
}

/* prefix, something on one line, suffix.  It may be the name of a file, which
 * must not lead out of its folder again. */
static bool has_shape(struct slice text, const struct field *field)
{
	struct slice prefix = slice_of(field->prefix);
	struct slice suffix = slice_of(field->suffix);

	return text.len > prefix.len + suffix.len &&
	       slice_starts(text, prefix) && slice_ends(text, suffix) &&
	       slice_find(text, SLICE("/../"), 0) < 0 &&
	       !memchr(text.ptr, '\n', text.len) &&
	       !memchr(text.ptr, '\r', text.len);
}

static int read_clause_text(const struct reader *reader, const char *name,
    const struct node *node, struct clause_text *ret_text)
{
	ret_text->place = node_place(reader->origin, node);
	return reader_text(reader, name, node, &ret_text->text);
}

static int read_word(const struct reader *reader, const struct field *field,
    const struct node *node, struct clause_text *ret_text)
{
	if (read_clause_text(reader, field->name, node, ret_text))
		return -1;
	if (field->words && !is_one_of(node->text, field->words))
		return reader_refuse(reader, node, "%s must be %s, not %s",
		    field->name, spell_words(reader->arena, field->words),
		    reader_quote(reader, node->text));
	if (field->kind == FIELD_NAME && !is_name(node->text))
		return reader_refuse(reader, node,
		    "%s must be of lower-case letters, digits and '-', not %s",
		    field->name, reader_quote(reader, node->text));
	if (field->prefix && !has_shape(node->text, field))
		return reader_refuse(reader, node,
		    "%s must be of the form %sNAME%s, not %s", field->name,
		    field->prefix, field->suffix,
		    reader_quote(reader, node->text));
	return 0;
}

static int read_bool(const struct reader *reader, const struct field *field,
    const struct node *node, struct clause_bool *ret_bool)
{
	if (!node_to_bool(node, &ret_bool->value))
		return reader_refuse(reader, node,
		    "%s must be true or false, not %s", field->name,
		    reader_describe(reader, node));
	ret_bool->place = node_place(reader->origin, node);
	return 0;
}

static int read_list(const struct reader *reader, const struct field *field,
    const struct node *node, struct clause_list *ret_list)
{
	struct clause_text *items;

	if (node->kind != NODE_SEQUENCE)
		return reader_refuse(reader, node,
		    "%s must be a list of strings, not %s", field->name,
		    reader_describe(reader, node));
	items = arena_array(reader->arena, node->n, sizeof(*items));
	for (uint32_t i = 0; i < node->n; i++) {
		const char *name =
		    arena_printf(reader->arena, "%s[%u]", field->name, i);

		if (read_clause_text(reader, name, node->items[i], &items[i]))
			return -1;
	}
	ret_list->items = items;
	ret_list->n = node->n;
	ret_list->place = node_place(reader->origin, node);
	return 0;
}

static int read_field(const struct reader *reader, const struct field *field,
    const struct node *value, void *self)
{
	void *at = (char *)self + field->offset;

	switch (field->kind) {
	case FIELD_WORD:
	case FIELD_NAME: return read_word(reader, field, value, at);
	case FIELD_BOOL: return read_bool(reader, field, value, at);
	case FIELD_LIST: return read_list(reader, field, value, at);
	}
	BUG("a field of no kind");
}

int record_read(const struct reader *reader, const struct record *record,
    const struct node *mapping, void *self)
{
	for (uint32_t i = 0; i < mapping->n; i++) {
		const struct pair *pair = &mapping->pairs[i];
		const struct field *field = NULL;

		if (pair->key->kind == NODE_SCALAR)
			field = record_field(record, pair->key->text);
		if (!field)
			return refuse_unknown(reader, record, pair->key);
		if (read_field(reader, field, pair->value, self))
			return -1;
	}
	return 0;
}

struct place field_place(const struct field *field, const void *self)
{
	const void *at = (const char *)self + field->offset;

	switch (field->kind) {
	case FIELD_WORD:
	case FIELD_NAME: return ((const struct clause_text *)at)->place;
	case FIELD_BOOL: return ((const struct clause_bool *)at)->place;
	case FIELD_LIST: return ((const struct clause_list *)at)->place;
	}
	BUG("a field of no kind");
}

const char *record_missing(const struct record *record, const void *self)
{
	for (size_t i = 0; i < record->n; i++) {
		const struct field *field = &record->fields[i];

		if (!field->optional && !place_known(field_place(field, self)))
			return field->name;
	}
	return NULL;
}

static const char *spell_list(
    struct arena *arena, const struct clause_list *list)
{
	struct buf buf = {0};
	const char *text;

	for (size_t i = 0; i < list->n; i++)
		buf_printf(&buf, "%s%s", i ? ", " : "", list->items[i].text);
	text = slice_copy(arena, buf_slice(&buf)).ptr;
	buf_release(&buf);
	return text;
}

const char *field_value(
    const struct field *field, const void *self, struct arena *arena)
{
	const void *at = (const char *)self + field->offset;

	if (!place_known(field_place(field, self)))
		return "";
	switch (field->kind) {
	case FIELD_WORD:
	case FIELD_NAME: return ((const struct clause_text *)at)->text;
	case FIELD_BOOL:
		return ((const struct clause_bool *)at)->value ? "true"
							       : "false";
	case FIELD_LIST: return spell_list(arena, at);
	}
	BUG("a field of no kind");
}
