/* What is worked out of an entity and its links. */
#include "fact/computed.h"

#include "fact/pod/pod.h"
#include "fact/service/service.h"
#include "fact/test_release.h"

#define OBJECT(version, kind, name, spec)                                 \
	"apiVersion: " version "\nkind: " kind "\nmetadata: {name: " name \
	"}\nspec: {" spec "}\n---\n"
/* Pods labelled app: web. */
#define TEMPLATE(pod) \
	"template: {metadata: {labels: {app: web}}, spec: {" pod "}}"
#define DEPLOYMENT(name, more, containers)                         \
	OBJECT("apps/v1", "Deployment", name,                      \
	    more "selector: {matchLabels: {app: web}}, " TEMPLATE( \
		"containers: [" containers "]"))
#define APP "{name: app}"
#define PORT(number) "{name: app, ports: [{containerPort: " number "}]}"

Test(fact_computed, a_rare_fact_is_kept_when_it_says_something)
{
	struct arena arena = {0};
	struct workload of = {0}, *workload = &of;
	struct fact placed = {.line = 3};

	KEEP_RARE(&arena, workload, migration, (struct fact){0});
	cr_assert_null(workload->rare);
	KEEP_RARE(&arena, workload, migration, placed);
	cr_assert_eq(RARE_FACT(workload, migration).line, 3);
	KEEP_RARE(&arena, workload, device, fact_unknown());
	KEEP_RARE(&arena, workload, migration, fact_text("web"));
	test_expect_text(RARE_FACT(workload, migration), "web");
	test_expect_text(fact_workload_migration(NULL, workload), "web");
	cr_assert_eq(RARE_FACT(workload, device).state, FACT_UNKNOWN);
	cr_assert_eq(RARE_FACT(workload, unending).state, FACT_ABSENT);
	arena_release(&arena);
}

/* long_running */

static void expect_long_running(const char *yaml, const char *expected)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	test_expect_bool(
	    fact_workload_long_running(test.release, test_workload(&test, "x")),
	    expected);
	test_release_free(&test);
}

#define PLAIN(version, kind) \
	OBJECT(version, kind, "x", TEMPLATE("containers: [" APP "]"))
#define HOOKED(version, kind, hook)                                           \
	"apiVersion: " version "\nkind: " kind "\nmetadata: {name: x, "       \
	"annotations: {helm.sh/hook: " hook                                   \
	"}}\nspec: {" TEMPLATE("containers: [" APP "]") ", containers: [" APP \
							"]}\n"

Test(fact_computed, what_runs_until_it_is_replaced)
{
	expect_long_running(PLAIN("apps/v1", "Deployment"), "true");
	expect_long_running(PLAIN("apps/v1", "StatefulSet"), "true");
	expect_long_running(PLAIN("apps/v1", "DaemonSet"), "true");
	expect_long_running(PLAIN("argoproj.io/v1alpha1", "Rollout"), "true");
	expect_long_running(PLAIN("example.com/v1", "Thing"), "true");
	expect_long_running(
	    OBJECT("v1", "Pod", "x", "containers: [" APP "]"), "true");
	expect_long_running(OBJECT("v1", "Pod", "x",
				"restartPolicy: Always, containers: [" APP "]"),
	    "true");
	/* A hook that leaves something behind which runs on. */
	expect_long_running(
	    HOOKED("apps/v1", "Deployment", "post-install"), "true");
}

Test(fact_computed, what_ends_by_itself)
{
	expect_long_running(PLAIN("batch/v1", "Job"), "false");
	expect_long_running(
	    OBJECT("batch/v1", "CronJob", "x",
		"jobTemplate: {spec: {" TEMPLATE("containers: [" APP "]") "}}"),
	    "false");
	expect_long_running(OBJECT("v1", "Pod", "x",
				"restartPolicy: Never, containers: [" APP "]"),
	    "false");
	expect_long_running(
	    OBJECT("v1", "Pod", "x",
		"restartPolicy: OnFailure, containers: [" APP "]"),
	    "false");
	expect_long_running(HOOKED("v1", "Pod", "pre-install"), "false");
	expect_long_running(HOOKED("v1", "Pod", "test"), "false");
	expect_long_running(HOOKED("apps/v1", "Deployment", "test"), "false");
	expect_long_running(
	    HOOKED("apps/v1", "Deployment", "test-success"), "false");
	expect_long_running(HOOKED("batch/v1", "Job", "post-install"), "false");
}

/* effective_replicas */

