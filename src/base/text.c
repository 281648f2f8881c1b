/* Slices, growing buffers and UTF-8. */
#include "base/text.h"

#include "base/eight.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int slice_cmp(struct slice a, struct slice b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.ptr, b.ptr, common) : 0;

	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool slice_is_among(struct slice a, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (slice_is(a, words[i]))
			return true;
	}
	return false;
}

bool slice_starts(struct slice text, struct slice prefix)
{
	return text.len >= prefix.len &&
	       slice_eq((struct slice){text.ptr, prefix.len}, prefix);
}

bool slice_ends(struct slice text, struct slice suffix)
{
	return text.len >= suffix.len &&
	       slice_eq(
		   (struct slice){text.ptr + text.len - suffix.len, suffix.len},
		   suffix);
}

/* How many of a word's bytes are LFs: their sum is in its highest byte. */
static uint32_t count_in_word(uint64_t word)
{
	uint64_t ends = all_zeros_in(word ^ (EVERY_BYTE * '\n')) >> 7;

	return (uint32_t)(ends * EVERY_BYTE >> 56);
}

uint32_t slice_count_lf(struct slice text)
{
	uint32_t n = 0;
	size_t at = 0;

	for (; text.len - at >= 8; at += 8)
		n += count_in_word(eight_bytes(text.ptr + at));
	for (; at < text.len; at++)
		n += text.ptr[at] == '\n';
	return n;
}

/* Up to so many bytes a plain search is over before memmem() begins. */
#define SHORT_TEXT 128

/* The needle is not empty, and no longer than the text from there on. */
static ptrdiff_t find_in_short(
    struct slice text, struct slice needle, size_t from)
{
	const char *at = text.ptr + from;
	const char *last = text.ptr + text.len - needle.len;

	while (at <= last &&
	       (at = memchr(at, needle.ptr[0], (size_t)(last - at) + 1))) {
		if (!memcmp(at, needle.ptr, needle.len))
			return at - text.ptr;
		at++;
	}
	return -1;
}

ptrdiff_t slice_find(struct slice text, struct slice needle, size_t from)
{
	const char *hit;

	if (from > text.len || needle.len > text.len - from)
		return -1;
	if (!needle.len)
		return (ptrdiff_t)from;
	if (text.len - from <= SHORT_TEXT)
		return find_in_short(text, needle, from);
	hit = memmem(text.ptr + from, text.len - from, needle.ptr, needle.len);
	return hit ? hit - text.ptr : -1;
}

bool char_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct slice slice_trim(struct slice text)
{
	while (text.len && char_is_blank(text.ptr[0])) {
		text.ptr++;
		text.len--;
	}
	while (text.len && char_is_blank(text.ptr[text.len - 1]))
		text.len--;
	return text;
}

bool slice_to_int(struct slice text, int64_t *ret_value)
{
	char digits[24];
	char *end;
	long long value;

	if (!text.len || text.len >= sizeof(digits) || !text.ptr[0] ||
	    !strchr("+-0123456789", text.ptr[0]))
		return false;
	memcpy(digits, text.ptr, text.len);
	digits[text.len] = '\0';
	errno = 0;
	value = strtoll(digits, &end, 10);
	if (errno || end != digits + text.len)
		return false;
	*ret_value = value;
	return true;
}

struct slice slice_copy(struct arena *arena, struct slice text)
{
	char *copy = arena_chars(arena, text.len + 1);

	if (text.len)
		memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	return (struct slice){copy, text.len};
}

const char *text_copy(struct arena *arena, const char *text)
{
	return text ? slice_copy(arena, slice_of(text)).ptr : NULL;
}

const char *arena_printf(struct arena *arena, const char *format, ...)
{
	struct buf buf = {0};
	struct slice copy;
	va_list args;

	va_start(args, format);
	buf_vprintf(&buf, format, args);
	va_end(args);
	copy = slice_copy(arena, buf_slice(&buf));
	buf_release(&buf);
	return copy.ptr;
}

