/* Hooks that init containers wait for. */
#include "fact/hook/hook.h"
#include "fact/test_release.h"

#define JOB(notes)                                                         \
	"apiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate, "      \
	"annotations: {" notes "}}\nspec: {template: {spec: {containers: " \
	"[{name: a}]}}}\n"
#define WEB(notes, args)                                                     \
	"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, " \
	"annotations: {" notes "}}\nspec: {template: {spec: {"               \
	"initContainers: [{name: w, args: [" args "]}], "                    \
	"containers: [{name: a}]}}}\n"

static void expect(const char *yaml, bool awaited)
{
	struct test_release test;
	const struct workload *web;
	struct fact fact;

	test_release_init(&test, yaml, NULL);
	web = test_workload(&test, "web");
	fact = fact_workload_awaited_hook(test.release, web);
	cr_assert_eq(fact.has_value, awaited, "%s", yaml);
	test_release_free(&test);
}

Test(fact_awaited, hooks_that_come_after)
{
	expect(JOB("helm.sh/hook: post-install") WEB("", "job, migrate"), true);
	expect(JOB("helm.sh/hook: 'pre-install,post-upgrade'")
		   WEB("", "job, migrate"),
	    true);
	expect(JOB("argocd.argoproj.io/hook: PostSync") WEB("", "job, migrate"),
	    true);
	expect(JOB("helm.sh/hook: pre-install") WEB("", "job, migrate"), false);
	expect(JOB("") WEB("", "job, migrate"), false);
	expect(JOB("helm.sh/hook: post-install") WEB("", "job, other"), false);
	expect(JOB("helm.sh/hook: post-install") WEB("", "migrate"), false);
	/* Hooks of one event come after each other. */
	expect(JOB("helm.sh/hook: post-install")
		   WEB("helm.sh/hook: post-install", "job, migrate"),
	    false);
}

#define MIGRATE(name, image)                                               \
	"apiVersion: batch/v1\nkind: Job\nmetadata: {name: " name          \
	", annotations: {helm.sh/hook: post-install}}\nspec: {template: {" \
	"spec: {containers: [{name: a, image: " image "}]}}}\n"
#define WAITS(name)                                                     \
	"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " \
	"web}\nspec: {template: {spec: {initContainers: [{name: " name  \
	", image: a}], containers: [{name: a}]}}}\n"

static void expect_schema(const char *yaml, bool awaited)
{
	struct test_release test;
	struct fact fact;

	test_release_init(&test, yaml, NULL);
	fact = fact_workload_schema_hook(
	    test.release, test_workload(&test, "web"));
	cr_assert_eq(fact.has_value, awaited, "%s", yaml);
	test_release_free(&test);
}

/* Only names and the image tell of it, so that all of them must. */
Test(fact_awaited, tables_that_a_hook_makes)
{
	expect_schema(
	    MIGRATE("db-migrate", "a") WAITS("wait-for-migrations"), true);
	expect_schema(MIGRATE("db-migrate", "a") WAITS("check-schema"), true);
	expect_schema(
	    MIGRATE("db-migrate", "b") WAITS("wait-for-migrations"), false);
	expect_schema(
	    MIGRATE("notify", "a") WAITS("wait-for-migrations"), false);
	expect_schema(MIGRATE("db-migrate", "a") WAITS("migrate"), false);
	expect_schema(MIGRATE("db-migrate", "a") WAITS("wait"), false);
}
