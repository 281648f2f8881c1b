/* Rendered text to lines; blank ones are left out. */
#include "map/line.h"

#include "map/cost.h"
#include "map/glob.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Mappings inside each other that keys are compared in. */
#define MOST_LEVELS 64

/* The last key of each mapping that is open, and the column that a block
 * scalar stands right of. */
struct key_levels {
	struct {
		int32_t indent;
		struct slice key;
		bool has_items; /* a list at its column follows the key */
		bool is_bare;	/* and nothing has followed it yet */
	} items[MOST_LEVELS];
	size_t n;
	int32_t text_indent; /* INT32_MAX: there is no block scalar */
};

/* Columns that a list is moved when it is put at the column of its key. */
#define LIST_DRIFT 2

void rendered_lines_release(struct rendered_lines *lines)
{
	free(lines->items);
	*lines = (struct rendered_lines){0};
}

static bool is_any(char c, const char *chars)
{
	return c && strchr(chars, c);
}

/* The key that a line of a mapping begins with, quotes aside. */
static bool read_key(struct slice line, struct slice *ret_key)
{
	size_t at = 0, from;

	if (line.len && is_any(line.ptr[0], "\"'"))
		at++;
	from = at;
	if (at == line.len || char_is_blank(line.ptr[at]) ||
	    is_any(line.ptr[at], "#\"'[]{},:"))
		return false;
	for (at++; at < line.len; at++) {
		size_t to = at;

		if (is_any(line.ptr[at], "\"'"))
			at++;
		if (at < line.len && line.ptr[at] == ':' &&
		    (at + 1 == line.len || char_is_blank(line.ptr[at + 1]))) {
			*ret_key = (struct slice){line.ptr + from, to - from};
			return true;
		}
		if (at > to || line.ptr[at] == '#')
			return false;
	}
	return false;
}

static bool is_digit(struct slice text, size_t at)
{
	return at < text.len && isdigit((unsigned char)text.ptr[at]);
}

static bool is_letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c > 127;
}

/* The number at a place, without zeros before it, and where it ends. */
static struct slice number_at(struct slice text, size_t at, size_t *ret_end)
{
	size_t end = at;

	while (is_digit(text, end))
		end++;
	*ret_end = end;
	while (at < end && text.ptr[at] == '0')
		at++;
	return (struct slice){text.ptr + at, end - at};
}

/* Two keys that are not letters both where they differ: numbers by value. */
static bool number_precedes(struct slice a, struct slice b, size_t at)
{
	size_t end_a, end_b;
	struct slice number_a, number_b;

	while (at && is_digit(a, at - 1))
		at--;
	number_a = number_at(a, at, &end_a);
	number_b = number_at(b, at, &end_b);
	if (number_a.len != number_b.len)
		return number_a.len < number_b.len;
	if (!slice_eq(number_a, number_b))
		return slice_cmp(number_a, number_b) < 0;
	return end_a < end_b;
}

/*
 * Whether the first key is printed before the second: the order of go-yaml's
 * keyList (sorter.go), in which "a9" comes before "a10" and letters come after
 * the rest, unless they follow a digit.
 */
static bool key_precedes(struct slice a, struct slice b)
{
	size_t at = 0;
	bool after_digit = false, letter_a, letter_b;

	while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at]) {
		after_digit = isdigit((unsigned char)a.ptr[at]) != 0;
		at++;
	}
	if (at == a.len || at == b.len)
		return a.len < b.len;
	letter_a = is_letter(a.ptr[at]);
	letter_b = is_letter(b.ptr[at]);
	if (letter_a && letter_b)
		return (unsigned char)a.ptr[at] < (unsigned char)b.ptr[at];
	if (letter_a || letter_b)
		return after_digit ? letter_a : letter_b;
	if (!is_digit(a, at) && !is_digit(b, at))
		return (unsigned char)a.ptr[at] < (unsigned char)b.ptr[at];
	return number_precedes(a, b, at);
}

/* The column that the text behind "key: |" stands right of; INT32_MAX: the
 * line has no block scalar behind it. */
static int32_t text_behind(const struct rendered_line *line)
{
	struct slice text = line->text, key;
	int32_t indent = line->indent;
	const char *at = text.ptr + text.len;

	while (at > text.ptr && is_any(at[-1], "+-0123456789"))
		at--;
	if (at == text.ptr || !is_any(at[-1], "|>") ||
	    (at - 1 > text.ptr && !char_is_blank(at[-2])))
		return INT32_MAX;
	/* "- key: |" is in a mapping that begins behind the "-". */
	while (
	    text.len > 1 && text.ptr[0] == '-' && char_is_blank(text.ptr[1])) {
		struct slice rest =
		    slice_trim((struct slice){text.ptr + 1, text.len - 1});

		if (!read_key(rest, &key) && rest.ptr[0] != '-')
			break;
		indent += (int32_t)(rest.ptr - text.ptr);
		text = rest;
	}
	return indent;
}

/* What the line is in the YAML it stands in: a key, and whether that follows
 * the one above it in its mapping; an item, and whether its list has a key. */
