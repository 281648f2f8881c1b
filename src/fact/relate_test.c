/* Who selects whom, who scales whom, who claims the same pods: in one
 * namespace, in another, and where that is unknown. */
#include "fact/computed.h"
#include "fact/config/configuration.h"
#include "fact/namespace.h"
#include "fact/network/network.h"
#include "fact/scale/scale.h"
#include "fact/service/service.h"
#include "fact/test_release.h"
#include "fact/update/update.h"

#include <stddef.h>

#define META(name, namespace) "metadata: {name: " name namespace "}\n"
#define IN(namespace) ", namespace: " namespace
#define LABELLED(labels)                         \
	"template: {metadata: {labels: {" labels \
	"}}, spec: {containers: [{name: app}]}}"
#define CONTROLLER(group, kind, name, namespace, labels)                     \
	"apiVersion: " group "\nkind: " kind                                 \
	"\n" META(name, namespace) "spec: {selector: {matchLabels: {" labels \
				   "}}, " LABELLED(labels) "}\n---\n"
#define DEPLOYMENT(name, namespace, labels) \
	CONTROLLER("apps/v1", "Deployment", name, namespace, labels)
#define SERVICE(name, namespace, selector)      \
	"apiVersion: v1\nkind: Service\n" META( \
	    name, namespace) "spec: {selector: {" selector "}}\n---\n"
#define PDB(name, version, selector)                                        \
	"apiVersion: policy/" version "\nkind: PodDisruptionBudget\n" META( \
	    name, "") "spec: {" selector "}\n---\n"
#define POLICY(name, selector)                                          \
	"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n" META( \
	    name, "") "spec: {" selector "}\n---\n"

/* The tri of two namespaces, each written or "", under that of the release. */
static enum tri compare(const char *release, const char *a, const char *b)
{
	struct release whole = {.namespace = release};
	struct manifest left = {.namespace = a}, right = {.namespace = b};

	cr_assert_eq(namespaces_equal(&whole, &left, &right),
	    namespaces_equal(&whole, &right, &left));
	return namespaces_equal(&whole, &left, &right);
}

Test(fact_relate, namespaces_are_told_three_valued)
{
	cr_assert_eq(compare(NULL, "a", "a"), TRI_YES);
	cr_assert_eq(compare(NULL, "a", "b"), TRI_NO);
	cr_assert_eq(compare(NULL, "", ""), TRI_YES);
	cr_assert_eq(compare(NULL, "", "a"), TRI_UNKNOWN);
	cr_assert_eq(compare("a", "", ""), TRI_YES);
	cr_assert_eq(compare("a", "", "a"), TRI_YES);
	cr_assert_eq(compare("a", "", "b"), TRI_NO);
	cr_assert_eq(compare("a", "b", "b"), TRI_YES);
}

Test(fact_relate, the_namespace_of_the_release_is_for_who_gives_none)
{
	struct test_release test;
	const struct workload *a, *b;

	test_release_init(&test,
	    DEPLOYMENT("a", "", "x: y") DEPLOYMENT("b", IN("n"), "z: y"), "r");
	a = test_workload(&test, "a");
	b = test_workload(&test, "b");
	cr_assert_str_eq(manifest_namespace(test.release, a->manifest), "r");
	cr_assert_str_eq(manifest_namespace(test.release, b->manifest), "n");
	cr_assert_str_eq(fact_workload_namespace(test.release, a).text, "r");
	test_release_free(&test);
}

/* The workloads of the first Service, and the Services of workload "web". */
static void expect_service(const char *yaml, const char *namespace,
    const char *workloads, const char *services)
{
	struct test_release test;
	const struct service *service;

	test_release_init(&test, yaml, namespace);
	service = test.release->lists[ENTITY_service].items[0];
	test_expect_list(ENTITY_workload,
	    fact_service_workloads(test.release, service), workloads);
	test_expect_list(ENTITY_service,
	    fact_workload_services(test.release, test_workload(&test, "web")),
	    services);
	test_release_free(&test);
}