#define HPA(spec)                                                            \
	OBJECT("autoscaling/v2", "HorizontalPodAutoscaler", "h",             \
	    "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: " \
	    "web}, maxReplicas: 9" spec)
#define KEDA(spec)                                      \
	OBJECT("keda.sh/v1alpha1", "ScaledObject", "k", \
	    "scaleTargetRef: {name: web}" spec)

static struct fact replicas(const struct test_release *test)
{
	return fact_workload_effective_replicas(
	    test->release, test_workload(test, "web"));
}

static void expect_replicas(const char *yaml, int64_t expected)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	test_expect_int(replicas(&test), expected);
	test_release_free(&test);
}

static void expect_no_replicas(const char *yaml)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	cr_assert_eq(replicas(&test).state, FACT_UNKNOWN, "%s", yaml);
	test_release_free(&test);
}

Test(fact_computed, replicas_as_written)
{
	expect_replicas(DEPLOYMENT("web", "", APP), 1);
	expect_replicas(DEPLOYMENT("web", "replicas: null, ", APP), 1);
	expect_replicas(DEPLOYMENT("web", "replicas: 3, ", APP), 3);
	expect_replicas(DEPLOYMENT("web", "replicas: 0, ", APP), 0);
	expect_replicas(OBJECT("apps/v1", "StatefulSet", "web",
			    "replicas: 2, " TEMPLATE("")),
	    2);
	expect_replicas(
	    OBJECT("argoproj.io/v1alpha1", "Rollout", "web", TEMPLATE("")), 1);
}

Test(fact_computed, an_autoscaler_outweighs_replicas)
{
	expect_replicas(
	    HPA(", minReplicas: 2") DEPLOYMENT("web", "replicas: 5, ", APP), 2);
	expect_replicas(HPA("") DEPLOYMENT("web", "replicas: 5, ", APP), 1);
	expect_replicas(HPA(", minReplicas: 4") DEPLOYMENT("web", "", APP), 4);
	expect_replicas(KEDA("") DEPLOYMENT("web", "replicas: 5, ", APP), 0);
	expect_replicas(
	    KEDA(", minReplicaCount: 3") DEPLOYMENT("web", "", APP), 3);
	/* Of two the fewest is what can happen. */
	expect_replicas(HPA(", minReplicas: 4") KEDA(", minReplicaCount: 3")
			    DEPLOYMENT("web", "replicas: 5, ", APP),
	    3);
	expect_replicas(KEDA(", minReplicaCount: 3") HPA(", minReplicas: 4")
			    DEPLOYMENT("web", "replicas: 5, ", APP),
	    3);
}

Test(fact_computed, replicas_that_nobody_can_tell)
{
	expect_no_replicas(OBJECT("apps/v1", "DaemonSet", "web", TEMPLATE("")));
	expect_no_replicas(
	    OBJECT("batch/v1", "Job", "web", "replicas: 2, " TEMPLATE("")));
	expect_no_replicas(OBJECT("v1", "Pod", "web", "containers: []"));
	expect_no_replicas(DEPLOYMENT("web", "replicas: '${N}', ", APP));
	expect_no_replicas(HPA(", minReplicas: '${N}'")
		DEPLOYMENT("web", "replicas: 5, ", APP));
	/* Whether the autoscaler is in the same namespace. */
	expect_no_replicas(
	    "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n"
	    "metadata: {name: h, namespace: n}\nspec: {minReplicas: 2, "
	    "scaleTargetRef: {kind: Deployment, name: web}}\n---\n" DEPLOYMENT(
		"web", "replicas: 5, ", APP));
	/* The Rollout scales the Deployment it refers to down. */
	expect_no_replicas(OBJECT(
	    "argoproj.io/v1alpha1", "Rollout", "r", "workloadRef: {name: web}")
		DEPLOYMENT("web", "replicas: 5, ", APP));
}

/* The default has no place, what is written has. */
Test(fact_computed, replicas_say_whether_they_were_written)
{
	struct test_release test;

	test_release_init(&test, DEPLOYMENT("web", "", APP), NULL);
	cr_assert_eq(replicas(&test).state, FACT_ABSENT);
	test_release_free(&test);
	test_release_init(&test, DEPLOYMENT("web", "replicas: 3, ", APP), NULL);
	cr_assert_eq(replicas(&test).state, FACT_KNOWN);
	cr_assert_eq(replicas(&test).line, 4);
	cr_assert_eq(replicas(&test).col, 18);
	test_release_free(&test);
}

