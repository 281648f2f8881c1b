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

Test(base_obeyed, harmless_bytes)
{
	cr_expect(is_harmless(SLICE("#")));
	cr_expect(is_harmless(SLICE("section")));
	cr_expect(is_harmless(SLICE("secret")));
	cr_expect(is_harmless(SLICE("travis")));
	cr_expect(is_harmless(SLICE("se")));
	cr_expect(!is_harmless(SLICE("##[")));
	cr_expect(!is_harmless(SLICE("##VSO[")));
	cr_expect(!is_harmless(SLICE("SECTION_START:")));
	cr_expect(!is_harmless(SLICE("section_end:")));
	cr_expect(!is_harmless(SLICE("Travis_fold:")));
	cr_expect(!is_harmless(SLICE("TRAVIS_FOLD:")));
	cr_expect(!is_harmless(SLICE("\x7F")));
	cr_expect(!is_harmless(SLICE("\xC3\xA9"))); /* to be looked at */
}
