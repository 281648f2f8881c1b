/* The bytes of a JSON text -> its values, each with its own bytes. */
#include "input/json_text.h"

#include <string.h>

#define DEPTH_MAX 200

struct reader {
	const char *start, *at, *end;
	struct arena *arena;
	const char *what; /* is wrong, at `at` */
	int depth;
};

static bool refuse(struct reader *reader, const char *what)
{
	reader->what = what;
	return false;
}

static void skip_blanks(struct reader *reader)
{
	while (reader->at < reader->end && char_is_blank(*reader->at))
		reader->at++;
}

static bool take(struct reader *reader, char c)
{
	if (reader->at == reader->end || *reader->at != c)
		return false;
	reader->at++;
	return true;
}

static bool read_digits(struct reader *reader)
{
	const char *first = reader->at;

	while (reader->at < reader->end && *reader->at >= '0' &&
	       *reader->at <= '9')
		reader->at++;
	return reader->at > first || refuse(reader, "a digit is missing");
}

static bool read_number(struct reader *reader)
{
	take(reader, '-');
	if (!take(reader, '0') && !read_digits(reader))
		return false;
	if (take(reader, '.') && !read_digits(reader))
		return false;
	if (!take(reader, 'e') && !take(reader, 'E'))
		return true;
	if (!take(reader, '+'))
		take(reader, '-');
	return read_digits(reader);
}

static bool is_hexadecimal(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

/* Behind the backslash. */
static bool read_escape(struct reader *reader)
{
	if (reader->at == reader->end)
		return refuse(reader, "a string is not closed");
	if (*reader->at != 'u') {
		if (!*reader->at || !strchr("\"\\/bfnrt", *reader->at))
			return refuse(reader, "the escape is not valid JSON");
		reader->at++;
		return true;
	}
	reader->at++;
	for (int i = 0; i < 4; i++, reader->at++) {
		if (reader->at == reader->end || !is_hexadecimal(*reader->at))
			return refuse(reader, "\\u needs four digits");
	}
	return true;
}

static bool read_character(struct reader *reader)
{
	struct slice rest = {reader->at, (size_t)(reader->end - reader->at)};
	uint32_t code;
	size_t len;

	if ((unsigned char)*reader->at < 0x20)
		return refuse(
		    reader, "a string holds a control character or no end");
	if ((unsigned char)*reader->at < 0x80) {
		reader->at++;
		return true;
	}
	len = utf8_next(rest, &code);
	/* U+FFFD itself takes three bytes, EF BF BD. */
	if (code == 0xFFFD && (len != 3 || memcmp(rest.ptr, "\xEF\xBF\xBD", 3)))
		return refuse(reader, "a string is not UTF-8");
	reader->at += len;
	return true;
}

static bool read_string(struct reader *reader)
{
	if (!take(reader, '"'))
		return refuse(reader, "a string is missing");
	while (!take(reader, '"')) {
		if (reader->at == reader->end)
			return refuse(reader, "a string is not closed");
		if (take(reader, '\\') ? !read_escape(reader)
				       : !read_character(reader))
			return false;
	}
	return true;
}

static bool read_word(struct reader *reader, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(reader->end - reader->at) < len ||
	    memcmp(reader->at, word, len) != 0)
		return refuse(reader, "a value is missing");
	reader->at += len;
	return true;
}

static bool read_value(struct reader *reader, struct json_value *value);

static bool read_key(struct reader *reader, struct json_value *value)
{
	const char *first = reader->at;

	if (!read_string(reader))
		return false;
	value->key = (struct slice){first, (size_t)(reader->at - first)};
	skip_blanks(reader);
	if (!take(reader, ':'))
		return refuse(reader, "':' is missing behind a key");
	skip_blanks(reader);
	return true;
}

/* Behind the bracket. */
static bool read_items(
    struct reader *reader, struct json_value *parent, char close)
{
	const struct json_value **link = &parent->first;

	skip_blanks(reader);
	if (take(reader, close))
		return true;
	do {
		struct json_value *item =
		    arena_alloc(reader->arena, sizeof(*item));

		skip_blanks(reader);
		if (parent->kind == JSON_OBJECT && !read_key(reader, item))
			return false;
		if (!read_value(reader, item))
			return false;
		*link = item;
		link = &item->next;
		skip_blanks(reader);
	} while (take(reader, ','));
	return take(reader, close) ||
	       refuse(reader, close == '}' ? "',' or '}' is missing"
					   : "',' or ']' is missing");
}

static bool read_nested(
    struct reader *reader, struct json_value *value, char close)
{
	bool is_read;

	if (reader->depth++ >= DEPTH_MAX)
		return refuse(reader, "it is nested more than 200 levels deep");
	is_read = read_items(reader, value, close);
	reader->depth--;
	return is_read;
}

static enum json_kind kind_of(char c)
{
	switch (c) {
	case '{': return JSON_OBJECT;
	case '[': return JSON_ARRAY;
	case '"': return JSON_STRING;
	case 't':
	case 'f': return JSON_BOOL;
	case 'n': return JSON_NULL;
	}
	return JSON_NUMBER;
}

