/* Why a Rollout cannot use an object it names, for each reason there is. */
#include "fact/rollout/rollout.h"

#include "fact/test_release.h"

#include <stdio.h>

/* The refusals of a Rollout's references, "; " between them, "" for none, when
 * these documents are beside it. */
struct row {
	const char *strategy, *objects, *expected;
};

static void expect(const struct row *row)
{
	char yaml[3000];
	struct test_release test;
	struct buf got = {0};
	const struct entity_list *list;

	snprintf(yaml, sizeof(yaml),
	    "apiVersion: argoproj.io/v1alpha1\n"
	    "kind: Rollout\n"
	    "metadata: {name: web}\n"
	    "spec: {strategy: %s}\n"
	    "---\n%s\n",
	    row->strategy, row->objects);
	test_release_init(&test, yaml, NULL);
	cr_assert_eq(test.findings.n, 0, "%s", yaml);
	list = &test.release->lists[ENTITY_reference];
	for (size_t i = 0; i < list->n; i++) {
		const struct reference *reference = list->items[i];

		if (reference->refusal.state == FACT_KNOWN)
			buf_printf(&got, "%s%s", got.len ? "; " : "",
			    reference->refusal.text);
	}
	cr_assert_str_eq(
	    buf_text(&got), row->expected, "%s\n'%s'", yaml, buf_text(&got));
	buf_release(&got);
	test_release_free(&test);
}

static void expect_all(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		expect(&rows[i]);
}

#define CANARY(routing)                                  \
	"{canary: {stableService: s, canaryService: c, " \
	"trafficRouting: {" routing "}}}"
#define NGINX CANARY("nginx: {stableIngress: i}")
#define INGRESS(spec)                                        \
	"{apiVersion: networking.k8s.io/v1, kind: Ingress, " \
	"metadata: {name: i}, spec: {" spec "}}"
#define BACKEND(backend) \
	INGRESS("rules: [{http: {paths: [{backend: {" backend "}}]}}]")

Test(fact_refusal, ingresses)
{
	static const struct row rows[] = {
	    {NGINX, BACKEND("service: {name: s}"), ""},
	    {NGINX, BACKEND("serviceName: s"), ""},
	    {NGINX, BACKEND("service: {name: c}"),
		"has no rule that routes to Service 's'"},
	    {NGINX, BACKEND("resource: {name: s}"),
		"has no rule that routes to Service 's'"},
	    {NGINX, INGRESS(""), "has no rule that routes to Service 's'"},
	    {NGINX, INGRESS("rules: [null, {http: null}, x]"),
		"has no rule that routes to Service 's'"},
	    /* Not filled in yet. */
	    {NGINX, INGRESS("rules: {a: b}"), ""},
	    {NGINX, BACKEND("service: {name: {a: b}}"), ""},
	    {CANARY("alb: {ingress: i}"), BACKEND("service: {name: s}"), ""},
	    {CANARY("alb: {ingress: i, rootService: r}"),
		BACKEND("service: {name: s}"),
		"has no rule that routes to Service 'r'"},
	    {"{canary: {trafficRouting: {nginx: {stableIngress: i}}}}",
		BACKEND("service: {name: x}"), ""},
	};

	expect_all(rows, COUNT_OF(rows));
}

#define ISTIO(fields) CANARY("istio: {virtualService: {name: v" fields "}}")
#define ROUTES(spec)                                                  \
	"{apiVersion: networking.istio.io/v1, kind: VirtualService, " \
	"metadata: {name: v}, spec: {" spec "}}"
#define TO(name, host) \
	"{name: " name ", route: [{destination: {host: " host "}}]}"
#define BOTH(name)                                              \
	"{name: " name ", route: [{destination: {host: c.x}}, " \
	"{destination: {host: s}}]}"

