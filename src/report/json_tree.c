/* JSON values -> indented text. */
#include "report/json_tree.h"

#include "base/json_quote.h"
#include "base/obeyed.h"
#include "base/parallel.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Text is handed to the stream in pieces of about this many bytes. */
#define PIECE (64 * 1024)

enum json_kind { JSON_OBJECT, JSON_ARRAY, JSON_LIST, JSON_TEXT, JSON_WORD };

/* Items of an array and members of an object are a list. */
struct json {
	struct json *next;  /* in the object or array, or NULL */
	struct json *first; /* of what it holds */
	struct json *last;
	const char *key;  /* in the object it is part of, or NULL */
	char *copied_key; /* the same where we own it, or NULL */
	enum json_kind kind;
	size_t n; /* items; of a text or a word the bytes in text[] */
	struct json *(*make)(void *context, size_t i); /* of a list */
	void *context;
	char text[];
};

/* Where text goes: to the stream, a piece at a time, or all into the buffer. */
struct printer {
	struct buf *buf;
	FILE *out;	/* or NULL */
	unsigned njobs; /* threads that share a long list; 0 is 1 */
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

/* The letter of a short escape, or '\0'. */
static char escape_letter(char c)
{
	switch (c) {
	case '\b': return 'b';
	case '\t': return 't';
	case '\n': return 'n';
	case '\f': return 'f';
	case '\r': return 'r';
	case '"':
	case '\\': return c;
	default: return '\0';
	}
}

/* One character, or what is there in its place; its bytes in the text. */
static size_t print_character(struct buf *buf, struct slice text)
{
	char letter = escape_letter(text.ptr[0]);
	uint32_t code;
	size_t len = utf8_next(text, &code);

	if (letter) {
		buf_add_char(buf, '\\');
		buf_add_char(buf, letter);
	} else if (code_is_obeyed(code) || command_begins(text)) {
		json_add_escape(buf, code);
	} else {
		buf_add_utf8(buf, (struct slice){text.ptr, len});
	}
	return len;
}

/* The length of the text up to the first byte that is not printed as it is. */
static size_t printed_length(struct slice text)
{
	size_t n = 0;

	while (n < text.len && text.ptr[n] != '"' && text.ptr[n] != '\\' &&
	       is_harmless((struct slice){text.ptr + n, text.len - n}))
		n++;
	return n;
}

static void print_text(struct buf *buf, struct slice text)
{
	size_t at = 0;

	buf_add_char(buf, '"');
	while (at < text.len) {
		struct slice rest = {text.ptr + at, text.len - at};
		size_t n = printed_length(rest);

		buf_add(buf, rest.ptr, n);
		at += n;
		if (at < text.len)
			at += print_character(buf,
			    (struct slice){text.ptr + at, text.len - at});
	}
	buf_add_char(buf, '"');
}

static void print_newline(struct buf *buf, size_t depth)
{
	static const char blanks[] = "\n                                ";
	size_t width = 1 + depth * 2;

	while (width >= sizeof(blanks)) {
		buf_add(buf, "  ", 2);
		width -= 2;
	}
	buf_add(buf, blanks, width);
}

static void hand_on(const struct printer *printer)
{
	if (!printer->out || printer->buf->len < PIECE)
		return;
	fwrite(printer->buf->ptr, 1, printer->buf->len, printer->out);
	buf_clear(printer->buf);
}

static void print_value(
    const struct printer *printer, const struct json *json, size_t depth);

/* What comes before an item: a comma behind the one before, and its key. */
static void print_item(const struct printer *printer, const struct json *item,
    bool is_first, size_t depth)
{
	struct buf *buf = printer->buf;

	if (!is_first)
		buf_add_char(buf, ',');
	print_newline(buf, depth + 1);
	if (item->key) {
		buf_add_char(buf, '"');
		buf_add_text(buf, item->key);
		buf_add(buf, "\":", 2);
	}
	print_value(printer, item, depth + 1);
	hand_on(printer);
}

/* Items of a list that one thread prints before it takes the next. */
#define ITEMS_AT_ONCE 64

/* Texts of so many items that are held until all before them are written. */
#define PIECES_AT_ONCE 16

/* A long list while threads print it. */
struct making {
	const struct json *list;
	size_t depth;
	size_t from; /* the first item of the first piece */
	struct buf pieces[PIECES_AT_ONCE];
};

static void print_some(const struct printer *printer, const struct json *list,
    size_t depth, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		struct json *item = list->make(list->context, i);

		print_item(printer, item, i == 0, depth);
		json_free(item);
	}
}

static void print_piece(void *context, unsigned worker, size_t i)
{
	struct making *making = context;
	struct printer printer = {.buf = &making->pieces[i]};
	size_t n = making->list->n, from = making->from + i * ITEMS_AT_ONCE;

	(void)worker;
	buf_clear(printer.buf);
	print_some(&printer, making->list, making->depth, from,
	    n - from < ITEMS_AT_ONCE ? n : from + ITEMS_AT_ONCE);
}

static void print_by_threads(
    const struct printer *printer, const struct json *list, size_t depth)
{
	struct making making = {.list = list, .depth = depth};

	while (making.from < list->n) {
		size_t left = list->n - making.from;
		size_t n = (left + ITEMS_AT_ONCE - 1) / ITEMS_AT_ONCE;

		n = n < PIECES_AT_ONCE ? n : PIECES_AT_ONCE;
		parallel_for(printer->njobs, n, print_piece, &making);
		for (size_t i = 0; i < n; i++) {
			buf_add_slice(
			    printer->buf, buf_slice(&making.pieces[i]));
			hand_on(printer);
		}
		making.from += n * ITEMS_AT_ONCE;
	}
	for (size_t i = 0; i < PIECES_AT_ONCE; i++)
		buf_release(&making.pieces[i]);
}

static void print_made(
    const struct printer *printer, const struct json *list, size_t depth)
{
	if (printer->njobs > 1 && list->n > 4 * ITEMS_AT_ONCE)
		print_by_threads(printer, list, depth);
	else
		print_some(printer, list, depth, 0, list->n);
}

static void print_held(
    const struct printer *printer, const struct json *json, size_t depth)
{
	for (const struct json *item = json->first; item; item = item->next)
		print_item(printer, item, item == json->first, depth);
}

/* Recursion is as deep as the sinks nest their values. */
static void print_value(
    const struct printer *printer, const struct json *json, size_t depth)
{
	struct slice text = {json->text, json->n};
	bool is_object = json->kind == JSON_OBJECT;

	if (json->kind == JSON_TEXT) {
		print_text(printer->buf, text);
		return;
	}
	if (json->kind == JSON_WORD) {
		buf_add_slice(printer->buf, text);
		return;
	}
	buf_add_char(printer->buf, is_object ? '{' : '[');
	if (json->kind == JSON_LIST)
		print_made(printer, json, depth);
	else
		print_held(printer, json, depth);
	if (json->n)
		print_newline(printer->buf, depth);
	buf_add_char(printer->buf, is_object ? '}' : ']');
}

void json_print(const struct json *json, struct buf *buf)
{
	print_value(&(struct printer){.buf = buf}, json, 0);
	buf_add_char(buf, '\n');
}

void json_write_out(struct json *json, unsigned njobs, FILE *out)
{
	struct buf text = {0};
	const struct printer printer = {&text, out, njobs};

	print_value(&printer, json, 0);
	buf_add_char(&text, '\n');
	fwrite(text.ptr, 1, text.len, out);
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
