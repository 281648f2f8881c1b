/* Steps of a canary and problems of a Rollout, one table each. */
#include "fact/rollout/rollout.h"

#include "fact/entity.h"
#include "fact/test_release.h"

#include <stdio.h>

#define ABSENT -1
#define UNKNOWN -2

/* A release of one Rollout, named web, with that strategy. */
static void init_strategy(struct test_release *test, const char *strategy)
{
	char yaml[2000];

	snprintf(yaml, sizeof(yaml),
	    "apiVersion: argoproj.io/v1alpha1\n"
	    "kind: Rollout\n"
	    "metadata: {name: web, labels: {tier: edge}}\n"
	    "spec:\n"
	    "  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: w}\n"
	    "  strategy: %s\n",
	    strategy);
	test_release_init(test, yaml, NULL);
}

static const struct step *step_at(const struct test_release *test, size_t i)
{
	const struct workload *workload = test_workload(test, "web");

	cr_assert_lt(i, workload->rollout->steps.n);
	return workload->rollout->steps.items[i];
}

/* "gated" or "open" for each step that has a weight. */
static void expect_gates(const char *strategy, const char *expected)
{
	struct test_release test;
	struct buf buf = {0};
	const struct entity_list *steps;

	init_strategy(&test, strategy);
	steps = &test_workload(&test, "web")->rollout->steps;
	for (size_t i = 0; i < steps->n; i++) {
		const struct step *step = steps->items[i];

		if (step->weight.state == FACT_KNOWN)
			buf_printf(&buf, "%lld:%s%s ",
			    (long long)step->weight.integer,
			    step->gated.boolean ? "gated" : "open",
			    step->analysed.boolean ? "+analysed" : "");
	}
	cr_assert_str_eq(
	    buf_text(&buf), expected, "%s: '%s'", strategy, buf_text(&buf));
	buf_release(&buf);
	test_release_free(&test);
}

Test(fact_rollout, durations_of_pauses)
{
	static const struct {
		const char *duration;
		int64_t seconds;
	} rows[] = {
	    {"60", 60},
	    {"\"60\"", 60},
	    {"0", 0},
	    {"60s", 60},
	    {"1h30m", 5400},
	    {"1.5m", 90},
	    {".5h", 1800},
	    {"+5s", 5},
	    {"1500ms", 1},
	    {"999ms", 0},
	    {"2000h", 7200000},
	    {"2147483647", 2147483647},
	    {"null", ABSENT},
	    {"2147483648", UNKNOWN},
	    {"-1", UNKNOWN},
	    {"-5s", UNKNOWN},
	    {"5 s", UNKNOWN},
	    {"5d", UNKNOWN},
	    {"5m3", UNKNOWN},
	    {"s", UNKNOWN},
	    {".s", UNKNOWN},
	    {"60.5", UNKNOWN},
	    {"\"\"", UNKNOWN},
	    {"600000h", UNKNOWN},
	    {"[60]", UNKNOWN},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct test_release test;
		char strategy[200];
		struct fact fact;
		int64_t got;

		snprintf(strategy, sizeof(strategy),
		    "{canary: {steps: [{pause: {duration: %s}}]}}",
		    rows[i].duration);
		init_strategy(&test, strategy);
		fact = step_at(&test, 0)->pause_seconds;
		got = fact.state == FACT_KNOWN	  ? fact.integer
		      : fact.state == FACT_ABSENT ? ABSENT
						  : UNKNOWN;
		cr_assert_eq(got, rows[i].seconds, "%s: %lld", rows[i].duration,
		    (long long)got);
		/* What is no duration is a problem, and nothing else is. */
		cr_assert_eq(test.release->lists[ENTITY_problem].n,
		    got == UNKNOWN, "%s", rows[i].duration);
		test_release_free(&test);
	}
}

Test(fact_rollout, gates_after_weights)
{
	expect_gates("{canary: {steps: [{setWeight: 1}, {pause: {}}, "
		     "{setWeight: 2}]}}",
	    "1:gated 2:open ");
	/* The gate of the next weight is not that of this one. */
	expect_gates("{canary: {steps: [{setWeight: 1}, {setWeight: 2}, "
		     "{analysis: {}}, {pause: {duration: 5}}]}}",
	    "1:open 2:gated ");
	expect_gates("{canary: {steps: [{setWeight: 1}, "
		     "{pause: {duration: 0}}, {experiment: {a: b}}, "
		     "{setWeight: 2}, {setCanaryScale: {}}]}}",
	    "1:gated 2:open ");
	expect_gates("{canary: {analysis: {startingStep: 1, "
		     "templates: [{templateName: x}]}, "
		     "steps: [{setWeight: 1}, {setWeight: 2}]}}",
	    "1:open 2:open+analysed ");
	/* An analysis of no template measures nothing. */
	expect_gates("{canary: {analysis: {templates: []}, "
		     "steps: [{setWeight: 1}]}}",
	    "1:open ");
}

