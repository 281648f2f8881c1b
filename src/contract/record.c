/*
 * A mapping's pairs into the members of a struct, by a table of its fields; a
 * new field is one member and one row.
 */
#include "contract/record.h"

#include "doc/scalar.h"

#include <inttypes.h>
#include <string.h>

const struct contract_field *record_field(
    const struct record *record, struct slice name)
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

/* A name of a file, on one line, that does not lead out of the folder it is
 * relative to. */
static bool is_path_below(struct slice text)
{
	struct slice rest = text;

	if (text.ptr[0] == '/' || memchr(text.ptr, '\n', text.len) ||
	    memchr(text.ptr, '\r', text.len))
		return false;
	for (;;) {
		const char *slash = memchr(rest.ptr, '/', rest.len);
		size_t len = slash ? (size_t)(slash - rest.ptr) : rest.len;

		if (slice_is((struct slice){rest.ptr, len}, ".."))
			return false;
		if (!slash)
			return rest.len && !slice_is(rest, ".");
		rest = (struct slice){slash + 1, rest.len - len - 1};
	}
}

static int read_clause_text(const struct reader *reader, const char *name,
    const struct node *node, struct clause_text *ret_text)
{
	ret_text->place = node_place(reader->origin, node);
	return reader_text(reader, name, node, &ret_text->text);
}

static int read_word(const struct reader *reader,
    const struct contract_field *field, const struct node *node,
    struct clause_text *ret_text)
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
	if (field->kind == FIELD_PATH && !is_path_below(node->text))
		return reader_refuse(reader, node,
		    "%s must be the path of a file below the root of the "
		    "repository, relative to it and without '..', not %s",
		    field->name, reader_quote(reader, node->text));
	return 0;
}

static int read_int(const struct reader *reader,
    const struct contract_field *field, const struct node *node,
    struct clause_int *ret_int)
{
	int64_t value;

	if (!node_to_int(node, &value))
		return reader_refuse(reader, node,
		    "%s must be a whole number, not %s", field->name,
		    reader_describe(reader, node));
	if (value < field->least || value > field->most)
		return reader_refuse(reader, node,
		    "%s must be a number from %" PRId64 " to %" PRId64
		    ", not %" PRId64,
		    field->name, field->least, field->most, value);
	*ret_int = (struct clause_int){
	    .value = value,
	    .text = arena_printf(reader->arena, "%" PRId64, value),
	    .place = node_place(reader->origin, node),
	};
	return 0;
}

static int read_bool(const struct reader *reader,
    const struct contract_field *field, const struct node *node,
    struct clause_bool *ret_bool)
{
	if (!node_to_bool(node, &ret_bool->value))
		return reader_refuse(reader, node,
		    "%s must be true or false, not %s", field->name,
		    reader_describe(reader, node));
	ret_bool->place = node_place(reader->origin, node);
	return 0;
}

static int read_list(const struct reader *reader,
    const struct contract_field *field, const struct node *node,
    struct clause_list *ret_list)
{
	struct clause_text *items;
	int result = 0;

	if (node->kind != NODE_SEQUENCE)
		return reader_refuse(reader, node,
		    "%s must be a list of strings, not %s", field->name,
		    reader_describe(reader, node));
	items = arena_array(reader->arena, node->n, sizeof(*items));
	for (uint32_t i = 0; i < node->n; i++) {
		const char *name =
		    arena_printf(reader->arena, "%s[%u]", field->name, i);

		result |=
		    read_clause_text(reader, name, node->items[i], &items[i]);
	}
	ret_list->items = items;
	ret_list->n = node->n;
	ret_list->place = node_place(reader->origin, node);
	return result;
}

static int read_record(const struct reader *reader,
    const struct contract_field *field, const struct node *node, void *self)
{
	if (node->kind != NODE_MAPPING)
		return reader_refuse(reader, node,
		    "%s must be a mapping, not %s", field->name,
		    reader_describe(reader, node));
	*(struct place *)((char *)self + field->offset) =
	    node_place(reader->origin, node);
	return record_read(reader, field->record, node, self);
}

