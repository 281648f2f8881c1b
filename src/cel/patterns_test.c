/* Patterns that are kept: compiled once, refused each time, not endlessly. */
#include "cel/patterns.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(cel_patterns, are_compiled_once)
{
	struct cel_patterns patterns = {0};
	struct fault fault = {0};
	char text[] = "^a+$";
	const struct regex *first =
	    cel_patterns_get(&patterns, slice_of(text), false, &fault);

	cr_assert_not_null(first);
	text[1] = 'b'; /* what was asked for is kept as a copy */
	cr_assert_eq(
	    cel_patterns_get(&patterns, SLICE("^a+$"), false, &fault), first);
	cr_assert_neq(
	    cel_patterns_get(&patterns, slice_of(text), false, &fault), first);
	cr_assert_eq(patterns.by_text.n, 2);
	cel_patterns_release(&patterns);
}

Test(cel_patterns, bad_ones_are_refused_each_time)
{
	struct cel_patterns patterns = {0};

	for (int i = 0; i < 2; i++) {
		struct fault fault = {0};

		cr_assert_null(
		    cel_patterns_get(&patterns, SLICE("("), false, &fault));
		cr_assert_str_eq(fault_text(&fault),
		    "bad pattern '(': missing closing parenthesis");
		fault_release(&fault);
	}
	cr_assert_eq(patterns.by_text.n, 0);
	cel_patterns_release(&patterns);
}

/* A rule can match against as many patterns as the stream has names. */
Test(cel_patterns, endlessly_many_are_forgotten)
{
	struct cel_patterns patterns = {0};
	struct fault fault = {0};

	for (int i = 0; i < 1000; i++) {
		char text[16];
		const struct regex *regex;

		snprintf(text, sizeof(text), "^a%d$", i);
		regex =
		    cel_patterns_get(&patterns, slice_of(text), false, &fault);
		cr_assert_eq(
		    regex_matches(regex, (struct slice){text + 1, 0}), 0);
		cr_assert_leq(patterns.by_text.n, 64);
	}
	cel_patterns_release(&patterns);
}

/* CEL's patterns are RE2's: what PCRE2 reads otherwise is made alike. */
Test(cel_patterns, mean_what_they_mean_to_re2)
{
	static const struct {
		const char *pattern, *text;
		int matches;
	} rows[] = {
	    {"a$", "a\n", 0},	   /* "$" is the very end */
	    {"^\\s$", "\v", 0},	   /* \s is [\t\n\f\r ] */
	    {"a{,2}", "a{,2}", 1}, /* no count: letters */
	    {"^(?P<n>a)b$", "ab", 1},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct fault fault = {0};
		size_t offset;
		struct regex *regex = cel_pattern_compile(
		    slice_of(rows[i].pattern), true, &offset, &fault);

		cr_assert_not_null(regex, "%s", fault_text(&fault));
		cr_assert_eq(regex_matches(regex, slice_of(rows[i].text)),
		    rows[i].matches, "%s", rows[i].pattern);
		regex_free(regex);
	}
}

Test(cel_patterns, of_pcre2_alone)
{
	static const char *const patterns[] = {"a(?=b)", "(a)\\1", "a++"};

	for (size_t i = 0; i < COUNT_OF(patterns); i++) {
		struct slice text = slice_of(patterns[i]);
		struct fault fault = {0};
		size_t offset = 7;
		struct regex *regex =
		    cel_pattern_compile(text, false, &offset, &fault);

		cr_assert_not_null(regex, "%s", fault_text(&fault));
		regex_free(regex);
		cr_assert_null(
		    cel_pattern_compile(text, true, &offset, &fault));
		cr_assert_eq(offset, 0);
		fault_release(&fault);
	}
}
