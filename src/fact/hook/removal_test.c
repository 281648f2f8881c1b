/* Which hooks are still there when Helm makes the next of their name. */
#include "fact/hook/hook.h"
#include "fact/test_release.h"

struct row {
	const char *kind, *policy; /* NULL: none is written */
	const char *stays, *unknown;
};

static void expect(const struct row *row)
{
	struct test_release test;
	struct buf yaml = {0};
	const struct manifest *manifest;

	buf_printf(&yaml,
	    "apiVersion: v1\nkind: %s\nmetadata:\n  name: a\n  annotations:\n"
	    "    helm.sh/hook: pre-upgrade\n",
	    row->kind);
	if (row->policy)
		buf_printf(&yaml, "    helm.sh/hook-delete-policy: '%s'\n",
		    row->policy);
	test_release_init(&test, buf_text(&yaml), NULL);
	manifest = test_entity(&test, ENTITY_manifest, "a");
	test_expect_text(
	    fact_manifest_left_behind(test.release, manifest), row->stays);
	test_expect_text(
	    fact_manifest_unknown_policy(test.release, manifest), row->unknown);
	test_release_free(&test);
	buf_release(&yaml);
}

/* pkg/action/hooks.go of Helm. */
Test(fact_removal, of_what_is_left_behind)
{
	static const struct row rows[] = {
	    {"Job", NULL, NULL, NULL},
	    {"Job", "before-hook-creation", NULL, NULL},
	    {"Job", " Before-Hook-Creation ,hook-failed", NULL, NULL},
	    {"Job", "hook-succeeded", "failed", NULL},
	    {"Job", "hook-failed", "successful", NULL},
	    {"Job", "hook-succeeded,hook-failed", NULL, NULL},
	    /* Any word switches the default off, an empty one too. */
	    {"Job", "before-hook-create", "all", "before-hook-create"},
	    {"Job", "", "all", ""},
	    {"Job", "hook-succeeded, hook-fail", "failed", "hook-fail"},
	    /* Nothing else can fail. */
	    {"Pod", "hook-succeeded", "failed", NULL},
	    {"ConfigMap", "hook-succeeded", NULL, NULL},
	    {"ConfigMap", "hook-failed", "successful", NULL},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}

static void expect_event(
    const char *note, const char *value, const char *unknown, const char *meant)
{
	struct test_release test;
	struct buf yaml = {0};
	const struct manifest *manifest;

	buf_printf(&yaml,
	    "apiVersion: v1\nkind: Job\nmetadata:\n  name: a\n"
	    "  annotations:\n    %s: '%s'\n",
	    note, value);
	test_release_init(&test, buf_text(&yaml), NULL);
	manifest = test_entity(&test, ENTITY_manifest, "a");
	test_expect_text(
	    fact_manifest_unknown_event(test.release, manifest), unknown);
	test_expect_text(
	    fact_manifest_meant_event(test.release, manifest), meant);
	test_release_free(&test);
	buf_release(&yaml);
}

/* Helm leaves out what has one event that it does not know, Argo CD what has
 * none that it knows. */
Test(fact_removal, of_what_is_never_made)
{
	static const char helm[] = "helm.sh/hook";
	static const char argo[] = "argocd.argoproj.io/hook";

	expect_event(helm, "pre-install", NULL, NULL);
	expect_event(helm, "Pre-Install , TEST", NULL, NULL);
	expect_event(
	    helm, "pre-install,pre-instal", "pre-instal", "pre-install");
	expect_event(helm, "", "", NULL);
	expect_event(helm, "crd-install", "crd-install", "pre-install");
	expect_event(helm, "test-failure", "test-failure", NULL);
	expect_event(argo, "PreSync", NULL, NULL);
	expect_event(argo, "Presync,PostSync", NULL, NULL);
	expect_event(argo, "Presync", "Presync", "PreSync");
	expect_event(argo, "Skip", NULL, NULL);
	expect_event(argo, "sometime", "sometime", NULL);
}
