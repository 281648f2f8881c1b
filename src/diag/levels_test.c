/* -W options: what each makes of a finding, and which one wins. */
#include "diag/levels.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct diag_kind note = {
    .id = "a-note", .code = "RL9001", .group = "low"};
static const struct diag_kind warning = {
    .id = "a-warning", .code = "RL9002", .group = "low"};
static const struct diag_kind error = {
    .id = "an-error", .code = "RL9003", .group = "high"};
static const struct diag_kind off = {
    .id = "an-off", .code = "RL9004", .group = "high"};
static const struct diag_kind *const kinds[] = {&note, &warning, &error, &off};

static void add(struct finding_list *list, const struct diag_kind *kind,
    enum severity severity)
{
	finding_add(
	    list, &(struct finding){
		      .kind = kind, .severity = severity, .text = kind->id});
}

/* The severities of a note, a warning, an error and a finding that is off
 * under the options, as letters: upper case when promoted. */
static void expect(const char *options, const char *expected)
{
	static const char letters[] = "-nwe";
	struct finding_list list = {0};
	struct levels levels = {0};
	struct fault fault = {0};
	struct arena arena = {0};
	char *words = (char *)slice_copy(&arena, slice_of(options)).ptr;
	char got[COUNT_OF(kinds) + 1] = {0};

	for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
		cr_assert_eq(
		    levels_add(&levels, word, kinds, COUNT_OF(kinds), &fault),
		    0, "%s", fault_text(&fault));
	add(&list, &note, SEVERITY_NOTE);
	add(&list, &warning, SEVERITY_WARNING);
	add(&list, &error, SEVERITY_ERROR);
	add(&list, &off, SEVERITY_OFF);
	levels_apply(&levels, &list);
	for (size_t i = 0; i < list.n; i++) {
		char letter = letters[list.items[i].severity];

		got[i] = list.items[i].promoted ? (char)(letter - 'a' + 'A')
						: letter;
	}
	cr_assert_str_eq(got, expected, "-W%s gives %s", options, got);
	levels_release(&levels);
	finding_list_release(&list);
	arena_release(&arena);
}

Test(diag_levels, without_options_the_rules_decide)
{
	expect("", "nwe");
}

Test(diag_levels, groups)
{
	expect("no-low", "e");
	expect("no-high", "nw");
	expect("high", "nwew");
	expect("no-low low", "nwe");
	/* Warnings alone, as -Werror; what is off stays off. */
	expect("error=low", "nEe");
	expect("error=high", "nwe");
	expect("error no-error=low", "nwe");
	expect("error=low no-error=low", "nwe");
	/* What is said of the rule counts, wherever it stands. */
	expect("a-note no-low", "ne");
	expect("no-low a-note", "ne");
	expect("no-error=a-warning error=low", "nwe");
	expect("no-a-warning error=low", "ne");
}

Test(diag_levels, off_and_on)
{
	expect("no-a-warning", "ne");
	expect("no-an-error", "nw");
	expect("no-a-warning a-warning", "nwe");
	expect("a-warning no-a-warning", "ne");
	expect("an-off", "nwew");
	expect("a-note", "nwe");
}

Test(diag_levels, errors)
{
	expect("error", "nEe");
	expect("error=a-warning", "nEe");
	expect("error=a-note", "Ewe");
	expect("error=an-error", "nwe");
	expect("error no-error", "nwe");
	/* An error that is asked for is also turned on. */
	expect("error=an-off", "nweE");
	expect("an-off error", "nEeE");
	expect("error=a-warning no-a-warning", "ne");
	expect("no-a-warning error=a-warning", "nEe");
}

Test(diag_levels, one_id_wins_over_all)
{
	expect("error no-error=a-warning", "nwe");
	expect("no-error=a-warning error", "nwe");
	expect("error no-a-warning", "ne");
	expect("no-error error=a-warning", "nEe");
}

Test(diag_levels, a_code_is_as_good_as_an_id)
{
	expect("no-RL9002", "ne");
	expect("error=RL9001", "Ewe");
	expect("no-RL9002 a-warning", "nwe");
}

/* What the configuration fixes stands under the options. */
static void expect_fixed(
    enum severity severity, const char *option, enum severity expected)
{
	struct finding_list list = {0};
	struct levels levels = {0};
	struct fault fault = {0};

	levels_set(&levels, &warning, severity);
	if (*option)
		cr_assert_eq(
		    levels_add(&levels, option, kinds, COUNT_OF(kinds), &fault),
		    0);
	add(&list, &warning, SEVERITY_WARNING);
	levels_apply(&levels, &list);
	cr_assert_eq(list.n, expected != SEVERITY_OFF);
	if (list.n)
		cr_assert_eq(list.items[0].severity, expected);
	levels_release(&levels);
	finding_list_release(&list);
}