Test(fact_relate, services_select_pods_by_their_template)
{
	expect_service(SERVICE("s", "", "app: web")
			   DEPLOYMENT("web", "", "app: web, tier: a")
			       DEPLOYMENT("api", "", "app: api"),
	    NULL, "web", "s");
	/* In whatever order of the stream. */
	expect_service(DEPLOYMENT("web", "", "app: web") SERVICE(
			   "s", "", "app: web") SERVICE("t", "", "app: web"),
	    NULL, "web", "s t");
	expect_service(SERVICE("s", "", "app: web") DEPLOYMENT("b", "",
			   "app: web") DEPLOYMENT("web", "", "app: web"),
	    NULL, "b web", "s");
	expect_service(SERVICE("s", "", "") DEPLOYMENT("web", "", "app: web"),
	    NULL, "", "");
}

/* What controllers add at run time is in no template to be looked up. */
Test(fact_relate, labels_added_at_run_time_select_too)
{
	expect_service(
	    SERVICE("s", "", "app: web, rollouts-pod-template-hash: abc")
		DEPLOYMENT("web", "", "app: web") DEPLOYMENT("b", "", "app: b"),
	    NULL, "web", "s");
	expect_service(SERVICE("s", "", "pod-template-hash: abc")
			   DEPLOYMENT("web", "", "app: web"),
	    NULL, "web", "s");
}

/* Labels of the object itself are not those of its pods. */
Test(fact_relate, labels_of_the_object_do_not_count)
{
	expect_service(
	    SERVICE("s", "",
		"app: web") "apiVersion: apps/v1\nkind: Deployment\n"
			    "metadata: {name: web, labels: {app: web}}\n"
			    "spec: {" LABELLED("tier: a") "}\n",
	    NULL, "", "");
}

Test(fact_relate, an_external_name_selects_nothing)
{
	expect_service("apiVersion: v1\nkind: Service\nmetadata: {name: s}\n"
		       "spec: {type: ExternalName, selector: {app: "
		       "web}}\n---\n" DEPLOYMENT("web", "", "app: web"),
	    NULL, "", "");
}

Test(fact_relate, services_select_in_their_namespace)
{
	expect_service(SERVICE("s", IN("a"), "app: web")
			   DEPLOYMENT("web", IN("a"), "app: web"),
	    NULL, "web", "s");
	expect_service(SERVICE("s", IN("a"), "app: web")
			   DEPLOYMENT("web", IN("b"), "app: web"),
	    NULL, "", "");
	expect_service(SERVICE("s", IN("a"), "app: web")
			   DEPLOYMENT("web", "", "app: web"),
	    NULL, "unknown", "unknown");
	expect_service(SERVICE("s", "", "app: web")
			   DEPLOYMENT("web", IN("a"), "app: web"),
	    "a", "web", "s");
	expect_service(SERVICE("s", "", "app: web")
			   DEPLOYMENT("web", IN("a"), "app: web"),
	    "b", "", "");
}

/* One link that is sure makes the list known; the others are left out. */
Test(fact_relate, sure_links_outweigh_possible_ones)
{
	expect_service(SERVICE("s", "", "app: web") DEPLOYMENT("web", "",
			   "app: web") DEPLOYMENT("api", IN("a"), "app: web"),
	    NULL, "web", "s");
}

static void expect_pdb(const char *yaml, const char *workloads)
{
	struct test_release test;
	struct fact fact;

	test_release_init(&test, yaml, NULL);
	fact = fact_pdb_workloads(
	    test.release, test.release->lists[ENTITY_pdb].items[0]);
	test_expect_list(ENTITY_workload, fact, workloads);
	fact = fact_workload_pdbs(test.release, test_workload(&test, "web"));
	cr_assert_eq(fact.list->n, *workloads != '\0');
	test_release_free(&test);
}

#define WEB DEPLOYMENT("web", "", "app: web")

Test(fact_relate, pdbs)
{
	expect_pdb(
	    PDB("p", "v1", "selector: {matchLabels: {app: web}}") WEB, "web");
	expect_pdb(PDB("p", "v1", "selector: {matchLabels: {app: x}}") WEB, "");
	expect_pdb(PDB("p", "v1", "selector: {}") WEB, "web");
	expect_pdb(PDB("p", "v1", "") WEB, "");
	expect_pdb(PDB("p", "v1", "selector: null") WEB, "");
	/* An empty selector selected nothing before v1. */
	expect_pdb(PDB("p", "v1beta1", "selector: {}") WEB, "");
	expect_pdb(PDB("p", "v1beta1", "selector: {matchLabels: {}}") WEB, "");
	expect_pdb(PDB("p", "v1beta1", "selector: {matchLabels: {app: web}}")
		       WEB,
	    "web");
}

