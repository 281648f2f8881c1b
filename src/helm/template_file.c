/* Lines of a chart's file. */
#include "helm/template_file.h"

#include <string.h>

struct slice template_file_line(
    const struct template_file *file, uint32_t number)
{
	const char *at = file->text.ptr, *end = at + file->text.len, *newline;

	for (; at < end; at = newline + 1) {
		newline = memchr(at, '\n', (size_t)(end - at));
		if (!newline)
			newline = end;
		if (!--number)
			return (struct slice){at, (size_t)(newline - at)};
	}
	return (struct slice){end, 0};
}