Test(fact_rollout, promotion_without_asking)
{
	static const struct {
		const char *strategy, *expected;
	} rows[] = {
	    {"{blueGreen: {activeService: a}}", "true"},
	    {"{blueGreen: {activeService: a, autoPromotionEnabled: true}}",
		"true"},
	    {"{blueGreen: {activeService: a, autoPromotionEnabled: false}}",
		"false"},
	    {"{blueGreen: {activeService: a, autoPromotionSeconds: 9}}",
		"false"},
	    {"{blueGreen: {activeService: a, autoPromotionSeconds: 0}}",
		"true"},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct test_release test;

		init_strategy(&test, rows[i].strategy);
		test_expect_bool(fact_workload_auto_promotion(
				     test.release, test_workload(&test, "web")),
		    rows[i].expected);
		test_release_free(&test);
	}
}

/* An analysis of no template measures nothing. */
Test(fact_rollout, measured_by_templates)
{
	static const struct {
		const char *strategy, *expected;
	} rows[] = {
	    {"{canary: {analysis: {}}}", "false"},
	    {"{canary: {analysis: {templates: []}}}", "false"},
	    {"{canary: {analysis: {templates: [{templateName: a}]}}}", "true"},
	    {"{canary: {steps: [{analysis: {}}, {pause: {}}]}}", "false"},
	    {"{canary: {steps: [{analysis: {templates: [{templateName: "
	     "a}]}}]}}",
		"true"},
	    {"{canary: {steps: [{experiment: {}}]}}", "true"},
	    {"{blueGreen: {postPromotionAnalysis: {args: [{name: a}]}}}",
		"false"},
	    {"{blueGreen: {prePromotionAnalysis: {templates: [{templateName: "
	     "a}]}}}",
		"true"},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct test_release test;

		init_strategy(&test, rows[i].strategy);
		test_expect_bool(fact_workload_measured(
				     test.release, test_workload(&test, "web")),
		    rows[i].expected);
		test_release_free(&test);
	}
}