Test(diag_levels, options_come_on_top_of_the_configuration)
{
	expect_fixed(SEVERITY_ERROR, "", SEVERITY_ERROR);
	expect_fixed(SEVERITY_NOTE, "", SEVERITY_NOTE);
	expect_fixed(SEVERITY_OFF, "", SEVERITY_OFF);
	expect_fixed(SEVERITY_OFF, "a-warning", SEVERITY_WARNING);
	expect_fixed(SEVERITY_ERROR, "no-a-warning", SEVERITY_OFF);
	expect_fixed(SEVERITY_NOTE, "error", SEVERITY_NOTE);
	expect_fixed(SEVERITY_NOTE, "error=a-warning", SEVERITY_ERROR);
}

static void expect_refused(const char *option, const char *sentence)
{
	struct levels levels = {0};
	struct fault fault = {0};

	cr_assert_eq(
	    levels_add(&levels, option, kinds, COUNT_OF(kinds), &fault), -1);
	cr_assert_str_eq(fault_text(&fault), sentence);
	fault_release(&fault);
	levels_release(&levels);
}

Test(diag_levels, unknown_ids_are_refused)
{
	expect_refused("a-warnin",
	    "-Wa-warnin: unknown rule 'a-warnin'; did you mean 'a-warning'?");
	expect_refused("no-an-eror",
	    "-Wno-an-eror: unknown rule 'an-eror'; did you mean 'an-error'?");
	expect_refused(
	    "no-hihg", "-Wno-hihg: unknown rule 'hihg'; did you mean 'high'?");
	expect_refused(
	    "error=something-else", "-Werror=something-else: unknown rule "
				    "'something-else'; --list-rules lists all");
	expect_refused("", "-W: unknown rule ''; --list-rules lists all");
}

/* The names that a rule had go on to all that it was split into. */
Test(diag_levels, a_name_of_several)
{
	static const char *const aliases[] = {"old-rule"};
	static const struct diag_kind parts[] = {
	    {.id = "part-a",
		.code = "AC011",
		.aliases = aliases,
		.naliases = 1},
	    {.id = "part-b",
		.code = "AC012",
		.aliases = aliases,
		.naliases = 1},
	};
	static const struct diag_kind *const all[] = {&parts[0], &parts[1]};
	struct fault fault = {0};
	struct levels levels = {0};
	struct finding_list list = {0};

	add(&list, all[0], SEVERITY_WARNING);
	add(&list, all[1], SEVERITY_WARNING);
	cr_assert_eq(levels_add(&levels, "no-old-rule", all, 2, &fault), 0);
	levels_apply(&levels, &list);
	cr_assert_eq(list.n, 0);
	finding_list_release(&list);
	levels_release(&levels);
}

/* A rule answers to the names it had. */
Test(diag_levels, names_a_rule_had)
{
	static const char *const aliases[] = {"old-rule", "AC009"};
	static const struct diag_kind renamed = {
	    .id = "new-rule",
	    .code = "AC010",
	    .severity = SEVERITY_WARNING,
	    .aliases = aliases,
	    .naliases = COUNT_OF(aliases),
	};
	static const struct diag_kind *const all[] = {&renamed};
	static const char *const options[] = {"no-old-rule", "no-AC009"};
	struct fault fault = {0};

	for (size_t i = 0; i < COUNT_OF(options); i++) {
		struct levels levels = {0};
		struct finding_list list = {0};

		finding_add(&list, &(struct finding){
				       .kind = &renamed,
				       .severity = SEVERITY_WARNING,
				       .text = "x",
				   });
		cr_assert_eq(
		    levels_add(&levels, options[i], all, 1, &fault), 0);
		levels_apply(&levels, &list);
		cr_assert_eq(list.n, 0, "%s", options[i]);
		finding_list_release(&list);
		levels_release(&levels);
	}
}

/* What is asked for stays as it is. */
Test(diag_levels, a_severity_is_foreseen)
{
	const struct finding finding = {
	    .kind = &error, .severity = SEVERITY_ERROR};
	struct levels levels = {0};
	struct fault fault = {0};

	cr_expect_eq(levels_severity(&levels, &finding), SEVERITY_ERROR);
	cr_assert_eq(levels_add(&levels, "no-an-error", kinds,
			 COUNT_OF(kinds), &fault),
	    0);
	cr_expect_eq(levels_severity(&levels, &finding), SEVERITY_OFF);
	cr_expect_eq(finding.severity, SEVERITY_ERROR);
	levels_release(&levels);
}
