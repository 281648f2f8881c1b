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
	    cel_patterns_get(&patterns, slice_of(text), &fault);

	cr_assert_not_null(first);
	text[1] = 'b'; /* what was asked for is kept as a copy */
	cr_assert_eq(cel_patterns_get(&patterns, SLICE("^a+$"), &fault), first);
	cr_assert_neq(
	    cel_patterns_get(&patterns, slice_of(text), &fault), first);
	cr_assert_eq(patterns.by_text.n, 2);
	cel_patterns_release(&patterns);
}

Test(cel_patterns, bad_ones_are_refused_each_time)
{
	struct cel_patterns patterns = {0};

	for (int i = 0; i < 2; i++) {
		struct fault fault = {0};

		cr_assert_null(cel_patterns_get(&patterns, SLICE("("), &fault));
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
		regex = cel_patterns_get(&patterns, slice_of(text), &fault);
		cr_assert_eq(
		    regex_matches(regex, (struct slice){text + 1, 0}), 0);
		cr_assert_leq(patterns.by_text.n, 64);
	}
	cel_patterns_release(&patterns);
}