Test(fact_refusal, virtual_services)
{
	static const struct row rows[] = {
	    {ISTIO(""), ROUTES("http: [" BOTH("''") "]"), ""},
	    {ISTIO(""), ROUTES("http: [" TO("''", "s") "]"),
		"does not route to Service 'c' in its http route"},
	    {ISTIO(""), ROUTES("http: [" TO("''", "sc") "]"),
		"does not route to Service 'c' in its http route; "
		"does not route to Service 's' in its http route"},
	    /* The controller passes over a single route with a name. */
	    {ISTIO(""), ROUTES("http: [" TO("a", "s") "]"), ""},
	    {ISTIO(""), ROUTES("http: [" BOTH("a") ", " BOTH("b") "]"),
		"has several http routes, one of which the Rollout must choose "
		"with "
		"routes"},
	    {ISTIO(", routes: [b]"),
		ROUTES("http: [" TO("a", "s") ", " BOTH("b") "]"), ""},
	    {ISTIO(", routes: [a, x, {b: c}]"),
		ROUTES("http: [" TO("a", "s") ", " BOTH("b") "]"),
		"does not route to Service 'c' in its http route 'a'; "
		"has no http route 'x'"},
	    {ISTIO(""), ROUTES(""), "has no routes of http, tls or tcp"},
	    {ISTIO(""), ROUTES("http: {a: b}"), ""},
	    {ISTIO(""), ROUTES("http: [x, null]"),
		"has several http routes, one of which the Rollout must choose "
		"with "
		"routes"},
	    {ISTIO(""), ROUTES("tcp: [" TO("''", "c") "]"),
		"does not route to Service 's' in its tcp route"},
	    {ISTIO(""), ROUTES("tls: [" BOTH("''") ", " BOTH("''") "]"),
		"has several tls routes, one of which the Rollout must choose "
		"with "
		"tlsRoutes"},
	    {CANARY("managedRoutes: [{name: a}], "
		    "istio: {virtualService: {name: v}}"),
		ROUTES("http: [" TO("a", "c") ", " BOTH("''") "]"), ""},
	    {"{canary: {pingPong: {pingService: s, pongService: c}, "
	     "trafficRouting: {istio: {virtualService: {name: v}}}}}",
		ROUTES("http: [" BOTH("''") "]"), ""},
	    /* A mesh shares between these when they are given, too. */
	    {"{canary: {pingPong: {pingService: p, pongService: q}, "
	     "canaryService: c, stableService: s, "
	     "trafficRouting: {istio: {virtualService: {name: v}}}}}",
		ROUTES("http: [" BOTH("''") "]"), ""},
	    {"{canary: {pingPong: {pingService: p, pongService: c}, "
	     "trafficRouting: {istio: {virtualService: {name: v}}}}}",
		ROUTES("http: [" BOTH("''") "]"),
		"does not route to Service 'p' in its http route"},
	    /* Routes of a kind that the VirtualService has none of. */
	    {ISTIO(", routes: [a]"), ROUTES("tls: [" BOTH("''") "]"), ""},
	    {ISTIO(", routes: [a], tlsRoutes: [{port: 9}]"),
		ROUTES("http: [], tls: [" BOTH("''") "]"),
		"has no http route 'a'; has no tls route for port 9"},
	    {CANARY("istio: {virtualService: {name: v}, destinationRule: "
		    "{name: d, canarySubsetName: n, stableSubsetName: o}}"),
		ROUTES("http: [{route: [{destination: {host: c, "
		       "subset: n}}, {destination: {host: s}}]}]"),
		"does not route to subset 'o' in its http route"},
	};

	expect_all(rows, COUNT_OF(rows));
}

#define PORT(port, host)                                                       \
	"{match: [{port: " port "}], route: [{destination: {host: " host "}}]" \
	"}"

Test(fact_refusal, routes_chosen_by_port_and_hosts)
{
	static const struct row rows[] = {
	    /* Those of tcp are chosen by port, those of tls by hosts, too. */
	    {ISTIO(", tcpRoutes: [{port: 1}]"),
		ROUTES("tcp: [" PORT("1", "c") ", " PORT("2", "c") "]"),
		"does not route to Service 's' in its tcp route"},
	    {ISTIO(", tcpRoutes: [{port: 3}]"),
		ROUTES("tcp: [" PORT("1", "c") ", " PORT("2", "c") "]"),
		"has no tcp route for port 3"},
	    {ISTIO(", tcpRoutes: [{}]"), ROUTES("tcp: [" TO("''", "c") "]"),
		"does not route to Service 's' in its tcp route"},
	    /* Several of one port are all changed; of two, none is. */
	    {ISTIO(", tcpRoutes: [{port: 1}]"),
		ROUTES("tcp: [" PORT("1", "c") ", " PORT(
		    "1", "s") ", "
			      "{match: [{port: 1}, {port: 2}], route: []}]"),
		"does not route to Service 's' in its tcp route; "
		"does not route to Service 'c' in its tcp route"},
	    {ISTIO(", tlsRoutes: [{port: 1, sniHosts: [b, a, b]}]"),
		ROUTES("tls: [{match: [{port: 1, sniHosts: [a]}, "
		       "{port: 1, sniHosts: [b]}], "
		       "route: [{destination: {host: s}}]}]"),
		"does not route to Service 'c' in its tls route"},
	    {ISTIO(", tlsRoutes: [{sniHosts: [a]}, {port: 1}]"),
		ROUTES("tls: [{match: [{port: 1, sniHosts: [a]}]}]"),
		"has no tls route for any port and sniHosts a; "
		"has no tls route for port 1"},
	    /* To be filled in, on either side. */
	    {ISTIO(", tcpRoutes: [{port: '${P}'}, x]"),
		ROUTES("tcp: [" PORT("1", "c") ", " PORT("2", "c") "]"), ""},
	    {ISTIO(", tcpRoutes: [{port: 3}]"),
		ROUTES("tcp: [" PORT("'${P}'", "c") "]"), ""},
	};

	expect_all(rows, COUNT_OF(rows));
}

