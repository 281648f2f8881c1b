/* Conditions of templates over values: what is certain, and what is not. */
#include "helm/pipeline.h"

#include "helm/values.h"
#include "helm/values_evaluator.h"

#include <criterion/criterion.h>

static const char file[] = "up: true\n"
			   "down: false\n"
			   "none: null\n"
			   "zero: 0\n"
			   "three: 3\n"
			   "real: 0.5\n"
			   "text: kafka\n"
			   "blank: ''\n"
			   "list: [a, b]\n"
			   "nobody: []\n"
			   "empty: {}\n"
			   "image: {repository: app, tag: '1'}\n"
			   "global: {region: eu}\n"
			   "db:\n"
			   "  up: false\n"
			   "  global: {region: eu}\n"
			   "  cache: {up: true}\n";

struct fixture {
	struct values values;
	struct values_evaluator values_evaluator;
	struct origin origin;
};

static void set_up(struct fixture *fixture)
{
	struct fault fault = {0};

	*fixture = (struct fixture){.origin = {.name = "values.yaml"}};
	cr_assert_eq(values_add_text(&fixture->values, &fixture->origin,
			 slice_of(file), &fault),
	    0);
	values_evaluator_init(&fixture->values_evaluator, &fixture->values);
}

static void tear_down(struct fixture *fixture)
{
	values_evaluator_release(&fixture->values_evaluator);
	values_release(&fixture->values);
}

static void expect_truth(struct fixture *fixture, const char *source,
    const char *text, enum tri wanted)
{
	const struct evaluator *evaluator =
	    &fixture->values_evaluator.evaluator;
	struct go_scope scope =
	    evaluator->begin(evaluator->context, slice_of(source));
	enum tri got =
	    evaluator->decide(evaluator->context, &scope, slice_of(text));

	cr_expect_eq(got, wanted, "%s: %s is %d", source, text, got);
}

struct row {
	const char *text;
	enum tri truth;
};

static void expect_rows(const struct row *rows, size_t n)
{
	struct fixture fixture;

	set_up(&fixture);
	for (size_t i = 0; i < n; i++)
		expect_truth(&fixture, "app/templates/x.yaml", rows[i].text,
		    rows[i].truth);
	tear_down(&fixture);
}

Test(pipeline, what_if_takes_for_true)
{
	static const struct row rows[] = {
	    {".Values.up", TRI_YES},
	    {".Values.down", TRI_NO},
	    {".Values.none", TRI_NO},
	    {".Values.zero", TRI_NO},
	    {".Values.three", TRI_YES},
	    {".Values.real", TRI_YES},
	    {".Values.text", TRI_YES},
	    {".Values.blank", TRI_NO},
	    {".Values.list", TRI_YES},
	    {".Values.nobody", TRI_NO},
	    {".Values.empty", TRI_NO},
	    {".Values.image", TRI_YES},
	    {".Values.image.tag", TRI_YES},
	    {".Values.image.digest", TRI_NO},
	    {".Values.absent", TRI_NO},
	    {"$.Values.up", TRI_YES},
	    {"(.Values.image).tag", TRI_YES},
	    {"$x := .Values.down", TRI_NO},
	    {"$i, $x := .Values.nobody", TRI_NO},
	    {"true", TRI_YES},
	    {"nil", TRI_NO},
	    {"0", TRI_NO},
	    {"\"\"", TRI_NO},
	    {"`x`", TRI_YES},
	};

	expect_rows(rows, COUNT_OF(rows));
}

