/* What a Rollout names, found or not, for each answer there is. */
#include "fact/rollout/rollout.h"

#include "fact/test_release.h"

#include <stdio.h>

/* The one reference of a Rollout in namespace a, or in none, beside another
 * object. */
struct row {
	const char *namespace; /* of the Rollout; "" for none */
	const char *strategy;
	const char *other;   /* the object */
	const char *release; /* --namespace, or NULL */
	const char *found, *selects;
};

static void expect(const struct row *row)
{
	char yaml[2000];
	struct test_release test;
	const struct reference *reference;

	snprintf(yaml, sizeof(yaml),
	    "apiVersion: argoproj.io/v1alpha1\n"
	    "kind: Rollout\n"
	    "metadata: {name: web, namespace: %s}\n"
	    "spec:\n"
	    "  selector: {matchLabels: {app: web}}\n"
	    "  template: {metadata: {labels: {app: web}}, spec: {a: b}}\n"
	    "  strategy: %s\n"
	    "---\n%s\n",
	    row->namespace, row->strategy, row->other);
	test_release_init(&test, yaml, row->release);
	cr_assert_eq(
	    test.release->lists[ENTITY_reference].n, 1, "%s", row->strategy);
	reference = test.release->lists[ENTITY_reference].items[0];
	test_expect_bool(
	    fact_reference_found(test.release, reference), row->found);
	test_expect_bool(
	    fact_reference_selects(test.release, reference), row->selects);
	test_release_free(&test);
}

#define CANARY "{canary: {canaryService: c}}"
#define ISTIO(name)                                                       \
	"{canary: {trafficRouting: {istio: {virtualService: {name: " name \
	"}}}}}"
#define SERVICE(metadata, selector)                                   \
	"{apiVersion: v1, kind: Service, metadata: {name: c" metadata \
	"}, spec: {selector: {" selector "}}}"

Test(fact_reference, every_answer)
{
	static const struct row rows[] = {
	    {"''", CANARY, SERVICE("", "app: web"), NULL, "true", "true"},
	    {"''", CANARY, SERVICE("", "app: api"), NULL, "true", "false"},
	    {"''", CANARY, SERVICE("", ""), NULL, "true", "true"},
	    {"''", CANARY,
		SERVICE("", "app: web, rollouts-pod-template-hash: x"), NULL,
		"true", "true"},
	    {"''", CANARY, SERVICE(", namespace: a", "app: api"), NULL,
		"unknown", "true"},
	    {"''", CANARY, SERVICE(", namespace: a", "app: api"), "a", "true",
		"false"},
	    {"''", CANARY, SERVICE(", namespace: a", "app: api"), "b", "false",
		"true"},
	    {"b", CANARY, SERVICE(", namespace: a", "app: api"), NULL, "false",
		"true"},
	    {"''", CANARY, "", NULL, "false", "true"},
	    {"''", CANARY,
		"{apiVersion: serving.knative.dev/v1, kind: Service, "
		"metadata: {name: c}}",
		NULL, "false", "true"},
	    /* Only the canary's pods have the label of canaryMetadata. */
	    {"''",
		"{canary: {canaryService: c, "
		"canaryMetadata: {labels: {role: new}}}}",
		SERVICE("", "role: new"), NULL, "true", "true"},
	    {"''",
		"{canary: {stableService: c, "
		"canaryMetadata: {labels: {role: new}}}}",
		SERVICE("", "role: new"), NULL, "true", "false"},
	    /* The name of a VirtualService may say its namespace. */
	    {"a", ISTIO("c.b"),
		"{apiVersion: networking.istio.io/v1, kind: VirtualService, "
		"metadata: {name: c, namespace: b}}",
		NULL, "true", "true"},
	    {"a", ISTIO("c"),
		"{apiVersion: networking.istio.io/v1, kind: VirtualService, "
		"metadata: {name: c, namespace: b}}",
		NULL, "false", "true"},
	    {"a", ISTIO("c.b"),
		"{apiVersion: networking.istio.io/v1, kind: VirtualService, "
		"metadata: {name: c}}",
		NULL, "unknown", "true"},
	    /* A cluster's template has no namespace to differ in. */
	    {"a",
		"{canary: {analysis: {templates: "
		"[{templateName: t, clusterScope: true}]}}}",
		"{apiVersion: argoproj.io/v1alpha1, "
		"kind: ClusterAnalysisTemplate, metadata: {name: t}}",
		NULL, "true", "true"},
	    {"a", "{canary: {analysis: {templates: [{templateName: t}]}}}",
		"{apiVersion: argoproj.io/v1alpha1, "
		"kind: ClusterAnalysisTemplate, metadata: {name: t}}",
		NULL, "false", "true"},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}
