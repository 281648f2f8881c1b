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
	cr_assert(setting_find(SLICE("drain.margin_seconds")));
	cr_assert(setting_find(SLICE("drain.variables")));
	cr_assert(setting_find(SLICE("warmup.names")));
	cr_assert_not(setting_find(SLICE("warmup")));
	cr_assert_not(setting_find(SLICE("")));
}

Test(fact_settings, take_values_of_their_type)
{
	struct settings settings = {0};
	struct fault fault = {0};

	cr_assert_eq(
	    settings_set_int(&settings,
		setting_find(SLICE("drain.margin_seconds")), 9, &fault),
	    0);
	cr_assert_eq(settings.drain_margin, 9);
	cr_assert_eq(
	    settings_set_pattern(&settings, setting_find(SLICE("warmup.names")),
		SLICE("^w"), &fault),
	    0);
	cr_assert(name_list_has(settings.warmup, SLICE("warm")));
	cr_assert_null(settings.drain);
	/* The later one counts; the earlier one is freed. */
	cr_assert_eq(
	    settings_set_pattern(&settings, setting_find(SLICE("warmup.names")),
		SLICE("^x"), &fault),
	    0);
	cr_assert_not(name_list_has(settings.warmup, SLICE("warm")));
	settings_release(&settings);
	cr_assert_null(settings.warmup);
}

Test(fact_settings, refuse_others)
{
	struct settings settings = {0};
	struct fault fault = {0};

	expect_refused(&settings,
	    settings_set_int(
		&settings, setting_find(SLICE("warmup.names")), 1, &fault),
	    &fault, "the setting 'warmup.names' must be words or a pattern");
	expect_refused(&settings,
	    settings_set_pattern(&settings,
		setting_find(SLICE("drain.margin_seconds")), SLICE("x"),
		&fault),
	    &fault,
	    "the setting 'drain.margin_seconds' must be a whole number");
	expect_refused(&settings,
	    settings_set_int(&settings,
		setting_find(SLICE("drain.margin_seconds")), -1, &fault),
	    &fault, "the setting 'drain.margin_seconds' must not be negative");
	expect_refused(&settings,
	    settings_set_pattern(&settings, setting_find(SLICE("warmup.names")),
		SLICE("("), &fault),
	    &fault, "bad pattern '(': missing closing parenthesis");
}

/* Without settings nothing is recognised, and nothing breaks. */
Test(fact_settings, none)
{
	struct settings settings = {0};

	settings_release(&settings);
	cr_assert_null(settings.drain);
}

/* As they are without any configuration, which a later one replaces. */
Test(fact_settings, defaults)
{
	struct settings settings = {0};
	struct fault fault = {0};
	const struct setting *variables =
	    setting_find(SLICE("drain.variables"));
	const char *linger = "linger";
	const struct name_words words = {&linger, 1, NULL, 0, NULL, 0};

	settings_set_defaults(&settings);
	cr_assert_eq(settings.drain_margin, 5);
	cr_assert_eq(settings.drain_delay, 10);
	cr_assert_eq(settings.drain_grace, 30);
	cr_assert_eq(
	    settings_int(&settings, setting_find(SLICE("drain.grace_seconds"))),
	    30);
	cr_assert(name_list_has(settings.drain, SLICE("SHUTDOWN_SECONDS")));
	cr_assert(name_list_has(settings.warmup, SLICE("warm-up")));
	cr_assert_eq(
	    settings_set_words(&settings, variables, &words, 1, &fault), 0);
	cr_assert(name_list_has(settings.drain, SLICE("LINGER_SECONDS")));
	cr_assert_not(name_list_has(settings.drain, SLICE("SHUTDOWN_SECONDS")));
	settings_release(&settings);
}

/* A list that cannot be made leaves the one there was. */
Test(fact_settings, words_that_are_refused)
{
	struct settings settings = {0};
	struct fault fault = {0};
	const char *entry = "*";
	const struct name_words words = {&entry, 1, NULL, 0, NULL, 0};

	settings_set_defaults(&settings);
	cr_assert_eq(
	    settings_set_words(&settings,
		setting_find(SLICE("drain.variables")), &words, 1, &fault),
	    -1);
	cr_assert_str_eq(fault_text(&fault), "'*' has no word in it");
	fault_release(&fault);
	cr_assert(name_list_has(settings.drain, SLICE("DRAIN_SECONDS")));
	cr_assert_eq(
	    settings_set_words(&settings,
		setting_find(SLICE("drain.margin_seconds")), &words, 1, &fault),
	    -1);
	fault_release(&fault);
	settings_release(&settings);
}
