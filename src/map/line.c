/* Rendered text to lines; blank ones are left out. */
#include "map/line.h"

#include "map/cost.h"
#include "map/glob.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Mappings inside each other that keys are compared in. */
#define MOST_LEVELS 64

/* The last key of each mapping that is open. */
struct key_levels {
	struct {
		int32_t indent;
		struct slice key;
	} items[MOST_LEVELS];
	size_t n;
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

/* Whether the line's key comes before the one above it in its mapping. */
static bool is_unsorted(
    struct key_levels *levels, const struct rendered_line *line)
{
	bool unsorted = false;
	struct slice key;

	while (levels->n && levels->items[levels->n - 1].indent > line->indent)
		levels->n--;
	if (line->is_item || line->text.ptr[0] == '#' ||
	    !read_key(line->text, &key))
		return false;
	if (levels->n && levels->items[levels->n - 1].indent == line->indent)
		unsorted =
		    slice_cmp(key, levels->items[levels->n - 1].key) <= 0;
	else if (levels->n < MOST_LEVELS)
		levels->n++;
	else
		return false;
	levels->items[levels->n - 1].indent = line->indent;
	levels->items[levels->n - 1].key = key;
	return unsorted;
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
	line->is_unsorted = is_unsorted(levels, line);
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
