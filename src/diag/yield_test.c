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
