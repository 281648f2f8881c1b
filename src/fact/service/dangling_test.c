/* Which Service a backend leads to, which was meant, and whether the port is
 * there. */
#include "fact/service/backends.h"
#include "fact/test_release.h"

#define SERVICE(metadata, spec)                                     \
	"apiVersion: v1\nkind: Service\nmetadata: {" metadata "}\n" \
	"spec: {" spec "}\n---\n"
#define INGRESS(metadata, name, port)                              \
	"apiVersion: networking.k8s.io/v1\nkind: Ingress\n"        \
	"metadata: {name: i" metadata "}\nspec: {defaultBackend: " \
	"{service: {name: " name ", port: {" port "}}}}\n---\n"
#define ROUTE(name, port)                                                 \
	"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n"     \
	"metadata: {name: i}\nspec: {rules: [{backendRefs: [{name: " name \
	", port: " port "}]}]}\n---\n"
#define WEBHOOK(version, more, service)                                  \
	"apiVersion: admissionregistration.k8s.io/" version "\n"         \
	"kind: ValidatingWebhookConfiguration\nmetadata: {name: i}\n"    \
	"webhooks: [{" more "clientConfig: {service: {name: s, " service \
	"}}}]\n---\n"
#define WEB "ports: [{name: http, port: 80, targetPort: 8080}]"

typedef struct fact (*backend_fact)(
    const struct release *, const struct backend *);

static struct fact ask(const struct test_release *test, backend_fact fact)
{
	return fact(test->release, test_entity(test, ENTITY_backend, "i"));
}

/* service and near: names, "unknown", or NULL; port: "true" ... */
static void expect(
    const char *yaml, const char *service, const char *near, const char *port)
{
	struct test_release test;
	struct fact found, meant;

	test_release_init(&test, yaml, "shop");
	found = ask(&test, fact_backend_service);
	meant = ask(&test, fact_backend_near);
	if (found.state == FACT_KNOWN)
		found = fact_text(
		    ((const struct service *)found.entity)->manifest->name);
	if (meant.state == FACT_KNOWN)
		meant = fact_text(
		    ((const struct service *)meant.entity)->manifest->name);
	test_expect_text(found, service);
	test_expect_text(meant, near);
	test_expect_bool(ask(&test, fact_backend_has_port), port);
	test_release_free(&test);
}

Test(dangling, a_service_of_its_namespace)
{
	expect(SERVICE("name: web", WEB) INGRESS("", "web", "number: 80"),
	    "web", NULL, "true");
	expect(SERVICE("name: web, namespace: other", WEB)
		   INGRESS("", "web", "number: 80"),
	    NULL, NULL, "unknown");
}

/* One letter in a word of four or more, but no number. */
Test(dangling, a_slip_of_the_pen)
{
	expect(SERVICE("name: web", WEB) INGRESS("", "webb", "number: 80"),
	    NULL, "web", "unknown");
	expect(SERVICE("name: web-api", WEB)
		   INGRESS("", "webapi", "number: 80"),
	    NULL, "web-api", "unknown");
	expect(SERVICE("name: app", WEB) INGRESS("", "api", "number: 80"), NULL,
	    NULL, "unknown");
	expect(SERVICE("name: server-a", WEB)
		   INGRESS("", "server-b", "number: 80"),
	    NULL, NULL, "unknown");
	expect(SERVICE("name: server1", WEB)
		   INGRESS("", "server2", "number: 80"),
	    NULL, NULL, "unknown");
	expect(SERVICE("name: web, namespace: other", WEB)
		   INGRESS("", "webb", "number: 80"),
	    NULL, NULL, "unknown");
}

/* By number or name; the pod's port is for an Ingress alone. */
Test(dangling, ports)
{
	expect(SERVICE("name: web", WEB) INGRESS("", "web", "name: http"),
	    "web", NULL, "true");
	expect(SERVICE("name: web", WEB) INGRESS("", "web", "name: web"), "web",
	    NULL, "false");
	expect(SERVICE("name: web", WEB) INGRESS("", "web", "number: 81"),
	    "web", NULL, "false");
	expect(SERVICE("name: web", WEB) INGRESS("", "web", "number: 8080"),
	    "web", NULL, "true");
	expect(SERVICE("name: web", WEB) ROUTE("web", "8080"), "web", NULL,
	    "false");
	expect(
	    SERVICE("name: web", WEB) ROUTE("web", "80"), "web", NULL, "true");
	expect(SERVICE("name: web", "type: ExternalName, " WEB)
		   INGRESS("", "web", "number: 443"),
	    "web", NULL, "unknown");
}

