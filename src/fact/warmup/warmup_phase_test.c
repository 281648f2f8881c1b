/* When warmups run, and what hooks need that comes too late. */
#include "fact/warmup/warmup.h"

#include "fact/test_release.h"

#define POD "{template: {spec: {containers: [{name: main}]}}}"
#define OBJECT(group, kind, name, notes)                                     \
	"---\napiVersion: " group "\nkind: " kind "\nmetadata: {name: " name \
	", annotations: {" notes "}}\n"
#define JOB(notes) OBJECT("batch/v1", "Job", "warmup", notes) "spec: " POD "\n"
#define WEB(notes) \
	OBJECT("apps/v1", "Deployment", "web", notes) "spec: " POD "\n"
#define HELM(events) "helm.sh/hook: '" events "'"
#define ARGO(phase) "argocd.argoproj.io/hook: '" phase "'"
#define WAVE(wave) "argocd.argoproj.io/sync-wave: '" wave "'"

static const char *spell(struct fact fact)
{
	return fact.state == FACT_UNKNOWN ? "unknown" : fact.text;
}

/* When the first warmup runs on install and on an upgrade. */
static void expect(const char *yaml, const char *install, const char *upgrade)
{
	struct test_release test;
	const struct warmup *warmup;

	test_release_init(&test, yaml, NULL);
	cr_assert_gt(test.release->lists[ENTITY_warmup].n, 0);
	warmup = test.release->lists[ENTITY_warmup].items[0];
	cr_assert_str_eq(
	    spell(fact_warmup_on_install(test.release, warmup)), install);
	cr_assert_str_eq(
	    spell(fact_warmup_on_upgrade(test.release, warmup)), upgrade);
	test_release_free(&test);
}

Test(fact_order, helm_hooks_by_their_events)
{
	expect(
	    JOB(HELM("pre-install,pre-upgrade")) WEB(""), "before", "before");
	expect(
	    JOB(HELM(" pre-upgrade ,post-install")) WEB(""), "after", "before");
	expect(JOB(HELM("pre-install")) WEB(""), "before", "never");
	expect(
	    JOB(HELM("post-upgrade,post-rollback")) WEB(""), "never", "after");
	/* The earlier of two; what is no event of Helm's. */
	expect(
	    JOB(HELM("post-install,pre-install")) WEB(""), "before", "never");
	expect(JOB(HELM("pre-installation")) WEB(""), "never", "never");
	/* Helm does not mind the case. */
	expect(
	    JOB(HELM("Pre-Install,PRE-upgrade")) WEB(""), "before", "before");
	/* One event that Helm does not know, and it leaves the hook out. */
	expect(JOB(HELM("pre-install,pre-upgrade,crd-install")) WEB(""),
	    "never", "never");
	expect(JOB(HELM("pre-install,pre-upgrade,")) WEB(""), "never", "never");
	expect(JOB(HELM("")) WEB(""), "never", "never");
	/* Whatever there is to be warmed. */
	expect(JOB(HELM("pre-install,post-upgrade")), "before", "after");
}

Test(fact_order, hooks_and_waves_of_argo_cd)
{
	expect(JOB(ARGO("PreSync")) WEB(""), "before", "before");
	expect(JOB(ARGO("PostSync")) WEB(""), "after", "after");
	expect(JOB(ARGO("PostSync,PreSync")) WEB(""), "before", "before");
	expect(JOB(ARGO("Sync")) WEB(""), "beside", "beside");
	expect(JOB(ARGO("Skip")) WEB(""), "never", "never");
	/* Argo CD passes over what it does not know, in another case, too. */
	expect(JOB(ARGO("presync")) WEB(""), "never", "never");
	expect(JOB(ARGO("Skip, PreSync ,x")) WEB(""), "before", "before");
	expect(JOB(WAVE("-1")) WEB(""), "before", "before");
	expect(JOB("") WEB(WAVE("1")), "before", "before");
	expect(JOB(WAVE("2")) WEB(WAVE("10")), "before", "before");
	expect(JOB(WAVE("3")) WEB(WAVE("3")), "beside", "beside");
	expect(JOB(WAVE("3")) WEB(""), "after", "after");
	expect(JOB(ARGO("Sync") ", " WAVE("-5")) WEB(""), "before", "before");
	/* No number counts as 0, in either place. */
	expect(JOB(WAVE("first")) WEB(WAVE("1")), "before", "before");
	expect(JOB("argocd.argoproj.io/sync-wave: -1") WEB(""), "beside",
	    "beside");
}

