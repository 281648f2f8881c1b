/* What is made of a document's objects: each kind's entities, defaults, and
 * what is said of documents that hold none. */
#include "fact/pod/pod.h"
#include "fact/scale/scale.h"
#include "fact/service/service.h"
#include "fact/test_release.h"

/* The objects as KIND/NAME, one after the other. */
static void expect_objects(const char *yaml, const char *expected)
{
	struct test_release test;
	struct buf got = {0};

	test_release_init(&test, yaml, NULL);
	for (size_t i = 0; i < test.release->lists[ENTITY_manifest].n; i++) {
		const struct manifest *manifest =
		    test.release->lists[ENTITY_manifest].items[i];

		buf_printf(&got, "%s%s/%s", i ? " " : "", manifest->kind,
		    manifest->name);
	}
	cr_assert_str_eq(buf_text(&got), expected);
	cr_assert_eq(test.findings.n, 0);
	buf_release(&got);
	test_release_free(&test);
}

#define MAP(name) \
	"{apiVersion: v1, kind: ConfigMap, metadata: {name: " name "}}"
#define LIST(kind, items) "{apiVersion: v1, kind: " kind ", items: [" items "]}"

Test(fact_collect, documents_and_what_holds_several)
{
	expect_objects(MAP("a") "\n---\n" MAP("b"), "ConfigMap/a ConfigMap/b");
	expect_objects(
	    LIST("List", MAP("a") "," MAP("b")), "ConfigMap/a ConfigMap/b");
	expect_objects(LIST("ConfigMapList", MAP("a")), "ConfigMap/a");
	expect_objects(LIST("List", LIST("List", MAP("a")) "," MAP("b")),
	    "ConfigMap/a ConfigMap/b");
	expect_objects(
	    "[" MAP("a") "," MAP("b") "]", "ConfigMap/a ConfigMap/b");
	expect_objects(LIST("List", ""), "");
	expect_objects("null\n---\n---\n# nothing\n", "");
	/* Items of a typed list may leave their type out, or give it. */
	expect_objects(LIST("ConfigMapList",
			   "{metadata: {name: a}}, {apiVersion: v1, kind: "
			   "Secret, metadata: {name: b}}"),
	    "ConfigMap/a Secret/b");
	/* Other objects may have items of their own. */
	expect_objects("{apiVersion: x/v1, kind: Menu, metadata: {name: m}, "
		       "items: [" MAP("a") "]}",
	    "Menu/m");
}

/* The only finding: its text, and the line and column it is at. */
static void expect_no_object(
    const char *yaml, uint32_t line, uint32_t col, const char *text)
{
	struct test_release test;
	const struct finding *finding;

	test_release_init(&test, yaml, NULL);
	cr_assert_eq(test.release->lists[ENTITY_manifest].n, 0);
	cr_assert_eq(test.findings.n, 1, "%s", yaml);
	finding = &test.findings.items[0];
	cr_assert_str_eq(finding->kind->id, "not-an-object");
	cr_assert_str_eq(finding->text, text);
	cr_assert_eq(finding->place.span.line, line);
	cr_assert_eq(finding->place.span.col, col);
	test_release_free(&test);
}