/* Of the API server: the namespace is the Service's, the port 443. */
Test(dangling, webhooks)
{
	expect(SERVICE("name: s", WEB) WEBHOOK("v1", "", "namespace: shop"),
	    "s", NULL, "false");
	expect(SERVICE("name: s", WEB)
		   WEBHOOK("v1", "", "namespace: shop, port: 80"),
	    "s", NULL, "true");
	expect(SERVICE("name: s", WEB) WEBHOOK("v1", "", "namespace: far"),
	    NULL, NULL, "unknown");
}

static void expect_closed(const char *yaml, bool fails, bool built_ins)
{
	struct test_release test;
	const struct backend *backend;

	test_release_init(&test, yaml, NULL);
	backend = test_entity(&test, ENTITY_backend, "i");
	cr_assert_eq(backend->fails_closed.boolean, fails);
	cr_assert_eq(backend->for_built_ins.boolean, built_ins);
	test_release_free(&test);
}

#define RULES(group) "rules: [{apiGroups: ['" group "']}], "

/* v1beta1 let requests pass where nothing else was said. */
Test(dangling, webhooks_that_must_answer)
{
	expect_closed(WEBHOOK("v1", RULES(""), "path: /"), true, true);
	expect_closed(WEBHOOK("v1beta1", RULES("*"), "path: /"), false, true);
	expect_closed(
	    WEBHOOK("v1", "failurePolicy: Ignore, " RULES("x.io"), "path: /"),
	    false, false);
	expect_closed(
	    WEBHOOK("v1beta1",
		"failurePolicy: Fail, " RULES("rbac.authorization.k8s.io"),
		"path: /"),
	    true, true);
}

#define STATEFUL(name, container)                                        \
	"apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: i}\n"  \
	"spec: {serviceName: " name ", template: {spec: {containers: [{" \
	"name: c" container "}]}}}\n---\n"

static void expect_advertised(const char *yaml, bool advertised)
{
	struct test_release test;
	const struct backend *backend;

	test_release_init(&test, yaml, NULL);
	backend = test_entity(&test, ENTITY_backend, "i");
	cr_assert(backend->governs.boolean);
	cr_assert_eq(backend->advertised.boolean, advertised, "%s", yaml);
	test_release_free(&test);
}

/* A pod's name is in front of a dot and that of the Service. */
Test(dangling, names_of_pods_are_told)
{
	expect_advertised(
	    STATEFUL("db", ", env: [{name: A, value: '$(P).db:99'}]"), true);
	expect_advertised(
	    STATEFUL("db", ", args: [--peer, db-0.db.shop.svc]"), true);
	expect_advertised(STATEFUL("db", ", args: [db-0.db]"), true);
	expect_advertised(STATEFUL("db", ", args: [db:99]"), false);
	expect_advertised(STATEFUL("db", ", args: [x.db-2, x.dbs]"), false);
	expect_advertised(STATEFUL("db", ", args: [x.db-2, x.db]"), true);
	expect_advertised(STATEFUL("db", ""), false);
}

Test(dangling, who_governs_a_stateful_set)
{
	expect(SERVICE("name: db", WEB) STATEFUL("db", ""), "db", NULL, "true");
	expect(
	    SERVICE("name: r-db", WEB) STATEFUL("db", ""), NULL, NULL, "true");
}

static void expect_lb_drain(
    const char *kind, const char *value, int64_t seconds)
{
	struct test_release test;
	struct buf yaml = {0};
	struct fact fact;

	buf_printf(&yaml,
	    "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: "
	    "{selector: {app: w}, ports: [{port: 80}]}\n---\n"
	    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\n"
	    "spec: {selector: {matchLabels: {app: w}}, template: {metadata: "
	    "{labels: {app: w}}, spec: {containers: [{name: c}]}}}\n---\n"
	    "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: "
	    "{name: i, annotations: {alb.ingress.kubernetes.io/%s: '%s'}}\n"
	    "spec: {defaultBackend: {service: {name: s, port: {number: 80}}}}"
	    "\n",
	    kind, value);
	test_release_init(&test, buf_text(&yaml), NULL);
	fact = fact_workload_lb_drain_seconds(
	    test.release, test_workload(&test, "w"));
	if (seconds < 0)
		cr_assert_eq(fact.state, FACT_ABSENT);
	else
		test_expect_int(fact, seconds);
	test_release_free(&test);
	buf_release(&yaml);
}

Test(dangling, how_long_a_load_balancer_drains)
{
	expect_lb_drain("target-group-attributes",
	    "deregistration_delay.timeout_seconds=60", 60);
	expect_lb_drain("target-group-attributes",
	    "a=1,deregistration_delay.timeout_seconds=60,b=2", 60);
	expect_lb_drain("target-group-attributes", "slow_start=60", -1);
	expect_lb_drain("load-balancer-attributes",
	    "deregistration_delay.timeout_seconds=60", -1);
}
