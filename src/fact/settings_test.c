/* What facts depend on besides the manifests. */
#include "fact/settings.h"

#include <criterion/criterion.h>

static void expect_refused(struct settings *settings, int result,
    struct fault *fault, const char *sentence)
{
	cr_assert_eq(result, -1);
	cr_assert_str_eq(fault_text(fault), sentence);
	settings_release(settings);
	fault_release(fault);
}

Test(fact_settings, are_known_by_name)
{
	cr_assert(settings_has("drain.margin_seconds"));
	cr_assert(settings_has("drain.variables"));
	cr_assert(settings_has("warmup.names"));
	cr_assert_not(settings_has("warmup"));
	cr_assert_not(settings_has(""));
}

Test(fact_settings, take_values_of_their_type)
{
	struct settings settings = {0};
	struct fault fault = {0};

	cr_assert_eq(
	    settings_set_int(&settings, "drain.margin_seconds", 9, &fault), 0);
	cr_assert_eq(settings.drain_margin, 9);
	cr_assert_eq(settings_set_pattern(
			 &settings, "warmup.names", SLICE("^w"), &fault),
	    0);
	cr_assert_eq(regex_matches(settings.warmup, SLICE("warm")), 1);
	cr_assert_null(settings.drain);
	/* The later one counts; the earlier one is freed. */
	cr_assert_eq(settings_set_pattern(
			 &settings, "warmup.names", SLICE("^x"), &fault),
	    0);
	cr_assert_eq(regex_matches(settings.warmup, SLICE("warm")), 0);
	settings_release(&settings);
	cr_assert_null(settings.warmup);
}

Test(fact_settings, refuse_others)
{
	struct settings settings = {0};
	struct fault fault = {0};

	expect_refused(&settings,
	    settings_set_int(&settings, "warmup.names", 1, &fault), &fault,
	    "the setting 'warmup.names' of the facts must be a pattern");
	expect_refused(&settings,
	    settings_set_pattern(
		&settings, "drain.margin_seconds", SLICE("x"), &fault),
	    &fault,
	    "the setting 'drain.margin_seconds' of the facts must be a whole "
	    "number");
	expect_refused(&settings,
	    settings_set_int(&settings, "drain.margin_seconds", -1, &fault),
	    &fault,
	    "the setting 'drain.margin_seconds' of the facts must not be "
	    "negative");
	expect_refused(&settings,
	    settings_set_pattern(&settings, "warmup.names", SLICE("("), &fault),
	    &fault, "bad pattern '(': missing closing parenthesis");
}

/* Without settings nothing is recognised, and nothing breaks. */
Test(fact_settings, none)
{
	struct settings settings = {0};

	settings_release(&settings);
	cr_assert_null(settings.drain);
}