/* selector_matches */

static void expect_selector(const char *yaml, const char *expected)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	test_expect_bool(fact_workload_selector_matches(
			     test.release, test_workload(&test, "web")),
	    expected);
	test_release_free(&test);
}

#define SELECTING(kind, selector) \
	OBJECT("apps/v1", kind, "web", selector TEMPLATE("containers: []"))

Test(fact_computed, a_selector_matches_its_own_template)
{
	expect_selector(
	    SELECTING("Deployment", "selector: {matchLabels: {app: web}}, "),
	    "true");
	expect_selector(
	    SELECTING("Deployment", "selector: {matchLabels: {app: api}}, "),
	    "false");
	expect_selector(
	    SELECTING("Deployment", "selector: {matchExpressions: "
				    "[{key: app, operator: Bad}]}, "),
	    "false");
	/* The API refuses a controller without one; a Job gets its own. */
	expect_selector(SELECTING("Deployment", ""), "false");
	expect_selector(SELECTING("DaemonSet", "selector: null, "), "false");
	expect_selector(SELECTING("Deployment", "selector: {}, "), "false");
	expect_selector(OBJECT("batch/v1", "Job", "web",
			    "selector: {matchLabels: {app: x}}, " TEMPLATE("")),
	    "true");
	/* Plain labels, in the kinds of old. */
	expect_selector(OBJECT("apps.openshift.io/v1", "DeploymentConfig",
			    "web", "selector: {app: web}, " TEMPLATE("")),
	    "true");
	expect_selector(OBJECT("v1", "ReplicationController", "web",
			    "selector: {app: api}, " TEMPLATE("")),
	    "false");
}

/* release.main */

static void expect_main(const char *yaml, const char *name)
{
	struct test_release test;
	struct fact fact;

	test_release_init(&test, yaml, NULL);
	fact = fact_release_main(test.release, test.release);
	cr_assert_eq(fact.state, *name ? FACT_KNOWN : FACT_ABSENT);
	if (*name)
		cr_assert_eq(fact.entity, test_workload(&test, name));
	test_release_free(&test);
}

#define JOB(name) \
	OBJECT("batch/v1", "Job", name, TEMPLATE("containers: [" PORT("1") "]"))
#define ROLLOUT(name) \
	OBJECT("argoproj.io/v1alpha1", "Rollout", name, TEMPLATE(""))
#define OTHER(name)                           \
	OBJECT("apps/v1", "Deployment", name, \
	    "template: {spec: {containers: [" APP "]}}")

Test(fact_computed, what_the_release_is_about)
{
	expect_main("", "");
	expect_main(JOB("j"), "");
	expect_main(JOB("j") OTHER("a") OTHER("b"), "a");
	expect_main(JOB("j") OTHER("a") DEPLOYMENT("b", "", PORT("80")), "b");
	expect_main(
	    DEPLOYMENT("a", "", PORT("80")) ROLLOUT("r") ROLLOUT("s"), "r");
	/* A Rollout is one by its group, too. */
	expect_main(OTHER("a")
			OBJECT("example.com/v1", "Rollout", "r", TEMPLATE("")),
	    "a");
}

/* The Rollout that takes a Deployment's template, or has the same pods; of a
 * Rollout there is none. */
static void expect_rollout(const char *rollout, const char *name)
{
	struct test_release test;
	struct buf yaml = {0};
	struct fact fact;

	buf_printf(&yaml, "%s%s", DEPLOYMENT("x", "", APP), rollout);
	test_release_init(&test, buf_text(&yaml), NULL);
	fact = fact_workload_rollout(test.release, test_workload(&test, "x"));
	cr_assert_eq(fact.has_value, name != NULL);
	if (name)
		cr_assert_eq(fact.entity, test_workload(&test, name));
	if (name)
		cr_assert_not(fact_workload_rollout(
		    test.release, test_workload(&test, name))
				  .has_value);
	test_release_free(&test);
	buf_release(&yaml);
}

Test(fact_computed, the_rollout_of_a_deployment)
{
	expect_rollout("", NULL);
	expect_rollout(OBJECT("argoproj.io/v1alpha1", "Rollout", "r",
			   "workloadRef: {apiVersion: apps/v1, kind: "
			   "Deployment, name: x}"),
	    "r");
	expect_rollout(OBJECT("argoproj.io/v1alpha1", "Rollout", "r",
			   "selector: {matchLabels: {app: web}}, " TEMPLATE(
			       "containers: [" APP "]")),
	    "r");
}
