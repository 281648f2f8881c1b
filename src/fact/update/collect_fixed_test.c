/* Labels that follow a version where nothing may change. */
#include "fact/test_release.h"
#include "fact/update/update.h"

struct row {
	const char *name, *selector, *image, *follows; /* NULL: nothing */
};

static void expect(const struct row *row)
{
	struct test_release test;
	struct buf yaml = {0};

	buf_printf(&yaml,
	    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n"
	    "  name: '%s'\n  labels: {helm.sh/chart: web-5.6.7, "
	    "app.kubernetes.io/version: '8.9'}\n"
	    "spec:\n  selector: {%s}\n"
	    "  template: {spec: {containers: [{name: a, image: '%s'}]}}\n",
	    row->name, row->selector, row->image);
	test_release_init(&test, buf_text(&yaml), NULL);
	test_expect_text(fact_workload_fixed_follows(
			     test.release, test_workload(&test, row->name)),
	    row->follows);
	test_release_free(&test);
	buf_release(&yaml);
}

#define CHART "the version of the chart"
#define IMAGE "the tag of the image"
#define APP "the version of the application"

Test(fact_fixed, labels_of_a_selector)
{
	static const struct row rows[] = {
	    {"web", "matchLabels: {app: web, helm.sh/chart: web-1.4.2}", "a",
		CHART},
	    {"web", "matchLabels: {app: web, helm.sh/chart: web}", "a", NULL},
	    {"web", "matchLabels: {of: 5.6.7}", "a", CHART},
	    {"web", "matchLabels: {of: 6.7}", "a", NULL},
	    {"web", "matchLabels: {of: '8.9'}", "a", APP},
	    {"web", "matchLabels: {of: 1.4.0}", "a:v1.4.0", IMAGE},
	    {"web", "matchLabels: {version: 1.4.0}", "a:1.4.1", NULL},
	    /* A number alone is a version where its key says so. */
	    {"web", "matchLabels: {version: v3}", "a:3", IMAGE},
	    {"web", "matchLabels: {shard: '3'}", "a:3", NULL},
	    {"web", "matchLabels: {version: stable}", "a:stable", NULL},
	    {"web", "matchLabels: {app.kubernetes.io/version: 2.0.1}", "a",
		APP},
	    {"web", "matchLabels: {app.kubernetes.io/version: v1}", "a", NULL},
	    {"web",
		"matchExpressions: [{key: version, operator: In, "
		"values: [1.4.0]}]",
		"a:1.4.0", IMAGE},
	    /* The next version has another name. */
	    {"web-v3", "matchLabels: {version: v3}", "a:v3", NULL},
	    {"web-1-4-0", "matchLabels: {version: 1.4.0}", "a:1.4.0", NULL},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}
