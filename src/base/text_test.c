/* Slices, growing buffers and UTF-8. */
#include "base/text.h"

#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

/* A slice of a literal that holds NULs or has to end early. */
static struct slice bytes(const char *ptr, size_t len)
{
	return (struct slice){ptr, len};
}

Test(base_text, equality_looks_at_every_byte)
{
	cr_assert(slice_eq(SLICE("a\0b"), bytes("a\0b", 3)));
	cr_assert_not(slice_eq(SLICE("a\0b"), SLICE("a\0c")));
	cr_assert_not(slice_eq(SLICE("ab"), SLICE("abc")));
	cr_assert_not(slice_eq(SLICE("abc"), SLICE("ab")));
	cr_assert(slice_eq((struct slice){0}, SLICE("")));
	cr_assert(slice_is(SLICE("ab"), "ab"));
	cr_assert_not(slice_is(SLICE("ab\0"), "ab"));
	cr_assert_eq(slice_of("abc").len, 3);
	cr_assert(slice_is((struct slice){0}, ""));
	cr_assert_not(slice_is((struct slice){0}, "a"));
	cr_assert_not(slice_is(SLICE("a"), ""));
	cr_assert_not(slice_is(SLICE("a"), "ab"));
	cr_assert_not(slice_is(SLICE("\0"), ""));
	cr_assert(text_eq("", ""));
	cr_assert_not(text_eq("ab", "ac"));
	cr_assert_not(text_eq("a", "ab"));
}

Test(base_text, order_is_that_of_bytes_and_then_of_length)
{
	cr_assert_lt(slice_cmp(SLICE("a"), SLICE("b")), 0);
	cr_assert_gt(slice_cmp(SLICE("b"), SLICE("a")), 0);
	cr_assert_lt(slice_cmp(SLICE("a"), SLICE("ab")), 0);
	cr_assert_gt(slice_cmp(SLICE("ab"), SLICE("a")), 0);
	cr_assert_eq(slice_cmp(SLICE("ab"), SLICE("ab")), 0);
	cr_assert_lt(slice_cmp((struct slice){0}, SLICE("a")), 0);
	/* Bytes past 0x7F come after all of ASCII. */
	cr_assert_gt(slice_cmp(SLICE("\xC3\xA4"), SLICE("z")), 0);
}

Test(base_text, starts_and_ends)
{
	cr_assert(slice_starts(SLICE("abc"), SLICE("ab")));
	cr_assert(slice_starts(SLICE("abc"), SLICE("")));
	cr_assert_not(slice_starts(SLICE("ab"), SLICE("abc")));
	cr_assert_not(slice_starts(SLICE("abc"), SLICE("bc")));
	cr_assert(slice_ends(SLICE("abc"), SLICE("bc")));
	cr_assert(slice_ends(SLICE("abc"), SLICE("abc")));
	cr_assert_not(slice_ends(SLICE("bc"), SLICE("abc")));
	cr_assert_not(slice_ends(SLICE("abc"), SLICE("ab")));
}

Test(base_text, find_gives_the_first_at_or_after_from)
{
	cr_assert_eq(slice_find(SLICE("abcabc"), SLICE("bc"), 0), 1);
	cr_assert_eq(slice_find(SLICE("abcabc"), SLICE("bc"), 1), 1);
	cr_assert_eq(slice_find(SLICE("abcabc"), SLICE("bc"), 2), 4);
	cr_assert_eq(slice_find(SLICE("abcabc"), SLICE("bc"), 5), -1);
	cr_assert_eq(slice_find(SLICE("abc"), SLICE("abcd"), 0), -1);
	cr_assert_eq(slice_find(SLICE("a\0b"), SLICE("b"), 0), 2);
	cr_assert_eq(slice_find(SLICE("abc"), SLICE(""), 3), 3);
	cr_assert_eq(slice_find(SLICE("abc"), SLICE(""), 4), -1);
	cr_assert_eq(slice_find((struct slice){0}, SLICE("a"), 0), -1);
}

