/* What counts as a warmup, by its name, labels, command and arguments. */
#include "fact/warmup/warmup.h"

#include "fact/test_release.h"

#define HEAD(group, kind, name) \
	"apiVersion: " group "\nkind: " kind "\nmetadata: {name: " name
#define POD(containers) "{template: {spec: {" containers "}}}\n---\n"
#define PLAIN "containers: [{name: main, command: [run]}]"

/* The warmups as FORM/NAME, one after the other. */
static void expect(const char *yaml, const char *expected)
{
	struct test_release test;
	const struct entity_list *list;
	struct buf buf = {0};

	test_release_init(&test, yaml, NULL);
	list = &test.release->lists[ENTITY_warmup];
	for (size_t i = 0; i < list->n; i++) {
		const struct warmup *warmup = list->items[i];

		buf_printf(&buf, "%s%s/%s", i ? " " : "", warmup->form,
		    warmup->name.text);
	}
	cr_assert_str_eq(buf_text(&buf), expected, "'%s', not '%s'",
	    buf_text(&buf), expected);
	buf_release(&buf);
	test_release_free(&test);
}

#define JOB(labels, pod) \
	HEAD("batch/v1", "Job", "main") labels "}\nspec: " POD(pod)

Test(fact_warmup, jobs_by_what_they_carry)
{
	expect(JOB("", PLAIN), "");
	expect(HEAD("batch/v1", "Job", "web-warmup") "}\nspec: " POD(PLAIN),
	    "Job/web-warmup");
	expect(JOB(", labels: {role: cache-warmup}", PLAIN), "Job/main");
	expect(JOB("", "containers: [{name: warmup}]"), "Job/main");
	expect(JOB("", "containers: [{name: a}, {name: b, "
		       "command: [/bin/prefetch]}]"),
	    "Job/main");
	expect(JOB("", "containers: [{name: a, command: [sh, -c, "
		       "'set -e; curl -s web/warmup']}]"),
	    "Job/main");
	expect(JOB("", "containers: [{name: a, args: [--mode, warm-up]}]"),
	    "Job/main");
	expect(JOB(", labels: {warmup: 'yes'}", PLAIN), "Job/main");
	expect(JOB("", "initContainers: [{name: warmup}], " PLAIN), "Job/main");
	/* A label may also say that it is none; an image says nothing. */
	expect(JOB(", labels: {warmup: 'no'}", PLAIN), "");
	expect(JOB("", "containers: [{name: a, image: warmup:1}]"), "");
}

Test(fact_warmup, other_kinds_that_run_once)
{
	/* On a schedule, not for a rollout. */
	expect(HEAD("batch/v1", "CronJob",
		   "warmup") "}\nspec: {jobTemplate: "
			     "{spec: {template: {spec: {" PLAIN "}}}}}\n",
	    "");
	/* In a test, or when the release goes away. */
	expect(
	    HEAD("batch/v1", "Job", "warmup") ", annotations: {helm.sh/hook: "
					      "test}}\nspec: " POD(PLAIN),
	    "");
	expect(HEAD("batch/v1", "Job",
		   "warmup") ", annotations: {helm.sh/hook: "
			     "post-delete}}\nspec: " POD(PLAIN),
	    "");
	expect(HEAD("batch/v1", "Job",
		   "warmup") ", annotations: {helm.sh/hook: "
			     "pre-upgrade}}\nspec: " POD(PLAIN),
	    "Job/warmup");
	expect(HEAD("batch/v1", "Job",
		   "warmup") ", annotations: {argocd.argoproj.io/hook: "
			     "PostDelete}}\nspec: " POD(PLAIN),
	    "");
	expect(HEAD("batch/v1", "Job",
		   "warmup") ", annotations: {argocd.argoproj.io/hook: "
			     "'PreSync,PreDelete'}}\nspec: " POD(PLAIN),
	    "Job/warmup");
	expect(HEAD("v1", "Pod",
		   "warmup") "}\nspec: {restartPolicy: Never, " PLAIN "}\n",
	    "Job/warmup");
	expect(HEAD("v1", "Pod", "warmup") "}\nspec: {" PLAIN "}\n", "");
	/* A workload that stays may be called what it likes. */
	expect(
	    HEAD("apps/v1", "Deployment", "warmup") "}\nspec: " POD(PLAIN), "");
}

