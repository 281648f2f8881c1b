/* Text for one line: what is left alone, and what is spelled. */
#include "report/plain.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* plain_add() of the text, which may hold NULs; caller frees. */
static char *plain(struct slice text)
{
	struct buf buf = {0};

	plain_add(&buf, text);
	buf_text(&buf);
	return buf.ptr;
}

static void expect_plain(struct slice text, const char *wanted)
{
	char *got = plain(text);

	cr_assert_str_eq(got, wanted);
	free(got);
}

Test(report_plain, plain_text_is_left_alone)
{
	expect_plain(SLICE(""), "");
	expect_plain(SLICE("a 'b' \\ # ##"), "a 'b' \\ # ##");
	expect_plain(SLICE("caf\xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80"),
	    "caf\xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80");
	expect_plain(SLICE("\xEF\xBF\xBD"), "\xEF\xBF\xBD"); /* U+FFFD */
}

Test(report_plain, controls_are_spelled)
{
	expect_plain(
	    SLICE("a\nb\rc\td\0e"), "a<U+000A>b<U+000D>c<U+0009>d<U+0000>e");
	expect_plain(SLICE("\x1b[31m\x7f"), "<U+001B>[31m<U+007F>");
	expect_plain(SLICE("\xC2\x9B\xC2\x85"), "<U+009B><U+0085>");
	expect_plain(SLICE("\xE2\x80\xA8\xE2\x80\xA9"), "<U+2028><U+2029>");
	expect_plain(SLICE("\xE2\x80\xAE\xE2\x81\xA6"), "<U+202E><U+2066>");
}

Test(report_plain, bad_bytes_are_spelled)
{
	expect_plain(SLICE("\xff"), "<ff>");
	expect_plain(SLICE("a\xC3"), "a<c3>");
	expect_plain(SLICE("\xE6\x97|"), "<e6><97>|");
	expect_plain(SLICE("\xC0\xAF"), "<c0><af>");
}

Test(report_plain, runner_commands_are_broken)
{
	expect_plain(SLICE("##[error]x"), "#\\#[error]x");
	expect_plain(SLICE("a ###[b ##[c"), "a ##\\#[b #\\#[c");
	expect_plain(SLICE("x ##vso[a]"), "x #\\#vso[a]");
	expect_plain(SLICE("section_start:1:a"), "s\\ection_start:1:a");
	expect_plain(SLICE("::error::a"), ":\\:error::a");
	expect_plain(SLICE(" \r::error::a"), " <U+000D>:\\:error::a");
	expect_plain(SLICE("a::error::b ::1"), "a::error::b ::1");
}