void buf_release(struct buf *buf)
{
	free(buf->ptr);
	*buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
}

/* A message fits, which is then not moved while it grows. */
#define LEAST_CAP 248

void buf_grow(struct buf *buf, size_t len)
{
	if (len > SIZE_MAX / 2 - buf->len - 1)
		out_of_memory();
	if (buf->len + len + 1 <= buf->cap)
		return;
	buf->cap = (buf->len + len + 1) * 3 / 2;
	if (buf->cap < LEAST_CAP)
		buf->cap = LEAST_CAP;
	buf->ptr = xrealloc(buf->ptr, buf->cap);
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	if (!len)
		return;
	memcpy(buf_room(buf, len), bytes, len);
	buf->len += len;
}

void buf_add_slice(struct buf *buf, struct slice text)
{
	buf_add(buf, text.ptr, text.len);
}

void buf_add_text(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_add_number(struct buf *buf, uint64_t number)
{
	char digits[20]; /* of the largest */
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	buf_add(buf, digits + at, sizeof(digits) - at);
}

void buf_add_hex(struct buf *buf, uint64_t number, size_t width)
{
	char digits[16]; /* of the largest */
	size_t at = sizeof(digits);

	do {
		digits[--at] = "0123456789abcdef"[number % 16];
		number /= 16;
	} while (number || sizeof(digits) - at < width);
	buf_add(buf, digits + at, sizeof(digits) - at);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_vprintf(buf, format, args);
	va_end(args);
}

/* Any format, as the C library prints it. */
static void print_any(struct buf *buf, const char *format, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		BUG("a printf format that cannot be printed");
	buf_room(buf, (size_t)len);
	vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, args);
	buf->len += (size_t)len;
}

/* At most precision bytes of a text, fewer where it ends. */
static void add_at_most(struct buf *buf, const char *text, int precision)
{
	if (precision > 0)
		buf_add(buf, text, strnlen(text, (size_t)precision));
	else if (precision < 0)
		buf_add_text(buf, text);
}

