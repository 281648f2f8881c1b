/* Conditions of templates over values: what is certain, and what is not. */
#include "helm/pipeline.h"

#include "helm/settler.h"
#include "helm/values.h"

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
	struct settler settler;
	struct origin origin;
};

static void set_up(struct fixture *fixture)
{
	struct fault fault = {0};

	*fixture = (struct fixture){.origin = {.name = "values.yaml"}};
	cr_assert_eq(values_add_text(&fixture->values, &fixture->origin,
			 slice_of(file), &fault),
	    0);
	settler_init(&fixture->settler, &fixture->values);
}

static void tear_down(struct fixture *fixture)
{
	settler_release(&fixture->settler);
	values_release(&fixture->values);
}

static void expect_truth(
    struct fixture *fixture, const char *source, const char *text, int wanted)
{
	const struct settling *settling = &fixture->settler.settling;
	struct go_scope scope =
	    settling->begin(settling->context, slice_of(source));
	int got = settling->decide(settling->context, &scope, slice_of(text));

	cr_expect_eq(got, wanted, "%s: %s is %d", source, text, got);
}

struct row {
	const char *text;
	int truth;
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
	    {".Values.up", 1},
	    {".Values.down", 0},
	    {".Values.none", 0},
	    {".Values.zero", 0},
	    {".Values.three", 1},
	    {".Values.real", 1},
	    {".Values.text", 1},
	    {".Values.blank", 0},
	    {".Values.list", 1},
	    {".Values.nobody", 0},
	    {".Values.empty", 0},
	    {".Values.image", 1},
	    {".Values.image.tag", 1},
	    {".Values.image.digest", 0},
	    {".Values.absent", 0},
	    {"$.Values.up", 1},
	    {"(.Values.image).tag", 1},
	    {"$x := .Values.down", 0},
	    {"$i, $x := .Values.nobody", 0},
	    {"true", 1},
	    {"nil", 0},
	    {"0", 0},
	    {"\"\"", 0},
	    {"`x`", 1},
	};

	expect_rows(rows, COUNT_OF(rows));
}

Test(pipeline, functions_of_conditions)
{
	static const struct row rows[] = {
	    {"not .Values.up", 0},
	    {"and .Values.up .Values.three", 1},
	    {"and .Values.up .Values.blank", 0},
	    {"or .Values.down .Values.text", 1},
	    {"or .Values.down .Values.blank", 0},
	    {"eq .Values.text \"kafka\"", 1},
	    {"eq .Values.text \"nats\" \"kafka\"", 1},
	    {"eq .Values.text \"nats\"", 0},
	    {"ne .Values.text \"nats\"", 1},
	    {"ne .Values.text \"kafka\"", 0},
	    {"eq (int .Values.three) 3", 1},
	    {"eq .Values.absent nil", 1},
	    {"gt (int .Values.three) 2", 1},
	    {"gt 2 3", 0},
	    {"ge 3 3", 1},
	    {"lt 10 9", 0},
	    {"le \"a\" \"b\"", 1},
	    {"empty .Values.nobody", 1},
	    {"empty .Values.list", 0},
	    {"default true .Values.absent", 1},
	    {".Values.blank | default \"\"", 0},
	    {".Values.text | default \"\" | eq \"kafka\"", 1},
	    {"hasKey .Values.image \"tag\"", 1},
	    {"hasKey .Values.image \"digest\"", 0},
	    {"get .Values.image \"digest\"", 0},
	    {"index .Values \"image\" \"tag\"", 1},
	    {"dig \"image\" \"digest\" \"sha\" .Values", 1},
	    {"dig \"absent\" \"x\" false .Values", 0},
	    {"kindIs \"string\" .Values.text", 1},
	    {"kindIs \"map\" .Values.text", 0},
	    {"kindIs \"slice\" .Values.list", 1},
	    {"typeIs \"string\" .Values.image", 0},
	    {"eq (kindOf .Values.image) \"map\"", 1},
	    {"eq (len .Values.list) 2", 1},
	    {"has \"b\" .Values.list", 1},
	    {"has \"c\" .Values.list", 0},
	    {"contains \"af\" .Values.text", 1},
	    {"hasPrefix \"k\" .Values.text", 1},
	    {"hasSuffix \"k\" .Values.text", 0},
	    {"eq (toString .Values.up) \"true\"", 1},
	    {"coalesce .Values.absent .Values.blank", 0},
	    {"coalesce .Values.absent .Values.text", 1},
	    {"ternary \"\" \"x\" .Values.up", 0},
	    {"required \"why\" .Values.text", 1},
	    {"(dict \"a\" .Values.down).a", 0},
	};

	expect_rows(rows, COUNT_OF(rows));
}