Test(pipeline, functions_of_conditions)
{
	static const struct row rows[] = {
	    {"not .Values.up", TRI_NO},
	    {"and .Values.up .Values.three", TRI_YES},
	    {"and .Values.up .Values.blank", TRI_NO},
	    {"or .Values.down .Values.text", TRI_YES},
	    {"or .Values.down .Values.blank", TRI_NO},
	    {"eq .Values.text \"kafka\"", TRI_YES},
	    {"eq .Values.text \"nats\" \"kafka\"", TRI_YES},
	    {"eq .Values.text \"nats\"", TRI_NO},
	    {"ne .Values.text \"nats\"", TRI_YES},
	    {"ne .Values.text \"kafka\"", TRI_NO},
	    {"eq (int .Values.three) 3", TRI_YES},
	    {"eq .Values.absent nil", TRI_YES},
	    {"gt (int .Values.three) 2", TRI_YES},
	    {"gt 2 3", TRI_NO},
	    {"ge 3 3", TRI_YES},
	    {"lt 10 9", TRI_NO},
	    {"le \"a\" \"b\"", TRI_YES},
	    {"empty .Values.nobody", TRI_YES},
	    {"empty .Values.list", TRI_NO},
	    {"default true .Values.absent", TRI_YES},
	    {".Values.blank | default \"\"", TRI_NO},
	    {".Values.text | default \"\" | eq \"kafka\"", TRI_YES},
	    {"hasKey .Values.image \"tag\"", TRI_YES},
	    {"hasKey .Values.image \"digest\"", TRI_NO},
	    {"get .Values.image \"digest\"", TRI_NO},
	    {"index .Values \"image\" \"tag\"", TRI_YES},
	    {"dig \"image\" \"digest\" \"sha\" .Values", TRI_YES},
	    {"dig \"absent\" \"x\" false .Values", TRI_NO},
	    {"kindIs \"string\" .Values.text", TRI_YES},
	    {"kindIs \"map\" .Values.text", TRI_NO},
	    {"kindIs \"slice\" .Values.list", TRI_YES},
	    {"typeIs \"string\" .Values.image", TRI_NO},
	    {"eq (kindOf .Values.image) \"map\"", TRI_YES},
	    {"eq (len .Values.list) 2", TRI_YES},
	    {"has \"b\" .Values.list", TRI_YES},
	    {"has \"c\" .Values.list", TRI_NO},
	    {"contains \"af\" .Values.text", TRI_YES},
	    {"hasPrefix \"k\" .Values.text", TRI_YES},
	    {"hasSuffix \"k\" .Values.text", TRI_NO},
	    {"eq (toString .Values.up) \"true\"", TRI_YES},
	    {"coalesce .Values.absent .Values.blank", TRI_NO},
	    {"coalesce .Values.absent .Values.text", TRI_YES},
	    {"ternary \"\" \"x\" .Values.up", TRI_NO},
	    {"required \"why\" .Values.text", TRI_YES},
	    {"(dict \"a\" .Values.down).a", TRI_NO},
	};

	expect_rows(rows, COUNT_OF(rows));
}

/* Better no answer than a wrong one. */
Test(pipeline, what_nobody_knows)
{
	static const struct row rows[] = {
	    {".Release.IsUpgrade", TRI_UNKNOWN},
	    {".Capabilities.APIVersions.Has \"v1\"", TRI_UNKNOWN},
	    {"not .Release.IsUpgrade", TRI_UNKNOWN},
	    {"and .Values.up .Release.IsUpgrade", TRI_UNKNOWN},
	    {"or .Release.IsUpgrade .Values.down", TRI_UNKNOWN},
	    {"$x", TRI_UNKNOWN},
	    {"$x.up", TRI_UNKNOWN},
	    {"include \"app.up\" .", TRI_UNKNOWN},
	    {"eq .Values.text .Release.Name", TRI_UNKNOWN},
	    {"eq .Values.text .Release.Name \"kafka\"", TRI_YES},
	    /* Errors, so this was never rendered. */
	    {"eq .Values.three \"3\"", TRI_UNKNOWN},
	    {".Values.absent.up", TRI_UNKNOWN},
	    {".Values.text.up", TRI_UNKNOWN},
	    {"lt .Values.text 3", TRI_UNKNOWN},
	    {"not", TRI_UNKNOWN},
	    {"", TRI_UNKNOWN},
	    {"(.Values.up", TRI_UNKNOWN},
	    {".Values.up)", TRI_UNKNOWN},
	    {".Values.up | .Values.up", TRI_UNKNOWN},
	    /* A number may be of several kinds, a null may have been taken
	     * away. */
	    {"kindIs \"float64\" .Values.three", TRI_UNKNOWN},
	    {"hasKey .Values \"none\"", TRI_UNKNOWN},
	    {"(dict \"a\" .Release.Name).a", TRI_UNKNOWN},
	    {"kindIs \"map\" (dict \"a\" .Release.Name).a", TRI_UNKNOWN},
	    {"hasKey (dict \"a\" .Release.Name) \"a\"", TRI_YES},
	    {"default .Release.Name .Values.absent", TRI_UNKNOWN},
	};

	expect_rows(rows, COUNT_OF(rows));
}

