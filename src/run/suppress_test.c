/* Where suppressions stand in a text, and what they cover. */
#include "run/suppress.h"

#include <criterion/criterion.h>

static const struct origin origin = {.name = "in.yaml"};

/* All of a text whose first line is line 10, as "RULE (REASON) AT -> LINE". */
static void expect(const char *text, const char *expected)
{
	struct suppression_list list = {0};
	struct buf got = {0};

	suppress_comments(&list, &origin, slice_of(text), 10);
	for (size_t i = 0; i < list.n; i++)
		buf_printf(&got, "%s%s (%s) %u:%u -> %u", i ? "; " : "",
		    list.items[i].rule, list.items[i].reason,
		    list.items[i].place.span.line, list.items[i].place.span.col,
		    list.items[i].line);
	cr_assert_str_eq(buf_text(&got), expected, "%s", buf_text(&got));
	buf_release(&got);
	suppression_list_release(&list);
}

Test(suppress, beside_something_it_covers_its_own_line)
{
	expect(
	    "a: 1 # rolloutlint:ignore r why not\n", "r (why not) 10:6 -> 10");
	expect("a: 1\nb: \xC3\xA4 #rolloutlint:ignore r w", "r (w) 11:6 -> 11");
}

Test(suppress, alone_it_covers_the_next_line_that_holds_something)
{
	expect("# rolloutlint:ignore r why\na: 1\n", "r (why) 10:1 -> 11");
	expect("a: 1\n  # rolloutlint:ignore r why\n\n# other\n  b: 2\n",
	    "r (why) 11:3 -> 14");
	expect("# rolloutlint:ignore r why\n# rolloutlint:ignore s so\na: 1\n",
	    "r (why) 10:1 -> 12; s (so) 11:1 -> 12");
	expect("# rolloutlint:ignore r why\r\na: 1\r\n", "r (why) 10:1 -> 11");
}

Test(suppress, what_lacks_words_lacks_them)
{
	expect("a: 1 # rolloutlint:ignore r\n", "r () 10:6 -> 10");
	expect("a: 1 # rolloutlint:ignore\n", " () 10:6 -> 10");
}

/* Somebody meant to suppress something: it must not go unnoticed. */
Test(suppress, what_is_misspelt_is_kept_as_such)
{
	static const char *const written[] = {"rolloutlint: ignore",
	    "rolloutlint:disable", "rolloutlint/ignore", "rolloutlint-disable",
	    "rolloutlint ignore"};

	for (size_t i = 0; i < COUNT_OF(written); i++) {
		struct suppression_list list = {0};
		struct buf text = {0};

		buf_printf(&text, "a: 1 # %s r why\n", written[i]);
		suppress_comments(&list, &origin, buf_slice(&text), 1);
		cr_assert_eq(list.n, 1, "%s", written[i]);
		cr_assert_eq(list.items[0].form, SUPPRESS_MISSPELT);
		cr_assert_str_eq(list.items[0].rule, written[i]);
		cr_assert_eq(list.items[0].place.span.col, 6);
		buf_release(&text);
		suppression_list_release(&list);
	}
}

/* A sentence about the tool suppresses nothing and means nothing. */
Test(suppress, a_sentence_that_names_the_tool_is_no_suppression)
{
	expect("# rolloutlint allows this\n# by rolloutlint\na: 1\n", "");
	expect("# rolloutlint: see the contract\na: 1\n", "");
	expect("a: 'x' # rolloutlint:ignorant r w\n", "");
}

Test(suppress, only_a_comment_counts)
{
	expect("a: rolloutlint:ignore r why\n", "");
	expect("a: b# rolloutlint:ignore r why\n", "");
	expect("", "");
}

/* A script in a ConfigMap says what it likes. */
Test(suppress, what_stands_in_a_scalar_is_none)
{
	expect(
	    "a: |\n  # rolloutlint:ignore r w\n  x # rolloutlint:ignore r w\n"
	    "\n  # rolloutlint:ignore r w\n# rolloutlint:ignore r why\nb: 1\n",
	    "r (why) 15:1 -> 16");
	expect("a: >- # rolloutlint:ignore r why\n # rolloutlint:ignore r w\n",
	    "r (why) 10:7 -> 10");
	expect("- 'x # rolloutlint:ignore r w'\n"
	       "- \"x\n  # rolloutlint:ignore r w\n  \" # rolloutlint:ignore r "
	       "v\n",
	    "r (v) 13:5 -> 13");
	expect("\"k # rolloutlint:ignore r w\": x # rolloutlint:ignore r v\n",
	    "r (v) 10:33 -> 10");
	expect("a: x # rolloutlint:ignore r v\nb: [ # rolloutlint:ignore r w\n",
	    "r (v) 10:6 -> 10; r (w) 11:6 -> 11");
}

/* Where YAML ends, nothing tells comments from text any more. */
Test(suppress, behind_an_error_every_mark_counts)
{
	expect(
	    "a: ]\nb: |\n  # rolloutlint:ignore r w\n  x", "r (w) 12:3 -> 13");
}

/* Each looks for the line below it; looked for anew, it takes minutes. */
Test(suppress, a_hundred_thousand_in_a_row, .timeout = 10)
{
	struct suppression_list list = {0};
	struct buf text = {0};

	for (int i = 0; i < 100000; i++)
		buf_add_text(&text, "# rolloutlint:ignore r why\n");
	buf_add_text(&text, "a: 1\n");
	suppress_comments(&list, &origin, buf_slice(&text), 1);
	cr_assert_eq(list.n, 100000);
	cr_assert_eq(list.items[0].line, 100001);
	cr_assert_eq(list.items[99999].line, 100001);
	buf_release(&text);
	suppression_list_release(&list);
}
