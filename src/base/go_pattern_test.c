/* Patterns of Go -> what PCRE2 makes of them: the same texts match. */
#include "base/go_pattern.h"

#include "base/regex.h"

#include <criterion/criterion.h>

/* A pattern, a text that it matches and one that it does not. */
struct row {
	const char *pattern, *yes, *no;
};

static const struct row rows[] = {
    {"^a$", "a", "a\n"}, /* PCRE2's own $ takes a final line feed */
    {"^[a-z]([-a-z0-9]*[a-z0-9])?$", "a-b", "a-"},
    {"b", "abc", "acd"},
    {"^\\s$", "\t", "\v"}, /* RE2: \s is [\t\n\f\r ] */
    {"^\\S$", "\v", " "},
    {"^[\\s]$", " ", "\v"},
    {"^x{2}$", "xx", "x"},
    {"^x{2,3}?$", "xxx", "x"},
    {"^x{1,}$", "xx", ""},
    {"^{a}$", "{a}", "a"},
    {"^x{,2}$", "x{,2}", "xx"},
    {"^(?:a|b)+$", "ab", "c"},
    {"^(?P<n>a)(?<m>b)$", "ab", "a"},
    {"(?i)^AB$", "aB", "ac"},
    {"^[]a]$", "]", "b"},
    {"^[^]a]$", "b", "]"},
    {"^[[:alpha:]_]$", "_", "1"},
    {"^[[]$", "[", "a"},
    {"^\\x41\\x{42}$", "AB", "ab"},
    {"^\\p{Lu}\\pL$", "Ab", "ab"},
    {"^\\d+\\.\\w\\-\\/$", "1.a-/", "1xa-/"},
    {"^a.c$", "abc", "a\nc"},
    {"\\Aab\\z", "ab", "ab\n"},
};

Test(base_go_pattern, matches_the_same)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf translated = {0};
		struct fault fault = {0};
		struct regex *regex;
		size_t offset;

		cr_assert(go_pattern_translate(
			      slice_of(rows[i].pattern), &translated),
		    "%s", rows[i].pattern);
		regex = regex_new(buf_slice(&translated), &offset, &fault);
		cr_assert_not_null(regex, "%s", fault_text(&fault));
		cr_assert_eq(regex_matches(regex, slice_of(rows[i].yes)), 1,
		    "%s", rows[i].pattern);
		cr_assert_eq(regex_matches(regex, slice_of(rows[i].no)), 0,
		    "%s", rows[i].pattern);
		regex_free(regex);
		buf_release(&translated);
	}
}

/* What Go refuses, or may read otherwise. */
Test(base_go_pattern, unsure)
{
	static const char *const patterns[] = {"(?=a)", "(?!a)", "(?<=a)b",
	    "(?>a)", "(a)\\1", "a*+", "a**", "a??+", "a{2}{3}", "a{1001}",
	    "a{2", "\\Z", "\\v", "\\h", "\\R", "\\Qa\\E", "(?m)^a$", "(*UTF8)a",
	    "(?#a)", "[[.a.]]", "[[=a=]]", "[\\S]", "[a", "\\", "(?", "\\xZ",
	    "[\\b]", "(?P=n)", "(?)"};

	for (size_t i = 0; i < COUNT_OF(patterns); i++) {
		struct buf translated = {0};

		cr_assert_not(
		    go_pattern_translate(slice_of(patterns[i]), &translated),
		    "%s", patterns[i]);
		buf_release(&translated);
	}
}

Test(base_go_pattern, tells_what_go_refuses)
{
	static const char *const refused[] = {"(?=a)", "(?!a)", "(?<=a)",
	    "(?<!a)", "(?>a)", "(?#a)", "(?x)a", "(?P=n)", "(a)\\1", "a\\8",
	    "\\", "a\\Z", "\\h", "[\\R]", "[a", "[]", "[[:alpha:]", "(a",
	    "(a))", ")", "+", "a|*", "(*a)", "a**", "a++", "a?+", "a+?*", "(?",
	    "(?:a"};
	static const char *const taken[] = {"", "a", "(a|b)*", "[[a]", "[]a]",
	    "[^]]", "[a\\]]", "[[:alpha:]]", "[[:a]", "\\(", "\\Q(\\E", "a+?",
	    "a??", "a{2}", "a{,2}", "{", "}", "]", "^*", "(|a)", "(?i)a",
	    "(?i-s:a)", "(?P<n>a)", "(?<n>a)", "\\07\\12", "\\x41", "\\pL",
	    "\\-\\_\\/", "\xc3\xa9", "[(]", "[*]"};

	for (size_t i = 0; i < COUNT_OF(refused); i++)
		cr_assert(
		    go_pattern_refused(slice_of(refused[i])), "%s", refused[i]);
	for (size_t i = 0; i < COUNT_OF(taken); i++)
		cr_assert_not(
		    go_pattern_refused(slice_of(taken[i])), "%s", taken[i]);
}
