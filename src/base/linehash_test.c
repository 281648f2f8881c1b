/*
 * GitHub's line hashes.  The expected values are those of its own action's
 * tests and of its code run over the same bytes.
 */
#include "base/linehash.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_line(void *context, uint32_t line, uint64_t hash)
{
	buf_printf(context, "%" PRIu32 " %" PRIx64 "\n", line, hash);
}

/* The lines of text from one on with their hashes, handed over step bytes at a
 * time. */
static void hash_lines(
    struct slice text, size_t step, uint32_t wanted, struct buf *lines)
{
	struct linehash hash;
	size_t from = 0, to = 0;

	linehash_init(&hash, 1, UINT32_MAX, print_line, lines);
	hash.wanted = wanted;
	while (to < text.len) {
		to = step < text.len - to ? to + step : text.len;
		from += linehash_add(&hash,
		    (struct slice){text.ptr + from, to - from}, to == text.len);
	}
	linehash_finish(&hash);
}

static void hash_text(struct slice text, size_t step, struct buf *lines)
{
	hash_lines(text, step, 0, lines);
}

static void expect(struct slice text, const char *wanted)
{
	for (size_t step = 1; step < 4096; step += 1 + step / 8) {
		struct buf lines = {0};

		hash_text(text, step, &lines);
		cr_assert_str_eq(buf_text(&lines), wanted, "step %zu", step);
		buf_release(&lines);
	}
}

/* All ways to end a line count the same. */
static void expect_same(struct slice text, struct slice other)
{
	struct buf lines = {0};

	hash_text(other, other.len, &lines);
	expect(text, buf_text(&lines));
	buf_release(&lines);
}

Test(base_linehash, no_text)
{
	expect(SLICE(""), "1 c129715d7a2bc9a3\n");
}

Test(base_linehash, blanks_do_not_count)
{
	const char *wanted = "1 271789c17abda88f\n2 54703d4cd895b18\n"
			     "3 180aee12dab6264\n4 a23a3dc5e078b07b\n";

	expect(SLICE(" a\nb\n  \t\tc\n d"), wanted);
	expect(SLICE("a\nb\nc\nd"), wanted);
	expect(SLICE("a\r\nb\rc\r\nd"), wanted);
}

Test(base_linehash, short_lines)
{
	expect(
	    SLICE("x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n"),
	    "1 e54938cc54b302f1\n2 bb609acbe9138d60\n3 1131fd5871777f34\n"
	    "4 5c482a0f8b35ea28\n5 54517377da7028d2\n6 2c644846cb18d53e\n"
	    "7 f1b89f20de0d133\n8 c129715d7a2bc9a3\n");
}

/* Six windows see the same hundred units, the rest the end of the text. */
Test(base_linehash, repeated_lines)
{
	struct buf text = {0};

	for (int i = 0; i < 10; i++)
		buf_add_text(&text, "Lorem ipsum dolor sit amet.\n");
	expect(buf_slice(&text),
	    "1 a7f2ff13bc495cf2\n2 a7f2ff13bc495cf2\n3 a7f2ff13bc495cf2\n"
	    "4 a7f2ff13bc495cf2\n5 a7f2ff13bc495cf2\n6 a7f2ff13bc495cf2\n"
	    "7 a7f2ff1481e87703\n8 a9cf91f7bbf1862b\n9 55ec222b86bcae53\n"
	    "10 cc97dc7b1d7d8f7b\n11 c129715d7a2bc9a3\n");
	buf_release(&text);
}

/* Bad bytes become U+FFFD, one for each maximal part; so does none else. */
Test(base_linehash, bad_bytes_are_replaced)
{
	expect_same(SLICE("a\xff\nb"), SLICE("a\xEF\xBF\xBD\nb"));
	expect_same(SLICE("\xE6\x97|x"), SLICE("\xEF\xBF\xBD|x"));
	expect_same(SLICE("\xC0\xAF"), SLICE("\xEF\xBF\xBD\xEF\xBF\xBD"));
	expect_same(SLICE("x\xF0\x9F\x98"), SLICE("x\xEF\xBF\xBD"));
}

/* An emoji is two units: a window of a hundred holds fifty of them, so what
 * follows the fiftieth does not change the hash of the line. */
Test(base_linehash, astral_characters_are_two_units)
{
	struct buf text = {0}, one = {0}, other = {0};

	for (int i = 0; i < 50; i++)
		buf_add_text(&text, "\xF0\x9F\x98\x80");
	hash_text(buf_slice(&text), 7, &one);
	buf_add_text(&text, "x");
	hash_text(buf_slice(&text), 7, &other);
	cr_assert_str_eq(buf_text(&one), buf_text(&other));
	text.len -= 2; /* now within the window */
	buf_add_text(&text, "\x81");
	buf_clear(&other);
	hash_text(buf_slice(&text), 7, &other);
	cr_assert_str_neq(buf_text(&one), buf_text(&other));
	buf_release(&text);
	buf_release(&one);
	buf_release(&other);
}

/* The units of plain ASCII text as GitHub counts them: no blank is one, and one
 * ends the text. */
static size_t units_of(const char *text, uint16_t *units)
{
	size_t n = 0;

	for (; *text; text++) {
		if (*text != ' ')
			units[n++] = (uint16_t)*text;
	}
	units[n++] = 65535;
	return n;
}

/* The hash of the window at an offset; behind the end there are zeros. */
static uint64_t hash_at(const uint16_t *units, size_t n, size_t at)
{
	uint64_t hash = 0;

	for (size_t i = at; i < at + LINEHASH_WINDOW; i++)
		hash = hash * 37 + (i < n ? units[i] : 0);
	return hash;
}

/* Lines of all lengths, so that windows and lines end anywhere in what is taken
 * at once. */
Test(base_linehash, windows_and_lines_end_anywhere)
{
	struct buf text = {0}, wanted = {0};
	uint16_t *units;
	size_t n;
	uint32_t line = 1;

	for (int i = 0; i < 150; i++) {
		for (int j = 0; j < i % 131; j++)
			buf_add_text(&text, j % 7 ? "ab" : "  c");
		buf_add_char(&text, '\n');
	}
	units = xcalloc(text.len + 1, sizeof(*units));
	n = units_of(buf_text(&text), units);
	for (size_t i = 0; i < n; i++) {
		if (!i || units[i - 1] == '\n')
			print_line(&wanted, line++, hash_at(units, n, i));
	}
	expect(buf_slice(&text), buf_text(&wanted));
	free(units);
	buf_release(&text);
	buf_release(&wanted);
}

/* What is passed over changes no hash, wherever a line ends and by what. */
Test(base_linehash, lines_that_are_not_wanted)
{
	struct buf text = {0}, all = {0}, some = {0};

	for (int i = 0; i < 60; i++) {
		for (int j = 0; j < i * 7 % 41; j++)
			buf_add_text(&text, j % 5 ? "xy" : " \xC3\xA9");
		buf_add_text(&text, i % 3 ? "\n" : i % 2 ? "\r" : "\r\n");
	}
	hash_text(buf_slice(&text), 64, &all);
	for (uint32_t wanted = 2; wanted <= 60; wanted++) {
		char start[16];

		snprintf(start, sizeof(start), "\n%" PRIu32 " ", wanted);
		buf_clear(&some);
		hash_lines(buf_slice(&text), wanted * 3, wanted, &some);
		cr_assert_str_eq(strstr(buf_text(&some), start),
		    strstr(buf_text(&all), start), "%s", start);
	}
	buf_release(&text);
	buf_release(&all);
	buf_release(&some);
}
