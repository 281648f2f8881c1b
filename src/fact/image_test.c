/* The parts of an image, and the named ports of Services. */
#include "fact/service/service.h"
#include "fact/test_release.h"
#include "fact/warmup/warmup.h"

Test(fact_image, parts)
{
	static const struct {
		const char *image, *name, *tag, *digest;
	} cases[] = {
	    {"web", "web", "", ""},
	    {"web:1.4", "web", "1.4", ""},
	    {"web:", "web", "", ""},
	    {"host:5000/web", "host:5000/web", "", ""},
	    {"host:5000/a/web:1", "host:5000/a/web", "1", ""},
	    {"web@sha256:ab", "web", "", "sha256:ab"},
	    {"host:5000/web:latest@sha256:ab", "host:5000/web", "latest",
		"sha256:ab"},
	    {"", "", "", ""},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct test_release test;
		const struct container *container;
		struct buf yaml = {0};

		buf_printf(&yaml,
		    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"
		    "spec: {containers: [{name: a, image: '%s'}]}\n",
		    cases[i].image);
		test_release_init(&test, buf_text(&yaml), NULL);
		container = test_container(&test, "a");
		cr_assert_str_eq(container->image_name, cases[i].name);
		cr_assert_str_eq(container->image_tag, cases[i].tag);
		cr_assert_str_eq(container->image_digest, cases[i].digest);
		test_release_free(&test);
		buf_release(&yaml);
	}
}

/* Whether the second of two images drifts from the first, and whether the same
 * images do when a warmup runs the first. */
static void expect_drift(const char *a, const char *b, bool expected)
{
	struct test_release test;
	struct buf yaml = {0};
	const struct warmup *warmup;

	buf_printf(&yaml,
	    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"
	    "spec: {containers: [{name: a, image: '%s'}, {name: b, image: "
	    "'%s'}]}\n",
	    a, b);
	test_release_init(&test, buf_text(&yaml), NULL);
	cr_assert_eq(test_container(&test, "b")->seldom->drifted != NULL,
	    expected, "'%s' beside '%s'", a, b);
	test_release_free(&test);
	buf_clear(&yaml);
	buf_printf(&yaml,
	    "apiVersion: batch/v1\nkind: Job\nmetadata: {name: warmup}\nspec: "
	    "{template: {spec: {containers: [{name: a, image: '%s'}]}}}\n---\n"
	    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: "
	    "{template: {spec: {containers: [{name: b, image: '%s'}]}}}\n",
	    a, b);
	test_release_init(&test, buf_text(&yaml), NULL);
	warmup = test.release->lists[ENTITY_warmup].items[0];
	cr_assert_eq(warmup->stale != NULL, expected,
	    "a warmup with '%s' for '%s'", a, b);
	test_release_free(&test);
	buf_release(&yaml);
}

Test(fact_image, what_is_another_version)
{
	expect_drift("shop:1", "shop:2", true);
	expect_drift("shop:1", "shop:1", false);
	expect_drift("shop:1", "api:2", false);
	expect_drift("shop@sha256:aa", "shop@sha256:bb", true);
	expect_drift("", "", false);
	expect_drift("shop", "shop:2.0.0", true);
	expect_drift("shop", "shop:latest", false);
	expect_drift("shop:v1.2", "shop:1.2", false);
	expect_drift("shop:1.4.2-rc1", "shop:1.4.2", true);
	expect_drift("shop:main-abc1234", "shop:main-def5678", true);
	/* Git abbreviates no commit to fewer than seven digits; what is shorter
	 * is the name of a program. */
	expect_drift("shop:ab12345", "shop:cd12345", true);
	expect_drift("shop:ab1234", "shop:cd1234", false);
	expect_drift("shop:stable", "shop:canary", true);
	expect_drift("shop:1@sha256:aa", "shop:2@sha256:aa", false);
	expect_drift("shop:1@sha256:aa", "shop:1@sha256:bb", true);
	expect_drift("shop@sha256:aa", "shop:2", false);
	expect_drift("shop@sha256:aa", "shop", false);
	expect_drift("shop:1@sha256:aa", "shop:2", true);
}

/* Programs that share a repository, and one program built upon others. */
Test(fact_image, what_a_tag_says_besides_the_version)
{
	expect_drift("demo:3.0.0-cart", "demo:3.0.0-ads", false);
	expect_drift("demo:3.0.0-cart", "demo:3.1.0-ads", false);
	expect_drift("demo:3.0.0-cart", "demo:3.1.0-cart", true);
	expect_drift("demo:cart-3.0.0", "demo:cart_3.1.0", true);
	expect_drift("demo:cart", "demo:ads", false);
	expect_drift("demo:3.0.0-s3", "demo:3.0.0-oauth2", false);
	expect_drift("demo:cuda12.1", "demo:cuda11.8", true);
	expect_drift("shop:1.4-alpine", "shop:1.4", false);
	expect_drift("shop:1.4-alpine3.19", "shop:1.5", true);
	expect_drift("shop:1.4-amd64", "shop:1.4-arm64", false);
}

