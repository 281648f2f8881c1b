/* Lines of examples -> their marks, and lines without them. */
#include "rule/mark.h"

/* What stands behind "#!": nothing, or a blank and a severity. */
static enum severity mark_behind(struct slice rest)
{
	enum severity severity;

	if (!slice_trim(rest).len)
		return MARK_ANY;
	if (*rest.ptr != ' ' || !severity_parse(slice_trim(rest), &severity))
		return MARK_NONE;
	return severity;
}

enum severity mark_of(struct slice line)
{
	enum severity mark = MARK_NONE;
	ptrdiff_t at = slice_find(line, SLICE("#!"), 0);

	while (at >= 0 && mark == MARK_NONE) {
		size_t next = (size_t)at + 2;

		mark = mark_behind(
		    (struct slice){line.ptr + next, line.len - next});
		at = slice_find(line, SLICE("#!"), next);
	}
	return mark;
}

void marks_strip(struct buf *buf, const char *text)
{
	while (*text) {
		struct slice line = {text, strcspn(text, "\n")};
		ptrdiff_t at = slice_find(line, SLICE("#!"), 0);

		if (at > 0 && mark_of(line) != MARK_NONE) {
			line.len = (size_t)at;
			while (line.len && line.ptr[line.len - 1] == ' ')
				line.len--;
		}
		buf_add_slice(buf, line);
		buf_add_char(buf, '\n');
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
}
