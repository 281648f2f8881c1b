/* What a hook needs, found in its namespace or in one that may be it. */
#include "fact/hook/hook.h"
#include "fact/test_release.h"

/* Namespaces of the hook and of the ConfigMap that it reads, and of the
 * release; "" and NULL are not given. */
struct row {
	const char *pods, *provider, *release;
	const char *late; /* on an install; "none": nothing provides it */
};

static const char *spell(const struct release *release, const struct need *need)
{
	struct fact late = fact_need_late_on_install(release, need);

	if (!need->provider)
		return "none";
	if (late.state == FACT_UNKNOWN)
		return "unknown";
	return late.boolean ? "true" : "false";
}

static void expect(const struct row *row)
{
	struct test_release test;
	struct buf yaml = {0};
	const struct entity_list *list;

	buf_printf(&yaml,
	    "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j, "
	    "namespace: '%s', annotations: {helm.sh/hook: pre-install}}\n"
	    "spec: {template: {spec: {containers: [{name: a, "
	    "envFrom: [{configMapRef: {name: c}}]}]}}}\n---\n"
	    "apiVersion: v1\nkind: ConfigMap\n"
	    "metadata: {name: c, namespace: '%s'}\n",
	    row->pods, row->provider);
	test_release_init(&test, buf_text(&yaml), row->release);
	list = &test.release->lists[ENTITY_need];
	cr_assert_eq(list->n, 1);
	cr_assert_str_eq(spell(test.release, list->items[0]), row->late,
	    "'%s' and '%s' in '%s'", row->pods, row->provider,
	    row->release ? row->release : "-");
	test_release_free(&test);
	buf_release(&yaml);
}

/* Helm makes the ConfigMap after the hook, so it is late where it is the one
 * that the hook needs, and nothing is known where it may be. */
Test(fact_needs, of_the_same_namespace)
{
	static const struct row rows[] = {
	    {"", "", NULL, "true"},
	    {"a", "a", NULL, "true"},
	    {"a", "b", NULL, "none"},
	    {"a", "", NULL, "unknown"},
	    {"", "a", NULL, "unknown"},
	    {"a", "", "a", "true"},
	    {"", "a", "a", "true"},
	    {"a", "", "b", "none"},
	    {"", "a", "b", "none"},
	    {"", "", "b", "true"},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}
