/* Patterns: what matches, what is refused and where, what is too much. */
#include "base/regex.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static int match(const char *pattern, struct slice text)
{
	struct fault fault = {0};
	size_t offset;
	struct regex *regex = regex_new(slice_of(pattern), &offset, &fault);
	int result;

	cr_assert_not_null(regex, "%s", fault_text(&fault));
	result = regex_matches(regex, text);
	regex_free(regex);
	return result;
}

Test(base_regex, a_match_anywhere_will_do)
{
	cr_assert_eq(match("b+", SLICE("abbc")), 1);
	cr_assert_eq(match("^b+", SLICE("abbc")), 0);
	cr_assert_eq(match("", SLICE("x")), 1);
	cr_assert_eq(match("^$", (struct slice){0}), 1);
	cr_assert_eq(match("(?i)WARM", SLICE("a-warm-one")), 1);
}

Test(base_regex, a_text_ends_with_its_slice)
{
	cr_assert_eq(match("c", (struct slice){"abc", 2}), 0);
	cr_assert_eq(match("b$", (struct slice){"abc", 2}), 1);
}

Test(base_regex, texts_may_hold_any_bytes)
{
	cr_assert_eq(match("b", SLICE("a\0b")), 1);
	cr_assert_eq(match("b", SLICE("\xFF\xFE"
				      "b")),
	    1);
	cr_assert_eq(match("^.$", SLICE("\xC3\xA4")), 1, "one character");
}

static void expect_refused(
    const char *pattern, size_t offset, const char *sentence)
{
	struct fault fault = {0};
	size_t at = 99;

	cr_assert_null(regex_new(slice_of(pattern), &at, &fault));
	cr_assert_eq(at, offset, "%s: %zu", pattern, at);
	cr_assert_str_eq(fault_text(&fault), sentence);
	fault_release(&fault);
}

Test(base_regex, bad_patterns_are_refused_at_their_byte)
{
	expect_refused(
	    "ab(c", 4, "bad pattern 'ab(c': missing closing parenthesis");
	expect_refused("*", 0,
	    "bad pattern '*': quantifier does not follow a repeatable item");
}

/* Backtracks without end: given up, neither a match nor none. */
Test(base_regex, matching_is_bounded, .timeout = 10)
{
	struct buf text = {0};

	for (int i = 0; i < 64; i++)
		buf_add_char(&text, 'a');
	buf_add_char(&text, 'b');
	cr_assert_eq(match("^(a|aa)+$", buf_slice(&text)), -1);
	buf_release(&text);
}

/* The mappings that this process may run and that are of no file, where
 * machine code of patterns is. */
static size_t npages_made_to_run(void)
{
	FILE *file = fopen("/proc/self/maps", "r");
	char line[512];
	size_t n = 0;

	if (!file)
		cr_skip_test("no /proc/self/maps");
	while (fgets(line, sizeof(line), file))
		n += strstr(line, "xp ") && strstr(line, " 00:00 0 \n");
	fclose(file);
	return n;
}

/* As machine code a pattern costs pages, and more instructions than a few
 * matches do. */
Test(base_regex, what_is_matched_seldom_becomes_no_machine_code)
{
	struct fault fault = {0};
	size_t offset, before = npages_made_to_run();
	struct regex *regex = regex_new_own(SLICE("b+$"), &offset, &fault);

	for (int i = 0; i < 10; i++) {
		cr_assert_eq(regex_matches_own(regex, SLICE("abb")), 1);
		cr_assert_eq(regex_matches_own(regex, SLICE("abc")), 0);
	}
	cr_assert_eq(npages_made_to_run(), before);
	for (int i = 0; i < 1000; i++) {
		cr_assert_eq(regex_matches_own(regex, SLICE("abb")), 1);
		cr_assert_eq(regex_matches_own(regex, SLICE("abc")), 0);
	}
	regex_free(regex);
}

/* Also what the interpreter, which comes first, gives up. */
Test(base_regex, the_answer_is_the_same_whoever_is_asked, .timeout = 20)
{
	struct fault fault = {0};
	struct buf text = {0};
	size_t offset;
	struct regex *own =
	    regex_new_own(SLICE("^(?:a|aa)+$"), &offset, &fault);
	struct regex *shared = regex_new(SLICE("^(?:a|aa)+$"), &offset, &fault);

	for (int i = 0; i < 200; i++) {
		buf_clear(&text);
		for (int j = 0; j < i * 10; j++)
			buf_add_char(&text, 'a');
		cr_assert_eq(regex_matches_own(own, buf_slice(&text)),
		    regex_matches(shared, buf_slice(&text)), "%d", i);
	}
	buf_release(&text);
	regex_free(own);
	regex_free(shared);
}

/* Machine code keeps its way back on a stack of 32 KB, PCRE2's interpreter on
 * the heap: of an ordinary pattern and 1,600 letters only one has an answer. */
Test(base_regex, the_interpreter_is_asked_where_machine_code_gives_up)
{
	struct buf text = {0};

	for (int i = 0; i < 1600; i++)
		buf_add_char(&text, 'a');
	cr_assert_eq(match("^(a|b)*$", buf_slice(&text)), 1);
	buf_add_char(&text, 'c');
	cr_assert_eq(match("^(a|b)*$", buf_slice(&text)), 0);
	buf_release(&text);
}

Test(base_regex, nothing_is_free_to_free)
{
	regex_free(NULL);
}
