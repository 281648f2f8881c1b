/* Any bytes -> what a terminal and a log take for text and nothing else. */
#include "report/plain.h"

static bool is_between(uint32_t code, uint32_t first, uint32_t last)
{
	return code >= first && code <= last;
}

/* Moves the cursor, ends the line or turns what follows around. */
static bool is_control(uint32_t code)
{
	return code < 0x20 || is_between(code, 0x7F, 0x9F) ||
	       is_between(code, 0x200E, 0x200F) ||
	       is_between(code, 0x2028, 0x202E) ||
	       is_between(code, 0x2066, 0x2069);
}

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
	if (is_control(code)) {
		buf_printf(buf, "<U+%04X>", code);
		return len;
	}
	buf_add_slice(buf, bytes);
	if (slice_starts(text, SLICE("##[")))
		buf_add_char(buf, '\\');
	return len;
}

/* How many bytes at the start of text are harmless one by one. */
static size_t plain_len(struct slice text)
{
	size_t n = 0;

	while (n < text.len && text.ptr[n] >= ' ' && text.ptr[n] <= '~' &&
	       text.ptr[n] != '#')
		n++;
	return n;
}

void plain_add(struct buf *buf, struct slice text)
{
	while (text.len) {
		size_t step = plain_len(text);

		if (step)
			buf_add_slice(buf, (struct slice){text.ptr, step});
		else
			step = plain_add_char(buf, text);
		text.ptr += step;
		text.len -= step;
	}
}
