/* Values -> indented text of JSON. */
#include "report/json_out.h"

#include "base/json_quote.h"
#include "base/obeyed.h"
#include "report/pieces.h"

/* Text is handed to the stream in pieces of about this many bytes. */
#define PIECE (64 * 1024)

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

static void print_text(struct buf *buf, struct slice text)
{
	size_t at = 0;

	buf_add_char(buf, '"');
	while (at < text.len) {
		struct slice rest = {text.ptr + at, text.len - at};
		size_t n = harmless_len(rest, '"', '\\');

		buf_add(buf, rest.ptr, n);
		at += n;
		if (at < text.len)
			at += print_character(
			    buf, (struct slice){text.ptr + at, text.len - at});
	}
	buf_add_char(buf, '"');
}

static void print_newline(struct buf *buf, size_t depth)
{
	size_t width = 1 + depth * 2;
	char *line = buf_room(buf, width);

	line[0] = '\n';
	memset(line + 1, ' ', width - 1);
	buf->len += width;
}

/* What stands before a value in an object. */
static void print_key(struct buf *buf, const char *key)
{
	size_t len = strlen(key);
	char *at = buf_room(buf, len + 3);

	at[0] = '"';
	memcpy(at + 1, key, len);
	memcpy(at + 1 + len, "\":", 2);
	buf->len += len + 3;
}

static void hand_on(const struct json_out *out)
{
	if (!out->stream || out->buf->len < PIECE)
		return;
	fwrite(out->buf->ptr, 1, out->buf->len, out->stream);
	buf_clear(out->buf);
}

/* What comes before a value: a comma behind the one before, and its key. */
static void begin(struct json_out *out, const char *key)
{
	if (!out->depth)
		return;
	if (out->has_items) {
		hand_on(out);
		buf_add_char(out->buf, ',');
	}
	out->has_items = true;
	print_newline(out->buf, out->depth);
	if (key)
		print_key(out->buf, key);
}

static void open_value(struct json_out *out, const char *key, char bracket)
{
	begin(out, key);
	buf_add_char(out->buf, bracket);
	out->depth++;
	out->has_items = false;
}

static void close_value(struct json_out *out, char bracket)
{
	out->depth--;
	if (out->has_items)
		print_newline(out->buf, out->depth);
	buf_add_char(out->buf, bracket);
	out->has_items = true;
}

void json_out_object(struct json_out *out, const char *key)
{
	open_value(out, key, '{');
}

void json_out_array(struct json_out *out, const char *key)
{
	open_value(out, key, '[');
}

void json_out_end_object(struct json_out *out)
{
	close_value(out, '}');
}

void json_out_end_array(struct json_out *out)
{
	close_value(out, ']');
}

void json_out_slice(struct json_out *out, const char *key, struct slice text)
{
	begin(out, key);
	print_text(out->buf, text);
}

void json_out_text(struct json_out *out, const char *key, const char *text)
{
	json_out_slice(out, key, slice_of(text));
}

void json_out_number(struct json_out *out, const char *key, size_t number)
{
	begin(out, key);
	buf_add_number(out->buf, number);
}

void json_out_word(struct json_out *out, const char *key, struct slice word)
{
	begin(out, key);
	buf_add_slice(out->buf, word);
}

/* Items of a list that one thread prints before it takes the next. */
#define ITEMS_AT_ONCE 64

/* A long list while threads print it. */
struct printing {
	void (*print)(void *context, size_t i, struct json_out *out);
	void *context;
	struct json_out *out;
};

static void print_items(
    void *context, size_t from, size_t to, struct buf *piece)
{
	const struct printing *printing = context;
	struct json_out out = {
	    .buf = piece,
	    .depth = printing->out->depth,
	    .has_items = from > 0,
	};

	for (; from < to; from++)
		printing->print(printing->context, from, &out);
}

static void take_items(void *context, struct slice piece)
{
	const struct printing *printing = context;
	struct json_out *out = printing->out;

	if (!out->stream) {
		buf_add_slice(out->buf, piece);
		return;
	}
	fwrite(out->buf->ptr, 1, out->buf->len, out->stream);
	buf_clear(out->buf);
	fwrite(piece.ptr, 1, piece.len, out->stream);
}

static void print_by_threads(
    struct json_out *out, struct printing *printing, size_t n)
{
	const struct pieces pieces = {
	    .n = n,
	    .at_once = ITEMS_AT_ONCE,
	    .print = print_items,
	    .take = take_items,
	    .context = printing,
	};

	pieces_print(&pieces, out->njobs);
	out->has_items = true;
}

void json_out_list(struct json_out *out, const char *key,
    void (*print)(void *context, size_t i, struct json_out *out), void *context,
    size_t n)
{
	struct printing printing = {
	    .print = print, .context = context, .out = out};

	json_out_array(out, key);
	if (out->njobs > 1 && n > 4 * ITEMS_AT_ONCE) {
		print_by_threads(out, &printing, n);
	} else {
		for (size_t i = 0; i < n; i++)
			print(context, i, out);
	}
	json_out_end_array(out);
}