/* Long texts are searched in another way than short ones; both find the first
 * of several, the last byte, and nothing beyond the end. */
Test(base_text, find_in_short_and_long_texts)
{
	char text[300];

	memset(text, 'a', sizeof(text));
	for (size_t len = 2; len < sizeof(text); len++) {
		struct slice all = {text, len};

		cr_assert_eq(slice_find(all, SLICE("ab"), 0), -1);
		text[len - 1] = 'b';
		text[len / 2] = 'b';
		cr_assert_eq(slice_find(all, SLICE("b"), 0), len / 2);
		cr_assert_eq(slice_find(all, SLICE("b"), len / 2 + 1),
		    len / 2 + 1 < len ? (ptrdiff_t)len - 1 : -1);
		text[len] = 'c';
		cr_assert_eq(slice_find(all, SLICE("bc"), 0), -1);
		memset(text, 'a', sizeof(text));
	}
}

/* The needle must lie in the slice, not in what follows it in memory. */
Test(base_text, find_stays_in_the_slice)
{
	cr_assert_eq(slice_find(bytes("abcd", 3), SLICE("cd"), 0), -1);
}

Test(base_text, trim_takes_blanks_off_both_ends)
{
	cr_assert(slice_is(slice_trim(SLICE(" \t\r\na b\n ")), "a b"));
	cr_assert(slice_is(slice_trim(SLICE("a")), "a"));
	cr_assert_eq(slice_trim(SLICE(" \n ")).len, 0);
	cr_assert_eq(slice_trim((struct slice){0}).len, 0);
}

static void expect_int(const char *text, int64_t expected)
{
	int64_t value;

	cr_assert(slice_to_int(slice_of(text), &value), "'%s'", text);
	cr_assert_eq(value, expected, "'%s'", text);
}

Test(base_text, integers)
{
	expect_int("0", 0);
	expect_int("-1", -1);
	expect_int("+7", 7);
	expect_int("010", 10); /* decimal, whatever it begins with */
	expect_int("9223372036854775807", INT64_MAX);
	expect_int("-9223372036854775808", INT64_MIN);
}

Test(base_text, no_integers)
{
	static const char *const texts[] = {"", " 1", "1 ", "1.0", "1e3", "0x1",
	    "-", "a", "1a", "9223372036854775808", "-9223372036854775809",
	    "00000000000000000000000000000001"};
	int64_t value = 42;

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		cr_assert_not(
		    slice_to_int(slice_of(texts[i]), &value), "'%s'", texts[i]);
	cr_assert_not(slice_to_int(SLICE("1\0"), &value));
	cr_assert_not(slice_to_int((struct slice){0}, &value));
	cr_assert_eq(value, 42, "set only on success");
}

/* The number ends with the slice, though digits follow in memory. */
Test(base_text, an_integer_ends_with_its_slice)
{
	int64_t value;

	cr_assert(slice_to_int(bytes("1234", 2), &value));
	cr_assert_eq(value, 12);
}

Test(base_text, copies_end_with_a_nul)
{
	struct arena arena = {0};
	struct slice copy = slice_copy(&arena, bytes("abcd", 3));
	struct slice empty = slice_copy(&arena, (struct slice){0});

	cr_assert_str_eq(copy.ptr, "abc");
	cr_assert_eq(copy.len, 3);
	cr_assert_str_eq(empty.ptr, "");
	cr_assert_eq(empty.len, 0);
	cr_assert_str_eq(arena_printf(&arena, "%s-%d", "a", 7), "a-7");
	arena_release(&arena);
}

Test(base_text, a_buffer_grows)
{
	struct buf buf = {0};

	for (int i = 0; i < 1000; i++)
		buf_add_char(&buf, (char)('a' + i % 26));
	cr_assert_eq(buf.len, 1000);
	for (int i = 0; i < 1000; i++)
		cr_assert_eq(buf.ptr[i], 'a' + i % 26, "%d", i);
	buf_clear(&buf);
	cr_assert_eq(buf.len, 0);
	cr_assert_geq(buf.cap, 1000, "clearing keeps the memory");
	buf_release(&buf);
	cr_assert_null(buf.ptr);
	cr_assert_eq(buf.cap, 0);
}

