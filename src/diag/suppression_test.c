/* Suppressions against findings: which work, which are findings themselves. */
#include "diag/suppression.h"

#include <criterion/criterion.h>

static const struct origin origin = {.name = "in.yaml", .index = 0};
static const struct origin other = {.name = "b.yaml", .index = 1};
static const char *const names_of_a[] = {"was-a", "AC00"};
static const struct diag_kind rule_a = {.id = "a-rule",
    .code = "AC01",
    .severity = SEVERITY_WARNING,
    .aliases = names_of_a,
    .naliases = 2};
static const struct diag_kind rule_b = {
    .id = "b-rule", .code = "AC02", .severity = SEVERITY_WARNING};
static const struct diag_kind rule_off = {.id = "off-rule", .code = "AC05"};
static const struct diag_kind rule_c = {
    .id = "c-rule", .code = "AC03", .locked = true};
static const char *const suppressors[] = {"b-rule", "c-rule"};
static const struct diag_kind rule_d = {.id = "d-rule",
    .code = "AC04",
    .aliases = names_of_a,
    .naliases = 2,
    .suppressed_by = suppressors,
    .nsuppressed_by = 2};
static const struct diag_kind *const kinds[] = {
    &rule_c, &rule_b, &rule_a, &rule_off};
static const struct subject web = {
    "apps", "v1", "Deployment", "", "web", "", NULL};
static const struct subject api = {
    "apps", "v1", "Deployment", "", "api", "", NULL};

static void add(struct finding_list *list, const struct diag_kind *kind,
    const struct origin *file, uint32_t line, const struct subject *subject)
{
	finding_add(list, &(struct finding){.kind = kind,
			      .severity = SEVERITY_WARNING,
			      .place = {file, {line, 1, line, 2}},
			      .text = "x",
			      .subject = subject});
}

/* Applied to a-rule at 5 (web), 9 (api), 5 of the other file (no object)
 * and c-rule at 5: the lines held back, then what is said. */
static void expect(struct suppression suppression, const char *expected)
{
	struct suppression_list list = {0};
	struct finding_list findings = {0};
	struct buf got = {0};

	suppression.place = (struct place){&origin, {1, 1, 1, 2}};
	if (!suppression.reason)
		suppression.reason = "because";
	suppression_add(&list, &suppression);
	add(&findings, &rule_a, &origin, 5, &web);
	add(&findings, &rule_a, &origin, 9, &api);
	add(&findings, &rule_a, &other, 5, NULL);
	add(&findings, &rule_c, &origin, 5, NULL);
	suppressions_apply(
	    &list, &findings, kinds, COUNT_OF(kinds), "2026-05-05");
	for (size_t i = 0; i < findings.n; i++) {
		const struct finding *finding = &findings.items[i];

		if (finding->suppression)
			buf_printf(&got, "%s:%u ", finding->place.origin->name,
			    finding->place.span.line);
		if (i >= 4)
			buf_printf(&got, "%s", finding->kind->id);
	}
	cr_assert_str_eq(buf_text(&got), expected, "%s", buf_text(&got));
	buf_release(&got);
	finding_list_release(&findings);
	suppression_list_release(&list);
}

#define LINE(number, id)                                          \
	{                                                         \
		.form = SUPPRESS_LINE, .rule = id, .line = number \
	}
#define PATTERN(...)                                  \
	{                                             \
		.form = SUPPRESS_PATTERN, __VA_ARGS__ \
	}
Test(diag_suppression, by_line_of_its_own_file)
{
	expect((struct suppression)LINE(5, "a-rule"), "in.yaml:5 ");
	expect((struct suppression)LINE(5, "AC01"), "in.yaml:5 ");
	expect((struct suppression)LINE(5, "was-a"), "in.yaml:5 ");
	expect((struct suppression)LINE(5, "AC00"), "in.yaml:5 ");
	expect((struct suppression)LINE(6, "a-rule"), "suppression-unused");
	expect((struct suppression)LINE(5, "b-rule"), "suppression-unused");
	/* What it would find is not known. */
	expect((struct suppression)LINE(5, "off-rule"), "");
}

Test(diag_suppression, by_object)
{
	expect(
	    (struct suppression){
		.form = SUPPRESS_OBJECT, .rule = "a-rule", .subject = &api},
	    "in.yaml:9 ");
}

Test(diag_suppression, by_pattern)
{
	expect((struct suppression)PATTERN(.rule = "a-rule"),
	    "in.yaml:5 in.yaml:9 b.yaml:5 ");
	expect((struct suppression)PATTERN(.rule = "a-rule", .name = "w*"),
	    "in.yaml:5 ");
	expect((struct suppression)PATTERN(.rule = "a-rule",
		   .kind = "Deployment", .name = "a??"),
	    "in.yaml:9 ");
	expect((struct suppression)PATTERN(.rule = "a-rule", .kind = "Rollout"),
	    "suppression-unused");
}