Test(fact_image, one_repository_by_several_names)
{
	expect_drift("nginx:1.25", "docker.io/library/nginx:1.26", true);
	expect_drift("index.docker.io/nginx:1.25", "nginx:1.26", true);
	expect_drift("team/shop:1", "docker.io/team/shop:2", true);
	expect_drift("localhost/shop:1", "shop:2", false);
	expect_drift("registry:5000/shop:1", "shop:2", false);
	expect_drift("team/shop:1", "other/shop:2", false);
}

/* Programs of one repository hide no version of another. */
Test(fact_image, drift_behind_another_component)
{
	struct test_release test;

	test_release_init(&test,
	    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: "
	    "{containers: [{name: a, image: 'demo:3.0.0-cart'}, "
	    "{name: b, image: 'demo:3.0.0-ads'}, "
	    "{name: c, image: 'demo:3.1.0-ads'}]}\n",
	    NULL);
	cr_assert_null(test_container(&test, "b")->seldom->drifted);
	cr_assert_eq(test_container(&test, "c")->seldom->drifted,
	    test_container(&test, "b"));
	test_release_free(&test);
}

#define POD(kind, name, ports)                                             \
	"---\napiVersion: apps/v1\nkind: " kind "\nmetadata: {name: " name \
	"}\nspec: {template: {metadata: {labels: {app: web}}, "            \
	"spec: {containers: [{name: a}, {name: b, ports: [" ports "]}]}}}\n"
#define JOB                                                             \
	"---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: job}\n" \
	"spec: {template: {metadata: {labels: {app: web}}, "            \
	"spec: {containers: [{name: a}]}}}\n"
#define HTTP "{name: http, containerPort: 80}"

Test(fact_image, a_named_port_is_declared_by_every_workload)
{
	static const struct {
		const char *port, *others, *missing;
	} cases[] = {
	    {"{port: 80, targetPort: http}", POD("Deployment", "d", HTTP),
		NULL},
	    {"{port: 80, targetPort: web}", POD("Deployment", "d", HTTP), "d"},
	    {"{port: 80, targetPort: 81}", POD("Deployment", "d", HTTP), NULL},
	    {"{port: 80, targetPort: '80'}", POD("Deployment", "d", HTTP), "d"},
	    {"{port: 80}", POD("Deployment", "d", HTTP), NULL},
	    {"{port: 80, targetPort: http, protocol: UDP}",
		POD("Deployment", "d", HTTP), "d"},
	    {"{port: 80, targetPort: http}",
		POD("Deployment", "d", HTTP) POD("StatefulSet", "s", ""), "s"},
	    {"{port: 80, targetPort: http}", POD("Deployment", "d", HTTP) JOB,
		NULL},
	    {"{port: 80, targetPort: http}", "", NULL},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct test_release test;
		struct buf yaml = {0};
		struct fact port, workload;
		const void *service;

		buf_printf(&yaml,
		    "apiVersion: v1\nkind: Service\nmetadata: {name: svc}\n"
		    "spec: {selector: {app: web}, ports: [%s]}\n%s",
		    cases[i].port, cases[i].others);
		test_release_init(&test, buf_text(&yaml), NULL);
		service = test_entity(&test, ENTITY_service, "svc");
		port = fact_service_unresolved_port(test.release, service);
		workload = fact_service_unresolved_in(test.release, service);
		cr_assert_eq(port.has_value, cases[i].missing != NULL);
		cr_assert_eq(workload.entity,
		    cases[i].missing ? test_workload(&test, cases[i].missing)
				     : NULL);
		test_release_free(&test);
		buf_release(&yaml);
	}
}

/* Those that the same pods lack; each name once, and not too many. */
Test(fact_image, all_ports_that_are_not_declared_are_named)
{
	static const struct {
		const char *ports, *others;
	} cases[] = {
	    {"{port: 1, targetPort: x}", NULL},
	    {"{port: 1, targetPort: x}, {port: 2, targetPort: http}, "
	     "{port: 3, targetPort: y}, {port: 4, targetPort: z}, "
	     "{port: 5, targetPort: y}, {port: 6, targetPort: 6}",
		"'y', 'z'"},
	    {"{targetPort: a}, {targetPort: b}, {targetPort: c}, "
	     "{targetPort: d}, {targetPort: e}, {targetPort: f}, "
	     "{targetPort: g}, {targetPort: h}, {targetPort: i}, "
	     "{targetPort: j}",
		"'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', ..."},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct test_release test;
		struct buf yaml = {0};
		struct fact others;

		buf_printf(&yaml,
		    "apiVersion: v1\nkind: Service\nmetadata: {name: svc}\n"
		    "spec: {selector: {app: web}, ports: [%s]}\n%s",
		    cases[i].ports, POD("Deployment", "d", HTTP));
		test_release_init(&test, buf_text(&yaml), NULL);
		others = fact_service_also_unresolved(
		    test.release, test_entity(&test, ENTITY_service, "svc"));
		cr_assert_eq(others.has_value, cases[i].others != NULL);
		if (cases[i].others)
			cr_assert_str_eq(others.text, cases[i].others);
		test_release_free(&test);
		buf_release(&yaml);
	}
}
