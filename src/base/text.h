/*
 * Text: borrowed slices and owned buffers.
 *
 * A slice is bytes with a length, never ended by NUL and free to hold NUL:
 * what comes from a manifest travels as slices.  A buf grows.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/mem.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes that belong to somebody else. */
struct slice {
	const char *ptr;
	size_t len; /* bytes */
};

/* A slice of a string literal, and one for printf's "%.*s". */
#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})
#define SLICE_ARGS(slice) (int)(slice).len, (slice).ptr

/* A slice of a C string; the string must outlive it.  Inline, as are the next
 * two: what is known of a literal's length then costs nothing. */
static inline struct slice slice_of(const char *text)
{
	return (struct slice){text, strlen(text)};
}

/* Texts of one length mostly differ in their first byte. */
static inline bool slice_eq(struct slice a, struct slice b)
{
	return a.len == b.len &&
	       (a.len == 0 ||
		   (a.ptr[0] == b.ptr[0] && !memcmp(a.ptr, b.ptr, a.len)));
}

/* The length of a text of a table is asked for only when it may be the one. */
static inline bool slice_is(struct slice a, const char *text)
{
	return a.len ? a.ptr[0] == text[0] && slice_eq(a, slice_of(text))
		     : !text[0];
}

/* Whether it is one of n words. */
bool slice_is_among(struct slice a, const char *const *words, size_t n);

/* Whether two texts are equal; most differ in their first byte. */
static inline bool text_eq(const char *a, const char *b)
{
	return *a == *b && !strcmp(a, b);
}

/* Byte order, shorter first on a tie: <0, 0, >0. */
int slice_cmp(struct slice a, struct slice b);

bool slice_starts(struct slice text, struct slice prefix);

/* The LFs of text, which ends a line with each. */
uint32_t slice_count_lf(struct slice text);
bool slice_ends(struct slice text, struct slice suffix);

/* Offset of the first needle in text at or after from; -1 when absent. */
ptrdiff_t slice_find(struct slice text, struct slice needle, size_t from);

/* A blank: space, tab, CR, LF, what YAML, Go and JSON have between words. */
bool char_is_blank(char c);

/* Without its first n bytes, which it has. */
static inline struct slice slice_after(struct slice text, size_t n)
{
	/* Nothing may not even be 0 bytes away from a null pointer. */
	return n ? (struct slice){text.ptr + n, text.len - n} : text;
}

/* Without blanks at both ends. */
struct slice slice_trim(struct slice text);

/* The whole slice as a decimal int64, sign allowed; false if it is not. */
bool slice_to_int(struct slice text, int64_t *ret_value);

/* A copy in the arena, with a NUL after it for the convenience of C. */
struct slice slice_copy(struct arena *arena, struct slice text);

/* The same of a text ended by NUL; NULL stays NULL. */
const char *text_copy(struct arena *arena, const char *text);

/* printf into the arena; ended by NUL. */
const char *arena_printf(struct arena *arena, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Bytes we own.  All zero is empty and ready. */
struct buf {
	char *ptr;
	size_t len; /* bytes in use */
	size_t cap; /* bytes allocated */
};

void buf_release(struct buf *buf);
void buf_clear(struct buf *buf); /* keeps the memory */
void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_add_slice(struct buf *buf, struct slice text);
void buf_add_text(struct buf *buf, const char *text);
static inline void buf_add_char(struct buf *buf, char c)
{
	if (buf->len + 1 < buf->cap)
		buf->ptr[buf->len++] = c;
	else
		buf_add(buf, &c, 1);
}

/* Makes room for len more bytes and a NUL. */
void buf_grow(struct buf *buf, size_t len);

/* Where len more bytes may be written; who does adds them to buf->len. */
static inline char *buf_room(struct buf *buf, size_t len)
{
	if (buf->cap - buf->len <= len)
		buf_grow(buf, len);
	return buf->ptr + buf->len;
}

void buf_add_number(struct buf *buf, uint64_t number); /* in decimal */

/* In hexadecimal, with zeros before it up to so many digits, at most 16. */
void buf_add_hex(struct buf *buf, uint64_t number, size_t width);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_vprintf(struct buf *buf, const char *format, va_list args);

/* The contents as a slice, valid until the buffer next changes. */
struct slice buf_slice(const struct buf *buf);

/* The contents as a C string (NUL added, not counted); same lifetime. */
const char *buf_text(struct buf *buf);

/*
 * Appends text as valid UTF-8: each maximal ill-formed part becomes one
 * U+FFFD (Unicode 15, section 3.9, "U+FFFD Substitution of Maximal
 * Subparts", which is what web browsers and GitHub do).
 */
void buf_add_utf8(struct buf *buf, struct slice text);

/*
 * Reads one code point at text.ptr: returns its length in bytes (1 to 4) and
 * the code point; for ill-formed input the length of the maximal ill-formed
 * part and 0xFFFD.  text.len must be at least 1.
 */
size_t utf8_next(struct slice text, uint32_t *ret_code);

/* Number of code points, an ill-formed part counting as one. */
size_t utf8_count(struct slice text);

/* Whether a file of that name is read where a folder is given: .yaml, .yml,
 * .json. */
bool is_document_name(const char *name);

#endif