static bool read_by_kind(struct reader *reader, struct json_value *value)
{
	switch (value->kind) {
	case JSON_OBJECT: reader->at++; return read_nested(reader, value, '}');
	case JSON_ARRAY: reader->at++; return read_nested(reader, value, ']');
	case JSON_STRING: return read_string(reader);
	case JSON_BOOL:
		return read_word(reader, *reader->at == 't' ? "true" : "false");
	case JSON_NULL: return read_word(reader, "null");
	case JSON_NUMBER: break;
	}
	if (*reader->at != '-' && (*reader->at < '0' || *reader->at > '9'))
		return refuse(reader, "a value is missing");
	return read_number(reader);
}

static bool read_value(struct reader *reader, struct json_value *value)
{
	const char *first = reader->at;

	if (reader->at == reader->end)
		return refuse(reader, "it ends where a value is missing");
	value->kind = kind_of(*first);
	if (!read_by_kind(reader, value))
		return false;
	value->raw = (struct slice){first, (size_t)(reader->at - first)};
	return true;
}

const struct json_value *json_text_read(
    struct slice text, struct arena *arena, struct json_problem *ret_problem)
{
	struct json_value *value = arena_alloc(arena, sizeof(*value));
	const char *start = text.len ? text.ptr : "";
	struct reader reader = {
	    .start = start,
	    .at = start,
	    .end = start + text.len,
	    .arena = arena,
	};

	skip_blanks(&reader);
	if (read_value(&reader, value)) {
		skip_blanks(&reader);
		if (reader.at == reader.end)
			return value;
		reader.what = "something follows where it should end";
	}
	*ret_problem = (struct json_problem){
	    (size_t)(reader.at - reader.start), reader.what};
	return NULL;
}

/* Whether a string, with its quotes, is that text. */
static bool is_text(struct slice quoted, const char *text)
{
	size_t len = strlen(text);

	return quoted.len == len + 2 && !memcmp(quoted.ptr + 1, text, len);
}

bool json_text_key_is(const struct json_value *member, const char *key)
{
	return is_text(member->key, key);
}

const struct json_value *json_text_member(
    const struct json_value *object, const char *name)
{
	const struct json_value *member = NULL;

	if (object && object->kind == JSON_OBJECT)
		member = object->first;
	while (member && !json_text_key_is(member, name))
		member = member->next;
	return member;
}

bool json_text_is(const struct json_value *value, const char *text)
{
	return value && value->kind == JSON_STRING && is_text(value->raw, text);
}

/* Four digits, which are there. */
static uint32_t hexadecimal(const char *digits)
{
	uint32_t code = 0;

	for (int i = 0; i < 4; i++) {
		char c = digits[i];

		code = code * 16 + (uint32_t)(c <= '9' ? c - '0'
						       : (c | 0x20) - 'a' + 10);
	}
	return code;
}

static void add_code(struct buf *buf, uint32_t code)
{
	static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
	int more = 3;

	if (code >= 0xD800 && code <= 0xDFFF)
		code = 0xFFFD;
	while (code < least[more])
		more--;
	if (!more) {
		buf_add_char(buf, (char)code);
		return;
	}
	buf_add_char(buf,
	    (char)(((0xFF00U >> (more + 1)) & 0xFF) | (code >> (6 * more))));
	while (more--)
		buf_add_char(buf, (char)(0x80 | ((code >> (6 * more)) & 0x3F)));
}

/* What is behind the backslash; returns how many bytes that took. */
static size_t add_escaped(struct buf *buf, struct slice rest)
{
	static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
	const char *letter = strchr(letters, rest.ptr[0]);
	char c = letter ? meant[letter - letters] : rest.ptr[0];
	uint32_t code, other;

	if (rest.ptr[0] != 'u') {
		buf_add_char(buf, c);
		return 1;
	}
	code = hexadecimal(rest.ptr + 1);
	if (code >= 0xD800 && code <= 0xDBFF && rest.len > 10 &&
	    rest.ptr[5] == '\\' && rest.ptr[6] == 'u') {
		other = hexadecimal(rest.ptr + 7);
		if (other >= 0xDC00 && other <= 0xDFFF) {
			add_code(buf, 0x10000 + ((code - 0xD800) << 10) +
					  (other - 0xDC00));
			return 11;
		}
	}
	add_code(buf, code);
	return 5;
}

struct slice json_text_string(
    const struct json_value *value, struct arena *arena)
{
	struct slice rest = {value->raw.ptr + 1, value->raw.len - 2}, copy;
	struct buf buf = {0};

	while (rest.len) {
		size_t step = 1;

		if (rest.ptr[0] != '\\')
			buf_add_char(&buf, rest.ptr[0]);
		else
			step += add_escaped(&buf,
			    (struct slice){rest.ptr + 1, rest.len - 1});
		rest = (struct slice){rest.ptr + step, rest.len - step};
	}
	copy = slice_copy(arena, buf_slice(&buf));
	buf_release(&buf);
	return copy;
}

bool json_text_index(const struct json_value *value, size_t *ret_index)
{
	int64_t number;

	if (!value || value->kind != JSON_NUMBER ||
	    !slice_to_int(value->raw, &number) || number < 0 ||
	    number > INT32_MAX)
		return false;
	*ret_index = (size_t)number;
	return true;
}

void json_text_place(
    struct slice text, size_t offset, size_t *ret_line, size_t *ret_col)
{
	struct slice before = {text.ptr, offset};

	*ret_line = 1;
	for (size_t i = 0; i < offset; i++) {
		if (text.ptr[i] != '\n')
			continue;
		++*ret_line;
		before = (struct slice){text.ptr + i + 1, offset - i - 1};
	}
	*ret_col = utf8_count(before) + 1;
}
