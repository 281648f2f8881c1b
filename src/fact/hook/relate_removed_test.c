/* What a Deployment needs of hooks that are deleted. */
#include "fact/hook/hook.h"
#include "fact/test_release.h"

#define ACCOUNT(namespace, notes)                                        \
	"---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: c," \
	" namespace: '" namespace "', annotations: {" notes "}}\n"
#define GOES                          \
	"helm.sh/hook: pre-install, " \
	"helm.sh/hook-delete-policy: hook-succeeded"
#define STAYS "helm.sh/hook: pre-install"
#define WEB(namespace, notes)                                               \
	"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web," \
	" namespace: '" namespace "', annotations: {" notes "}}\n"          \
				  "spec: {template: {spec: "                \
				  "{serviceAccountName: c, "                \
				  "containers: [{name: a}]}}}\n"

struct row {
	const char *yaml;
	bool gone;
};

static void expect(const struct row *row)
{
	struct test_release test;
	const struct entity_list *list;
	struct fact gone;

	test_release_init(&test, row->yaml, NULL);
	list = &test.release->lists[ENTITY_need];
	cr_assert_gt(list->n, 0);
	gone = fact_need_gone(test.release, list->items[0]);
	cr_assert_eq(gone.has_value, row->gone, "%s", row->yaml);
	test_release_free(&test);
}

Test(fact_removed, hooks_that_others_need)
{
	static const struct row rows[] = {
	    {ACCOUNT("", GOES) WEB("", ""), true},
	    {ACCOUNT("", STAYS) WEB("", ""), false},
	    /* An event that Helm does not know: it makes no such hook. */
	    {ACCOUNT("", "helm.sh/hook: pre-instal, "
			 "helm.sh/hook-delete-policy: hook-succeeded")
		    WEB("", ""),
		false},
	    /* An ordinary object of that name, and a hook that stays. */
	    {ACCOUNT("", GOES) ACCOUNT("", "") WEB("", ""), false},
	    {ACCOUNT("", GOES) ACCOUNT("", STAYS) WEB("", ""), false},
	    {ACCOUNT("a", GOES) ACCOUNT("b", "") WEB("a", ""), true},
	    /* Another namespace, or one that may be it. */
	    {ACCOUNT("a", GOES) WEB("b", ""), false},
	    {ACCOUNT("a", GOES) WEB("", ""), false},
	    /* A hook of the same event still has it, a later one has not. */
	    {ACCOUNT("", GOES) WEB("", "helm.sh/hook: pre-install"), false},
	    {ACCOUNT("", GOES) WEB("", "helm.sh/hook: post-install"), true},
	    {ACCOUNT("", GOES) WEB("", "helm.sh/hook: test"), true},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}