static void expect_policy(const char *yaml, const char *workloads)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	test_expect_list(ENTITY_workload,
	    fact_networkpolicy_workloads(test.release,
		test.release->lists[ENTITY_networkpolicy].items[0]),
	    workloads);
	test_expect_list(ENTITY_networkpolicy,
	    fact_workload_networkpolicies(
		test.release, test_workload(&test, "web")),
	    *workloads ? "n" : "");
	test_release_free(&test);
}

Test(fact_relate, networkpolicies)
{
	expect_policy(
	    POLICY("n", "podSelector: {matchLabels: {app: web}}") WEB, "web");
	expect_policy(
	    POLICY("n", "podSelector: {matchLabels: {app: x}}") WEB, "");
	expect_policy(POLICY("n", "podSelector: {}") WEB, "web");
	expect_policy(POLICY("n", "policyTypes: [Egress]") WEB, "web");
	expect_policy(POLICY("n", "podSelector: {matchExpressions: [{key: app, "
				  "operator: Bad}]}") WEB,
	    "");
}

/* Of another group the same kind is another kind. */
Test(fact_relate, kinds_are_told_by_their_group)
{
	struct test_release test;

	test_release_init(&test,
	    "apiVersion: serving.example.com/v1\nkind: Service\n"
	    "metadata: {name: s}\nspec: {selector: {app: web}}\n---\n"
	    "apiVersion: example.com/v1\nkind: NetworkPolicy\n"
	    "metadata: {name: n}\nspec: {podSelector: {}}\n---\n" WEB,
	    NULL);
	cr_assert_eq(test.release->lists[ENTITY_service].n, 0);
	cr_assert_eq(test.release->lists[ENTITY_networkpolicy].n, 0);
	cr_assert_eq(test.release->lists[ENTITY_manifest].n, 3);
	test_release_free(&test);
}

#define HPA(name, namespace, target)                                           \
	"apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n" META(    \
	    name, namespace) "spec: {maxReplicas: 9, scaleTargetRef: {" target \
			     "}}\n---\n"
#define KEDA(name, target)                                         \
	"apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\n" META( \
	    name, "") "spec: {scaleTargetRef: {" target "}}\n---\n"
#define TO(group, kind, name) \
	"apiVersion: " group ", kind: " kind ", name: " name

static void expect_targets(const char *yaml, const char *targets)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	test_expect_list(ENTITY_workload,
	    fact_autoscaler_targets(
		test.release, test.release->lists[ENTITY_autoscaler].items[0]),
	    targets);
	test_release_free(&test);
}

Test(fact_relate, autoscalers_target_by_group_kind_and_name)
{
	expect_targets(
	    HPA("h", "", TO("apps/v1", "Deployment", "web")) WEB, "web");
	/* The version does not matter. */
	expect_targets(
	    HPA("h", "", TO("apps/v1beta2", "Deployment", "web")) WEB, "web");
	expect_targets(
	    HPA("h", "", TO("extensions/v1beta1", "Deployment", "web")) WEB,
	    "");
	expect_targets(
	    HPA("h", "", TO("apps/v1", "StatefulSet", "web")) WEB, "");
	expect_targets(
	    HPA("h", "", TO("apps/v1", "Deployment", "api")) WEB, "");
	expect_targets(HPA("h", "", "kind: Deployment, name: web") WEB, "web");
	expect_targets(HPA("h", "", "") WEB, "");
	expect_targets(
	    HPA("h", "", TO("argoproj.io/v1alpha1", "Rollout", "web"))
		WEB CONTROLLER(
		    "argoproj.io/v1alpha1", "Rollout", "web", "", "app: x"),
	    "web");
}

Test(fact_relate, autoscalers_target_in_their_namespace)
{
	expect_targets(HPA("h", IN("a"), TO("apps/v1", "Deployment", "web"))
			   DEPLOYMENT("web", IN("b"), "app: web"),
	    "");
	expect_targets(HPA("h", IN("a"), TO("apps/v1", "Deployment", "web"))
			   WEB,
	    "unknown");
}

Test(fact_relate, a_scaled_object_targets_a_deployment_unless_told)
{
	expect_targets(KEDA("k", "name: web") WEB, "web");
	expect_targets(KEDA("k", "kind: StatefulSet, name: web") WEB, "");
}

