/* The parts of an image, and the named ports of Services. */
#include "fact/service/service.h"
#include "fact/test_release.h"

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
