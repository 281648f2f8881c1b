/* The fixes of a run: which are dropped, and what they make of the text. */
#include "run/fixes.h"

#include <criterion/criterion.h>

static const struct origin input = {.name = "a.yaml"};
static const struct origin template = {.name = "t.yaml", .index = 1};
static const struct origin contract = {
    .name = "c.json", .role = ORIGIN_CONTRACT, .index = 2};

static struct fix edit(
    uint32_t line, uint32_t col, uint32_t end_col, const char *text)
{
	return (struct fix){
	    .kind = FIX_EXACT,
	    .place = {&input, {line, col, line, end_col}},
	    .text = text,
	    .byte_col = col,
	    .end_byte_col = end_col,
	};
}

/* How many fixes are left of one in the input when its finding is there. */
static size_t left(const struct origin *place)
{
	struct fix fix = edit(1, 1, 2, "x");
	struct finding finding = {
	    .place = {place, {1, 1, 1, 2}}, .fixes = &fix, .nfixes = 1};
	struct finding_list list = {.items = &finding, .n = 1};
	size_t n = fixes_count(&list);

	cr_expect_eq(n, finding.nfixes);
	return n;
}

/* A finding that was moved to a template, or is about the contract, is not
 * mended in what was rendered. */
Test(fixes, only_of_findings_in_the_same_input)
{
	cr_assert_eq(left(&input), 1);
	cr_assert_eq(left(&template), 0);
	cr_assert_eq(left(&contract), 0);
	cr_assert_eq(left(NULL), 0);
}

static void expect(
    struct finding *findings, size_t n, const char *text, const char *wanted)
{
	struct finding_list list = {.items = findings, .n = n};
	struct buf got = {0};

	fixes_apply(&list, slice_of(text), &got);
	cr_assert_str_eq(buf_text(&got), wanted);
	buf_release(&got);
}

Test(fixes, are_applied_from_wherever)
{
	const struct fix fixes[] = {edit(3, 2, 2, "!"), edit(1, 2, 3, "xyz"),
	    edit(2, 1, 1, "new\n"), edit(4, 1, 1, "end\n")};
	struct finding finding = {.fixes = fixes, .nfixes = 4};

	expect(&finding, 1, "abc\nd\ne\n", "axyzc\nnew\nd\ne!\nend\n");
}

Test(fixes, the_same_edit_is_made_once)
{
	const struct fix one[] = {edit(1, 1, 1, "a: 1\n"), edit(1, 4, 5, "3")};
	const struct fix other[] = {
	    edit(1, 1, 1, "b: 1\n"), edit(1, 4, 5, "3")};
	struct finding findings[] = {
	    {.fixes = one, .nfixes = 2},
	    {.fixes = other, .nfixes = 2},
	    {.fixes = one, .nfixes = 1},
	};

	expect(findings, 3, "c: 2\n", "a: 1\nb: 1\nc: 3\n");
}

/* Not even the edit that would fit: half of a fix mends nothing. */
Test(fixes, one_that_clashes_keeps_out_whole)
{
	const struct fix one[] = {edit(1, 4, 6, "3")};
	const struct fix other[] = {
	    edit(1, 1, 1, "b: 1\n"), edit(1, 5, 6, "4")};
	struct finding findings[] = {
	    {.fixes = one, .nfixes = 1},
	    {.fixes = other, .nfixes = 2},
	};

	expect(findings, 2, "c: 20\n", "c: 3\n");
}
