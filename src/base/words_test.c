/* Commands, cut into words. */
#include "base/words.h"

#include <criterion/criterion.h>
#include <string.h>

/* The words with "|" between them, or the sentence of the fault. */
static void expect(const char *text, int result, const char *wanted)
{
	struct arena arena = {0};
	struct words words;
	struct fault fault = {0};
	struct buf got = {0};

	cr_expect_eq(words_cut("--render", text, &arena, &words, &fault),
	    result, "%s", text);
	for (size_t i = 0; !result && i < words.n; i++)
		buf_printf(&got, "%s%s", i ? "|" : "", words.items[i]);
	if (!result)
		cr_expect_null(words.items[words.n]);
	cr_expect_str_eq(
	    result ? fault_text(&fault) : buf_text(&got), wanted, "%s", text);
	buf_release(&got);
	fault_release(&fault);
	arena_release(&arena);
}

Test(base_words, blanks_part_words)
{
	expect("helm template  a\t{chart}\n", 0, "helm|template|a|{chart}");
	expect(" a b c", 0, "a|b|c");
	expect("a", 0, "a");
}

Test(base_words, quotes_keep_together)
{
	expect("a 'b c' \"d e\"", 0, "a|b c|d e");
	expect("--set=x='1 2'3", 0, "--set=x=1 23");
	expect("'' a", 0, "|a");
	expect("'a\"b' \"c'd\"", 0, "a\"b|c'd");
	expect("'$x | \\'", 0, "$x | \\");
	expect("\"a\\\"b\\\\c\\d\"", 0, "a\"b\\c\\d");
}

Test(base_words, backslashes)
{
	expect("a\\ b \\'c \\$d \\|", 0, "a b|'c|$d||");
	expect("end\\", 0, "end\\");
}

Test(base_words, what_is_refused)
{
	expect("helm 'x", -1, "--render: a quote ' is not closed");
	expect("helm \"x'", -1, "--render: a quote \" is not closed");
	expect(" \t", -1, "--render: there is no command");
	expect("helm | tee", -1,
	    "--render: no shell reads it, so '|' has no meaning; put it "
	    "between single quotes if it is part of an argument");
	expect("helm \"$HOME\"", -1,
	    "--render: no shell reads it, so '$' has no meaning; put it "
	    "between single quotes if it is part of an argument");
}