static void read_structure(
    struct key_levels *levels, struct rendered_line *line)
{
	struct slice key;
	size_t last;

	if (line->indent > levels->text_indent) {
		line->is_in_text = true;
		return;
	}
	levels->text_indent = text_behind(line);
	while (levels->n && levels->items[levels->n - 1].indent > line->indent)
		levels->n--;
	last = levels->n - 1;
	/* toYaml puts a list at the column of its key. */
	line->is_deep = line->is_item && levels->n &&
			levels->items[last].has_items &&
			levels->items[last].indent < line->indent &&
			levels->items[last].is_bare;
	if (levels->n)
		levels->items[last].is_bare = false;
	if (line->is_item && levels->n &&
	    levels->items[last].indent == line->indent)
		line->is_of_key = levels->items[last].has_items;
	line->is_key = !line->is_item && line->text.ptr[0] != '#' &&
		       read_key(line->text, &key);
	if (!line->is_key)
		return;
	if (levels->n && levels->items[last].indent == line->indent)
		line->is_unsorted = !key_precedes(levels->items[last].key, key);
	else if (levels->n < MOST_LEVELS)
		last = levels->n++;
	else
		return;
	levels->items[last].indent = line->indent;
	levels->items[last].key = key;
	levels->items[last].has_items =
	    line->text.ptr[line->text.len - 1] == ':';
	levels->items[last].is_bare = levels->items[last].has_items;
}

/* Whether a string that looks like this must be quoted. */
static bool needs_quotes(struct slice text)
{
	static const char *const words[] = {
	    "true", "false", "yes", "no", "on", "off", "y", "n", "null"};

	if (!text.len || !isalpha((unsigned char)text.ptr[0]))
		return true;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (!isalnum(c) && c < 128 && !is_any((char)c, "_./-"))
			return true;
	}
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (text.len == strlen(words[i]) &&
		    !strncasecmp(text.ptr, words[i], text.len))
			return true;
	}
	return false;
}

/* A comment, or a string in quotes that toYaml would not have used. */
static bool is_unlike_yaml(struct slice line)
{
	const char *open;
	size_t before;

	if (line.ptr[0] == '#')
		return true;
	if (line.len < 2 || line.ptr[line.len - 1] != '"')
		return false;
	open = memrchr(line.ptr, '"', line.len - 1);
	if (!open)
		return false;
	before = (size_t)(open - line.ptr);
	if (before && (before < 2 || !char_is_blank(open[-1]) ||
			  (open[-2] != ':' && open[-2] != '-')))
		return false;
	return !needs_quotes((struct slice){open + 1, line.len - before - 2});
}

static void add_line(struct rendered_lines *lines, struct slice text,
    uint32_t number, struct key_levels *levels)
{
	struct slice trimmed = slice_trim(text);
	struct rendered_line *line;
	size_t indent = 0;

	if (!trimmed.len)
		return;
	while (indent < text.len && text.ptr[indent] == ' ')
		indent++;
	lines->items =
	    grow(lines->items, lines->n, &lines->cap, sizeof(*lines->items));
	line = &lines->items[lines->n++];
	*line = (struct rendered_line){
	    .text = trimmed,
	    .head = line_head(trimmed),
	    .number = number,
	    .indent = indent < INT32_MAX ? (int32_t)indent : INT32_MAX,
	    .length_cost = COST_CHAR * (int32_t)(trimmed.len < MOST_COVERED
						     ? trimmed.len
						     : MOST_COVERED),
	    .is_item = trimmed.ptr[0] == '-',
	    .is_unlike_yaml = is_unlike_yaml(trimmed),
	};
	read_structure(levels, line);
	if (line->is_in_text)
		line->is_unlike_yaml = line->is_deep = false;
}

/* Lists whose key may have been farther to the left: those around a line. */
static void find_drift(struct rendered_lines *lines)
{
	int32_t columns[MOST_LEVELS];
	size_t n = 0;

	for (size_t i = 0; i < lines->n; i++) {
		struct rendered_line *line = &lines->items[i];

		while (n && columns[n - 1] >= line->indent + line->is_item)
			n--;
		if (line->is_item && n < MOST_LEVELS &&
		    (!n || columns[n - 1] < line->indent))
			columns[n++] = line->indent;
		line->drift = LIST_DRIFT * (int32_t)n;
	}
}

void rendered_lines_read(struct rendered_lines *lines, struct slice text,
    uint32_t number, bool have_drifted)
{
	struct key_levels levels;
	const char *at = text.ptr, *end = text.ptr + text.len, *newline;

	levels.n = 0;
	levels.text_indent = INT32_MAX;
	lines->n = 0;
	for (; at < end; at = newline + 1, number++) {
		newline = memchr(at, '\n', (size_t)(end - at));
		if (!newline)
			newline = end;
		add_line(lines, (struct slice){at, (size_t)(newline - at)},
		    number, &levels);
	}
	if (have_drifted)
		find_drift(lines);
}