static void expect_rivals(
    const char *yaml, const char *name, const char *rivals)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	test_expect_list(ENTITY_workload,
	    fact_workload_rivals(test.release, test_workload(&test, name)),
	    rivals);
	test_release_free(&test);
}

#define ROLLOUT(name, labels) \
	CONTROLLER("argoproj.io/v1alpha1", "Rollout", name, "", labels)

Test(fact_relate, the_later_of_two_has_the_earlier_as_its_rival)
{
	expect_rivals(WEB ROLLOUT("r", "app: web"), "r", "web");
	expect_rivals(WEB ROLLOUT("r", "app: web"), "web", "");
	expect_rivals(ROLLOUT("r", "app: web") WEB, "web", "r");
	expect_rivals(WEB DEPLOYMENT("b", "", "app: web")
			  DEPLOYMENT("c", "", "app: web"),
	    "c", "web b");
}

/* Eight are kept of each; what others claim in between changes nothing, nor
 * do claims on those that have eight. */
Test(fact_relate, of_many_rivals_the_first_eight_are_kept)
{
	static const char yaml[] = DEPLOYMENT("a", "", "app: web") DEPLOYMENT(
	    "b", "", "app: web") DEPLOYMENT("x", "", "app: x")
	    DEPLOYMENT("c", "", "app: web") DEPLOYMENT("d", "", "app: web")
		DEPLOYMENT("e", "", "app: web") DEPLOYMENT("y", "", "app: x")
		    DEPLOYMENT("f", "", "app: web")
			DEPLOYMENT("g", "", "app: web")
			    DEPLOYMENT("h", "", "app: web")
				DEPLOYMENT("i", "", "app: web")
				    DEPLOYMENT("j", "", "app: web")
					DEPLOYMENT("z", "", "app: x")
					    DEPLOYMENT("k", "", "app: web");

	expect_rivals(yaml, "a", "");
	expect_rivals(yaml, "h", "a b c d e f g");
	expect_rivals(yaml, "i", "a b c d e f g h");
	expect_rivals(yaml, "j", "a b c d e f g h");
	expect_rivals(yaml, "k", "a b c d e f g h");
	expect_rivals(yaml, "z", "x y");
}

/* One claim is enough: b selects the pods of web, but not the reverse. */
Test(fact_relate, a_claim_from_one_side_makes_rivals)
{
	expect_rivals(DEPLOYMENT("a", "", "app: web, tier: a") WEB, "web", "a");
	expect_rivals(WEB DEPLOYMENT("a", "", "app: web, tier: a"), "a", "web");
}

Test(fact_relate, no_rivals)
{
	expect_rivals(WEB DEPLOYMENT("a", "", "app: a"), "a", "");
	expect_rivals(WEB DEPLOYMENT("a", IN("n"), "app: web"), "a", "");
	expect_rivals(DEPLOYMENT("a", IN("m"), "app: web")
			  DEPLOYMENT("b", IN("n"), "app: web"),
	    "b", "");
	/* A Job's pods carry what it adds, and nothing claims them. */
	expect_rivals(WEB "apiVersion: batch/v1\nkind: Job\n"
			  "metadata: {name: j}\n"
			  "spec: {" LABELLED("app: web") "}\n",
	    "j", "");
	/* An empty selector is refused by the API, not a claim on all. */
	expect_rivals(WEB DEPLOYMENT("a", "", ""), "a", "");
}

#define REFERRING(name, ref, rest)                                       \
	"apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n" META(        \
	    name, "") "spec: {workloadRef: {apiVersion: apps/v1, kind: " \
		      "Deployment, name: " ref "}" rest "}\n---\n"

Test(fact_relate, a_rollout_takes_the_template_it_refers_to)
{
	struct test_release test;
	const struct workload *rollout, *web;

	test_release_init(&test,
	    REFERRING("r", "web", ", selector: {matchLabels: {app: web}}")
		WEB SERVICE("s", "", "app: web"),
	    NULL);
	rollout = test_workload(&test, "r");
	web = test_workload(&test, "web");
	cr_assert_eq(rollout->template_owner, web);
	cr_assert_eq(web->governor, rollout);
	cr_assert_eq(
	    fact_workload_containers(test.release, rollout).list->items[0],
	    web->containers);
	test_expect_list(
	    ENTITY_service, fact_workload_services(test.release, rollout), "s");
	test_expect_bool(
	    fact_workload_selector_matches(test.release, rollout), "true");
	/* They share pods because they are meant to. */
	test_expect_list(
	    ENTITY_workload, fact_workload_rivals(test.release, rollout), "");
	test_expect_list(
	    ENTITY_workload, fact_workload_rivals(test.release, web), "");
	test_release_free(&test);
}

