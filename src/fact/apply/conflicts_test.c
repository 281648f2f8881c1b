/* Fields that controllers write, found across the objects of a release. */
#include "fact/apply/apply.h"
#include "fact/test_release.h"

#define HPA(kind, version, bounds)                                            \
	"apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n"         \
	"metadata: {name: web}\nspec: {scaleTargetRef: {apiVersion: " version \
	", kind: " kind ", name: web}, " bounds "}\n---\n"
#define WORKLOAD(kind, version, name, spec)                               \
	"apiVersion: " version "\nkind: " kind "\nmetadata: {name: " name \
	"}\nspec: {" spec "template: {metadata: {labels: {app: web}}, "   \
	"spec: {containers: [{name: a}]}}}\n---\n"
#define DEPLOYMENT(spec) WORKLOAD("Deployment", "apps/v1", "web", spec)
#define ROLLOUT(name, spec) \
	WORKLOAD("Rollout", "argoproj.io/v1alpha1", name, spec)
#define SERVICE(name)                                           \
	"apiVersion: v1\nkind: Service\nmetadata: {name: " name \
	"}\nspec: {selector: {app: web}}\n---\n"

/* Every conflict as "form named written>becomes", an uncertain one with a "?"
 * behind it. */
static void expect(const char *yaml, const char *expected)
{
	struct test_release test;
	const struct entity_list *list;
	struct buf buf = {0};

	test_release_init(&test, yaml, NULL);
	list = &test.release->lists[ENTITY_conflict];
	for (size_t i = 0; i < list->n; i++) {
		const struct conflict *conflict = list->items[i];

		buf_printf(&buf, "%s%s %s %s>%s%s", i ? "; " : "",
		    conflict->form.text, conflict->named.text,
		    conflict->written.has_value ? conflict->written.text : "",
		    conflict->becomes.has_value ? conflict->becomes.text : "",
		    conflict->certain.boolean ? "" : "?");
	}
	cr_assert_str_eq(buf_text(&buf), expected, "'%s', not '%s'",
	    buf_text(&buf), expected);
	buf_release(&buf);
	test_release_free(&test);
}

#define BETWEEN HPA("Deployment", "apps/v1", "minReplicas: 2, maxReplicas: 5")

Test(fact_conflicts, replicas_and_the_bounds_of_an_autoscaler)
{
	expect(BETWEEN DEPLOYMENT("replicas: 1, "),
	    "replicas Deployment 'web' 1>2");
	expect(BETWEEN DEPLOYMENT("replicas: 2, "),
	    "replicas Deployment 'web' 2>?");
	expect(BETWEEN DEPLOYMENT("replicas: 5, "),
	    "replicas Deployment 'web' 5>?");
	expect(BETWEEN DEPLOYMENT("replicas: 6, "),
	    "replicas Deployment 'web' 6>5");
	expect(BETWEEN DEPLOYMENT("replicas: 0, "), "");
	expect(BETWEEN DEPLOYMENT(""), "");
	expect(HPA("Deployment", "apps/v1", "minReplicas: 3, maxReplicas: 3")
		   DEPLOYMENT("replicas: 3, "),
	    "");
	/* What has no maximum is refused as it is. */
	expect(HPA("Deployment", "apps/v1", "minReplicas: 3")
		   DEPLOYMENT("replicas: 1, "),
	    "");
	/* KEDA brings pods back from none. */
	expect("apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: "
	       "{name: web}\nspec: {scaleTargetRef: {name: web}, "
	       "minReplicaCount: 1}\n---\n" DEPLOYMENT("replicas: 0, "),
	    "replicas Deployment 'web' 0>1");
}

#define REFERRING(way)                                                  \
	"apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: "   \
	"{name: r}\nspec: {workloadRef: {kind: Deployment, name: web, " \
	"scaleDown: " way "}}\n---\n"

