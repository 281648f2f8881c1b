/* What is noted of rendered lines. */
#include "map/line.h"

#include <criterion/criterion.h>

Test(map_line, blank_lines_are_left_out)
{
	struct rendered_lines lines = {0};

	rendered_lines_read(&lines, SLICE("a: 1\r\n\n  - b\n \t\n"), 7, false);
	cr_assert_eq(lines.n, 2);
	cr_assert(slice_is(lines.items[0].text, "a: 1"));
	cr_assert_eq(lines.items[0].number, 7);
	cr_assert_eq(lines.items[1].number, 9);
	cr_assert_eq(lines.items[1].indent, 2);
	cr_assert(lines.items[1].is_item);
	rendered_lines_release(&lines);
}

/* toYaml sorts keys, so one that comes too early begins something else. */
Test(map_line, keys_out_of_order_are_seen)
{
	struct rendered_lines lines = {0};

	rendered_lines_read(&lines,
	    SLICE("b: 1\nc:\n  z: 1\n  a: 1\n\"a\": 2\na.b: x\na: 3\n"), 1,
	    false);
	cr_assert_not(lines.items[0].is_unsorted);
	cr_assert_not(lines.items[1].is_unsorted);
	/* The first of its mapping. */
	cr_assert_not(lines.items[2].is_unsorted);
	cr_assert(lines.items[3].is_unsorted);
	cr_assert(lines.items[4].is_unsorted);
	cr_assert_not(lines.items[5].is_unsorted);
	cr_assert(lines.items[6].is_unsorted);
	rendered_lines_release(&lines);
}

Test(map_line, what_to_yaml_would_not_write)
{
	static const struct {
		const char *line;
		bool unlike;
	} cases[] = {
	    {"# comment", true},
	    {"a: \"plain\"", true},
	    {"- \"plain\"", true},
	    {"\"plain\"", true},
	    {"a: \"true\"", false},
	    {"a: \"No\"", false},
	    {"a: \"1\"", false},
	    {"a: \"x y\"", false},
	    {"a: plain", false},
	    {"a: x\"plain\"", false},
	    {"\"", false},
	};
	struct rendered_lines lines = {0};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		rendered_lines_read(&lines, slice_of(cases[i].line), 1, false);
		cr_expect_eq(lines.items[0].is_unlike_yaml, cases[i].unlike,
		    "%s", cases[i].line);
	}
	rendered_lines_release(&lines);
}

static const char release[] = "spec:\n"
			      "  ports:\n"
			      "  - name: a\n"
			      "    paths:\n"
			      "    - /\n"
			      "  - name: b\n"
			      "  other: 1\n";

Test(map_line, a_line_may_have_drifted_once_for_each_list_around_it)
{
	static const int32_t expected[] = {0, 0, 2, 2, 4, 2, 0};
	struct rendered_lines lines = {0};

	rendered_lines_read(&lines, SLICE(release), 1, true);
	cr_assert_eq(lines.n, COUNT_OF(expected));
	for (size_t i = 0; i < lines.n; i++)
		cr_assert_eq(
		    lines.items[i].drift, expected[i], "line %zu", i + 1);
	rendered_lines_release(&lines);
}

Test(map_line, what_helm_printed_has_not_drifted)
{
	struct rendered_lines lines = {0};

	rendered_lines_read(&lines, SLICE(release), 1, false);
	for (size_t i = 0; i < lines.n; i++)
		cr_assert_eq(lines.items[i].drift, 0);
	rendered_lines_release(&lines);
}