/* What comes before or behind cannot change these. */
Test(pipeline, one_operand_may_be_enough)
{
	static const struct row rows[] = {
	    {"and .Release.IsUpgrade .Values.down", TRI_NO},
	    {"or .Release.IsUpgrade .Values.up", TRI_YES},
	    {"not (or .Release.IsUpgrade .Values.up)", TRI_NO},
	    /* It is true, but who knows what it is. */
	    {"eq (or .Release.Name .Values.text) \"kafka\"", TRI_UNKNOWN},
	    {"default \"x\" .Release.Name", TRI_YES},
	};

	expect_rows(rows, COUNT_OF(rows));
}

Test(pipeline, brackets_and_length_have_limits)
{
	struct fixture fixture;
	char deep[256], wide[4096];
	size_t n = 0;

	set_up(&fixture);
	for (size_t i = 0; i < 100; i++)
		deep[n++] = '(';
	deep[n] = '\0';
	expect_truth(&fixture, "app/templates/x.yaml", deep, TRI_UNKNOWN);
	for (size_t i = 0; i < sizeof(wide) - 1; i++)
		wide[i] = " a"[i % 2];
	wide[sizeof(wide) - 1] = '\0';
	expect_truth(&fixture, "app/templates/x.yaml", wide, TRI_UNKNOWN);
	tear_down(&fixture);
}

/* A subchart sees what its parent has under its name. */
Test(helm_pipeline, subcharts_see_their_own_values)
{
	static const char db[] = "app/charts/db/templates/x.yaml";
	static const char cache[] = "app/charts/db/charts/cache/templates/x";
	static const char other[] = "app/charts/other/templates/x.yaml";
	struct fixture fixture;

	set_up(&fixture);
	expect_truth(&fixture, db, ".Values.up", TRI_NO);
	expect_truth(&fixture, db, "eq .Values.global.region \"eu\"", TRI_YES);
	expect_truth(&fixture, db, ".Values.text", TRI_NO);
	expect_truth(&fixture, cache, ".Values.up", TRI_YES);
	/* Nothing is known of one that the values do not have. */
	expect_truth(&fixture, other, ".Values.up", TRI_UNKNOWN);
	tear_down(&fixture);
}

/* A variable holds what it was given, and hides an outer one. */
Test(helm_pipeline, variables_in_sight)
{
	struct fixture fixture;
	const struct evaluator *evaluator = &fixture.values_evaluator.evaluator;
	struct go_scope scope;
	struct go_variable outer, inner;

	set_up(&fixture);
	scope = evaluator->begin(evaluator->context, SLICE("app/templates/x"));
	outer = (struct go_variable){NULL, SLICE("$x"),
	    evaluator->evaluate(evaluator->context, &scope, SLICE(".")), NULL};
	inner = (struct go_variable){&outer, SLICE("$y"),
	    evaluator->evaluate(
		evaluator->context, &scope, SLICE(".Values.down")),
	    NULL};
	scope.variables = &inner;
	cr_expect_eq(evaluator->decide(evaluator->context, &scope,
			 SLICE("$x.Values.image.tag")),
	    TRI_YES);
	cr_expect_eq(
	    evaluator->decide(evaluator->context, &scope, SLICE("$y")), TRI_NO);
	inner.name = SLICE("$x");
	cr_expect_eq(
	    evaluator->decide(evaluator->context, &scope, SLICE("$x")), TRI_NO);
	cr_expect_eq(evaluator->decide(evaluator->context, &scope, SLICE("$y")),
	    TRI_UNKNOWN);
	tear_down(&fixture);
}