Test(fact_relate, a_reference_out_of_the_stream)
{
	struct test_release test;
	const struct workload *rollout;

	test_release_init(&test,
	    REFERRING("r", "gone", ", selector: {matchLabels: {app: web}}") WEB,
	    NULL);
	rollout = test_workload(&test, "r");
	cr_assert_eq(rollout->template_owner, rollout);
	cr_assert_null(test_workload(&test, "web")->governor);
	test_expect_bool(
	    fact_workload_selector_matches(test.release, rollout), "unknown");
	test_release_free(&test);
}

/* Of the Deployments of that name the one in the Rollout's namespace. */
Test(fact_relate, a_reference_stays_in_its_namespace)
{
	struct test_release test;

	test_release_init(&test,
	    "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n"
	    "metadata: {name: r, namespace: b}\n"
	    "spec: {workloadRef: {name: web}}\n---\n" DEPLOYMENT(
		"web", IN("a"), "app: a") DEPLOYMENT("web", IN("b"), "app: b"),
	    NULL);
	cr_assert_str_eq(
	    test_workload(&test, "r")->template_owner->manifest->namespace,
	    "b");
	test_release_free(&test);
}

#define HOOK(name, events, more)                                  \
	"apiVersion: batch/v1\nkind: Job\nmetadata: {name: " name \
	", annotations: {helm.sh/hook: '" events "'" more "}}\n---\n"
#define DELETED(policy) ", helm.sh/hook-delete-policy: " policy
#define CONFIGMAP(name, namespace) \
	"apiVersion: v1\nkind: ConfigMap\n" META(name, namespace) "---\n"

/* Whether the last object has an earlier one of the same identity. */
static void expect_duplicate(
    const char *yaml, const char *namespace, bool expected)
{
	struct test_release test;
	const struct entity_list *list;
	const struct manifest *last;

	test_release_init(&test, yaml, namespace);
	list = &test.release->lists[ENTITY_manifest];
	last = list->items[list->n - 1];
	cr_assert_eq(
	    last->seldom->earlier ? true : false, expected, "%s", yaml);
	if (expected)
		cr_assert_eq(last->seldom->earlier, list->items[0]);
	test_release_free(&test);
}

Test(fact_relate, duplicates)
{
	expect_duplicate(CONFIGMAP("a", "") CONFIGMAP("a", ""), NULL, true);
	expect_duplicate(CONFIGMAP("a", "") CONFIGMAP("b", ""), NULL, false);
	expect_duplicate(
	    CONFIGMAP("a", IN("x")) CONFIGMAP("a", IN("x")), NULL, true);
	expect_duplicate(
	    CONFIGMAP("a", IN("x")) CONFIGMAP("a", IN("y")), NULL, false);
	expect_duplicate(
	    CONFIGMAP("a", "") CONFIGMAP("a", IN("x")), NULL, false);
	expect_duplicate(CONFIGMAP("a", "") CONFIGMAP("a", IN("x")), "x", true);
	expect_duplicate(
	    CONFIGMAP("a", "") CONFIGMAP("a", IN("x")), "y", false);
	expect_duplicate(CONFIGMAP("a", "") CONFIGMAP("a", "")
			     CONFIGMAP("a", ""),
	    NULL, true);
	expect_duplicate("apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n"
			 "---\n" CONFIGMAP("a", ""),
	    NULL, false);
	/* What has no namespace meets whatever its manifest says. */
	expect_duplicate(
	    "apiVersion: rbac.authorization.k8s.io/v1\n"
	    "kind: ClusterRole\n" META(
		"a", IN("x")) "---\n"
			      "apiVersion: rbac.authorization.k8s.io/v1\n"
			      "kind: ClusterRole\n" META("a", IN("y")),
	    NULL, true);
	/* A version is no part of the identity, a group is. */
	expect_duplicate(
	    PDB("a", "v1", "") PDB("a", "v1beta1", ""), NULL, true);
	expect_duplicate(
	    SERVICE("a", "",
		"x: y") "apiVersion: example.com/v1\nkind: Service\n" META("a",
		""),
	    NULL, false);
}