Test(fact_order, hooks_of_both_tools)
{
	/* The later one counts: the warmup must be in time with either. */
	expect(JOB(HELM("pre-install,pre-upgrade") ", " ARGO("PostSync"))
		   WEB(""),
	    "after", "after");
	expect(JOB(HELM("pre-install,post-upgrade") ", " ARGO("PreSync"))
		   WEB(""),
	    "before", "after");
	/* Without an event of its own Argo CD goes by Helm's. */
	expect(JOB(HELM("pre-install,pre-upgrade") ", " ARGO("presync"))
		   WEB(""),
	    "before", "before");
	/* What Helm leaves out, Argo CD may run. */
	expect(JOB(HELM("pre-install,pre-upgrade,x")) WEB(WAVE("1")), "unknown",
	    "unknown");
	/* Argo CD runs either event on every sync: the event is unknown. */
	expect(JOB(HELM("pre-install")) WEB(WAVE("1")), "unknown", "unknown");
	expect(JOB(HELM("pre-install,pre-upgrade")) WEB(WAVE("1")), "before",
	    "before");
}

#define WAITING(command)                                                  \
	"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}" \
	"\nspec: {template: {spec: {initContainers: [{name: wait, "       \
	"command: [" command "]}], containers: [{name: main}]}}}\n"

Test(fact_order, ordinary_jobs)
{
	expect(JOB("") WEB(""), "beside", "beside");
	expect(JOB(""), "beside", "beside");
	expect(JOB(WAVE("1")) OBJECT("v1", "ConfigMap", "a", ""), "beside",
	    "beside");
	expect(
	    JOB("") WAITING("kubectl, wait, job/warmup"), "before", "before");
	expect(JOB("") WAITING("sh, -c, 'k8s-wait-for job \"warmup\"'"),
	    "before", "before");
	/* Another Job; a Service that has the Job's name. */
	expect(
	    JOB("") WAITING("kubectl, wait, job/warmup-2"), "beside", "beside");
	expect(JOB("") WAITING("curl, 'http://warmup/'"), "beside", "beside");
	/* By its labels, or by what a variable holds. */
	expect(JOB("") WAITING("kubectl, wait, --selector=a=b, jobs"),
	    "unknown", "unknown");
	expect(
	    JOB("") WAITING("k8s-wait-for, job, -la=b"), "unknown", "unknown");
	/* A program that is told of it, not what a script prints or notes. */
	expect(JOB("") WAITING("sh, -c, 'until nc -z db 1; do echo job warmup; "
			       "sleep 1; done'"),
	    "beside", "beside");
	expect(JOB("") WAITING("sh, -c, \"# for job warmup\\nnc -z db 1\""),
	    "beside", "beside");
	expect(JOB("")
		   WAITING("sh, -c, 'while ! kubectl wait job/warmup; do :; "
			   "done'"),
	    "before", "before");
	expect(JOB("") WAITING("sh, -c, 'kubectl wait job/$NAME'"), "unknown",
	    "unknown");
	expect(JOB("") WAITING("sh, -c, 'echo $NAME'"), "beside", "beside");
}

#define ROLLOUT(name, strategy)                                  \
	"---\napiVersion: argoproj.io/v1alpha1\nkind: Rollout\n" \
	"metadata: {" name "}\nspec: {strategy: {" strategy      \
	"}, template: {spec: {containers: [{name: main}]}}}\n"