Test(fact_collect, what_is_no_object_is_said)
{
	expect_no_object("text", 1, 1,
	    "this document is plain text, not a Kubernetes object");
	expect_no_object(
	    "[]", 1, 1, "this document is a list, not a Kubernetes object");
	expect_no_object(
	    "\n- [a]", 2, 3, "this item is a list, not a Kubernetes object");
	expect_no_object("a: b", 1, 1,
	    "this document has no apiVersion and kind, so it is not a "
	    "Kubernetes object");
	expect_no_object("kind: Pod", 1, 1,
	    "this document has no apiVersion, so it is not a Kubernetes "
	    "object");
	expect_no_object("apiVersion: v1", 1, 1,
	    "this document has no kind, so it is not a Kubernetes object");
	expect_no_object("apiVersion: v1\nkind: null", 1, 1,
	    "this document has no kind, so it is not a Kubernetes object");
	expect_no_object("apiVersion: v1\nkind: [Pod]", 1, 1,
	    "this document has no kind that is text, so it is not a Kubernetes "
	    "object");
	expect_no_object("apiVersion: {a: b}\nkind: Pod", 1, 1,
	    "this document has no apiVersion that is text, so it is not a "
	    "Kubernetes object");
	expect_no_object("apiVersion: ''\nkind: [Pod]", 1, 1,
	    "this document has no apiVersion and kind, so it is not a "
	    "Kubernetes object");
	expect_no_object(LIST("List", "text"), 1, 38,
	    "this item is plain text, not a Kubernetes object");
	expect_no_object(LIST("List", "null"), 1, 38,
	    "this item is empty, not a Kubernetes object");
	expect_no_object(LIST("List", "{metadata: {name: a}}"), 1, 38,
	    "this item has no apiVersion and kind, so it is not a Kubernetes "
	    "object");
}

#define DEPLOYMENT(name)                                                     \
	"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " name \
	"}\nspec: {selector: {matchLabels: {app: " name                      \
	"}}, template: {metadata: {labels: {app: " name                      \
	"}}, spec: {containers: [{name: " name ", image: 'i:1'}]}}}\n"

/* Only what has something of the sort has room for it. */
Test(fact_collect, what_few_have_is_shared_by_the_others)
{
	struct test_release test;
	const struct workload *plain;

	test_release_init(&test,
	    DEPLOYMENT("plain") "---\napiVersion: apps/v1\nkind: Deployment\n"
				"metadata: {name: hook, annotations: "
				"{helm.sh/hook: pre-install}}\n"
				"spec: {template: {spec: {hostNetwork: true, "
				"containers: [{name: hook, ports: "
				"[{containerPort: 80}], envFrom: "
				"[{configMapRef: {name: c}}]}]}}}\n",
	    NULL);
	plain = test_workload(&test, "plain");
	cr_assert_eq(plain->manifest->seldom, &manifest_without_seldom);
	cr_assert_eq(plain->seldom, &workload_without_seldom);
	cr_assert_eq(plain->rollout, &workload_without_rollout);
	cr_assert_null(plain->across);
	cr_assert_eq(
	    test_container(&test, "plain")->seldom, &container_without_seldom);
	cr_assert_neq(test_workload(&test, "hook")->manifest->seldom,
	    &manifest_without_seldom);
	cr_assert_str_eq(
	    test_workload(&test, "hook")->seldom->host_port.text, "80");
	cr_assert_eq(test_container(&test, "hook")->seldom->nenv_sources, 1);
	test_release_free(&test);
}

Test(fact_collect, who_an_object_is)
{
	struct test_release test;
	const struct manifest *pod;

	test_release_init(&test,
	    "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n---\n"
	    "apiVersion: example.com/v1beta1\nkind: Thing\n"
	    "metadata:\n  name: t\n  namespace: n\n  annotations:\n"
	    "    helm.sh/hook: pre-install\n"
	    "    helm.sh/hook-delete-policy: hook-failed\n"
	    "    postrenderer.helm.sh/postrender-filename: chart/t.yaml\n",
	    NULL);
	pod = test_entity(&test, ENTITY_manifest, "s");
	cr_assert_str_eq(pod->group, "");
	cr_assert_str_eq(pod->version, "v1");
	cr_assert_str_eq(pod->namespace, "");
	cr_assert_str_eq(pod->source, "");
	cr_assert_not(pod->seldom->helm_hook.given);
	cr_assert_eq(pod->order, 0);
	pod = test_entity(&test, ENTITY_manifest, "t");
	cr_assert_str_eq(pod->group, "example.com");
	cr_assert_str_eq(pod->version, "v1beta1");
	cr_assert_str_eq(pod->namespace, "n");
	cr_assert(pod->seldom->helm_hook.given);
	cr_assert_eq(pod->seldom->helm_hook.events, EVENT_PRE_INSTALL);
	cr_assert_eq(pod->seldom->helm_hook.removals, REMOVED_ON_FAILURE);
	cr_assert_str_eq(pod->source, "chart/t.yaml");
	cr_assert_eq(pod->order, 1);
	test_release_free(&test);
}