/* Names made by the cluster never clash. */
Test(fact_relate, what_has_no_name_is_no_duplicate)
{
	expect_duplicate(
	    "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: a-}\n"
	    "---\n"
	    "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: a-}\n",
	    NULL, false);
}

Test(fact_relate, hooks_of_different_events_do_not_meet)
{
	expect_duplicate(HOOK("a", "pre-install", "")
			     HOOK("a", "post-install", ""),
	    NULL, false);
	expect_duplicate(HOOK("a", "pre-install,pre-upgrade", "")
			     HOOK("a", "post-install", ""),
	    NULL, false);
	expect_duplicate(
	    HOOK("a", "pre-install, pre-upgrade", DELETED("hook-failed"))
		HOOK("a", "pre-upgrade", DELETED("hook-failed")),
	    NULL, true);
	/* By default Helm deletes the one before it creates the next. */
	expect_duplicate(HOOK("a", "pre-install", "")
			     HOOK("a", "pre-install", ""),
	    NULL, false);
	expect_duplicate(HOOK("a", "pre-install", "") HOOK("a", "pre-install",
			     DELETED("before-hook-creation")),
	    NULL, false);
}

/* Helm trims the words and does not mind their case; one that it does not know
 * does nothing, and among the events it leaves the whole hook out. */
Test(fact_relate, hooks_as_helm_reads_them)
{
	expect_duplicate(
	    HOOK("a", "Pre-Install", DELETED("Before-Hook-Creation"))
		HOOK("a", "pre-install", DELETED("' BEFORE-hook-creation '")),
	    NULL, false);
	expect_duplicate(HOOK("a", "pre-install", DELETED("Hook-Succeeded"))
			     HOOK("a", "pre-install", ""),
	    NULL, false);
	expect_duplicate(HOOK("a", "Pre-Install", DELETED("hook-failed"))
			     HOOK("a", " pre-install", DELETED("hook-failed")),
	    NULL, true);
	expect_duplicate(
	    HOOK("a", "pre-install", DELETED("not-before-hook-creation"))
		HOOK("a", "pre-install", DELETED("not-before-hook-creation")),
	    NULL, true);
	expect_duplicate(HOOK("a", "pre-install", DELETED("''"))
			     HOOK("a", "pre-install", DELETED("''")),
	    NULL, true);
	expect_duplicate(HOOK("a", "pre-install,x", DELETED("hook-failed"))
			     HOOK("a", "pre-install", DELETED("hook-failed")),
	    NULL, false);
	/* A policy without a hook is none. */
	expect_duplicate(
	    "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\n"
	    "---\napiVersion: batch/v1\nkind: Job\nmetadata: "
	    "{name: a, annotations: {helm.sh/hook-delete-policy: "
	    "hook-succeeded}}\n",
	    NULL, true);
}

/* Whether the third of three objects has an earlier one, and which. */
static void expect_third(const char *yaml, size_t earlier)
{
	struct test_release test;
	const struct entity_list *list;
	const struct manifest *third;

	test_release_init(&test, yaml, NULL);
	list = &test.release->lists[ENTITY_manifest];
	third = list->items[2];
	cr_assert_eq(third->seldom->earlier, list->items[earlier]);
	test_release_free(&test);
}

/* That the first meets neither does not keep the others from meeting. */
Test(fact_relate, duplicates_behind_an_object_that_meets_nobody)
{
	expect_third(HOOK("a", "pre-install", DELETED("hook-failed"))
			 HOOK("a", "pre-upgrade", DELETED("hook-failed"))
			     HOOK("a", "pre-upgrade", DELETED("hook-failed")),
	    1);
	expect_third(HOOK("a", "pre-install", DELETED("hook-succeeded"))
			 HOOK("a", "post-install", DELETED("hook-failed"))
			     HOOK("a", "post-install", DELETED("hook-failed")),
	    1);
}