#define TEMPLATE(kind, metadata)                                      \
	"---\napiVersion: argoproj.io/v1alpha1\nkind: " kind          \
	"\nmetadata: {name: t" metadata "}\nspec: {metrics: [{name: " \
	"warmup, provider: {job: {spec: " POD "}}}]}\n"
#define NAMED "{templates: [{templateName: t}]}"

Test(fact_order, analyses_by_their_place_in_the_rollout)
{
	const char *name = "never";

	expect(TEMPLATE("AnalysisTemplate", "") ROLLOUT(
		   "name: a", "canary: {steps: [{analysis: " NAMED "}]}"),
	    name, "before");
	expect(TEMPLATE("AnalysisTemplate", "")
		   ROLLOUT("name: a", "canary: {analysis: " NAMED "}"),
	    name, "beside");
	expect(TEMPLATE("AnalysisTemplate", "") ROLLOUT(
		   "name: a", "blueGreen: {prePromotionAnalysis: " NAMED "}"),
	    name, "before");
	expect(TEMPLATE("AnalysisTemplate", "") ROLLOUT(
		   "name: a", "blueGreen: {postPromotionAnalysis: " NAMED "}"),
	    name, "after");
	/* A weight before it, but 0, lets requests through. */
	expect(TEMPLATE("AnalysisTemplate", "") ROLLOUT("name: a",
		   "canary: {steps: [{setWeight: 5}, {analysis: " NAMED "}]}"),
	    name, "beside");
	expect(TEMPLATE("AnalysisTemplate", "") ROLLOUT("name: a",
		   "canary: {steps: [{setWeight: 0}, {analysis: " NAMED "}, "
		   "{setWeight: 5}, {analysis: " NAMED "}]}"),
	    name, "before");
	/* The first of several; one that nobody names, as far as is seen. */
	expect(TEMPLATE("AnalysisTemplate", "") ROLLOUT("name: a",
		   "canary: {analysis: " NAMED "}") ROLLOUT("name: b",
		   "blueGreen: {prePromotionAnalysis: " NAMED "}"),
	    name, "before");
	expect(TEMPLATE("AnalysisTemplate", "")
		   ROLLOUT("name: a", "canary: {steps: []}"),
	    "unknown", "unknown");
	/* Another kind of template; another namespace. */
	expect(TEMPLATE("ClusterAnalysisTemplate", "")
		   ROLLOUT("name: a", "canary: {analysis: " NAMED "}"),
	    "unknown", "unknown");
	expect(TEMPLATE("AnalysisTemplate", ", namespace: x") ROLLOUT(
		   "name: a, namespace: y", "canary: {analysis: " NAMED "}"),
	    "unknown", "unknown");
}

Test(fact_order, init_containers_come_first)
{
	expect("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n"
	       "spec: {template: {spec: {initContainers: [{name: warmup}], "
	       "containers: [{name: main}]}}}\n",
	    "before", "before");
}

#define NEEDING(notes)                                                 \
	OBJECT("batch/v1", "Job", "m", notes)                          \
	"spec: {template: {spec: {containers: [{name: main, envFrom: " \
	"[{configMapRef: {name: c}}]}]}}}\n"
#define MAP(name, notes) OBJECT("v1", "ConfigMap", name, notes)

/* Whether the first need is met too late, on install and on an upgrade. */
static void expect_late(const char *yaml, const char *namespace,
    const char *install, const char *upgrade)
{
	struct test_release test;
	const struct need *need;

	test_release_init(&test, yaml, namespace);
	cr_assert_eq(test.release->lists[ENTITY_need].n, 1);
	need = test.release->lists[ENTITY_need].items[0];
	test_expect_bool(
	    fact_need_late_on_install(test.release, need), install);
	test_expect_bool(
	    fact_need_late_on_upgrade(test.release, need), upgrade);
	test_release_free(&test);
}

#define BOTH HELM("pre-install,pre-upgrade")
#define WEIGHT(weight) ", helm.sh/hook-weight: '" weight "'"

