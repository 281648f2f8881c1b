/* What is said of an owner is not said of what it made again. */
#include "fact/repeated.h"

#include "fact/test_release.h"

#define OBJECT(kind, name, more)                                      \
	"apiVersion: apps/v1\nkind: " kind "\nmetadata: {name: " name \
	", namespace: p" more                                         \
	"}\nspec: {template: {spec: {containers: [{name: a}]}}}\n---\n"
#define POD(more)                                                          \
	"apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: p" more \
	"}\nspec: {containers: [{name: a}]}\n---\n"
#define OWNER(kind, name, is_controller)                               \
	", ownerReferences: [{kind: ConfigMap, name: x}, {kind: " kind \
	", name: " name ", controller: " is_controller "}]"

/* So many workloads of the stream, and containers, are judged. */
static void expect_judged(const char *yaml, size_t expected)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	cr_assert_eq(
	    test.release->lists[ENTITY_workload].n, expected, "%s", yaml);
	cr_assert_eq(
	    test.release->lists[ENTITY_container].n, expected, "%s", yaml);
	test_release_free(&test);
}

Test(fact_repeated, what_a_live_cluster_lists)
{
	expect_judged(OBJECT("Deployment", "web", "") OBJECT("ReplicaSet",
			  "web-7d9f", OWNER("Deployment", "web", "true"))
			  POD(OWNER("ReplicaSet", "web-7d9f", "true")),
	    1);
	/* In any order, and without the ReplicaSet between. */
	expect_judged(POD(OWNER("ReplicaSet", "web-a-7d9f", "true"))
			  OBJECT("Deployment", "web-a", ""),
	    1);
	expect_judged(POD(OWNER("StatefulSet", "web", "true"))
			  OBJECT("StatefulSet", "web", ""),
	    1);
}

Test(fact_repeated, what_nothing_else_says)
{
	/* The owner is elsewhere, or no controller, or makes no pods. */
	expect_judged(POD(OWNER("ReplicaSet", "web-7d9f", "true")), 1);
	expect_judged(POD(OWNER("StatefulSet", "web", "true"))
			  OBJECT("StatefulSet", "other", ""),
	    2);
	expect_judged(POD(OWNER("StatefulSet", "web", "false"))
			  OBJECT("StatefulSet", "web", ""),
	    2);
	expect_judged(OBJECT("StatefulSet", "db", OWNER("Kafka", "k", "true"))
			  OBJECT("Kafka", "k", ""),
	    2);
	expect_judged(POD(OWNER("ReplicaSet", "web", "true"))
			  OBJECT("Deployment", "web", ""),
	    2);
}