Test(base_text, a_buffer_takes_everything)
{
	struct buf buf = {0};

	buf_add(&buf, "a\0b", 3);
	buf_add_slice(&buf, SLICE("c"));
	buf_add_slice(&buf, (struct slice){0});
	buf_add_text(&buf, "de");
	buf_printf(&buf, "%03d%s", 7, "");
	cr_assert(slice_eq(buf_slice(&buf), SLICE("a\0bcde007")));
	buf_release(&buf);
}

/* What is printed without the C library is what the C library prints. */
#define EXPECT_PRINTED(...)                                                 \
	do {                                                                \
		struct buf printed = {0};                                   \
		char wanted[256];                                           \
		snprintf(wanted, sizeof(wanted), __VA_ARGS__);              \
		buf_printf(&printed, __VA_ARGS__);                          \
		cr_assert_str_eq(buf_text(&printed), wanted, #__VA_ARGS__); \
		buf_release(&printed);                                      \
	} while (0)

Test(base_text, printing_is_that_of_the_c_library)
{
	const char *text = "abc";

	EXPECT_PRINTED("%s", "");
	EXPECT_PRINTED("100%% of %s, %c%s", text, 'x', "");
	EXPECT_PRINTED("%d %d %d %d", 0, -1, INT_MAX, INT_MIN);
	EXPECT_PRINTED("%ld %ld %ld", 0l, LONG_MAX, LONG_MIN);
	EXPECT_PRINTED("%lld %lld %lld", -1ll, LLONG_MAX, LLONG_MIN);
	EXPECT_PRINTED("%u %u %zu %zu", 0u, UINT_MAX, (size_t)10, SIZE_MAX);
	EXPECT_PRINTED(
	    "<%.*s> <%.*s> <%.*s> <%.*s>", 0, text, 2, text, 5, text, -1, text);
	EXPECT_PRINTED("%-6s|%6s|%04x|%.2f", text, text, 255, 0.5);
	/* Begun as simple, and it was not. */
	EXPECT_PRINTED("%s %d %08lx %s", text, 7, 255ul, text);
	EXPECT_PRINTED("%.2s %zx %lu", text, (size_t)255, 7ul);
	EXPECT_PRINTED("%ld %llx", 7l, 255ull);
}

/* Each byte at each place of eight, and bytes beyond. */
Test(base_text, line_ends_are_counted)
{
	char bytes[19];

	for (int byte = 0; byte <= UCHAR_MAX; byte++) {
		for (size_t at = 0; at < sizeof(bytes); at++) {
			memset(bytes, '\n', sizeof(bytes));
			bytes[at] = (char)byte;
			cr_assert_eq(slice_count_lf(
					 (struct slice){bytes, sizeof(bytes)}),
			    sizeof(bytes) - (byte != '\n'));
			memset(bytes, byte, sizeof(bytes));
			bytes[at] = '\n';
			cr_assert_eq(
			    slice_count_lf((struct slice){bytes, at + 1}),
			    byte == '\n' ? at + 1 : 1);
		}
	}
	cr_assert_eq(slice_count_lf((struct slice){NULL, 0}), 0);
}

Test(base_text, the_nul_is_not_counted)
{
	struct buf buf = {0};

	cr_assert_str_eq(buf_text(&buf), "");
	cr_assert_eq(buf.len, 0);
	buf_add_text(&buf, "a");
	cr_assert_str_eq(buf_text(&buf), "a");
	cr_assert_eq(buf.len, 1);
	buf_release(&buf);
}

/* text is ill-formed or not; what it becomes. */
static void expect_utf8(struct slice text, const char *expected)
{
	struct buf buf = {0};

	buf_add_utf8(&buf, text);
	cr_assert_str_eq(buf_text(&buf), expected);
	cr_assert_eq(utf8_count(text), utf8_count(buf_slice(&buf)),
	    "as many characters as there are parts");
	buf_release(&buf);
}

#define BAD "\xEF\xBF\xBD"

Test(base_text, utf8_stays)
{
	expect_utf8(SLICE(""), "");
	expect_utf8(SLICE("az\x7F"), "az\x7F");
	expect_utf8(SLICE("\xC2\x80\xDF\xBF"), "\xC2\x80\xDF\xBF");
	expect_utf8(
	    SLICE("\xE0\xA0\x80\xEF\xBF\xBF"), "\xE0\xA0\x80\xEF\xBF\xBF");
	expect_utf8(SLICE("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"),
	    "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
	expect_utf8(SLICE(BAD), BAD); /* the replacement itself */
}

/* One replacement for each maximal part that could have begun a character:
 * the cases of the Unicode Standard, section 3.9. */
Test(base_text, utf8_parts_are_replaced)
{
	expect_utf8(SLICE("\xC0\xAF"), BAD BAD); /* overlong */
	expect_utf8(SLICE("\xE0\x9F\xBF"), BAD BAD BAD);
	expect_utf8(SLICE("\xF0\x8F\xBF\xBF"), BAD BAD BAD BAD);
	expect_utf8(SLICE("\xED\xA0\x80"), BAD BAD BAD); /* a surrogate */
	expect_utf8(SLICE("\xF4\x90\x80\x80"), BAD BAD BAD BAD);
	expect_utf8(SLICE("\xF5\x80"), BAD BAD);
	expect_utf8(
	    SLICE("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), BAD BAD BAD BAD "A");
	expect_utf8(SLICE("\x80"), BAD);
}

Test(base_text, utf8_cut_off)
{
	expect_utf8(SLICE("\xC3"), BAD);
	expect_utf8(SLICE("a\xE2\x82"), "a" BAD);
	expect_utf8(bytes("\xF0\x9F\x98\x80", 3), BAD);
	expect_utf8(SLICE("\xE2\x82"
			  "b"),
	    BAD "b");
}

Test(base_text, utf8_code_points)
{
	static const struct {
		const char *text;
		size_t length;
		uint32_t code;
	} cases[] = {{"A", 1, 'A'}, {"\xC3\xA4", 2, 0xE4},
	    {"\xE2\x82\xAC", 3, 0x20AC}, {"\xF0\x9F\x98\x80", 4, 0x1F600},
	    {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF}, {"\xE2\x82z", 2, 0xFFFD}};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		uint32_t code;

		cr_assert_eq(
		    utf8_next(slice_of(cases[i].text), &code), cases[i].length);
		cr_assert_eq(code, cases[i].code);
	}
	cr_assert_eq(utf8_count(SLICE("a\xC3\xA4\xE2\x82\xAC\0")), 4);
}

Test(base_text, names_of_documents)
{
	static const char *const yes[] = {"a.yaml", "b/c.yml", ".json"};
	static const char *const no[] = {
	    "", "yaml", "a.yaml.gz", "a.YAML", "b"};

	for (size_t i = 0; i < COUNT_OF(yes); i++)
		cr_assert(is_document_name(yes[i]), "%s", yes[i]);
	for (size_t i = 0; i < COUNT_OF(no); i++)
		cr_assert_not(is_document_name(no[i]), "%s", no[i]);
}

Test(base_text, hexadecimal_digits)
{
	struct buf buf = {0};

	buf_add_hex(&buf, 0, 1);
	buf_add_char(&buf, ' ');
	buf_add_hex(&buf, 0xBEEF, 1);
	buf_add_char(&buf, ' ');
	buf_add_hex(&buf, 0xBEEF, 16);
	buf_add_char(&buf, ' ');
	buf_add_hex(&buf, UINT64_MAX, 16);
	cr_assert_str_eq(
	    buf_text(&buf), "0 beef 000000000000beef ffffffffffffffff");
	buf_release(&buf);
}
