/* Findings that yield: where another says the same, and where none does. */
#include "diag/yield.h"

#include <criterion/criterion.h>

static const struct diag_kind refused = {.id = "refused", .group = "refused"};
static const struct diag_kind other = {.id = "other", .group = "policy"};
static const struct diag_kind yielding = {
    .id = "yielding", .group = "policy", .yields_to = "refused"};

static const struct subject web = {.kind = "Service", .name = "web"};
static const struct subject api = {.kind = "Service", .name = "api"};
static const struct origin file = {.name = "in.yaml"};

static struct finding finding_at(
    const struct diag_kind *kind, uint32_t line, const struct subject *subject)
{
	return (struct finding){
	    .kind = kind,
	    .severity = SEVERITY_ERROR,
	    .place = {&file, {line, 1, line, 2}},
	    .text = kind->id,
	    .subject = subject,
	};
}

/* How many are left of a finding that yields and one more. */
static size_t left_beside(struct finding first, struct finding second)
{
	struct finding_list list = {0};
	size_t n;

	finding_add(&list, &first);
	finding_add(&list, &second);
	findings_yield(&list);
	n = list.n;
	finding_list_release(&list);
	return n;
}

Test(diag_yield, to_an_error_of_the_group_at_its_line)
{
	struct finding finding = finding_at(&yielding, 5, &web);

	cr_assert_eq(left_beside(finding, finding_at(&refused, 5, &web)), 1);
	cr_assert_eq(left_beside(finding_at(&refused, 5, &web), finding), 1);
}

Test(diag_yield, to_a_finding_of_its_own_level)
{
	struct finding warning = finding_at(&yielding, 5, &web);
	struct finding said = finding_at(&refused, 5, &web);

	warning.severity = said.severity = SEVERITY_WARNING;
	cr_assert_eq(left_beside(warning, said), 1);
	cr_assert_eq(left_beside(said, warning), 1);
	said.severity = SEVERITY_NOTE;
	cr_assert_eq(left_beside(warning, said), 2);
	warning.severity = SEVERITY_NOTE;
	cr_assert_eq(left_beside(warning, said), 1);
}

Test(diag_yield, to_nothing_else)
{
	struct finding finding = finding_at(&yielding, 5, &web);
	struct finding warning = finding_at(&refused, 5, &web);
	struct finding asked = finding;

	warning.severity = SEVERITY_WARNING;
	asked.demand = 1;
	cr_assert_eq(left_beside(finding, finding_at(&refused, 6, &web)), 2);
	cr_assert_eq(left_beside(finding, finding_at(&refused, 5, &api)), 2);
	cr_assert_eq(left_beside(finding, finding_at(&other, 5, &web)), 2);
	cr_assert_eq(left_beside(finding, warning), 2);
	cr_assert_eq(left_beside(asked, finding_at(&refused, 5, &web)), 2);
	cr_assert_eq(left_beside(finding_at(&other, 5, &web),
			 finding_at(&refused, 5, &web)),
	    2);
}

static struct finding finding_in(
    const struct diag_kind *kind, uint32_t col, uint32_t end_col)
{
	struct finding finding = finding_at(kind, 5, &web);

	finding.place.span.col = col;
	finding.place.span.end_col = end_col;
	return finding;
}

/* {"port": "http", "path": "/"}: what is said of path says nothing of port. */
Test(diag_yield, to_what_is_said_of_the_same_entry)
{
	struct finding value = finding_in(&yielding, 10, 16);
	struct finding said = finding_in(&refused, 2, 8);

	cr_expect_eq(left_beside(value, said), 1, "its key");
	cr_expect_eq(left_beside(finding_in(&yielding, 2, 8),
			 finding_in(&refused, 10, 16)),
	    1, "its value");
	cr_expect_eq(left_beside(value, finding_in(&refused, 12, 13)), 1);
	cr_expect_eq(left_beside(value, finding_in(&refused, 26, 29)), 2);
	cr_expect_eq(left_beside(finding_in(&yielding, 26, 29), said), 2);
	/* A place of several lines is known by its start. */
	said.place.span.end_line++;
	cr_expect_eq(left_beside(value, said), 2);
}

/* One line of a template makes a line for each round of its loop. */
Test(diag_yield, to_nothing_of_another_rendered_line)
{
	static const struct place first = {&file, {8, 3, 8, 6}},
				  second = {&file, {9, 3, 9, 6}};
	struct finding finding = finding_at(&yielding, 5, &web);
	struct finding said = finding_at(&refused, 5, &web);

	finding.rendered = said.rendered = &first;
	cr_expect_eq(left_beside(finding, said), 1);
	said.rendered = &second;
	cr_expect_eq(left_beside(finding, said), 2);
}

/* Many of one line: each yields to those beside it alone. */
Test(diag_yield, among_many_of_one_line)
{
	struct finding_list list = {0};

	for (uint32_t i = 0; i < 50; i++) {
		struct finding said = finding_in(&refused, 20 * i, 20 * i + 5);
		struct finding own =
		    finding_in(&yielding, 20 * i + 5, 20 * i + 9);

		/* Every other one is ten columns from it. */
		own.place.span.col += i % 2 ? 5 : 0;
		finding_add(&list, &own);
		finding_add(&list, &said);
	}
	findings_yield(&list);
	cr_expect_eq(list.n, 75);
	finding_list_release(&list);
}
