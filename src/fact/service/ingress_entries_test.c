/* Hosts and paths that two Ingresses claim. */
#include "fact/service/ingress.h"
#include "fact/test_release.h"

#define INGRESS(name, notes, spec, path)                              \
	"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: " \
	"{name: " name ", annotations: {" notes "}}\nspec: {" spec    \
	"rules: [{host: h, http: {paths: [{" path "}]}}]}\n---\n"
#define CLASS(name) "ingressClassName: " name ", "

/* Whether the last entry has the Ingress a before it. */
static void expect(const char *yaml, bool has_rival)
{
	struct test_release test;
	const struct entity_list *list;
	const struct ingress_entry *last;

	test_release_init(&test, yaml, NULL);
	list = &test.release->lists[ENTITY_entry];
	cr_assert_gt(list->n, 0);
	last = list->items[list->n - 1];
	cr_assert_eq(last->rival.has_value, has_rival, "%s", yaml);
	if (has_rival)
		cr_assert_str_eq(
		    entity_manifest(ENTITY_entry, last->rival.entity)->name,
		    "a");
	test_release_free(&test);
}

/* The first of them, CLASS n and path /x. */
#define FIRST INGRESS("a", "", CLASS("n"), "path: /x, pathType: Prefix")

Test(fact_ingress_entries, same_host_path_and_class)
{
	expect(FIRST INGRESS("b", "", CLASS("n"), "path: /x, pathType: Prefix"),
	    true);
	expect(FIRST INGRESS("b", "", CLASS("n"), "path: /y, pathType: Prefix"),
	    false);
	expect(FIRST INGRESS("b", "", CLASS("m"), "path: /x, pathType: Prefix"),
	    false);
	expect(FIRST INGRESS("b", "", "", "path: /x, pathType: Prefix"), false);
	/* Of an exact path and a prefix the exact one wins. */
	expect(FIRST INGRESS("b", "", CLASS("n"), "path: /x, pathType: Exact"),
	    false);
	/* Twice in one Ingress is its own affair. */
	expect(FIRST INGRESS("a", "", CLASS("n"), "path: /x, pathType: Prefix"),
	    false);
	/* A path that is left out is /. */
	expect(INGRESS("a", "", CLASS("n"), "path: /, pathType: Prefix")
		   INGRESS("b", "", CLASS("n"), "pathType: Prefix"),
	    true);
	/* The annotation that was there before the field. */
	expect(FIRST INGRESS("b", "kubernetes.io/ingress.class: n", "",
		   "path: /x, pathType: Prefix"),
	    true);
}

/* What keeps the requests of two Ingresses apart: each would be a rival. */
Test(fact_ingress_entries, requests_that_are_told_apart)
{
	static const char *const keys[] = {
	    "nginx.ingress.kubernetes.io/canary",
	    "nginx.org/mergeable-ingress-type",
	    "konghq.com/methods",
	    "konghq.com/headers.x",
	    "konghq.com/protocols",
	    "traefik.ingress.kubernetes.io/router.priority",
	    "alb.ingress.kubernetes.io/conditions.web",
	    "haproxy.org/route-acl",
	};

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		struct test_release test;
		struct buf yaml = {0};

		buf_printf(&yaml,
		    FIRST INGRESS(
			"b", "%s: x", CLASS("n"), "path: /x, pathType: Prefix"),
		    keys[i]);
		test_release_init(&test, buf_text(&yaml), NULL);
		cr_assert_eq(
		    test.release->lists[ENTITY_entry].n, 1, "%s", keys[i]);
		test_release_free(&test);
		buf_release(&yaml);
	}
	/* A word of the prefix says nothing. */
	expect(FIRST INGRESS("b", "canary.example/x: y", CLASS("n"),
		   "path: /x, pathType: Prefix"),
	    true);
}

#define ALB(name, notes) INGRESS(name, notes, CLASS("alb"), "path: /")
#define GROUP(name) "alb.ingress.kubernetes.io/group.name: " name

/* A load balancer for each Ingress, or for each group. */
Test(fact_ingress_entries, load_balancers)
{
	expect(ALB("a", "") ALB("b", ""), false);
	expect(ALB("a", GROUP("g")) ALB("b", GROUP("g")), true);
	expect(ALB("a", GROUP("g")) ALB("b", GROUP("h")), false);
	expect(INGRESS("a", "", CLASS("gce-internal"), "path: /")
		   INGRESS("b", "", CLASS("gce-internal"), "path: /"),
	    false);
	expect(INGRESS("a", "alb.ingress.kubernetes.io/scheme: internal", "",
		   "path: /") INGRESS("b",
		   "alb.ingress.kubernetes.io/scheme: internal", "", "path: /"),
	    false);
}