/* Better no answer than a wrong one. */
Test(pipeline, what_nobody_knows)
{
	static const struct row rows[] = {
	    {".Release.IsUpgrade", -1},
	    {".Capabilities.APIVersions.Has \"v1\"", -1},
	    {"not .Release.IsUpgrade", -1},
	    {"and .Values.up .Release.IsUpgrade", -1},
	    {"or .Release.IsUpgrade .Values.down", -1},
	    {"$x", -1},
	    {"$x.up", -1},
	    {"include \"app.up\" .", -1},
	    {"eq .Values.text .Release.Name", -1},
	    {"eq .Values.text .Release.Name \"kafka\"", 1},
	    /* Errors, so this was never rendered. */
	    {"eq .Values.three \"3\"", -1},
	    {".Values.absent.up", -1},
	    {".Values.text.up", -1},
	    {"lt .Values.text 3", -1},
	    {"not", -1},
	    {"", -1},
	    {"(.Values.up", -1},
	    {".Values.up)", -1},
	    {".Values.up | .Values.up", -1},
	    /* A number may be of several kinds, a null may have been taken
	     * away. */
	    {"kindIs \"float64\" .Values.three", -1},
	    {"hasKey .Values \"none\"", -1},
	    {"(dict \"a\" .Release.Name).a", -1},
	    {"kindIs \"map\" (dict \"a\" .Release.Name).a", -1},
	    {"hasKey (dict \"a\" .Release.Name) \"a\"", 1},
	    {"default .Release.Name .Values.absent", -1},
	};

	expect_rows(rows, COUNT_OF(rows));
}

