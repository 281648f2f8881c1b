/* Lines of a chart's file. */
#include "helm/template_file.h"

#include <stdlib.h>
#include <string.h>

void template_file_mark(struct template_file *file, struct arena *arena)
{
	const char *at = file->text.ptr, *end = at + file->text.len;
	size_t *marks = NULL, cap = 0, n = 0, nlines = 0;

	while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
		at++;
		if (++nlines % TEMPLATE_MARK)
			continue;
		marks = grow(marks, n, &cap, sizeof(*marks));
		marks[n++] = (size_t)(at - file->text.ptr);
	}
	if (n)
		file->marks = arena_copy(arena, marks, n * sizeof(*marks));
	file->nmarks = n;
	free(marks);
}

/* Where a marked line at or before a line begins, from which *number is then
 * counted. */
static const char *near_line(const struct template_file *file, uint32_t *number)
{
	size_t mark = *number ? (*number - 1) / TEMPLATE_MARK : 0;

	if (mark > file->nmarks)
		mark = file->nmarks;
	*number -= (uint32_t)mark * TEMPLATE_MARK;
	return file->text.ptr + (mark ? file->marks[mark - 1] : 0);
}

struct slice template_file_line(
    const struct template_file *file, uint32_t number)
{
	const char *end = file->text.ptr + file->text.len, *newline;
	const char *at = near_line(file, &number);

	for (; at < end; at = newline + 1) {
		newline = memchr(at, '\n', (size_t)(end - at));
		if (!newline)
			newline = end;
		if (!--number)
			return (struct slice){at, (size_t)(newline - at)};
	}
	return (struct slice){end, 0};
}