/* workloadRef.scaleDown is never where it is left out. */
Test(fact_conflicts, deployments_that_a_rollout_scales_down)
{
	expect(REFERRING("onsuccess") DEPLOYMENT("replicas: 3, "),
	    "replicas Deployment 'web' 3>0");
	expect(REFERRING("progressively") DEPLOYMENT("replicas: 3, "),
	    "replicas Deployment 'web' 3>0");
	expect(REFERRING("never") DEPLOYMENT("replicas: 3, "), "");
	expect(REFERRING("null") DEPLOYMENT("replicas: 3, "), "");
	expect(REFERRING("onsuccess") DEPLOYMENT("replicas: 0, "), "");
	expect(REFERRING("onsuccess") DEPLOYMENT(""), "");
}

#define CANARY(a, b) \
	"strategy: {canary: {canaryService: " a ", stableService: " b "}}, "

Test(fact_conflicts, services_of_rollouts)
{
	expect(SERVICE("a") SERVICE("b") ROLLOUT("web", CANARY("a", "b")),
	    "selector Service 'a' and Service 'b' >");
	expect(SERVICE("a") ROLLOUT("web", CANARY("a", "a")),
	    "selector Service 'a' >");
	/* Two Rollouts are two conflicts. */
	expect(SERVICE("a") SERVICE("b") ROLLOUT("web", CANARY("a", "z"))
		   ROLLOUT("api", CANARY("z", "b")),
	    "selector Service 'a' >; selector Service 'b' >");
	/* Without pods there is no ReplicaSet to lead to. */
	expect(SERVICE("a") ROLLOUT("web", "replicas: 0, " CANARY("a", "a")),
	    "selector Service 'a' >?");
	/* A root Service is not led anywhere. */
	expect(SERVICE("a") ROLLOUT("web",
		   "strategy: {canary: {trafficRouting: {smi: {rootService: "
		   "a}}}}, "),
	    "");
}

#define CONTAINER(resources)                                                 \
	"apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: " \
	"web}\nspec: {template: {spec: {containers: [{name: a, resources: "  \
	"{requests: {" resources "}}}]}}}\n"

Test(fact_conflicts, quantities_of_rollouts)
{
	expect(CONTAINER("cpu: 1000m"), "quantity cpu 1000m>1");
	expect(CONTAINER("cpu: '1'"), "");
	expect(CONTAINER("cpu: 1"), "quantity cpu 1>1");
	expect(CONTAINER("cpu: 500m, memory: 1Gi"), "");
	/* What cannot be read is another matter. */
	expect(CONTAINER("memory: 64mb"), "");
	expect(CONTAINER("memory: null"), "");
	expect(CONTAINER("memory: {a: 1}"), "");
}

/* Whatever has a quantity in a pod's spec. */
Test(fact_conflicts, quantities_of_all_parts)
{
	expect(
	    "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: "
	    "{name: web}\nspec:\n  template:\n    spec:\n"
	    "      overhead: {cpu: 0.1}\n"
	    "      initContainers: [{name: a, resources: {limits: "
	    "{nvidia.com/gpu: 1000m}}, env: [{name: CPUS, valueFrom: "
	    "{resourceFieldRef: {resource: limits.cpu, divisor: 1000m}}}]}]\n"
	    "      volumes:\n"
	    "        - {name: a, emptyDir: {sizeLimit: 1024Mi}}\n"
	    "        - {name: b, ephemeral: {volumeClaimTemplate: {spec: "
	    "{resources: {requests: {storage: 2048Gi}}}}}}\n"
	    "        - {name: c, downwardAPI: {items: [{path: a, "
	    "resourceFieldRef: {divisor: 0.5}}]}}\n"
	    "        - {name: d, projected: {sources: [{downwardAPI: {items: "
	    "[{path: a, resourceFieldRef: {divisor: 1024Ki}}]}}]}}\n",
	    "quantity nvidia.com/gpu 1000m>1; quantity divisor 1000m>1; "
	    "quantity cpu 0.1>100m; quantity sizeLimit 1024Mi>1Gi; "
	    "quantity storage 2048Gi>2Ti; quantity divisor 0.5>500m; "
	    "quantity divisor 1024Ki>1Mi");
}

/* Hooks are deleted before they are made again. */
Test(fact_conflicts, none_of_hooks)
{
	expect("apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: "
	       "{name: web, annotations: {helm.sh/hook: pre-install}}\n"
	       "spec: {template: {spec: {containers: [{name: a, resources: "
	       "{requests: {cpu: 1000m}}}]}}}\n",
	    "");
}