Test(diag_suppression, the_last_day_still_counts)
{
	expect((struct suppression)PATTERN(.rule = "a-rule", .name = "web",
		   .expires = "2026-05-05"),
	    "in.yaml:5 ");
	expect((struct suppression)PATTERN(.rule = "a-rule", .name = "web",
		   .expires = "2026-05-04"),
	    "suppression-expired");
}

Test(diag_suppression, what_is_not_right_does_not_work)
{
	expect((struct suppression)LINE(5, "a-role"), "suppression-unknown");
	expect((struct suppression)LINE(5, ""), "suppression-unknown");
	expect((struct suppression)LINE(5, "c-rule"), "suppression-locked");
	expect((struct suppression){.form = SUPPRESS_LINE,
		   .rule = "a-rule",
		   .line = 5,
		   .reason = ""},
	    "suppression-without-reason");
}

Test(diag_suppression, a_reason_has_a_word)
{
	static const char *const none[] = {"", " ", "--", ".", "# !\t"};
	static const char *const some[] = {"- x", "7", "\xE7\xA9\xBA"};

	for (size_t i = 0; i < COUNT_OF(none); i++)
		expect((struct suppression){.form = SUPPRESS_LINE,
			   .rule = "a-rule",
			   .line = 5,
			   .reason = none[i]},
		    "suppression-without-reason");
	for (size_t i = 0; i < COUNT_OF(some); i++)
		expect((struct suppression){.form = SUPPRESS_LINE,
			   .rule = "a-rule",
			   .line = 5,
			   .reason = some[i]},
		    "in.yaml:5 ");
}

/* What is said of a suppression of that rule. */
static void expect_unknown(const char *rule, const char *said)
{
	struct suppression_list list = {0};
	struct finding_list findings = {0};

	suppression_add(&list, &(struct suppression){.form = SUPPRESS_LINE,
				   .rule = rule,
				   .reason = "because",
				   .place = {&origin, {1, 1, 1, 2}}});
	suppressions_apply(
	    &list, &findings, kinds, COUNT_OF(kinds), "2026-05-05");
	cr_assert_eq(findings.n, 1);
	cr_assert_str_eq(
	    findings.items[0].text, said, "%s", findings.items[0].text);
	finding_list_release(&findings);
	suppression_list_release(&list);
}

Test(diag_suppression, what_is_unknown_is_told)
{
	expect_unknown(
	    "", "suppression without a rule: name the rule to ignore");
	expect_unknown("a-role",
	    "suppression of unknown rule 'a-role'; did you mean 'a-rule'?");
	expect_unknown("one-thing,another-thing",
	    "suppression of unknown rule 'one-thing,another-thing'; a "
	    "suppression names only one rule");
}

Test(diag_suppression, dates)
{
	cr_assert(suppression_is_date(SLICE("2026-12-31")));
	cr_assert_not(suppression_is_date(SLICE("2026-12-1")));
	cr_assert_not(suppression_is_date(SLICE("31-12-2026")));
	cr_assert_not(suppression_is_date(SLICE("2026-12-310")));
	cr_assert(suppression_is_date(SLICE("2028-02-29")));
	cr_assert(suppression_is_date(SLICE("2000-02-29")));
	cr_assert_not(suppression_is_date(SLICE("2027-02-29")));
	cr_assert_not(suppression_is_date(SLICE("2100-02-29")));
	cr_assert_not(suppression_is_date(SLICE("2027-04-31")));
	cr_assert_not(suppression_is_date(SLICE("2027-13-01")));
	cr_assert_not(suppression_is_date(SLICE("2027-00-10")));
	cr_assert_not(suppression_is_date(SLICE("2027-01-00")));
}

/* Names that d-rule shares with a-rule, and those of rules that say the same.
 */
static void expect_d(const char *rule, bool expected)
{
	static const struct diag_kind *const all[] = {
	    &rule_a, &rule_b, &rule_c, &rule_d};
	static const enum suppression_form forms[] = {
	    SUPPRESS_OBJECT, SUPPRESS_PATTERN};

	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		struct suppression_list list = {0};
		struct finding_list findings = {0};

		suppression_add(&list, &(struct suppression){
					   .form = forms[i],
					   .rule = rule,
					   .reason = "because",
					   .place = {&origin, {1, 1, 1, 2}},
					   .subject = &web,
				       });
		add(&findings, &rule_d, &origin, 5, &web);
		suppressions_apply(
		    &list, &findings, all, COUNT_OF(all), "2026-05-05");
		cr_expect_eq(findings.items[0].suppression != NULL, expected,
		    "%s, form %zu", rule, i);
		finding_list_release(&findings);
		suppression_list_release(&list);
	}
}

Test(diag_suppression, one_name_for_several_rules)
{
	expect_d("d-rule", true);
	expect_d("was-a", true);
	expect_d("b-rule", true);
	expect_d("a-rule", false);
	/* It is locked: nothing is suppressed by its name. */
	expect_d("c-rule", false);
}