/* What comes before or behind cannot change these. */
Test(pipeline, one_operand_may_be_enough)
{
	static const struct row rows[] = {
	    {"and .Release.IsUpgrade .Values.down", 0},
	    {"or .Release.IsUpgrade .Values.up", 1},
	    {"not (or .Release.IsUpgrade .Values.up)", 0},
	    /* It is true, but who knows what it is. */
	    {"eq (or .Release.Name .Values.text) \"kafka\"", -1},
	    {"default \"x\" .Release.Name", 1},
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
	expect_truth(&fixture, "app/templates/x.yaml", deep, -1);
	for (size_t i = 0; i < sizeof(wide) - 1; i++)
		wide[i] = " a"[i % 2];
	wide[sizeof(wide) - 1] = '\0';
	expect_truth(&fixture, "app/templates/x.yaml", wide, -1);
	tear_down(&fixture);
}

/* A subchart sees what its parent has under its name. */
Test(settle, subcharts_see_their_own_values)
{
	static const char db[] = "app/charts/db/templates/x.yaml";
	static const char cache[] = "app/charts/db/charts/cache/templates/x";
	static const char other[] = "app/charts/other/templates/x.yaml";
	struct fixture fixture;

	set_up(&fixture);
	expect_truth(&fixture, db, ".Values.up", 0);
	expect_truth(&fixture, db, "eq .Values.global.region \"eu\"", 1);
	expect_truth(&fixture, db, ".Values.text", 0);
	expect_truth(&fixture, cache, ".Values.up", 1);
	/* Nothing is known of one that the values do not have. */
	expect_truth(&fixture, other, ".Values.up", -1);
	tear_down(&fixture);
}

/* A variable holds what it was given, and hides an outer one. */
Test(settle, variables_in_sight)
{
	struct fixture fixture;
	const struct settling *settling = &fixture.settler.settling;
	struct go_scope scope;
	struct go_variable outer, inner;

	set_up(&fixture);
	scope = settling->begin(settling->context, SLICE("app/templates/x"));
	outer = (struct go_variable){NULL, SLICE("$x"),
	    settling->evaluate(settling->context, &scope, SLICE(".")), NULL};
	inner = (struct go_variable){&outer, SLICE("$y"),
	    settling->evaluate(
		settling->context, &scope, SLICE(".Values.down")),
	    NULL};
	scope.variables = &inner;
	cr_expect_eq(settling->decide(settling->context, &scope,
			 SLICE("$x.Values.image.tag")),
	    1);
	cr_expect_eq(
	    settling->decide(settling->context, &scope, SLICE("$y")), 0);
	inner.name = SLICE("$x");
	cr_expect_eq(
	    settling->decide(settling->context, &scope, SLICE("$x")), 0);
	cr_expect_eq(
	    settling->decide(settling->context, &scope, SLICE("$y")), -1);
	tear_down(&fixture);
}

static void expect_printed(
    struct fixture *fixture, const char *action, unsigned line)
{
	const struct settling *settling = &fixture->settler.settling;
	struct go_scope scope =
	    settling->begin(settling->context, SLICE("app/templates/x"));
	const struct value *value =
	    settler_printed(&fixture->settler, &scope, slice_of(action));
	unsigned got = value ? value->place.span.line : 0;

	cr_expect_eq(got, line, "%s is from line %u", action, got);
}

Test(settle, the_value_that_an_action_prints)
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
Test(settle, the_value_that_a_variable_prints)
{
	struct fixture fixture;
	const struct settling *settling = &fixture.settler.settling;
	struct go_scope scope;
	struct go_variable variable = {.name = SLICE("$x")};
	const struct value *value;

	set_up(&fixture);
	scope = settling->begin(settling->context, SLICE("app/templates/x"));
	variable.value = settling->evaluate(
	    settling->context, &scope, SLICE("$x := toYaml .Values.empty"));
	variable.printed = settling->print(
	    settling->context, &scope, SLICE("$x := toYaml .Values.empty"));
	scope.variables = &variable;
	cr_assert_null(variable.value);
	value = settler_printed(&fixture.settler, &scope, SLICE("$x"));
	cr_assert_not_null(value);
	cr_expect_eq(value->place.span.line, 11);
	/* The text is "{}", which is not empty. */
	cr_expect_null(settler_printed(
	    &fixture.settler, &scope, SLICE("$x | default .Values.text")));
	cr_expect_eq(
	    settling->decide(settling->context, &scope, SLICE("$x")), -1);
	tear_down(&fixture);
}

Test(pipeline, text_of_values_as_json)
{
	static const struct row rows[] = {
	    {"eq (toJson .Values.image) `{\"repository\":\"app\",\"tag\":"
	     "\"1\"}`",
		1},
	    {"eq (toJson .Values.list) `[\"a\",\"b\"]`", 1},
	    {"eq (toJson .Values.three) `3`", 1},
	    {"eq (toJson `<a & \"b\">`) `\"\\u003ca \\u0026 "
	     "\\\"b\\\"\\u003e\"`",
		1},
	    {"contains `{{` (toJson .Values.image)", 0},
	    {"contains `{{` (toJson (dict `a` `{{ .x }}`))", 1},
	    /* Something in it is not known. */
	    {"contains `{{` (toJson (dict `a` .Release.Name))", -1},
	    {"contains `{{` (toJson (dict `a` .Values.none))", -1},
	};

	expect_rows(rows, COUNT_OF(rows));
}

/* What has no action in it is as it was. */
Test(pipeline, text_that_is_a_template)
{
	static const struct row rows[] = {
	    {"eq (tpl .Values.text $) `kafka`", 1},
	    {"eq (tpl `{{ .Values.text }}` $) `kafka`", -1},
	    {"tpl .Release.Name $", -1},
	};

	expect_rows(rows, COUNT_OF(rows));
}