/* A NUL would cut a text short for C. */
Test(fact_collect, a_nul_becomes_a_replacement_character)
{
	struct test_release test;
	const struct manifest *manifest;

	test_release_init(&test,
	    "apiVersion: v1\nkind: Secret\nmetadata: {name: \"a\\0b\"}\n",
	    NULL);
	manifest = test.release->lists[ENTITY_manifest].items[0];
	cr_assert_str_eq(manifest->name, "a\xEF\xBF\xBD"
					 "b");
	test_release_free(&test);
}

Test(fact_collect, each_text_is_kept_once)
{
	struct facts facts;
	const char *a;

	facts_init(&facts, NULL);
	a = facts_text(&facts, SLICE("abc"));
	cr_assert_eq(a, facts_text(&facts, (struct slice){"abcd", 3}));
	cr_assert_str_eq(a, "abc");
	cr_assert_neq(a, facts_text(&facts, SLICE("ab")));
	cr_assert_str_eq(facts_text(&facts, (struct slice){0}), "");
	facts_release(&facts);
}

/* Texts stay where they are. */
Test(fact_collect, what_only_collecting_needs_is_given_back)
{
	struct facts facts;
	const char *kept;

	facts_init(&facts, NULL);
	kept = facts_text(&facts, SLICE("abc"));
	arena_alloc(&facts.waiting_texts, 1);
	arena_alloc(&facts.linking, 1);
	vector_add(&facts.waiting, &facts);
	facts_close(&facts);
	cr_assert_eq(facts.texts.nslots, 0);
	cr_assert_eq(facts.waiting_texts.total, 0);
	cr_assert_eq(facts.waiting.n, 0);
	cr_assert_neq(facts.linking.total, 0);
	facts_forget_links(&facts);
	cr_assert_eq(facts.linking.total, 0);
	cr_assert_str_eq(kept, "abc");
	facts_release(&facts);
}

#define POD "spec: {containers: [{name: app}]}"
#define WORKLOAD(version, kind, spec)                                    \
	"apiVersion: " version "\nkind: " kind "\nmetadata: {name: x}\n" \
	"spec: {" spec "}\n"

static size_t count(const char *yaml, enum entity_kind kind)
{
	struct test_release test;
	size_t n;

	test_release_init(&test, yaml, NULL);
	n = test.release->lists[kind].n;
	test_release_free(&test);
	return n;
}

/* Every kind of pod template, and one container found in each. */
Test(fact_collect, workloads_are_what_has_a_pod_template)
{
	static const char *const workloads[] = {
	    WORKLOAD("apps/v1", "Deployment", "template: {" POD "}"),
	    WORKLOAD("apps/v1", "StatefulSet", "template: {" POD "}"),
	    WORKLOAD("apps/v1", "DaemonSet", "template: {" POD "}"),
	    WORKLOAD("apps/v1", "ReplicaSet", "template: {" POD "}"),
	    WORKLOAD("argoproj.io/v1alpha1", "Rollout", "template: {" POD "}"),
	    WORKLOAD("batch/v1", "Job", "template: {" POD "}"),
	    WORKLOAD("batch/v1", "CronJob",
		"jobTemplate: {spec: {template: {" POD "}}}"),
	    WORKLOAD("v1", "Pod", "containers: [{name: app}]"),
	    WORKLOAD("v1", "ReplicationController", "template: {" POD "}"),
	    WORKLOAD("apps.openshift.io/v1", "DeploymentConfig",
		"template: {" POD "}"),
	    WORKLOAD(
		"apps.kruise.io/v1alpha1", "CloneSet", "template: {" POD "}"),
	    WORKLOAD("example.com/v1", "Machine", "template: {" POD "}"),
	};

	for (size_t i = 0; i < COUNT_OF(workloads); i++) {
		cr_assert_eq(count(workloads[i], ENTITY_workload), 1, "%s",
		    workloads[i]);
		cr_assert_eq(count(workloads[i], ENTITY_container), 1, "%s",
		    workloads[i]);
	}
}