#define DEPLOYMENT(pod) \
	HEAD("apps/v1", "Deployment", "web") "}\nspec: " POD(pod)

Test(fact_warmup, init_containers)
{
	expect(DEPLOYMENT(
		   "initContainers: [{name: migrate}, {name: warmup}], " PLAIN),
	    "init container/warmup");
	expect(
	    DEPLOYMENT("initContainers: [{name: a, args: [prefetch]}], " PLAIN),
	    "init container/a");
	/* A native sidecar never ends, so nothing waits for it. */
	expect(DEPLOYMENT("initContainers: [{name: warmup, "
			  "restartPolicy: Always}], " PLAIN),
	    "");
	/* Nor does a regular container. */
	expect(DEPLOYMENT("containers: [{name: warmup}]"), "");
	expect(DEPLOYMENT("initContainers: text, " PLAIN), "");
}

#define ANALYSIS(kind, metrics)                      \
	HEAD("argoproj.io/v1alpha1", kind, "checks") \
	"}\nspec: {metrics: [" metrics "]}\n---\n"
#define JOB_METRIC(name, metadata, container)         \
	"{name: " name ", provider: {job: {" metadata \
	"spec: {template: {spec: {containers: [{name: " container "}]}}}}}}"

Test(fact_warmup, analysis_jobs)
{
	expect(ANALYSIS("AnalysisTemplate", JOB_METRIC("warmup", "", "a")),
	    "analysis/warmup");
	expect(
	    ANALYSIS("ClusterAnalysisTemplate", JOB_METRIC("a", "", "warmup")),
	    "analysis/a");
	expect(ANALYSIS("AnalysisTemplate",
		   JOB_METRIC("a", "metadata: {labels: {x: warmup}}, ", "b")),
	    "analysis/a");
	expect(ANALYSIS("AnalysisTemplate", JOB_METRIC("a", "", "b")), "");
	/* A query warms nothing, whatever its name. */
	expect(ANALYSIS("AnalysisTemplate",
		   "{name: warmup, provider: {prometheus: {query: up}}}"),
	    "");
}

/* What the warmup's own containers hide: the first regular one that does, and
 * of the init containers those that warm up. */
static void expect_hidden(const char *pod, const char *expected)
{
	struct test_release test;
	struct buf yaml = {0};
	const struct warmup *warmup;

	buf_printf(&yaml,
	    HEAD("batch/v1", "Job", "web-warmup") "}\nspec: " POD("%s"), pod);
	test_release_init(&test, buf_text(&yaml), NULL);
	cr_assert_eq(test.release->lists[ENTITY_warmup].n, 1);
	warmup = test.release->lists[ENTITY_warmup].items[0];
	cr_assert_str_eq(warmup->hidden_failure.has_value
			     ? warmup->hidden_failure.text
			     : "none",
	    expected, "%s", pod);
	test_release_free(&test);
	buf_release(&yaml);
}

#define RUN(name, script) "{name: " name ", command: [sh, -c, '" script "']}"

Test(fact_warmup, failures_of_its_containers)
{
	expect_hidden("containers: [" RUN("a", "run") "]", "none");
	expect_hidden("containers: [" RUN("a", "run || true") "]", "|| true");
	expect_hidden(
	    "containers: [" RUN("a", "run") ", " RUN("b", "run || :") "]",
	    "|| :");
	expect_hidden("initContainers: [" RUN("prefetch",
			  "get || true") "], containers: [" RUN("a", "run") "]",
	    "|| true");
	expect_hidden("initContainers: [" RUN("get",
			  "get || true") "], containers: [" RUN("a", "run") "]",
	    "none");
	expect_hidden(
	    "initContainers: [" RUN("prefetch",
		"get || true") "], containers: [" RUN("a", "run || :") "]",
	    "|| :");
}
