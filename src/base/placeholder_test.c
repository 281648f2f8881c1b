/* Placeholders of messages, counted and filled. */
#include "base/placeholder.h"

#include <criterion/criterion.h>

Test(base_placeholder, count)
{
	cr_assert_eq(placeholder_count("{a} {{b}} {c}"), 2);
	cr_assert_eq(placeholder_count("none"), 0);
}

Test(base_placeholder, values_are_found_again)
{
	struct slice values[3];

	cr_assert(placeholder_match(
	    "key '{k}' in {m}", SLICE("key 'a' in b c"), values));
	cr_assert(slice_is(values[0], "a"));
	cr_assert(slice_is(values[1], "b c"));
	cr_assert(placeholder_match("{all}", SLICE("x"), values));
	cr_assert(slice_is(values[0], "x"));
	cr_assert(placeholder_match("{a}; {b}.", SLICE("; x..."), values));
	cr_assert(slice_is(values[0], ""));
	cr_assert(slice_is(values[1], "x.."));
	cr_assert(placeholder_match("{{}}", SLICE("{}"), values));
	cr_assert_not(placeholder_match("none", SLICE("nonesuch"), values));
	cr_assert_not(placeholder_match("a {b} c", SLICE("a x d"), values));
	cr_assert_not(placeholder_match("a {b}", SLICE("b x"), values));
	cr_assert_not(placeholder_match("{a}, {b}", SLICE("x"), values));
}

/* What each piece is: P a placeholder, B a brace that stands alone, c text. */
static void expect_pieces(const char *message, const char *wanted)
{
	struct slice rest = slice_of(message);
	struct placeholder_piece piece;
	struct buf got = {0};

	while (placeholder_next(&rest, &piece))
		buf_add_char(&got, piece.is_placeholder	 ? 'P'
				   : piece.is_lone_brace ? 'B'
							 : 'c');
	cr_expect_str_eq(buf_text(&got), wanted, "%s", message);
	buf_release(&got);
}

Test(base_placeholder, pieces)
{
	expect_pieces("", "");
	expect_pieces("a{b}c", "cPc");
	expect_pieces("{{b}}", "ccc");
	expect_pieces("{{{b}}}", "cPc");
	expect_pieces("{a} }", "PcB");
	expect_pieces("{a", "Bc");
	expect_pieces("{'}'}{\"{\"}{ {} }", "PPP");
}
