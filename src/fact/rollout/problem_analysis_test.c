/* What is wrong with an AnalysisTemplate, one row each. */
#include "fact/test_release.h"

#include <stdio.h>

/* The spec; what its only problem begins with, NULL when it has none. */
static const struct row {
	const char *spec, *problem;
} rows[] = {
    {"{}", "there are no metrics"},
    {"null", "there are no metrics"},
    {"{metrics: null}", "there are no metrics"},
    {"{templates: [{templateName: x}]}", NULL},
    {"{metrics: {a: b}}", NULL},
    {"{metrics: [x]}", NULL},
    {"{metrics: [{name: a}]}", "the metric 'a' has no provider"},
    {"{metrics: [{name: a, provider: {web: null}}]}", "the metric 'a' has"},
    {"{metrics: [{name: a, provider: {job: {}}, count: 1}]}", NULL},
    {"{metrics: [{name: a, provider: {job: {}}, count: 2}]}",
	"count 2 needs an interval"},
    {"{metrics: [{name: a, provider: {job: {}}, count: '2'}]}",
	"count 2 needs an interval"},
    {"{metrics: [{name: a, provider: {job: {}}, count: 2, interval: 0}]}",
	NULL},
    {"{metrics: [{name: a, provider: {job: {}}, interval: 60}]}",
	"interval '60' is not a duration"},
    {"{metrics: [{name: a, provider: {job: {}}, initialDelay: '{{x}}'}]}",
	NULL},
    {"{metrics: [{name: a, provider: {job: {}}, initialDelay: 1w}]}",
	"initialDelay '1w' is not a duration"},
    {"{metrics: [{name: a, provider: {job: {}}, count: 1, "
     "inconclusiveLimit: 2}]}",
	"inconclusiveLimit 2 is more than count 1"},
    {"{metrics: [{name: a, provider: {job: {}}, failureLimit: 2}]}", NULL},
    {"{metrics: [{name: a, provider: {job: {}}, inconclusiveLimit: -1}]}",
	"inconclusiveLimit -1 is less than 0"},
    {"{metrics: [{name: a, provider: {job: {}}, "
     "consecutiveErrorLimit: '-2'}]}",
	"consecutiveErrorLimit -2 is less than 0"},
    {"{metrics: [{name: a, provider: {job: {}}, "
     "consecutiveErrorLimit: 0}]}",
	NULL},
    {"{metrics: [{name: a, provider: {job: {}}, count: 0, "
     "failureLimit: 2}]}",
	NULL},
    {"{metrics: [{name: a, provider: {job: {}}}, "
     "{name: a, provider: {job: {}}}]}",
	"two metrics are named 'a'"},
    {"{metrics: [{name: a, provider: {web: {}, prometheus: {}}}]}",
	"the metric 'a' has 2 providers"},
    {"{metrics: [{name: a, provider: {web: {}, prometheus: null}}]}", NULL},
    {"{metrics: [{name: a, provider: {job: {spec: {template: {spec: "
     "{containers: []}}}}}}]}",
	"the restartPolicy of the Job of metric 'a' must be"},
    {"{metrics: [{name: a, provider: {job: {spec: {template: {spec: "
     "{restartPolicy: Never}}}}}}]}",
	NULL},
};

Test(fact_analysis_problem, one_of_each)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char yaml[500];
		struct test_release test;
		const struct entity_list *list;
		const char *text = "";

		snprintf(yaml, sizeof(yaml),
		    "apiVersion: argoproj.io/v1alpha1\n"
		    "kind: AnalysisTemplate\n"
		    "metadata: {name: a}\n"
		    "spec: %s\n",
		    rows[i].spec);
		test_release_init(&test, yaml, NULL);
		list = &test.release->lists[ENTITY_problem];
		cr_assert_eq(list->n, rows[i].problem != NULL, "%s: %zu",
		    rows[i].spec, list->n);
		if (list->n)
			text =
			    ((const struct problem *)list->items[0])->text.text;
		cr_assert(slice_starts(slice_of(text),
			      slice_of(rows[i].problem ? rows[i].problem : "")),
		    "%s: %s", rows[i].spec, text);
		test_release_free(&test);
	}
}
