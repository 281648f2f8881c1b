/* What autoscalers name: found or not, by whom else, of which requests. */
#include "fact/scale/scale.h"

#include "fact/test_release.h"

#define HPA(name, metadata, target, spec)                                      \
	"---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n"     \
	"metadata: {name: " name metadata "}\nspec: {scaleTargetRef: {" target \
	"}, " spec "}\n"
#define DEPLOYMENT(metadata, containers)                          \
	"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {" \
	"name: web" metadata                                      \
	"}\nspec: {template: {spec: {containers: [" containers "]}}}\n"
#define WEB "apiVersion: apps/v1, kind: Deployment, name: web"
#define SERVER "{name: server}"

static const struct autoscaler *scaler_of(
    const struct test_release *test, const char *name)
{
	return test_entity(test, ENTITY_autoscaler, name);
}

Test(fact_target, found)
{
	static const struct {
		const char *yaml, *namespace, *found;
	} cases[] = {
	    {HPA("a", "", WEB, "") DEPLOYMENT("", SERVER), NULL, "true"},
	    {DEPLOYMENT("", SERVER)
		    HPA("a", "", "kind: Deployment, name: web", ""),
		NULL, "true"},
	    {HPA("a", "", WEB, ""), NULL, "false"},
	    {HPA("a", "", "apiVersion: x/v1, kind: Deployment, name: web", "")
		    DEPLOYMENT("", SERVER),
		NULL, "false"},
	    {HPA("a", ", namespace: n", WEB, "") DEPLOYMENT("", SERVER), NULL,
		"unknown"},
	    {HPA("a", "", WEB, "") DEPLOYMENT(", namespace: n", SERVER), NULL,
		"unknown"},
	    {HPA("a", "", WEB, "") DEPLOYMENT(", namespace: n", SERVER), "n",
		"true"},
	    {HPA("a", "", WEB, "") DEPLOYMENT(", namespace: n", SERVER), "m",
		"false"},
	    /* Without a pod template. */
	    {HPA("a", "", "apiVersion: x/v1, kind: Pool, name: p",
		 "") "---\napiVersion: x/v2\nkind: Pool\nmetadata: {name: p}\n",
		NULL, "true"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct test_release test;

		test_release_init(&test, cases[i].yaml, cases[i].namespace);
		test_expect_bool(fact_autoscaler_target_found(
				     test.release, scaler_of(&test, "a")),
		    cases[i].found);
		test_release_free(&test);
	}
}

Test(fact_target, a_namesake_is_of_another_kind)
{
	struct test_release test;

	test_release_init(&test,
	    HPA("a", "",
		"apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web",
		"") HPA("b", "", WEB, "") HPA("c", "",
		"apiVersion: apps/v1, kind: Deployment, name: c", "")
		DEPLOYMENT("", SERVER),
	    NULL);
	cr_assert_eq(scaler_of(&test, "a")->target.namesake,
	    test_workload(&test, "web"));
	cr_assert_null(scaler_of(&test, "b")->target.namesake);
	cr_assert_null(scaler_of(&test, "c")->target.namesake);
	test_release_free(&test);
}

Test(fact_target, the_first_of_one_target_is_the_rival_of_the_others)
{
	struct test_release test;
	const struct autoscaler *first;

	test_release_init(&test,
	    HPA("a", "", WEB, "") HPA("b", "", "kind: Deployment, name: web",
		"") HPA("a", "", WEB, "") HPA("c", ", namespace: n", WEB, "")
		DEPLOYMENT("", SERVER),
	    NULL);
	first = scaler_of(&test, "a");
	cr_assert_null(first->target.autoscaler);
	cr_assert_eq(scaler_of(&test, "b")->target.autoscaler, first);
	cr_assert_null(scaler_of(&test, "c")->target.autoscaler);
	/* The same object once more. */
	cr_assert_null(
	    ((const struct autoscaler *)test.release->lists[ENTITY_autoscaler]
		    .items[2])
		->target.autoscaler);
	test_release_free(&test);
}

#define PART(resource)                                          \
	"metrics: [{type: Resource, resource: {name: " resource \
	", target: {type: Utilization, averageUtilization: 70}}}]"
#define OLD_PART                                               \
	"metrics: [{type: Resource, resource: {name: memory, " \
	"targetAverageUtilization: 70}}]"
#define OF_ONE                                                           \
	"metrics: [{type: ContainerResource, containerResource: {name: " \
	"cpu, container: b, target: {averageUtilization: 70}}}]"
#define VALUE                                                       \
	"metrics: [{type: Resource, resource: {name: cpu, target: " \
	"{type: AverageValue, averageValue: 500m}}}]"
#define REQUESTS(name, resource) \
	"{name: " name ", resources: {requests: {" resource ": 1}}}"

Test(fact_target, a_utilisation_needs_the_request_of_every_container)
{
	static const struct {
		const char *yaml, *container, *resource;
	} cases[] = {
	    {HPA("a", "", WEB, PART("cpu")) DEPLOYMENT("", SERVER), "server",
		"cpu"},
	    {HPA("a", "", WEB, PART("cpu"))
		    DEPLOYMENT("", REQUESTS("a", "cpu")),
		NULL, NULL},
	    {HPA("a", "", WEB, PART("memory")) DEPLOYMENT(
		 "", REQUESTS("a", "memory") "," REQUESTS("b", "cpu")),
		"b", "memory"},
	    {HPA("a", "", WEB, OLD_PART) DEPLOYMENT("", REQUESTS("a", "cpu")),
		"a", "memory"},
	    {HPA("a", "", WEB, "") DEPLOYMENT("", SERVER), "server", "cpu"},
	    {HPA("a", "", WEB, VALUE) DEPLOYMENT("", SERVER), NULL, NULL},
	    {HPA("a", "", WEB, OF_ONE) DEPLOYMENT("", SERVER), NULL, NULL},
	    {HPA("a", "", WEB, OF_ONE)
		    DEPLOYMENT("", SERVER "," REQUESTS("b", "memory")),
		"b", "cpu"},
	    {HPA("a", "", WEB, PART("cpu"))
		    DEPLOYMENT("", "{name: a, resources: {limits: {cpu: 1}}}"),
		NULL, NULL},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct test_release test;
		struct fact container, resource;

		test_release_init(&test, cases[i].yaml, NULL);
		container = fact_autoscaler_unmeasured(
		    test.release, scaler_of(&test, "a"));
		resource = fact_autoscaler_unmeasured_resource(
		    test.release, scaler_of(&test, "a"));
		cr_assert_eq(container.has_value, cases[i].container != NULL,
		    "case %zu", i);
		if (cases[i].container) {
			cr_assert_eq(container.entity,
			    test_container(&test, cases[i].container));
			cr_assert_str_eq(resource.text, cases[i].resource);
		}
		test_release_free(&test);
	}
}