Test(fact_relate, a_hook_that_is_deleted_meets_nobody)
{
	expect_duplicate(HOOK("a", "pre-install", DELETED("hook-succeeded"))
			     HOOK("a", "pre-install", ""),
	    NULL, false);
	expect_duplicate(HOOK("a", "pre-install", "") HOOK("a", "pre-install",
			     DELETED("'before-hook-creation,hook-succeeded'")),
	    NULL, false);
	expect_duplicate(
	    HOOK("a", "pre-install",
		DELETED("before-hook-creation")) "apiVersion: batch/v1\nkind: "
						 "Job\nmetadata: {name: a}\n",
	    NULL, true);
}

/* What several workers collected is one release, in the order of the stream. */
Test(fact_relate, workers_are_merged_in_order)
{
	struct settings settings;
	struct test_release tests[2] = {0};
	struct facts *facts[] = {&tests[0].facts, &tests[1].facts};
	static const struct profile profile;
	struct release *release;
	static const char *const names[] = {"a", "b", "c", "d"};

	test_settings_init(&settings);
	for (int i = 0; i < 2; i++)
		facts_init(facts[i], &settings);
	test_collect(&tests[0],
	    CONFIGMAP("a", "") "null\n---\n" DEPLOYMENT("c", "", "app: c"));
	test_collect(&tests[1], "null\n---\n" SERVICE("b", "",
				    "app: c") "null\n---\n" CONFIGMAP("d", ""));
	release = release_new(
	    facts, 2, &settings, &profile, NULL, NULL, test_origins);
	cr_assert_eq(release->lists[ENTITY_manifest].n, COUNT_OF(names));
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct manifest *manifest =
		    release->lists[ENTITY_manifest].items[i];

		cr_assert_str_eq(manifest->name, names[i]);
	}
	test_expect_list(ENTITY_workload,
	    fact_service_workloads(
		release, release->lists[ENTITY_service].items[0]),
	    "c");
	release_free(release);
	for (int i = 0; i < 2; i++)
		facts_release(facts[i]);
	settings_release(&settings);
}

/* The manifests that items are, or begin with, are n0, n1 ... */
static void expect_in_order(
    const struct entity_list *list, size_t n, bool is_manifest)
{
	struct buf name = {0};

	cr_assert_eq(list->n, n);
	for (size_t i = 0; i < n; i++) {
		const struct key_set *set = list->items[i];
		const struct manifest *manifest =
		    is_manifest ? list->items[i] : set->manifest;

		buf_clear(&name);
		buf_printf(&name, "n%zu", i);
		cr_assert_str_eq(manifest->name, buf_text(&name));
	}
	buf_release(&name);
}

/* Documents in a row, one more each time, are another worker's. */
Test(fact_relate, long_runs_are_merged_in_order)
{
	enum { WORKERS = 3, N = 200 };
	struct settings settings;
	struct test_release tests[WORKERS] = {0};
	struct facts *facts[WORKERS];
	struct buf texts[WORKERS] = {0};
	struct entity_list list;
	struct arena arena = {0};

	for (int i = 0, run = 0, left = 1; i < N; i++) {
		for (int j = 0; j < WORKERS; j++)
			buf_printf(&texts[j],
			    run % WORKERS == j
				? "apiVersion: v1\nkind: Secret\n"
				  "metadata: {name: n%d}\n"
				  "stringData: {a: b}\n---\n"
				: "null # %d\n---\n",
			    i);
		if (!--left)
			left = ++run + 1;
	}
	test_settings_init(&settings);
	for (int i = 0; i < WORKERS; i++) {
		facts[i] = &tests[i].facts;
		facts_init(facts[i], &settings);
		test_collect(&tests[i], buf_text(&texts[i]));
	}
	list = facts_merge(&arena, facts, WORKERS, ENTITY_manifest);
	expect_in_order(&list, N, true);
	list = facts_in_order(
	    &arena, facts, WORKERS, offsetof(struct facts, key_sets));
	expect_in_order(&list, N, false);
	arena_release(&arena);
	for (int i = 0; i < WORKERS; i++) {
		facts_release(facts[i]);
		buf_release(&texts[i]);
	}
	settings_release(&settings);
}

Test(fact_relate, an_empty_release)
{
	struct test_release test;

	test_release_init(&test, "", NULL);
	cr_assert_eq(test.release->lists[ENTITY_manifest].n, 0);
	cr_assert_eq(
	    fact_release_main(test.release, test.release).state, FACT_ABSENT);
	test_release_free(&test);
	release_free(NULL);
}
