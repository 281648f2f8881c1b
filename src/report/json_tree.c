/* JSON values, held until they are printed. */
#include "report/json_tree.h"

#include <stdlib.h>
#include <string.h>

enum json_kind {
	JSON_OBJECT,
	JSON_ARRAY,
	JSON_LIST,
	JSON_PRINTED,
	JSON_TEXT,
	JSON_WORD,
};

/* Items of an array and members of an object are a list. */
struct json {
	struct json *next;  /* in the object or array, or NULL */
	struct json *first; /* of what it holds */
	struct json *last;
	const char *key;  /* in the object it is part of, or NULL */
	char *copied_key; /* the same where we own it, or NULL */
	enum json_kind kind;
	size_t n; /* items; of a text or a word the bytes in text[] */
	union {
		struct json *(*make)(void *context, size_t i); /* of a list */
		void (*print)(void *context, size_t i, struct json_out *out);
	};
	void *context;
	char text[];
};

static struct json *json_new(enum json_kind kind, struct slice text)
{
	struct json *json = xmalloc(sizeof(*json) + text.len);

	*json = (struct json){.kind = kind, .n = text.len};
	if (text.len)
		memcpy(json->text, text.ptr, text.len);
	return json;
}

struct json *json_new_object(void)
{
	return json_new(JSON_OBJECT, SLICE(""));
}

struct json *json_new_array(void)
{
	return json_new(JSON_ARRAY, SLICE(""));
}

struct json *json_new_text(struct slice text)
{
	return json_new(JSON_TEXT, text);
}

struct json *json_new_list(
    struct json *(*make)(void *context, size_t i), void *context, size_t n)
{
	struct json *list = json_new(JSON_LIST, SLICE(""));

	list->make = make;
	list->context = context;
	list->n = n;
	return list;
}

struct json *json_new_printed(
    void (*print)(void *context, size_t i, struct json_out *out), void *context,
    size_t n)
{
	struct json *list = json_new(JSON_PRINTED, SLICE(""));

	list->print = print;
	list->context = context;
	list->n = n;
	return list;
}

static void append(struct json *parent, struct json *item)
{
	if (parent->last)
		parent->last->next = item;
	else
		parent->first = item;
	parent->last = item;
	parent->n++;
}

void json_set(struct json *object, const char *key, struct json *value)
{
	if (!value)
		value = json_new(JSON_WORD, SLICE("null"));
	value->key = key;
	append(object, value);
}

void json_set_copied(struct json *object, const char *key, struct json *value)
{
	size_t size = strlen(key) + 1;
	char *copy = memcpy(xmalloc(size), key, size);

	json_set(object, copy, value);
	object->last->copied_key = copy;
}

void json_set_text(struct json *object, const char *key, const char *text)
{
	json_set(object, key, json_new_text(slice_of(text)));
}

void json_set_number(struct json *object, const char *key, size_t number)
{
	struct buf digits = {0};

	buf_add_number(&digits, number);
	json_set(object, key, json_new(JSON_WORD, buf_slice(&digits)));
	buf_release(&digits);
}

void json_set_bool(struct json *object, const char *key, bool value)
{
	json_set(object, key,
	    json_new(JSON_WORD, value ? SLICE("true") : SLICE("false")));
}

size_t json_push(struct json *array, struct json *item)
{
	append(array, item);
	return array->n - 1;
}

size_t json_length(const struct json *array)
{
	return array->n;
}

static void print_made(void *context, size_t i, struct json_out *out)
{
	const struct json *list = context;
	struct json *item = list->make(list->context, i);

	json_print_to(item, NULL, out);
	json_free(item);
}

/* Recursion is as deep as the sinks nest their values. */
void json_print_to(
    const struct json *json, const char *key, struct json_out *out)
{
	struct slice text = {json->text, json->n};

	switch (json->kind) {
	case JSON_TEXT: json_out_slice(out, key, text); return;
	case JSON_WORD: json_out_word(out, key, text); return;
	case JSON_LIST:
		json_out_list(
		    out, key, print_made, (void *)(uintptr_t)json, json->n);
		return;
	case JSON_PRINTED:
		json_out_list(out, key, json->print, json->context, json->n);
		return;
	case JSON_OBJECT: json_out_object(out, key); break;
	case JSON_ARRAY: json_out_array(out, key); break;
	}
	for (const struct json *item = json->first; item; item = item->next)
		json_print_to(item, item->key, out);
	if (json->kind == JSON_OBJECT)
		json_out_end_object(out);
	else
		json_out_end_array(out);
}

void json_print(const struct json *json, struct buf *buf)
{
	struct json_out out = {.buf = buf};

	json_print_to(json, NULL, &out);
	buf_add_char(buf, '\n');
}

void json_write_out(struct json *json, unsigned njobs, FILE *stream)
{
	struct buf text = {0};
	struct json_out out = {.buf = &text, .stream = stream, .njobs = njobs};

	json_print_to(json, NULL, &out);
	buf_add_char(&text, '\n');
	fwrite(text.ptr, 1, text.len, stream);
	buf_release(&text);
	json_free(json);
}

void json_free(struct json *json)
{
	struct json *next;

	if (!json)
		return;
	for (struct json *item = json->first; item; item = next) {
		next = item->next;
		json_free(item);
	}
	free(json->copied_key);
	free(json);
}
