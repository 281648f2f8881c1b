/* A rendered line and the template's -> whether they are one. */
#include "map/likeness.h"

#include <string.h>

/* A line's blanks and the key behind them, with its colon; empty when it begins
 * with anything else. */
static struct slice leading_key(struct slice line)
{
	struct slice key = {line.ptr, 0};
	ptrdiff_t colon = slice_find(line, SLICE(":"), 0);

	while (key.len < line.len && line.ptr[key.len] == ' ')
		key.len++;
	if (colon < 0 || key.len == line.len ||
	    strchr("{}[]-\"'&*!|>?", line.ptr[key.len]))
		return (struct slice){0};
	key.len = (size_t)colon + 1;
	return key;
}

enum likeness likeness_of(struct slice rendered,
    const struct mapped_document *mapped, const struct mapped_line *line)
{
	struct slice own = template_file_line(mapped->file, line->line);
	struct slice key = leading_key(rendered);

	if (line->inner != mapped->file || line->inner_line != line->line ||
	    line->inner_doubtful || !line->is_certain)
		return UNLIKE;
	if (slice_eq(rendered, own))
		return SAME_LINE;
	return key.len && slice_starts(own, key) ? SAME_KEY : UNLIKE;
}

static size_t indent_of(struct slice line)
{
	size_t n = 0;

	while (n < line.len && line.ptr[n] == ' ')
		n++;
	return n;
}

/* What stands at any column without ending a mapping. */
static bool is_no_entry(struct slice line)
{
	struct slice text = slice_trim(line);

	return !text.len || text.ptr[0] == '#' ||
	       slice_starts(text, SLICE("{{"));
}

/* Whether an entry of the key begins at that column. */
static bool begins_at(struct slice line, size_t column, struct slice key)
{
	struct slice rest;

	if (line.len <= column)
		return false;
	rest = (struct slice){line.ptr + column, line.len - column};
	if (rest.ptr[0] == '"' || rest.ptr[0] == '\'')
		rest = (struct slice){rest.ptr + 1, rest.len - 1};
	return slice_starts(rest, key) && rest.len > key.len &&
	       strchr(":\"' ", rest.ptr[key.len]);
}

/* The column of what is behind the marks of items; their own where there are
 * none. */
static size_t column_of(struct slice line)
{
	size_t column = indent_of(line);

	while (column + 1 < line.len && line.ptr[column] == '-' &&
	       line.ptr[column + 1] == ' ') {
		column++;
		while (column < line.len && line.ptr[column] == ' ')
			column++;
	}
	return column;
}

/* The line behind that one; false at the end of the file. */
static bool next_line(const struct template_file *file, struct slice *line)
{
	const char *end = file->text.ptr + file->text.len;
	const char *start = line->ptr + line->len + 1, *newline;

	if (start >= end)
		return false;
	newline = memchr(start, '\n', (size_t)(end - start));
	if (!newline)
		newline = end;
	*line = (struct slice){start, (size_t)(newline - start)};
	return true;
}

static bool line_before(const struct template_file *file, struct slice *line)
{
	const char *end = line->ptr - 1, *start = end;

	if (line->ptr == file->text.ptr)
		return false;
	while (start > file->text.ptr && start[-1] != '\n')
		start--;
	*line = (struct slice){start, (size_t)(end - start)};
	return true;
}

/* Whether a mapping of that column ends at the line; it may begin there. */
static bool is_edge(struct slice line, size_t column)
{
	return !is_no_entry(line) &&
	       (indent_of(line) < column || slice_is(slice_trim(line), "---"));
}

static bool has_entry(struct slice line, size_t column, struct slice key)
{
	return !is_no_entry(line) && column_of(line) == column &&
	       begins_at(line, column, key);
}

bool template_has_beside(
    const struct template_file *file, uint32_t line, struct slice key)
{
	struct slice own = template_file_line(file, line), other = own;
	size_t column = column_of(own);
	bool has = false;

	while (!has && !is_edge(other, column) && line_before(file, &other))
		has = has_entry(other, column, key);
	other = own;
	while (!has && next_line(file, &other) && !is_edge(other, column))
		has = has_entry(other, column, key);
	return has;
}

static bool is_of_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

static bool has_word(struct slice text, struct slice word)
{
	ptrdiff_t at = -1;

	while ((at = slice_find(text, word, (size_t)(at + 1))) >= 0) {
		const char *start = text.ptr + at, *end = start + word.len;

		if ((at == 0 || !is_of_word(start[-1])) &&
		    (end == text.ptr + text.len || !is_of_word(*end)))
			return true;
	}
	return false;
}

bool template_has_port(const struct template_file *file, struct slice edit)
{
	ptrdiff_t at = slice_find(edit, SLICE("port: "), 0);
	struct slice port;

	if (at < 0)
		return true;
	port = (struct slice){edit.ptr + at + 6, 0};
	while (port.ptr + port.len < edit.ptr + edit.len &&
	       is_of_word(port.ptr[port.len]))
		port.len++;
	return port.len && has_word(file->text, port);
}
