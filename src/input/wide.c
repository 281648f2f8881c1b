/* Units of two or four bytes -> characters -> UTF-8. */
#include "input/wide.h"

#define REPLACEMENT 0xFFFD

struct wide wide_marked(struct slice head)
{
	if (slice_starts(head, SLICE("\xFF\xFE\0\0")))
		return (struct wide){.size = 4};
	if (slice_starts(head, SLICE("\0\0\xFE\xFF")))
		return (struct wide){.size = 4, .is_big = true};
	if (slice_starts(head, SLICE("\xFF\xFE")))
		return (struct wide){.size = 2};
	if (slice_starts(head, SLICE("\xFE\xFF")))
		return (struct wide){.size = 2, .is_big = true};
	return (struct wide){0};
}

static uint32_t read_unit(struct wide wide, const char *bytes)
{
	uint32_t unit = 0;

	for (size_t i = 0; i < wide.size; i++) {
		size_t at = wide.is_big ? i : wide.size - 1 - i;

		unit = unit << 8 | (unsigned char)bytes[at];
	}
	return unit;
}

static bool is_high_surrogate(uint32_t unit)
{
	return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low_surrogate(uint32_t unit)
{
	return unit >= 0xDC00 && unit < 0xE000;
}

static void add_code(struct buf *text, uint32_t code)
{
	char bytes[4];
	size_t n = 0;

	if (is_high_surrogate(code) || is_low_surrogate(code) ||
	    code > 0x10FFFF)
		code = REPLACEMENT;
	if (code < 0x80) {
		bytes[n++] = (char)code;
	} else if (code < 0x800) {
		bytes[n++] = (char)(0xC0 | code >> 6);
	} else if (code < 0x10000) {
		bytes[n++] = (char)(0xE0 | code >> 12);
		bytes[n++] = (char)(0x80 | (code >> 6 & 0x3F));
	} else {
		bytes[n++] = (char)(0xF0 | code >> 18);
		bytes[n++] = (char)(0x80 | (code >> 12 & 0x3F));
		bytes[n++] = (char)(0x80 | (code >> 6 & 0x3F));
	}
	if (code >= 0x80)
		bytes[n++] = (char)(0x80 | (code & 0x3F));
	buf_add(text, bytes, n);
}

/* The character at the start of bytes, and how many of them it takes; 0 when
 * it may go on behind their end. */
static size_t next_code(struct wide wide, struct slice bytes, uint32_t *ret)
{
	uint32_t low;

	if (bytes.len < wide.size)
		return 0;
	*ret = read_unit(wide, bytes.ptr);
	if (wide.size == 4 || !is_high_surrogate(*ret))
		return wide.size;
	if (bytes.len < 2 * wide.size)
		return 0;
	low = read_unit(wide, bytes.ptr + wide.size);
	if (!is_low_surrogate(low))
		return wide.size;
	*ret = 0x10000 + ((*ret - 0xD800) << 10) + (low - 0xDC00);
	return 2 * wide.size;
}

size_t wide_decode(
    struct wide wide, struct slice bytes, bool is_last, struct buf *text)
{
	size_t done = 0, step;
	uint32_t code;

	while (done < bytes.len) {
		struct slice rest = {bytes.ptr + done, bytes.len - done};

		step = next_code(wide, rest, &code);
		if (!step && !is_last)
			break;
		add_code(text, step ? code : REPLACEMENT);
		done += step ? step : rest.len;
	}
	return done;
}