Test(fact_collect, other_objects_are_no_workloads)
{
	cr_assert_eq(count(WORKLOAD("x/v1", "T", "template: {spec: {}}"),
			 ENTITY_workload),
	    0);
	cr_assert_eq(
	    count(WORKLOAD("x/v1", "T", "template: {" POD "}"), ENTITY_service),
	    0);
	cr_assert_eq(count(MAP("a"), ENTITY_workload), 0);
	/* Knative's own proxy serves and drains for the container. */
	cr_assert_eq(count(WORKLOAD("serving.knative.dev/v1", "Service",
			       "template: {" POD "}"),
			 ENTITY_workload),
	    0);
	/* A Pod of another group may be anything. */
	cr_assert_eq(count(WORKLOAD("x/v1", "Pod", "containers: [{name: a}]"),
			 ENTITY_workload),
	    0);
}

/* Of initContainers only those that stay. */
Test(fact_collect, containers_are_regular_ones_and_native_sidecars)
{
	struct test_release test;
	const struct workload *workload;

	test_release_init(&test,
	    WORKLOAD("apps/v1", "Deployment",
		"template: {spec: {initContainers: [{name: setup}, "
		"{name: proxy, restartPolicy: Always, image: p:1}], "
		"containers: [{name: app}, {name: logs}]}}"),
	    NULL);
	workload = test_workload(&test, "x");
	cr_assert_eq(workload->ncontainers, 3);
	cr_assert_str_eq(workload->containers[0].name.text, "app");
	cr_assert_str_eq(workload->containers[1].name.text, "logs");
	cr_assert_eq(workload->containers[1].index, 1);
	cr_assert_not(workload->containers[1].is_init);
	cr_assert_str_eq(workload->containers[2].name.text, "proxy");
	cr_assert_str_eq(workload->containers[2].image.text, "p:1");
	cr_assert_eq(workload->containers[2].index, 1);
	cr_assert(workload->containers[2].is_init);
	test_release_free(&test);
}

#define APP(fields) \
	WORKLOAD("v1", "Pod", "containers: [{name: app, " fields "}]")

Test(fact_collect, probes_with_their_defaults)
{
	struct test_release test;
	const struct container *app;

	test_release_init(
	    &test, APP("readinessProbe: {tcpSocket: {port: 80}}"), NULL);
	app = test_container(&test, "app");
	cr_assert_not_null(app->readiness);
	cr_assert_null(app->liveness);
	cr_assert_null(app->startup);
	cr_assert_str_eq(app->readiness->kind, "readiness");
	cr_assert_str_eq(app->readiness->handler.text, "tcpSocket");
	cr_assert_not(app->readiness->path.has_value);
	test_expect_int(app->readiness->initial_delay_seconds, 0);
	test_expect_int(app->readiness->period_seconds, 10);
	test_expect_int(app->readiness->timeout_seconds, 1);
	test_expect_int(app->readiness->success_threshold, 1);
	test_expect_int(app->readiness->failure_threshold, 3);
	cr_assert_eq(app->readiness->period_seconds.state, FACT_ABSENT);
	test_release_free(&test);
}

Test(fact_collect, probes_as_written)
{
	struct test_release test;
	const struct container *app;

	test_release_init(&test,
	    APP("livenessProbe: {exec: {command: [x]}}, "
		"startupProbe: {grpc: {port: 9}}, "
		"readinessProbe: {httpGet: {path: /ready, port: 80}, "
		"initialDelaySeconds: 2, periodSeconds: 3, timeoutSeconds: 4, "
		"successThreshold: 5, failureThreshold: 6}"),
	    NULL);
	app = test_container(&test, "app");
	cr_assert_str_eq(app->liveness->handler.text, "exec");
	cr_assert_str_eq(app->startup->handler.text, "grpc");
	cr_assert_str_eq(app->readiness->handler.text, "httpGet");
	cr_assert_str_eq(app->readiness->path.text, "/ready");
	test_expect_int(app->readiness->initial_delay_seconds, 2);
	test_expect_int(app->readiness->period_seconds, 3);
	test_expect_int(app->readiness->timeout_seconds, 4);
	test_expect_int(app->readiness->success_threshold, 5);
	test_expect_int(app->readiness->failure_threshold, 6);
	cr_assert_eq(app->readiness->period_seconds.state, FACT_KNOWN);
	test_release_free(&test);
}

