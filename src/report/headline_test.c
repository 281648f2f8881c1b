/* Tests of headline: what a report comes to, in a sentence. */
#include "report/headline.h"

#include <criterion/criterion.h>

static const struct finding findings[] = {
    {.severity = SEVERITY_ERROR},
    {.severity = SEVERITY_WARNING},
    {.severity = SEVERITY_WARNING},
};

static void check(
    struct report report, enum outlook outlook, const char *expected)
{
	struct buf buf = {0};

	headline_add(&buf, &report);
	cr_assert_str_eq(buf_text(&buf), expected);
	cr_assert_eq(report_outlook(&report), outlook);
	buf_release(&buf);
}

/* Without a contract the exit status decides, that is --fail-on. */
Test(headline, without_a_contract)
{
	check((struct report){0}, OUTLOOK_GOOD, "Nothing was found");
	check((struct report){.is_compared = true}, OUTLOOK_GOOD,
	    "Nothing new was found");
	check(
	    (struct report){
		.findings = findings, .nfindings = 3, .exit_status = 1},
	    OUTLOOK_BAD, "Not ready to roll out: 1 error, 2 warnings");
	check((struct report){.findings = findings + 1, .nfindings = 2},
	    OUTLOOK_GOOD, "Nothing stops the rollout: 2 warnings");
}

/* With one, its own sentence; a profile that is blocked is bad whatever
 * --fail-on says. */
Test(headline, with_a_contract)
{
	static const struct verdicts verdicts[] = {
	    {.sentence = "prod: BLOCKED by 1 error", .profile = "prod"},
	    {.sentence = "dev: allowed", .profile = "dev", .allowed = true},
	};

	check((struct report){.verdicts = verdicts, .nverdicts = 1},
	    OUTLOOK_BAD, "prod: BLOCKED by 1 error");
	check((struct report){.verdicts = verdicts + 1, .nverdicts = 1},
	    OUTLOOK_GOOD, "dev: allowed");
	check((struct report){.verdicts = verdicts, .nverdicts = 2},
	    OUTLOOK_BAD, "1 of 2 profiles BLOCKED");
}

/* What was not read may hold anything: no other sentence would be true. */
Test(headline, what_was_not_read_comes_first)
{
	static const struct trouble troubles[] = {{"cannot read 'x'\nmore"}};

	check((struct report){.troubles = troubles,
		  .ntroubles = 1,
		  .findings = findings,
		  .nfindings = 3},
	    OUTLOOK_PART, "Not all of it could be checked: cannot read 'x'");
}