Test(fact_order, needs_of_hooks)
{
	expect_late(NEEDING(BOTH) MAP("c", ""), NULL, "true", "true");
	expect_late(NEEDING(BOTH) MAP("d", ""), NULL, "false", "false");
	expect_late(
	    NEEDING(HELM("pre-upgrade")) MAP("c", ""), NULL, "false", "true");
	expect_late(
	    NEEDING(HELM("post-install")) MAP("c", ""), NULL, "false", "false");
	expect_late(NEEDING(HELM("test")) MAP("c", HELM("post-install")), NULL,
	    "false", "false");
	/* What only the install makes is there on an upgrade. */
	expect_late(NEEDING(BOTH) MAP("c", HELM("pre-install")), NULL, "false",
	    "false");
	expect_late(
	    NEEDING(BOTH) MAP("c", HELM("pre-upgrade")), NULL, "true", "false");
	expect_late(
	    NEEDING(BOTH) MAP("c", HELM("test")), NULL, "true", "false");
}

Test(fact_order, needs_by_weight_then_name)
{
	expect_late(NEEDING(BOTH WEIGHT("2")) MAP("c", BOTH WEIGHT("10")), NULL,
	    "true", "true");
	expect_late(NEEDING(BOTH WEIGHT("10")) MAP("c", BOTH WEIGHT("2")), NULL,
	    "false", "false");
	expect_late(
	    NEEDING(BOTH) MAP("c", BOTH WEIGHT("-1")), NULL, "false", "false");
	/* "c" is before "m"; a later name is only late by name. */
	expect_late(NEEDING(BOTH) MAP("c", BOTH), NULL, "false", "false");
	/* A wave that is no number counts as 0. */
	expect_late(NEEDING(BOTH WEIGHT("x")) MAP("c", BOTH WEIGHT("1")), NULL,
	    "true", "true");
	expect_late(NEEDING(WAVE("-1")) MAP("c", ""), NULL, "true", "true");
	expect_late(NEEDING(WAVE("1")) MAP("c", ""), NULL, "false", "false");
}

Test(fact_order, needs_of_ordinary_workloads)
{
	const char *sleeping = OBJECT("apps/v1", "Deployment", "m",
	    "") "spec: {replicas: 0, template: {spec: {containers: [{name: "
		"main, "
		"envFrom: [{configMapRef: {name: c}}]}]}}}\n" MAP(
		    "c", WAVE("1"));

	expect_late(NEEDING("") MAP("c", WAVE("1")), NULL, "true", "true");
	expect_late(
	    NEEDING("") MAP("c", ARGO("PostSync")), NULL, "true", "true");
	expect_late(NEEDING("") MAP("c", WAVE("0")), NULL, "false", "false");
	expect_late(NEEDING("") MAP("c", WAVE("-1")), NULL, "false", "false");
	expect_late(NEEDING("") MAP("c", ARGO("Skip")), NULL, "false", "false");
	expect_late(sleeping, NULL, "false", "false");
	/* With Helm alone it waits beside the hooks. */
	expect_late(
	    NEEDING("") MAP("c", HELM("post-install")), NULL, "false", "false");
}

Test(fact_order, needs_in_other_namespaces)
{
	const char *there = "---\napiVersion: v1\nkind: ConfigMap\n"
			    "metadata: {name: c, namespace: x}\n";
	struct buf yaml = {0};

	buf_printf(&yaml, "%s%s", NEEDING(BOTH), there);
	expect_late(buf_text(&yaml), NULL, "unknown", "unknown");
	expect_late(buf_text(&yaml), "x", "true", "true");
	expect_late(buf_text(&yaml), "y", "false", "false");
	/* One in time is enough, whatever the others are. */
	buf_add_text(
	    &yaml, MAP("c", HELM("pre-install,pre-upgrade") WEIGHT("-1")));
	expect_late(buf_text(&yaml), "x", "false", "false");
	buf_release(&yaml);
}