/* A probe without a handler probes nothing. */
/* The names of fields, in their order and as they are written. */
Test(fact_collect, names_of_fields)
{
	struct test_release test;
	const struct text_list *names;

	test_release_init(&test, APP("lifecycle: null, 7: x"), NULL);
	names = test_container(&test, "app")->fields.texts;
	cr_assert_eq(names->n, 3);
	cr_assert_str_eq(names->items[0], "name");
	cr_assert_str_eq(names->items[1], "lifecycle");
	cr_assert_str_eq(names->items[2], "7");
	test_release_free(&test);
}

Test(fact_collect, no_probes)
{
	cr_assert_eq(count(APP("readinessProbe: {}"), ENTITY_probe), 0);
	cr_assert_eq(count(APP("readinessProbe: null"), ENTITY_probe), 0);
	cr_assert_eq(
	    count(APP("readinessProbe: {periodSeconds: 5}"), ENTITY_probe), 0);
	cr_assert_eq(
	    count(APP("readinessProbe: {httpGet: null}"), ENTITY_probe), 0);
	cr_assert_eq(count(APP("readinessProbe: {exec: {}}"), ENTITY_probe), 1);
}

static void expect_strategy(const char *yaml, const char *expected)
{
	struct test_release test;
	struct fact strategy;

	test_release_init(&test, yaml, NULL);
	strategy = test_workload(&test, "x")->strategy;
	cr_assert_str_eq(strategy.has_value ? strategy.text : "", expected);
	test_release_free(&test);
}

Test(fact_collect, strategies)
{
	expect_strategy(WORKLOAD("apps/v1", "Deployment", ""), "RollingUpdate");
	expect_strategy(
	    WORKLOAD("apps/v1", "Deployment", "strategy: {type: Recreate}"),
	    "Recreate");
	expect_strategy(WORKLOAD("apps/v1", "Deployment",
			    "strategy: {rollingUpdate: {maxSurge: 1}}"),
	    "RollingUpdate");
	expect_strategy(WORKLOAD("apps/v1", "StatefulSet",
			    "updateStrategy: {type: OnDelete}"),
	    "OnDelete");
	expect_strategy(WORKLOAD("argoproj.io/v1alpha1", "Rollout",
			    "strategy: {blueGreen: {activeService: a}}"),
	    "blueGreen");
	expect_strategy(WORKLOAD("argoproj.io/v1alpha1", "Rollout",
			    "strategy: {canary: {}}"),
	    "canary");
	expect_strategy(
	    WORKLOAD("argoproj.io/v1alpha1", "Rollout", "strategy: {}"), "");
	expect_strategy(WORKLOAD("batch/v1", "Job", ""), "");
	/* What the word means to these is their own business. */
	expect_strategy(WORKLOAD("apps.kruise.io/v1alpha1", "CloneSet",
			    "updateStrategy: {type: Recreate}"),
	    "");
	expect_strategy(WORKLOAD("example.com/v1", "Machine",
			    "strategy: {type: Recreate}, template: {spec: "
			    "{containers: [{name: c}]}}"),
	    "");
}

Test(fact_collect, replicas)
{
	struct test_release test;

	test_release_init(
	    &test, WORKLOAD("apps/v1", "DaemonSet", "replicas: 3"), NULL);
	cr_assert_not(test_workload(&test, "x")->replicas.has_value);
	test_release_free(&test);
	test_release_init(
	    &test, WORKLOAD("apps/v1", "Deployment", "replicas: '3'"), NULL);
	cr_assert_eq(test_workload(&test, "x")->replicas.state, FACT_UNKNOWN,
	    "a quoted number is none; who reads this cannot tell");
	test_release_free(&test);
}