/* Its place alone: it is written, and has no value. */
static void set_place(
    const struct contract_field *field, void *self, struct place place)
{
	void *at = (char *)self + field->offset;

	switch (field->kind) {
	case FIELD_WORD:
	case FIELD_PATH:
	case FIELD_NAME: ((struct clause_text *)at)->place = place; return;
	case FIELD_BOOL: ((struct clause_bool *)at)->place = place; return;
	case FIELD_INT: ((struct clause_int *)at)->place = place; return;
	case FIELD_LIST: ((struct clause_list *)at)->place = place; return;
	case FIELD_RECORD: *(struct place *)at = place; return;
	}
	BUG("a field of no kind");
}

static int read_field(const struct reader *reader,
    const struct contract_field *field, const struct node *value, void *self)
{
	void *at = (char *)self + field->offset;

	switch (field->kind) {
	case FIELD_WORD:
	case FIELD_PATH:
	case FIELD_NAME: return read_word(reader, field, value, at);
	case FIELD_BOOL: return read_bool(reader, field, value, at);
	case FIELD_INT: return read_int(reader, field, value, at);
	case FIELD_LIST: return read_list(reader, field, value, at);
	case FIELD_RECORD: return read_record(reader, field, value, self);
	}
	BUG("a field of no kind");
}

int record_read(const struct reader *reader, const struct record *record,
    const struct node *mapping, void *self)
{
	int result = 0;

	for (uint32_t i = 0; i < mapping->n; i++) {
		const struct pair *pair = &mapping->pairs[i];
		const struct contract_field *field = NULL;

		if (pair->key->kind == NODE_SCALAR)
			field = record_field(record, pair->key->text);
		if (!field)
			result |= refuse_unknown(reader, record, pair->key);
		else if (record->takes_null && node_is_null(pair->value))
			set_place(field, self,
			    node_place(reader->origin, pair->value));
		else
			result |= read_field(reader, field, pair->value, self);
	}
	return result;
}

struct place field_place(const struct contract_field *field, const void *self)
{
	const void *at = (const char *)self + field->offset;

	switch (field->kind) {
	case FIELD_WORD:
	case FIELD_PATH:
	case FIELD_NAME: return ((const struct clause_text *)at)->place;
	case FIELD_BOOL: return ((const struct clause_bool *)at)->place;
	case FIELD_INT: return ((const struct clause_int *)at)->place;
	case FIELD_RECORD: return *(const struct place *)at;
	case FIELD_LIST: return ((const struct clause_list *)at)->place;
	}
	BUG("a field of no kind");
}

int record_check_complete(const struct reader *reader,
    const struct record *record, const struct node *node, const char *what,
    const void *self)
{
	int result = 0;

	for (size_t i = 0; i < record->n; i++) {
		const struct contract_field *field = &record->fields[i];

		/* One with a wrong value has its fault already. */
		if (!field->optional &&
		    !place_known(field_place(field, self)) &&
		    !node_get(node, field->name))
			result = reader_refuse(reader, node,
			    "%s lacks the field '%s'", what, field->name);
	}
	return result;
}

static size_t size_of(const struct contract_field *field)
{
	switch (field->kind) {
	case FIELD_WORD:
	case FIELD_PATH:
	case FIELD_NAME: return sizeof(struct clause_text);
	case FIELD_BOOL: return sizeof(struct clause_bool);
	case FIELD_INT: return sizeof(struct clause_int);
	case FIELD_LIST: return sizeof(struct clause_list);
	case FIELD_RECORD: return sizeof(struct place);
	}
	BUG("a field of no kind");
}

void record_inherit(const struct record *record, void *self, const void *other)
{
	for (size_t i = 0; i < record->n; i++) {
		const struct contract_field *field = &record->fields[i];

		if (!place_known(field_place(field, self)))
			memcpy((char *)self + field->offset,
			    (const char *)other + field->offset,
			    size_of(field));
		if (field->kind == FIELD_RECORD)
			record_inherit(field->record, self, other);
	}
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
    const struct contract_field *field, const void *self, struct arena *arena)
{
	const void *at = (const char *)self + field->offset;

	if (!place_known(field_place(field, self)))
		return "";
	switch (field->kind) {
	case FIELD_WORD:
	case FIELD_PATH:
	case FIELD_NAME: return ((const struct clause_text *)at)->text;
	case FIELD_INT:
		return ((const struct clause_int *)at)->text
			   ? ((const struct clause_int *)at)->text
			   : "null";
	case FIELD_RECORD: return "";
	case FIELD_BOOL:
		return ((const struct clause_bool *)at)->value ? "true"
							       : "false";
	case FIELD_LIST: return spell_list(arena, at);
	}
	BUG("a field of no kind");
}
