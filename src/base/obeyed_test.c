/* What is obeyed, by whom, and what only looks like it. */
#include "base/obeyed.h"

#include <criterion/criterion.h>

Test(base_obeyed, characters)
{
	static const uint32_t obeyed[] = {0, '\n', 0x1B, 0x7F, 0x80, 0x9B, 0x9F,
	    0x061C, 0x200B, 0x200E, 0x2028, 0x202E, 0x2066, 0x2069, 0xFEFF,
	    0xE0041};
	/* A no-break space, the joiners, a dash, a replacement, an emoji. */
	static const uint32_t shown[] = {' ', '~', 0xA0, 0x200C, 0x200D, 0x2010,
	    0x2027, 0x202F, 0xFFFD, 0x1F600};

	for (size_t i = 0; i < COUNT_OF(obeyed); i++)
		cr_expect(code_is_obeyed(obeyed[i]), "%X", obeyed[i]);
	for (size_t i = 0; i < COUNT_OF(shown); i++)
		cr_expect(!code_is_obeyed(shown[i]), "%X", shown[i]);
}

Test(base_obeyed, commands_anywhere)
{
	cr_expect(command_begins(SLICE("##[error]x")));
	cr_expect(command_begins(SLICE("##vso[task.setvariable]x")));
	cr_expect(command_begins(SLICE("##VSO[task.setvariable]x")));
	cr_expect(command_begins(SLICE("##teamcity[x]")));
	cr_expect(command_begins(SLICE("section_start:1:x")));
	cr_expect(command_begins(SLICE("section_end:1:x")));
	cr_expect(!command_begins(SLICE("")));
	cr_expect(!command_begins(SLICE("# [x]")));
	cr_expect(!command_begins(SLICE("##")));
	cr_expect(!command_begins(SLICE("###[x]"))); /* one later it does */
	cr_expect(!command_begins(SLICE("section_started")));
}

Test(base_obeyed, commands_of_a_line)
{
	cr_expect(line_is_command(SLICE("::error::x")));
	cr_expect(line_is_command(SLICE(" \t::stop-commands::x")));
	cr_expect(!line_is_command(SLICE("a ::error::x")));
	cr_expect(!line_is_command(SLICE("::1"))); /* an address */
	cr_expect(!line_is_command(SLICE("::")));
}

static void expect_harmless(const char *text, size_t len)
{
	cr_expect_eq(harmless_len(slice_of(text), '"', '\\'), len, "%s", text);
}

Test(base_obeyed, harmless_bytes)
{
	expect_harmless("", 0);
	expect_harmless("# a travis section's secret of ##s", 34);
	expect_harmless("se", 2);
	expect_harmless("##[", 0);
	expect_harmless("a ##VSO[", 2);
	expect_harmless("###[", 1);
	expect_harmless("the SECTION_START:", 4);
	expect_harmless("ssection_end:", 1);
	expect_harmless("Travis_fold:", 0);
	expect_harmless("tTRAVIS_FOLD:", 1);
	expect_harmless(" ~\x7F", 2);
	expect_harmless("a\tb", 1);
	expect_harmless("a\xC3\xA9", 1); /* to be looked at */
	expect_harmless("a\"b", 1);
	expect_harmless("a\\b", 1);
	cr_expect_eq(harmless_len(SLICE("a\"\\b"), '\0', '\0'), 4);
	cr_expect_eq(harmless_len(SLICE("a\0b"), '\0', '\0'), 1);
}

/* Byte by byte, as harmless_len() is told to be. */
static size_t count_harmless(struct slice text)
{
	size_t n = 0;

	for (; n < text.len; n++) {
		char c = text.ptr[n];

		if (c < ' ' || c > '~' || c == '"' || c == '\\' ||
		    command_begins(slice_after(text, n)))
			break;
	}
	return n;
}

/* Each piece at each place of a text that is longer than what is looked at in
 * one step, with one beside it that is odd and does no harm. */
Test(base_obeyed, harmless_bytes_at_every_place)
{
	static const char *const pieces[] = {"\"", "\\", "\x1F", "\x7F",
	    "\xC3\xA9", "#", "##[", "###vso[", "_", "section_end:",
	    "SECTION_start:", "_travis_fold:", "Travis_section_fold:", "n_s_"};

	for (size_t i = 0; i < COUNT_OF(pieces) * COUNT_OF(pieces); i++) {
		for (size_t at = 0; at < 40; at++) {
			struct buf text = {0};

			for (size_t j = 0; j < at; j++)
				buf_add_char(&text, (char)('n' + j % 12));
			buf_add_text(&text, pieces[i % COUNT_OF(pieces)]);
			buf_add_text(&text, pieces[i / COUNT_OF(pieces)]);
			buf_add_text(&text, "and what is behind it");
			cr_assert_eq(harmless_len(buf_slice(&text), '"', '\\'),
			    count_harmless(buf_slice(&text)), "%s",
			    buf_text(&text));
			buf_release(&text);
		}
	}
}