static void add_int(struct buf *buf, int64_t number)
{
	if (number < 0)
		buf_add_char(buf, '-');
	buf_add_number(
	    buf, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

static void add_string(struct buf *buf, const char *text)
{
	buf_add_text(buf, text ? text : "(null)");
}

/* Prints what a conversion asks for, of which format is the rest behind the
 * "%", and returns its length; 0: it is none of these. */
static size_t print_simple(struct buf *buf, const char *format, va_list *args)
{
	int precision;

	switch (*format) {
	case '%': buf_add_char(buf, '%'); return 1;
	case 'c': buf_add_char(buf, (char)va_arg(*args, int)); return 1;
	case 'd': add_int(buf, va_arg(*args, int)); return 1;
	case 's': add_string(buf, va_arg(*args, const char *)); return 1;
	case 'u': buf_add_number(buf, va_arg(*args, unsigned)); return 1;
	case 'z':
		if (format[1] != 'u')
			return 0;
		buf_add_number(buf, va_arg(*args, size_t));
		return 2;
	case 'l':
		if (format[1] == 'd') {
			add_int(buf, va_arg(*args, long));
			return 2;
		}
		if (format[1] != 'l' || format[2] != 'd')
			return 0;
		add_int(buf, va_arg(*args, long long));
		return 3;
	case '.':
		if (format[1] != '*' || format[2] != 's')
			return 0;
		precision = va_arg(*args, int);
		add_at_most(buf, va_arg(*args, const char *), precision);
		return 3;
	default: return 0;
	}
}

/* Whether the format holds nothing but texts and whole numbers, which is
 * printed then. */
static bool print_all_simple(struct buf *buf, const char *format, va_list *args)
{
	const char *next = format;
	size_t len;

	for (;;) {
		/* What is between conversions is a few bytes. */
		while (*next && *next != '%')
			next++;
		buf_add(buf, format, (size_t)(next - format));
		if (!*next)
			return true;
		len = print_simple(buf, next + 1, args);
		if (!len)
			return false;
		format = next += 1 + len;
	}
}

/* Messages and keys are made by the thousand, nearly all of texts and whole
 * numbers, which takes a third of what the C library needs for them. */
void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
	size_t before = buf->len;
	va_list simple;

	va_copy(simple, args);
	if (!print_all_simple(buf, format, &simple)) {
		buf->len = before;
		print_any(buf, format, args);
	}
	va_end(simple);
}

struct slice buf_slice(const struct buf *buf)
{
	return (struct slice){buf->ptr, buf->len};
}

const char *buf_text(struct buf *buf)
{
	buf_room(buf, 0);
	buf->ptr[buf->len] = '\0';
	return buf->ptr;
}

/*
 * What a lead byte promises: how many bytes follow, and the range of the
 * first of them (Unicode 15, table 3-7).  length 0: not a lead byte.
 */
struct utf8_lead {
	unsigned char length, low, high;
};

static struct utf8_lead utf8_lead(unsigned char byte)
{
	if (byte < 0x80)
		return (struct utf8_lead){1, 0, 0};
	if (byte >= 0xC2 && byte <= 0xDF)
		return (struct utf8_lead){2, 0x80, 0xBF};
	if (byte == 0xE0)
		return (struct utf8_lead){3, 0xA0, 0xBF};
	if (byte == 0xED)
		return (struct utf8_lead){3, 0x80, 0x9F};
	if (byte >= 0xE1 && byte <= 0xEF)
		return (struct utf8_lead){3, 0x80, 0xBF};
	if (byte == 0xF0)
		return (struct utf8_lead){4, 0x90, 0xBF};
	if (byte >= 0xF1 && byte <= 0xF3)
		return (struct utf8_lead){4, 0x80, 0xBF};
	if (byte == 0xF4)
		return (struct utf8_lead){4, 0x80, 0x8F};
	return (struct utf8_lead){0, 0, 0};
}

size_t utf8_next(struct slice text, uint32_t *ret_code)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	struct utf8_lead lead = utf8_lead(p[0]);
	uint32_t code;
	size_t i;

	*ret_code = 0xFFFD;
	if (lead.length == 0)
		return 1;
	if (lead.length == 1) {
		*ret_code = p[0];
		return 1;
	}
	code = p[0] & (0x7Fu >> lead.length);
	for (i = 1; i < lead.length; i++) {
		unsigned char low = i == 1 ? lead.low : 0x80;
		unsigned char high = i == 1 ? lead.high : 0xBF;

		if (i >= text.len || p[i] < low || p[i] > high)
			return i;
		code = code << 6 | (p[i] & 0x3F);
	}
	*ret_code = code;
	return lead.length;
}

size_t utf8_count(struct slice text)
{
	size_t count = 0;
	uint32_t code;

	while (text.len) {
		size_t step = utf8_next(text, &code);

		text.ptr += step;
		text.len -= step;
		count++;
	}
	return count;
}

void buf_add_utf8(struct buf *buf, struct slice text)
{
	static const struct slice replacement = {"\xEF\xBF\xBD", 3};

	while (text.len) {
		uint32_t code;
		size_t step = utf8_next(text, &code);
		/* U+FFFD itself is three bytes, an ill-formed part can be. */
		bool bad = code == 0xFFFD && !slice_starts(text, replacement);

		buf_add_slice(
		    buf, bad ? replacement : (struct slice){text.ptr, step});
		text.ptr += step;
		text.len -= step;
	}
}

bool is_document_name(const char *name)
{
	struct slice text = slice_of(name);

	return slice_ends(text, SLICE(".json")) ||
	       slice_ends(text, SLICE(".yaml")) ||
	       slice_ends(text, SLICE(".yml"));
}
