/*
 * A line and a place on it -> the characters that go and those that come.
 * Whatever looks unusual is no edit: none is better than a wrong one.
 */
#include "input/edit.h"

#include <string.h>

/* Bytes of a line before its column col; past the line: more than it has. */
static size_t offset_of(struct slice line, uint32_t col)
{
	struct slice rest = line;
	uint32_t code;

	for (uint32_t i = 1; i < col; i++) {
		size_t len;

		if (!rest.len)
			return line.len + 1;
		len = utf8_next(rest, &code);
		rest = (struct slice){rest.ptr + len, rest.len - len};
	}
	return line.len - rest.len;
}

static struct slice slice_from(struct slice text, size_t from)
{
	return (struct slice){text.ptr + from, text.len - from};
}

static struct slice trim_start(struct slice text)
{
	while (text.len && *text.ptr == ' ')
		text = slice_from(text, 1);
	return text;
}

static struct slice trim_end(struct slice text)
{
	while (text.len && text.ptr[text.len - 1] == ' ')
		text.len--;
	return text;
}

static bool starts_with_any(struct slice text, const char *chars)
{
	return text.len && *text.ptr && strchr(chars, *text.ptr);
}

/* A plain scalar, or a quoted one that ends where it seems to. */
static bool is_whole_scalar(struct slice word)
{
	if (!word.len || starts_with_any(word, "&*!|>{}[]%@`#,?"))
		return false;
	if (!starts_with_any(word, "\"'"))
		return true;
	return word.len > 1 && word.ptr[word.len - 1] == *word.ptr;
}

/* A key in double quotes stands before: it may well be JSON. */
static bool follows_json_key(struct slice before)
{
	before = trim_end(before);
	if (!slice_ends(before, SLICE(":")))
		return false;
	before.len--;
	return slice_ends(trim_end(before), SLICE("\""));
}

static bool locate_replacement(struct fix *fix, struct slice line)
{
	struct span span = fix->place.span;
	size_t from = offset_of(line, span.col);
	size_t to = offset_of(line, span.end_col);
	struct slice word, before = {line.ptr, from};

	if (span.end_line != span.line || to > line.len || from >= to)
		return false;
	word = (struct slice){line.ptr + from, to - from};
	if (!is_whole_scalar(word) ||
	    (to < line.len && !starts_with_any(slice_from(line, to), " ,}]")))
		return false;
	if (starts_with_any(word, "\"'") || follows_json_key(before))
		fix->text = fix->json;
	fix->byte_col = (uint32_t)from + 1;
	fix->end_byte_col = (uint32_t)to + 1;
	return true;
}

/* Behind the brace, before the entries there are.  When these are on other
 * lines they may be JSON, whose form YAML reads too. */
static bool locate_first_entry(
    struct fix *fix, struct slice line, size_t brace, struct arena *arena)
{
	struct slice rest = trim_start(slice_from(line, brace + 1));
	bool is_json = !rest.len || *rest.ptr == '"';

	if (starts_with_any(rest, "}"))
		return false;
	fix->text =
	    arena_printf(arena, "%s, ", is_json ? fix->json : fix->text);
	fix->byte_col = fix->end_byte_col = (uint32_t)brace + 2;
	fix->place.span.col++;
	fix->place.span.end_line = fix->place.span.line;
	fix->place.span.end_col = fix->place.span.col;
	return true;
}

/* "key:", also in quotes, and then a blank or the end. */
static bool is_key(struct slice text)
{
	struct slice rest;

	if (starts_with_any(text, "\"'")) {
		const char *end = memchr(text.ptr + 1, *text.ptr, text.len - 1);

		if (!end)
			return false;
		rest = slice_from(text, (size_t)(end - text.ptr) + 1);
		rest = trim_start(rest);
	} else {
		const char *colon = memchr(text.ptr, ':', text.len);

		if (!colon || !is_whole_scalar(text))
			return false;
		rest = slice_from(text, (size_t)(colon - text.ptr));
	}
	return slice_eq(rest, SLICE(":")) || slice_starts(rest, SLICE(": "));
}

/* A line of its own above the key's. */
static bool locate_line(struct fix *fix, struct slice line, size_t key,
    bool crlf, struct arena *arena)
{
	struct slice before = {line.ptr, key};

	if (trim_start(before).len || !is_key(slice_from(line, key)))
		return false;
	fix->text = arena_printf(arena, "%.*s%s%s", SLICE_ARGS(before),
	    fix->text, crlf ? "\r\n" : "\n");
	fix->byte_col = fix->end_byte_col = 1;
	fix->place.span.col = fix->place.span.end_col = 1;
	fix->place.span.end_line = fix->place.span.line;
	return true;
}

static bool locate_insertion(
    struct fix *fix, struct slice line, bool crlf, struct arena *arena)
{
	size_t at = offset_of(line, fix->place.span.col);

	if (at >= line.len)
		return false;
	return line.ptr[at] == '{' ? locate_first_entry(fix, line, at, arena)
				   : locate_line(fix, line, at, crlf, arena);
}

bool fix_locate(
    struct fix *fix, struct slice line, bool crlf, struct arena *arena)
{
	bool ok = fix->kind == FIX_REPLACE
		      ? locate_replacement(fix, line)
		      : locate_insertion(fix, line, crlf, arena);

	fix->kind = FIX_EXACT;
	fix->json = NULL;
	return ok;
}