static void expect_printed(
    struct fixture *fixture, const char *action, unsigned line)
{
	const struct evaluator *evaluator =
	    &fixture->values_evaluator.evaluator;
	struct go_scope scope =
	    evaluator->begin(evaluator->context, SLICE("app/templates/x"));
	const struct value *value = values_evaluator_printed(
	    &fixture->values_evaluator, &scope, slice_of(action));
	unsigned got = value ? value->place.span.line : 0;

	cr_expect_eq(got, line, "%s is from line %u", action, got);
}

Test(helm_pipeline, the_value_that_an_action_prints)
{
	struct fixture fixture;

	set_up(&fixture);
	expect_printed(&fixture, ".Values.three", 5);
	expect_printed(&fixture, ".Values.text | quote", 7);
	expect_printed(&fixture, "toYaml .Values.image | nindent 4", 12);
	expect_printed(&fixture, ".Values.absent | default .Values.text", 7);
	expect_printed(&fixture, "tpl .Values.text $ | quote", 7);
	expect_printed(&fixture, "tpl (toYaml .Values.image) $", 12);
	/* It decides what is printed, but is not what is printed. */
	expect_printed(&fixture, "ternary \"a\" \"b\" .Values.up", 0);
	expect_printed(&fixture, "printf \"%s-x\" .Values.text", 0);
	expect_printed(&fixture, ".Values.absent | default 3", 0);
	expect_printed(&fixture, ".Release.Name", 0);
	tear_down(&fixture);
}

/* A variable holds the text of a value, of which more is not known. */
Test(helm_pipeline, the_value_that_a_variable_prints)
{
	struct fixture fixture;
	const struct evaluator *evaluator = &fixture.values_evaluator.evaluator;
	struct go_scope scope;
	struct go_variable variable = {.name = SLICE("$x")};
	const struct value *value;

	set_up(&fixture);
	scope = evaluator->begin(evaluator->context, SLICE("app/templates/x"));
	variable.value = evaluator->evaluate(
	    evaluator->context, &scope, SLICE("$x := toYaml .Values.empty"));
	variable.printed = evaluator->print(
	    evaluator->context, &scope, SLICE("$x := toYaml .Values.empty"));
	scope.variables = &variable;
	cr_assert_null(variable.value);
	value = values_evaluator_printed(
	    &fixture.values_evaluator, &scope, SLICE("$x"));
	cr_assert_not_null(value);
	cr_expect_eq(value->place.span.line, 11);
	/* The text is "{}", which is not empty. */
	cr_expect_null(values_evaluator_printed(&fixture.values_evaluator,
	    &scope, SLICE("$x | default .Values.text")));
	cr_expect_eq(evaluator->decide(evaluator->context, &scope, SLICE("$x")),
	    TRI_UNKNOWN);
	tear_down(&fixture);
}

Test(pipeline, text_of_values_as_json)
{
	static const struct row rows[] = {
	    {"eq (toJson .Values.image) `{\"repository\":\"app\",\"tag\":"
	     "\"1\"}`",
		TRI_YES},
	    {"eq (toJson .Values.list) `[\"a\",\"b\"]`", TRI_YES},
	    {"eq (toJson .Values.three) `3`", TRI_YES},
	    {"eq (toJson `<a & \"b\">`) `\"\\u003ca \\u0026 "
	     "\\\"b\\\"\\u003e\"`",
		TRI_YES},
	    {"contains `{{` (toJson .Values.image)", TRI_NO},
	    {"contains `{{` (toJson (dict `a` `{{ .x }}`))", TRI_YES},
	    /* Something in it is not known. */
	    {"contains `{{` (toJson (dict `a` .Release.Name))", TRI_UNKNOWN},
	    {"contains `{{` (toJson (dict `a` .Values.none))", TRI_UNKNOWN},
	};

	expect_rows(rows, COUNT_OF(rows));
}

/* What has no action in it is as it was. */
Test(pipeline, text_that_is_a_template)
{
	static const struct row rows[] = {
	    {"eq (tpl .Values.text $) `kafka`", TRI_YES},
	    {"eq (tpl `{{ .Values.text }}` $) `kafka`", TRI_UNKNOWN},
	    {"tpl .Release.Name $", TRI_UNKNOWN},
	};

	expect_rows(rows, COUNT_OF(rows));
}
