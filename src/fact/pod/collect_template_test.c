/* What a pod's own metadata say of its pods. */
#include "fact/pod/pod.h"
#include "fact/test_release.h"

/* The port that Prometheus is sent to; 0: none. */
static int64_t scraped(const char *port)
{
	struct test_release test;
	struct buf yaml = {0};
	int64_t result;

	buf_printf(&yaml,
	    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
	    "spec: {template: {metadata: {annotations: "
	    "{prometheus.io/port: %s}}, spec: {containers: [{name: a}]}}}\n",
	    port);
	test_release_init(&test, buf_text(&yaml), NULL);
	result = test_workload(&test, "web")->scraped_port;
	test_release_free(&test);
	buf_release(&yaml);
	return result;
}

Test(fact_template, ports_that_are_scraped)
{
	cr_assert_eq(scraped("'9090'"), 9090);
	cr_assert_eq(scraped("9090"), 9090);
	cr_assert_eq(scraped("'1'"), 1);
	/* Numbers of no port, and words. */
	cr_assert_eq(scraped("'0'"), 0);
	cr_assert_eq(scraped("'-1'"), 0);
	cr_assert_eq(scraped("''"), 0);
	cr_assert_eq(scraped("metrics"), 0);
}
