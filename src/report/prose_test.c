/* Tests of prose: what a terminal and a page get of a rule's Markdown. */
#include "report/prose.h"

#include <criterion/criterion.h>

static void check(const char *markdown, const char *expected)
{
	struct buf buf = {0};

	prose_add_text(&buf, markdown, "  ");
	cr_assert_str_eq(buf_text(&buf), expected);
	buf_release(&buf);
}

/* A line break within a paragraph is a blank; marks are for pages. */
Test(prose, paragraphs_are_wrapped)
{
	check("Set `a` here,\nsee <https://x/>.\n",
	    "  Set a here, see https://x/.\n");
	check("one two three four five six seven eight nine ten eleven "
	      "twelve thirteen fourteen\n",
	    "  one two three four five six seven eight nine ten eleven twelve "
	    "thirteen\n  fourteen\n");
}

/* 80 columns are full, 81 are not to be. */
Test(prose, lines_have_at_most_80_columns)
{
	check("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
	      "bbbbbbbbbbbbbbbbb",
	    "  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
	    "bbbbbbbbbbbbbbbbb\n");
	check("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
	      "bbbbbbbbbbbbbbbbbb",
	    "  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
	    "  bbbbbbbbbbbbbbbbbb\n");
}

/* Code keeps its lines and blanks, and loses its fences. */
Test(prose, code_stands_as_it_is)
{
	check("Write\n```yaml\na:\n\n  b: `c`\n```\nthen\n",
	    "  Write\n\n    a:\n\n      b: `c`\n\n  then\n");
	check("```\na\n", "    a\n");
}

Test(prose, lists_keep_their_dashes)
{
	check("Words:\n- `a`: one\n  more\n- b\n",
	    "  Words:\n\n  - a: one more\n  - b\n");
}

/* A mark without its partner is a character. */
Test(prose, a_lone_mark_is_text)
{
	check("5 ` 6 < 7", "  5 ` 6 < 7\n");
}

Test(prose, nothing_is_nothing)
{
	check("", "");
	check("\n\n", "");
}