/* What the problem's text begins with; NULL: there is none. */
static const struct problem_row {
	const char *strategy, *problem;
} problem_rows[] = {
    {"{canary: {}}", NULL},
    {"{}", "it has no strategy"},
    {"{canary: null, blueGreen: {activeService: a}}", NULL},
    {"{canary: {}, blueGreen: {activeService: a}}", "it has two strategies"},
    {"{blueGreen: {previewService: a}}", "blueGreen needs active"},
    {"{blueGreen: {activeService: a, previewService: a}}",
	"activeService and previewService are both 'a'"},
    {"{blueGreen: {activeService: a, "
     "scaleDownDelayRevisionLimit: 10}}",
	NULL},
    {"{blueGreen: {activeService: a, "
     "scaleDownDelayRevisionLimit: 11}}",
	"scaleDownDelayRevisionLimit 11 is more"},
    {"{canary: {maxSurge: 0, maxUnavailable: 1}}", NULL},
    {"{canary: {maxSurge: 0}}", NULL},
    {"{canary: {maxSurge: 1500m, maxUnavailable: 0}}",
	"maxSurge and maxUnavailable both count as 0, because they are neither "
	"a whole number nor a percentage, so no pod can be replaced; raise one "
	"of them"},
    {"{canary: {maxSurge: 0, maxUnavailable: 2.5%}}",
	"maxSurge and maxUnavailable both count as 0, because they are neither "
	"a whole number nor a percentage, so no pod can be replaced; raise one "
	"of them"},
    {"{canary: {maxSurge: 25%, maxUnavailable: 0}}", NULL},
    {"{canary: {maxSurge: '2', maxUnavailable: 0}}", NULL},
    {"{canary: {maxSurge: 0%, maxUnavailable: \"0\"}}",
	"maxSurge and maxUnavailable are both 0"},
    {"{canary: {canaryService: a, stableService: a}}",
	"canaryService and stableService are both 'a'"},
    {"{canary: {steps: [{setWeight: 100}]}}", NULL},
    {"{canary: {steps: [{setWeight: 101}]}}", "setWeight 101 is not"},
    {"{canary: {steps: [{setWeight: -1}]}}", "setWeight -1 is not"},
    {"{canary: {steps: [{setWeight: 9%}]}}", "setWeight '9%' is no"},
    {"{canary: {steps: [{pause: null}]}}", "pause is null"},
    {"{canary: {steps: [{pause: 30s}]}}", "pause must be a mapping"},
    {"{canary: {steps: [{pause: 30}]}}", "pause must be a mapping"},
    {"{canary: {steps: [{pause: '${PAUSE}'}]}}", NULL},
    {"{canary: {steps: [{setWieght: 5}]}}",
	"a step does nothing: 'setWieght' is unknown; did you mean "
	"'setWeight'"},
    {"{canary: {steps: [{go: 5}]}}", "a step does nothing; it needs one of"},
    {"{canary: {steps: [{setWeight: null}]}}", "a step does nothing; it needs"},
    {"{canary: {steps: [{pause: {}, setWeight: 5}]}}",
	"one step has setWeight and pause"},
    {"{canary: {trafficRouting: {plugins: {p: {}}}, "
     "steps: [{setCanaryScale: {}, setWeight: 5}]}}",
	NULL},
    {"{canary: {steps: [{setCanaryScale: {replicas: 1}}]}}",
	"setCanaryScale needs trafficRouting"},
    {"{canary: {scaleDownDelaySeconds: 5}}",
	"canary.scaleDownDelaySeconds needs"},
    {"{canary: {dynamicStableScale: false}}", NULL},
    {"{canary: {trafficRouting: {smi: {}}, canaryService: a}}",
	"trafficRouting.smi needs canary.stableService"},
    {"{canary: {trafficRouting: {istio: {virtualService: {name: a}, "
     "destinationRule: {name: b}}}}}",
	NULL},
    {"{canary: {antiAffinity: "
     "{requiredDuringSchedulingIgnoredDuringExecution: {}}}}",
	NULL},
    {"{canary: {antiAffinity: "
     "{preferredDuringSchedulingIgnoredDuringExecution: {}}}}",
	"the weight of antiAffinity"},
    {"{canary: {steps: [{analysis: {args: [{name: t, valueFrom: "
     "{fieldRef: {fieldPath: \"metadata.labels['tier']\"}}}]}}]}}",
	NULL},
    {"{canary: {steps: [{analysis: {args: [{name: t, valueFrom: "
     "{fieldRef: {fieldPath: \"metadata.labels['team']\"}}}]}}]}}",
	NULL},
    {"{canary: {analysis: {args: [{name: t, valueFrom: "
     "{fieldRef: {fieldPath: metadata.uid}}}]}}}",
	NULL},
    {"{canary: {analysis: {args: [{name: t, valueFrom: "
     "{fieldRef: {fieldPath: \"spec.selector['x']\"}}}]}}}",
	NULL},
    {"{canary: {steps: [{analysis: {args: [{name: t, valueFrom: "
     "{fieldRef: {fieldPath: \"metadata.label['tier']\"}}}]}}]}}",
	"the argument 't' of an analysis refers to 'metadata.label['tier']'"},
    {"{canary: {steps: [{analysis: {args: [{name: t, valueFrom: "
     "{fieldRef: {fieldPath: metadata.generation}}}]}}]}}",
	"the argument 't' of an analysis refers to 'metadata.generation'"},
    {"{canary: {steps: [{analysis: {args: [{name: t, valueFrom: "
     "{fieldRef: {fieldPath: \"metadata.labels['']\"}}}]}}]}}",
	"the argument 't' of an analysis refers to"},
};

Test(fact_rollout, one_problem_of_each)
{
	for (size_t i = 0; i < COUNT_OF(problem_rows); i++) {
		struct test_release test;
		const struct entity_list *list;
		const char *text = "";

		init_strategy(&test, problem_rows[i].strategy);
		list = &test.release->lists[ENTITY_problem];
		cr_assert_eq(list->n, problem_rows[i].problem != NULL,
		    "%s: %zu", problem_rows[i].strategy, list->n);
		if (list->n)
			text =
			    ((const struct problem *)list->items[0])->text.text;
		cr_assert(slice_starts(slice_of(text),
			      slice_of(problem_rows[i].problem
					   ? problem_rows[i].problem
					   : "")),
		    "%s: %s", problem_rows[i].strategy, text);
		test_release_free(&test);
	}
}

Test(fact_rollout, parts_in_a_list_have_the_path_in_their_object)
{
	struct test_release test;
	struct buf path = {0};

	test_release_init(&test,
	    "kind: List\n"
	    "apiVersion: v1\n"
	    "items:\n"
	    "- apiVersion: argoproj.io/v1alpha1\n"
	    "  kind: Rollout\n"
	    "  metadata: {name: web}\n"
	    "  spec:\n"
	    "    workloadRef: {name: w}\n"
	    "    strategy:\n"
	    "      canary:\n"
	    "        steps:\n"
	    "        - setWeight: 5\n",
	    NULL);
	entity_path(ENTITY_step, step_at(&test, 0), &path);
	cr_assert_str_eq(buf_text(&path), "spec.strategy.canary.steps[0]");
	cr_assert_eq(
	    entity_place(ENTITY_step, step_at(&test, 0)).span.line, 12);
	buf_release(&path);
	test_release_free(&test);
}