Test(fact_collect, services_and_autoscalers_with_their_defaults)
{
	struct test_release test;
	const struct autoscaler *scaler;
	const struct service *service;

	test_release_init(&test,
	    "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n---\n"
	    "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n"
	    "metadata: {name: h}\n---\n"
	    "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\n"
	    "metadata: {name: k}\nspec: {scaleTargetRef: {name: web}}\n",
	    NULL);
	service = test_entity(&test, ENTITY_service, "s");
	cr_assert_str_eq(service->type.text, "ClusterIP");
	scaler = test_entity(&test, ENTITY_autoscaler, "h");
	test_expect_int(scaler->min_replicas, 1);
	cr_assert_not(scaler->max_replicas.has_value);
	scaler = test_entity(&test, ENTITY_autoscaler, "k");
	test_expect_int(scaler->min_replicas, 0);
	test_expect_int(scaler->max_replicas, 100);
	cr_assert_str_eq(scaler->target_kind.text, "Deployment");
	test_release_free(&test);
}

/* Manifests where everything is of another type than it should be. */
Test(fact_collect, nonsense_is_survived)
{
	static const char *const values[] = {
	    "text", "[]", "[a]", "{}", "null", "7", "[[x]]", "{a: {b: c}}"};
	static const char *const keys[] = {"metadata", "spec"};
	static const char *const kinds[] = {"apps/v1\nkind: Deployment",
	    "v1\nkind: Pod", "v1\nkind: Service", "v1\nkind: ConfigMap",
	    "batch/v1\nkind: CronJob", "policy/v1\nkind: PodDisruptionBudget",
	    "autoscaling/v2\nkind: HorizontalPodAutoscaler",
	    "networking.k8s.io/v1\nkind: NetworkPolicy",
	    "argoproj.io/v1alpha1\nkind: AnalysisTemplate",
	    "argoproj.io/v1alpha1\nkind: Rollout",
	    "keda.sh/v1alpha1\nkind: ScaledObject"};

	for (size_t i = 0; i < COUNT_OF(kinds) * COUNT_OF(values) * 2; i++) {
		struct buf yaml = {0};

		buf_printf(&yaml, "apiVersion: %s\n%s: %s\n",
		    kinds[i % COUNT_OF(kinds)],
		    keys[i / COUNT_OF(kinds) / COUNT_OF(values)],
		    values[i / COUNT_OF(kinds) % COUNT_OF(values)]);
		cr_assert_eq(count(buf_text(&yaml), ENTITY_manifest), 1);
		buf_release(&yaml);
	}
	cr_assert_eq(
	    count(APP("ports: x, env: [1], envFrom: [[]], lifecycle: 3, "
		      "readinessProbe: [], livenessProbe: {exec: 1}"),
		ENTITY_container),
	    1);
	cr_assert_eq(
	    count(WORKLOAD("v1", "Pod", "containers: [text, null, [], {}]"),
		ENTITY_container),
	    1);
}

/* A null is no value, but it is where one is to be written. */
Test(fact_collect, a_null_has_a_place)
{
	struct test_release test;
	const struct workload *workload;

	test_release_init(&test,
	    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n"
	    "spec:\n  replicas:\n  template: {}\n---\n"
	    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: b}\n"
	    "spec: {template: {}}\n",
	    NULL);
	workload = test.release->lists[ENTITY_workload].items[0];
	cr_assert_eq(workload->replicas.state, FACT_ABSENT);
	cr_assert_eq(workload->replicas.integer, 1);
	cr_assert_eq(workload->replicas.line, 5);
	cr_assert_eq(workload->replicas.col, 3);
	workload = test.release->lists[ENTITY_workload].items[1];
	cr_assert_eq(workload->replicas.line, 0);
	test_release_free(&test);
}
