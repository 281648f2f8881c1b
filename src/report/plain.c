/* Any bytes -> what a terminal and a log take for text and nothing else. */
#include "report/plain.h"

#include "base/obeyed.h"

size_t plain_add_char(struct buf *buf, struct slice text)
{
	uint32_t code;
	size_t len = utf8_next(text, &code);
	struct slice bytes = {text.ptr, len};

	if (code == 0xFFFD && !slice_is(bytes, "\xEF\xBF\xBD")) {
		for (size_t i = 0; i < len; i++)
			buf_printf(buf, "<%02x>", (unsigned char)text.ptr[i]);
		return len;
	}
	if (code_is_obeyed(code)) {
		buf_printf(buf, "<U+%04X>", code);
		return len;
	}
	buf_add_slice(buf, bytes);
	if (command_begins(text))
		buf_add_char(buf, '\\');
	return len;
}

/* Blanks and the first of the two colons that a command of a line begins with;
 * returns how many bytes of text they are. */
static size_t break_line_command(struct buf *buf, struct slice text)
{
	size_t n = (size_t)slice_find(text, SLICE("::"), 0);
	size_t at = 0;

	while (at < n)
		at += plain_add_char(
		    buf, (struct slice){text.ptr + at, text.len - at});
	buf_add_text(buf, ":\\");
	return n + 1;
}

void plain_add(struct buf *buf, struct slice text)
{
	size_t at = line_is_command(text) ? break_line_command(buf, text) : 0;

	while (at < text.len) {
		struct slice rest = {text.ptr + at, text.len - at};
		size_t step = harmless_len(rest, '\0', '\0');

		if (step)
			buf_add(buf, rest.ptr, step);
		else
			step = plain_add_char(buf, rest);
		at += step;
	}
}

const char *plain_copy(struct arena *arena, const char *text)
{
	struct buf plain = {0};
	const char *copy;

	plain_add(&plain, slice_of(text));
	copy = text_copy(arena, buf_text(&plain));
	buf_release(&plain);
	return copy;
}

/* The length of text up to a line break or a tab. */
static size_t cell_length(struct slice text)
{
	size_t n = 0;

	while (n < text.len && text.ptr[n] != '\n' && text.ptr[n] != '\t')
		n++;
	return n;
}

void plain_add_lines(struct buf *buf, struct slice text)
{
	while (text.len) {
		size_t len = cell_length(text);

		plain_add(buf, (struct slice){text.ptr, len});
		if (len < text.len)
			buf_add_char(buf, text.ptr[len++]);
		text = (struct slice){text.ptr + len, text.len - len};
	}
}
