/* Templates that write into the values, and what is still known of them. */
#include "helm/values_written.h"

#include "helm/chart.h"
#include "helm/dict_functions.h"
#include "helm/values_evaluator.h"

#include <criterion/criterion.h>

static const char given[] = "web: {mode: a, deep: {x: 1}}\n"
			    "other: {mode: a}\n"
			    "list: {one: {mode: a}, two: {mode: a}}\n"
			    "sub: {mode: a}\n";

/* Whether the condition is still known where the template has been walked. */
static bool is_known(const char *template, const char *helpers,
    const char *source, const char *condition)
{
	struct arena arena = {0};
	struct values values = {0};
	struct values_evaluator evaluator;
	struct chart chart = {.changes_values = true};
	struct template_file file = {.text = slice_of(template)};
	struct template_file helper_file = {.text = slice_of(helpers)};
	struct origin origin = {.name = "values.yaml"};
	struct fault fault = {0};
	struct go_scope scope;
	enum tri truth;

	chart.defines.arena = &arena;
	template_read(&file, &chart.defines);
	template_read(&helper_file, &chart.defines);
	*map_slot(&chart.sources, SLICE("app/templates/x.yaml")) = &file;
	cr_assert_eq(
	    values_add_text(&values, &origin, slice_of(given), &fault), 0);
	values_evaluator_init(&evaluator, &values);
	values_forget_written(&evaluator, &chart);
	scope = evaluator.evaluator.begin(&evaluator, slice_of(source));
	truth =
	    evaluator.evaluator.decide(&evaluator, &scope, slice_of(condition));
	values_evaluator_release(&evaluator);
	values_release(&values);
	map_release(&chart.sources);
	map_release(&chart.defines.by_name);
	map_release(&chart.defines.changing);
	arena_release(&arena);
	return truth != TRI_UNKNOWN;
}

#define APP "app/templates/x.yaml"
#define WEB "eq .Values.web.mode \"a\""
#define DEEP "eq .Values.web.deep.x 1"
#define OTHER "eq .Values.other.mode \"a\""
#define ONE "eq .Values.list.one.mode \"a\""

static void expect(
    const char *template, const char *helpers, const char *forgotten)
{
	static const char *const conditions[] = {WEB, DEEP, OTHER, ONE};

	for (size_t i = 0; i < COUNT_OF(conditions); i++)
		cr_expect_eq(is_known(template, helpers, APP, conditions[i]),
		    !strstr(forgotten, conditions[i]), "%s: %s", template,
		    conditions[i]);
}

Test(helm_values_written, the_key_that_set_names)
{
	expect("{{ $_ := set .Values.web \"mode\" \"b\" }}", "", WEB);
	expect("{{ $_ := unset .Values.web \"deep\" }}", "", DEEP);
	/* One that is not there yet. */
	expect("{{ $_ := set .Values.web \"more\" 1 }}", "", "");
	/* A name that nobody knows. */
	expect("{{ $_ := set .Values.web .Release.Name 1 }}", "", WEB DEEP);
	expect("{{ if set .Values.web \"mode\" 1 }}{{ end }}", "", WEB);
}

Test(helm_values_written, all_that_merge_may_write)
{
	expect("{{ merge .Values.web .Values.other | toYaml }}", "", WEB DEEP);
	expect("{{ .Values.other | merge (dict) | toYaml }}", "", "");
	expect("{{ mustMergeOverwrite .Values.other $x }}", "", OTHER);
}

Test(helm_values_written, through_aliases)
{
	expect("{{ $w := .Values.web }}{{ $_ := set $w \"mode\" 1 }}", "", WEB);
	expect("{{ with .Values.web }}{{ $_ := set . \"mode\" 1 }}{{ end }}",
	    "", WEB);
	expect("{{ $v := .Values }}{{ $_ := set $v.web \"mode\" 1 }}", "", WEB);
	expect("{{ $_ := set (index .Values \"web\") \"mode\" 1 }}", "", WEB);
	expect(
	    "{{ $_ := set (.Values.web | default dict) \"mode\" 1 }}", "", WEB);
	/* Which of them is not told apart. */
	expect("{{ range $k, $v := .Values.list }}{{ $_ := set $v \"mode\" 1 }}"
	       "{{ end }}",
	    "", ONE);
	/* A copy is nobody's. */
	expect("{{ $c := deepCopy .Values.web }}{{ $_ := set $c \"mode\" 1 }}",
	    "", "");
}

Test(helm_values_written, through_helpers)
{
	static const char set_dot[] =
	    "{{ define \"h\" }}{{ $_ := set . \"mode\" 1 }}{{ end }}";
	static const char set_field[] =
	    "{{ define \"h\" }}{{ $_ := set .it \"mode\" 1 }}{{ end }}";

	expect("{{ include \"h\" .Values.web }}", set_dot, WEB);
	expect("{{ include \"h\" (dict \"it\" .Values.web) }}", set_field, WEB);
	/* Nobody calls it. */
	expect("{{ .Values.web }}", set_dot, "");
	expect("{{ toYaml (fromYaml (include \"h\" .Values.other)) }}", set_dot,
	    OTHER);
}

/* What a parent writes is what its subchart is given. */
Test(helm_values_written, values_of_subcharts)
{
	static const char template[] =
	    "{{ $_ := set .Values.sub \"mode\" \"b\" }}";

	cr_expect_not(is_known(template, "", "app/charts/sub/templates/y.yaml",
	    "eq .Values.mode \"a\""));
	cr_expect(is_known("{{ $_ := set .Values.web \"mode\" 1 }}", "",
	    "app/charts/sub/templates/y.yaml", "eq .Values.mode \"a\""));
}

Test(helm_values_written, words_in_strings)
{
	cr_expect_not(action_writes(SLICE("fail \"set .Values.a\"")));
	cr_expect_not(action_writes(SLICE(".Values.set")));
	cr_expect(action_writes(SLICE("$_ := set .Values \"a\" 1")));
}
