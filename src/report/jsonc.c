/*
 * JSON values by json-c, which neither checks that strings are UTF-8 nor ends
 * the program when memory is gone; both is done here.
 */
#include "report/jsonc.h"

#include <json-c/json.h>
#include <limits.h>
#include <string.h>

static struct json_object *made(struct json_object *json)
{
	if (!json)
		out_of_memory();
	return json;
}

struct json_object *json_new_object(void)
{
	return made(json_object_new_object());
}

struct json_object *json_new_array(void)
{
	return made(json_object_new_array());
}

struct json_object *json_new_text(struct slice text)
{
	struct buf buf = {0};
	struct json_object *json;

	buf_add_utf8(&buf, text);
	if (buf.len > INT_MAX)
		out_of_memory();
	json = made(json_object_new_string_len(buf_text(&buf), (int)buf.len));
	buf_release(&buf);
	return json;
}

void json_set(
    struct json_object *object, const char *key, struct json_object *value)
{
	if (json_object_object_add(object, key, value))
		out_of_memory();
}

void json_set_text(
    struct json_object *object, const char *key, const char *text)
{
	json_set(object, key, json_new_text(slice_of(text)));
}

void json_set_number(struct json_object *object, const char *key, size_t number)
{
	json_set(object, key, made(json_object_new_int64((int64_t)number)));
}

void json_set_bool(struct json_object *object, const char *key, bool value)
{
	json_set(object, key, made(json_object_new_boolean(value)));
}

size_t json_push(struct json_object *array, struct json_object *item)
{
	if (json_object_array_add(array, item))
		out_of_memory();
	return json_object_array_length(array) - 1;
}

size_t json_length(const struct json_object *array)
{
	return json_object_array_length(array);
}

/* Blanks from the line feed at a byte of the text to a bracket that closes; 0
 * when they end at anything else. */
static size_t blanks_before_end(struct slice text, size_t at)
{
	size_t end = at + 1;

	while (end < text.len && text.ptr[end] == ' ')
		end++;
	return end < text.len && strchr("]}", text.ptr[end]) ? end - at : 0;
}

/* "[]" and "{}", whatever the version of json-c: before 0.17 it writes the end
 * of what is empty on a line of its own.  No string of JSON holds a line feed,
 * so one behind a bracket that opens is never part of a text. */
static void add_alike(struct buf *buf, struct slice text)
{
	const char *feed;

	while (text.len && (feed = memchr(text.ptr, '\n', text.len))) {
		size_t at = (size_t)(feed - text.ptr);
		bool opens = at && (feed[-1] == '[' || feed[-1] == '{');
		size_t blanks = opens ? blanks_before_end(text, at) : 0;

		buf_add(buf, text.ptr, blanks ? at : at + 1);
		at += blanks ? blanks : 1;
		text = (struct slice){text.ptr + at, text.len - at};
	}
	buf_add_slice(buf, text);
}

/* GitHub's runner obeys "##[" anywhere in a log, and it can be nowhere but in
 * a string, where the second "#" may as well be escaped. */
static void add_harmless(struct buf *buf, struct slice text)
{
	ptrdiff_t hit;

	while ((hit = slice_find(text, SLICE("##["), 0)) >= 0) {
		add_alike(buf, (struct slice){text.ptr, (size_t)hit});
		buf_add_text(buf, "#\\u0023[");
		text.ptr += hit + 3;
		text.len -= (size_t)hit + 3;
	}
	add_alike(buf, text);
}

void json_print(struct json_object *json, struct buf *buf)
{
	const char *text = json_object_to_json_string_ext(
	    json, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE);

	if (!text)
		out_of_memory();
	add_harmless(buf, slice_of(text));
	buf_add_char(buf, '\n');
}

void json_write_out(struct json_object *json, FILE *out)
{
	struct buf text = {0};

	json_print(json, &text);
	fwrite(text.ptr, 1, text.len, out);
	buf_release(&text);
	json_free(json);
}

void json_free(struct json_object *json)
{
	json_object_put(json);
}
