/* Parameters of rules: read, used, changed, handed to the facts. */
#include "doc/test_table.h"
#include "fact/settings.h"
#include "rule/params.h"

static const struct origin origin = {.name = "a.yaml"};

static void add(struct ruleset *ruleset, const char *params)
{
	struct fault fault = {0};
	struct buf text = {0};
	struct slice kept;

	buf_printf(&text,
	    "id: a\ncode: ACME101\nseverity: error\ngroup: own\n"
	    "on: workload\nmessage: m\nrequire: 'true'\nparams: %s\n",
	    params);
	kept = slice_copy(&ruleset->arena, buf_slice(&text));
	cr_assert_eq(ruleset_add_text(ruleset, &origin, kept, &fault), 0, "%s",
	    fault_text(&fault));
	buf_release(&text);
}

Test(rule_params, short_and_long_forms)
{
	struct ruleset ruleset = {0};
	const struct params *params;

	add(&ruleset, "{n: 3, text: 'yes', list: [a, b], "
		      "long: {default: 5, meaning: five}}");
	params = &ruleset.rules[0]->params;
	cr_assert_eq(params->n, 4);
	cr_assert_str_eq(params->items[0].name, "n");
	cr_assert_eq(params->items[0].value.kind, CEL_INT);
	cr_assert_eq(params->items[0].value.integer, 3);
	cr_assert_str_eq(params->items[0].meaning, "");
	cr_assert_null(params->items[0].sets);
	cr_assert_eq(params->items[1].value.kind, CEL_STRING);
	cr_assert_eq(params->items[2].value.kind, CEL_LIST);
	cr_assert_eq(params->items[3].value.integer, 5);
	cr_assert_str_eq(params->items[3].meaning, "five");
	ruleset_release(&ruleset);
}

static const struct node *parse(const char *text, struct arena *arena)
{
	struct test_row row = {.name = "test", .cells = {slice_of(text)}};

	return test_cell_node(&row, 0, arena);
}

/* Sets the parameter n of a rule whose params are {n: 3, name: x}. */
static void expect_set(const char *name, const char *value, bool applies,
    int64_t expected, const char *sentence)
{
	struct ruleset ruleset = {0};
	struct fault fault = {0};
	struct reader reader = {&origin, &ruleset.arena, &fault};
	struct settings settings = {0};
	int result;

	add(&ruleset, "{n: 3, name: x}");
	result =
	    params_set(ruleset.rules[0], &reader, parse(name, &ruleset.arena),
		parse(value, &ruleset.arena), applies ? &settings : NULL);
	cr_assert_eq(result, *sentence ? -1 : 0);
	cr_assert_str_eq(fault_text(&fault), sentence);
	cr_assert_eq(ruleset.rules[0]->params.items[0].value.integer, expected);
	fault_release(&fault);
	ruleset_release(&ruleset);
}

Test(rule_params, are_set_to_values_of_their_type)
{
	expect_set("n", "7", true, 7, "");
	expect_set("n", "7", false, 3, "");
	expect_set("name", "y", true, 3, "");
	expect_set("n", "seven", true, 3,
	    "a.yaml:1:1: error: n of rule 'a' must be of type int");
	expect_set("name", "7", true, 3,
	    "a.yaml:1:1: error: name of rule 'a' must be of type string");
	expect_set("nam", "x", true, 3,
	    "a.yaml:1:1: error: unknown field 'nam'; did you mean 'name'?");
}

Test(rule_params, are_handed_to_the_facts)
{
	struct ruleset ruleset = {0};
	struct settings settings = {0};
	struct fault fault = {0};

	add(&ruleset, "{m: {default: 9, sets: drain.margin_seconds}, "
		      "w: {default: ^w, sets: warmup.names}, n: 3}");
	cr_assert_eq(ruleset_settings(&ruleset, &settings, &fault), 0);
	cr_assert_eq(settings.drain_margin, 9);
	cr_assert(name_list_has(settings.warmup, SLICE("warm")));
	cr_assert_null(settings.drain);
	settings_release(&settings);
	ruleset_release(&ruleset);
}

/* A parameter whose place a setting has taken shows what that is, and sets it
 * when it is set itself. */
Test(rule_params, show_settings)
{
	struct ruleset ruleset = {0};
	struct settings settings = {0};
	struct fault fault = {0};
	struct reader reader = {&origin, &ruleset.arena, &fault};
	const struct param *param;

	add(&ruleset, "{m: {setting: drain.margin_seconds}, "
		      "w: {setting: warmup.names, meaning: words}, n: 3}");
	param = &ruleset.rules[0]->params.items[0];
	cr_assert_str_eq(param->meaning, param->sets->meaning);
	cr_assert_str_eq(param[1].meaning, "words");
	cr_assert_eq(params_setting(ruleset.rules[0], SLICE("m")), param->sets);
	cr_assert_null(params_setting(ruleset.rules[0], SLICE("n")));
	cr_assert_eq(param->value.integer, 5);
	settings_set_defaults(&settings);
	settings.drain_margin = 7;
	cr_assert_eq(ruleset_settings(&ruleset, &settings, &fault), 0);
	cr_assert_eq(settings.drain_margin, 7);
	ruleset_show_settings(&ruleset, &settings);
	cr_assert_eq(param->value.integer, 7);
	cr_assert_eq(
	    params_set(ruleset.rules[0], &reader, parse("m", &ruleset.arena),
		parse("8", &ruleset.arena), &settings),
	    0);
	cr_assert_eq(settings.drain_margin, 8);
	settings_release(&settings);
	ruleset_release(&ruleset);
}

Test(rule_params, that_the_facts_refuse_have_their_place)
{
	struct ruleset ruleset = {0};
	struct settings settings = {0};
	struct fault fault = {0};

	add(&ruleset, "{w: {default: (, sets: warmup.names}}");
	cr_assert_eq(ruleset_settings(&ruleset, &settings, &fault), -1);
	cr_assert_eq(strncmp(fault_text(&fault), "a.yaml:8:", 9), 0);
	cr_assert_not_null(strstr(fault_text(&fault),
	    ": bad pattern '(': missing closing parenthesis"));
	fault_release(&fault);
	settings_release(&settings);
	ruleset_release(&ruleset);
}

static void check_warmup_name(const struct test_row *row)
{
	struct settings settings = {0};
	bool is_one;

	settings_set_defaults(&settings);
	is_one = name_list_has(settings.warmup, row->cells[0]);
	cr_assert(slice_is(row->cells[1], is_one ? "yes" : "no"),
	    "%s:%zu: %.*s: %.*s", row->name, row->line,
	    SLICE_ARGS(row->cells[0]), SLICE_ARGS(row->cells[2]));
	settings_release(&settings);
}

Test(rule_params, names_of_warmups)
{
	test_table(getenv("srcdir"), "warmups.txt", 3, 35, check_warmup_name);
}

static void check_drain_name(const struct test_row *row)
{
	struct settings settings = {0};
	bool is_one;

	settings_set_defaults(&settings);
	is_one = name_list_has(settings.drain, row->cells[0]);
	/* A name that says nothing has no seconds, whatever its value. */
	if (!slice_is(row->cells[2], "-"))
		cr_assert(is_one, "%.*s", SLICE_ARGS(row->cells[0]));
	if (slice_starts(row->cells[3], SLICE("not about draining")))
		cr_assert_not(is_one, "%.*s", SLICE_ARGS(row->cells[0]));
	settings_release(&settings);
}

Test(rule_params, names_of_drain_variables)
{
	test_table(getenv("srcdir"), "variables.txt", 4, 40, check_drain_name);
}