Test(fact_refusal, services)
{
#define SERVICE(kind, manager)                                  \
	"{apiVersion: v1, kind: " kind ", metadata: {name: s, " \
	"annotations: "                                         \
	"{argo-rollouts.argoproj.io/managed-by-rollouts: " manager "}}}"
	static const struct row rows[] = {
	    {"{canary: {stableService: s}}", SERVICE("Service", "web"), ""},
	    {"{canary: {stableService: s}}", SERVICE("Service", "''"), ""},
	    {"{blueGreen: {previewService: s}}", SERVICE("Service", "api"),
		"is managed by Rollout 'api' already"},
	    {"{canary: {stableService: s}}", SERVICE("ConfigMap", "api"), ""},
	};

	expect_all(rows, COUNT_OF(rows));
}

#define TEMPLATE(name, spec)                                               \
	"---\n{apiVersion: argoproj.io/v1alpha1, kind: AnalysisTemplate, " \
	"metadata: {name: " name "}, spec: {" spec "}}\n"
#define STEP(fields) "{canary: {steps: [{analysis: {" fields "}}]}}"
#define A_AND_B "templates: [{templateName: a}, {templateName: b}]"
#define NEEDS(name) \
	"needs the argument '" name "', which the Rollout does not give"

Test(fact_refusal, analyses)
{
	static const struct row rows[] = {
	    {STEP("templates: [{templateName: a}]"),
		TEMPLATE("a", "args: [{name: x}, {name: y, value: ''}, "
			      "{name: z}, {a: b}]"),
		NEEDS("x") "; " NEEDS("z")},
	    {STEP("templates: [{templateName: a}], args: [{name: x}]"),
		TEMPLATE("a", "args: [{name: x}]"), ""},
	    {STEP("templates: [{templateName: a}], args: {a: b}"),
		TEMPLATE("a", "args: [{name: x}]"), ""},
	    {STEP(A_AND_B),
		TEMPLATE("a", "args: [{name: x}]")
		    TEMPLATE("b", "args: [{name: x, valueFrom: {}}]"),
		""},
	    {STEP(A_AND_B), TEMPLATE("a", "args: [{name: x}]"), ""},
	    {STEP("templates: [{templateName: a}]"),
		TEMPLATE("a", "args: [{name: x}], templates: []"), ""},
	    {STEP(A_AND_B),
		TEMPLATE("a", "metrics: [{name: m}]")
		    TEMPLATE("b", "metrics: [{name: m}, {name: n}]"),
		"has a metric 'm', which another template of the same analysis "
		"has, too"},
	    /* In one template that is a problem of its own, not of the
	     * Rollout, which uses it. */
	    {STEP("templates: [{templateName: a}]"),
		TEMPLATE("a", "metrics: [{name: m}, {name: m}]"), ""},
	    {STEP("templates: [{templateName: a}]"),
		TEMPLATE("a", "metrics: [{name: m, interval: 1m}]"),
		"measures 'm' forever (an interval, but no count), and the "
		"rollout would wait for it"},
	    {STEP("templates: [{templateName: a}]"),
		TEMPLATE("a", "metrics: [{name: m, interval: 1m, count: 2}, "
			      "{name: n}, {name: o, interval: 1m, "
			      "count: '{{x}}'}, {name: p, interval: 1m, "
			      "consecutiveSuccessLimit: 3}]"),
		""},
	    {STEP("templates: [{templateName: a}]"),
		TEMPLATE("a", "metrics: [{name: m, interval: 1m, "
			      "consecutiveSuccessLimit: 0}]"),
		"measures 'm' forever (an interval, but no count), and the "
		"rollout would wait for it"},
	    {"{canary: {analysis: {templates: [{templateName: a}]}}}",
		TEMPLATE("a", "metrics: [{name: m, interval: 1m}]"), ""},
	    {"{blueGreen: {prePromotionAnalysis: {templates: "
	     "[{templateName: a}]}}}",
		TEMPLATE("a", "metrics: [{name: m, interval: 1m, count: 0}]"),
		"measures 'm' forever (an interval, but no count), and the "
		"rollout would wait for it"},
	    {"{canary: {steps: [{experiment: {analyses: [{templateName: a, "
	     "args: [{name: x}]}, {templateName: b}]}}]}}",
		TEMPLATE("a", "args: [{name: x}], "
			      "metrics: [{name: m, interval: 1m}]")
		    TEMPLATE("b", "args: [{name: x}]"),
		NEEDS("x")},
	};

	expect_all(rows, COUNT_OF(rows));
}

Test(fact_refusal, five_reasons_are_given)
{
	static const struct row rows[] = {
	    {STEP("templates: [{templateName: a}]"),
		TEMPLATE("a", "args: [{name: a}, {name: b}, {name: c}, "
			      "{name: d}, {name: e}, {name: f}, {name: g}]"),
		NEEDS("a") "; " NEEDS("b") "; " NEEDS("c") "; " NEEDS(
		    "d") "; " NEEDS("e") "; and more"},
	    {STEP("templates: [{templateName: a}]"),
		TEMPLATE("a", "args: [{name: a}, {name: b}, {name: c}, "
			      "{name: d}, {name: e}]"),
		NEEDS("a") "; " NEEDS("b") "; " NEEDS("c") "; " NEEDS(
		    "d") "; " NEEDS("e")},
	};

	expect_all(rows, COUNT_OF(rows));
}
