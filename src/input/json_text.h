/*
 * JSON as it is written: values with the bytes they take in the text, so that
 * parts of it can be copied as they are and every one has a line and a column.
 *
 * This is for JSON that a program wrote and another copies on; what people
 * write is read as YAML, of which JSON is a part.
 */
#ifndef INPUT_JSON_TEXT_H
#define INPUT_JSON_TEXT_H

#include "base/text.h"

enum json_kind {
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT,
};

/* A value; lives in the arena it was read into, its texts in the text. */
struct json_value {
	enum json_kind kind;
	struct slice raw; /* as written, quotes and brackets included */
	struct slice key; /* of a member, as written, with its quotes */
	const struct json_value *first; /* of an array or object, or NULL */
	const struct json_value *next;	/* beside it, or NULL */
};

/* Why a text is no JSON. */
struct json_problem {
	size_t offset; /* bytes before it */
	const char *what;
};

/* A text that is one value, as of RFC 8259, in UTF-8, no more than 200 levels
 * deep; NULL with the problem set. */
const struct json_value *json_text_read(
    struct slice text, struct arena *arena, struct json_problem *ret_problem);

/* The member of that name, which holds nothing that is escaped; NULL when there
 * is none or object is none or NULL. */
const struct json_value *json_text_member(
    const struct json_value *object, const char *name);

/* Whether the member of an object has that key, which holds nothing that is
 * escaped. */
bool json_text_key_is(const struct json_value *member, const char *key);

/* Whether it is that string, which holds nothing that is escaped. */
bool json_text_is(const struct json_value *value, const char *text);

/* What a string says, in the arena and ended by NUL; half of a pair that stands
 * alone is U+FFFD. */
struct slice json_text_string(
    const struct json_value *value, struct arena *arena);

/* The number, when it is a whole one from 0 to 2^31 - 1. */
bool json_text_index(const struct json_value *value, size_t *ret_index);

/* Line and column, from 1, of the byte at offset; columns are characters. */
void json_text_place(
    struct slice text, size_t offset, size_t *ret_line, size_t *ret_col);

#endif
