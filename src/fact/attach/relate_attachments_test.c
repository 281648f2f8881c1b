/* Routes and listeners: what a route lacks, and when nothing can be said. */
#include "fact/attach/attach.h"

#include "fact/test_release.h"

#define GATEWAY(metadata, listeners)                                       \
	"---\n{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, "  \
	"metadata: {name: edge" metadata "}, spec: {gatewayClassName: x, " \
	"listeners: [" listeners "]}}\n"
#define ROUTE(metadata, parent, rest)                                       \
	"---\n{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, " \
	"metadata: {name: web" metadata "}, spec: {parentRefs: [{name: "    \
	"edge" parent "}]" rest "}}\n"
#define HTTP "{name: http, port: 80, protocol: HTTP}"
#define HTTPS(more)                                            \
	"{name: https, port: 443, protocol: HTTPS, hostname: " \
	"'*.example.com'" more "}"
#define ISTIO(hosts)                                                     \
	"---\n{apiVersion: networking.istio.io/v1, kind: Gateway, "      \
	"metadata: {name: edge}, spec: {servers: [{port: {number: 80}, " \
	"hosts: [" hosts "]}]}}\n"
#define SERVICE(hosts, gateway)                                            \
	"---\n{apiVersion: networking.istio.io/v1, kind: VirtualService, " \
	"metadata: {name: web}, spec: {hosts: [" hosts "], gateways: "     \
	"[" gateway "]}}\n"

/* What the last route lacks; "" for nothing. */
static const struct {
	const char *yaml, *lacks;
} rows[] = {
    {GATEWAY("", HTTP) ROUTE("", "", ""), ""},
    {GATEWAY("", HTTP) ROUTE("", ", sectionName: http", ""), ""},
    {GATEWAY("", HTTP) ROUTE("", ", sectionName: web", ""), "section"},
    {GATEWAY("", HTTP "," HTTPS(""))
	    ROUTE("", ", sectionName: http, port: 443", ""),
	"port"},
    {GATEWAY("", HTTP "," HTTPS("")) ROUTE("", ", port: 443", ""), ""},
    {GATEWAY("", HTTP) ROUTE("", ", port: 8080", ""), "port"},
    /* One that is filled in later may be any. */
    {GATEWAY("", HTTP) ROUTE("", ", port: '${PORT}'", ""), ""},
    /* Another Gateway than the one in the stream. */
    {GATEWAY("", HTTP) ROUTE("", ", namespace: infra, port: 1", ""), ""},
    {GATEWAY("", HTTP) ROUTE("", ", kind: Service, port: 1", ""), ""},
    /* Its own namespace alone, unless it says otherwise. */
    {GATEWAY(", namespace: infra", HTTP)
	    ROUTE(", namespace: shop", ", namespace: infra", ""),
	"namespace"},
    {GATEWAY(", namespace: infra", HTTP) ROUTE("", ", namespace: infra", ""),
	""},
    {GATEWAY(", namespace: infra",
	 HTTPS(", allowedRoutes: {namespaces: {from: All}}"))
	    ROUTE(", namespace: shop", ", namespace: infra", ""),
	""},
    {GATEWAY(", namespace: infra",
	 HTTPS(", allowedRoutes: {namespaces: {from: Selector}}"))
	    ROUTE(", namespace: shop", ", namespace: infra", ""),
	""},
    {GATEWAY("", HTTPS(", allowedRoutes: {namespaces: {from: None}}"))
	    ROUTE("", "", ""),
	"namespace"},
    {GATEWAY("", HTTPS(", allowedRoutes: {kinds: [{kind: GRPCRoute}]}"))
	    ROUTE("", "", ""),
	"kind"},
    {GATEWAY("", HTTPS(", allowedRoutes: {kinds: [{kind: GRPCRoute}, "
		       "{kind: HTTPRoute}]}")) ROUTE("", "", ""),
	""},
    /* What a protocol carries, whatever kinds are allowed. */
    {GATEWAY("", "{name: tcp, port: 80, protocol: TCP}") ROUTE("", "", ""),
	"protocol"},
    {GATEWAY("", "{name: tls, port: 443, protocol: TLS, allowedRoutes: "
		 "{kinds: [{kind: HTTPRoute}]}}") ROUTE("", "", ""),
	"protocol"},
    {GATEWAY("", "{name: tcp, port: 81, protocol: TCP}," HTTP)
	    ROUTE("", "", ""),
	""},
    {GATEWAY("", "{name: tcp, port: 81, protocol: TCP}," HTTP)
	    ROUTE("", ", port: 81", ""),
	"protocol"},
    {GATEWAY("", "{name: x, port: 80, protocol: '${PROTOCOL}'}")
	    ROUTE("", "", ""),
	""},
    {GATEWAY("", "{name: x, port: 80, protocol: example.com/bar}")
	    ROUTE("", "", ""),
	""},
    /* Another group's kinds are none of these. */
    {GATEWAY("", HTTPS(", allowedRoutes: {kinds: [{group: example.com, "
		       "kind: HTTPRoute}]}")) ROUTE("", "", ""),
	"kind"},
    {GATEWAY("", HTTPS(", allowedRoutes: {kinds: [{kind: '${KIND}'}]}"))
	    ROUTE("", "", ""),
	""},
    /* What is filled in later may be right. */
    {GATEWAY("", HTTP) ROUTE("", ", sectionName: '${SECTION}'", ""), ""},
    {GATEWAY("", "{name: '${NAME}', port: 80}")
	    ROUTE("", ", sectionName: web", ""),
	""},
    {GATEWAY(", namespace: '${NS}'", HTTP)
	    ROUTE(", namespace: shop", ", namespace: '${NS}'", ""),
	""},
    {GATEWAY(", namespace: infra", HTTP)
	    ROUTE(", namespace: '${NS}'", ", namespace: infra", ""),
	""},
    /* Of two Gateways of one name each may be the one. */
    {GATEWAY("", HTTP) GATEWAY("", HTTPS(""))
	    ROUTE("", ", sectionName: https", ""),
	""},
    {GATEWAY("", HTTP) GATEWAY("", "{port: 443}")
	    ROUTE("", ", sectionName: https", ""),
	""},
    {GATEWAY("", HTTP) GATEWAY("", HTTPS(""))
	    ROUTE("", ", sectionName: web", ""),
	"section"},
    /* All hosts of the listener, or one of its own at least. */
    {GATEWAY("", HTTPS("")) ROUTE("", "", ", hostnames: [web.example.org]"),
	"host"},
    {GATEWAY("", HTTPS(""))
	    ROUTE("", "", ", hostnames: [web.example.org, web.example.com]"),
	""},
    {GATEWAY("", HTTPS("")) ROUTE("", "", ", hostnames: ['${HOST}']"), ""},
    {GATEWAY("", HTTP "," HTTPS(""))
	    ROUTE("", "", ", hostnames: [web.example.org]"),
	""},
    /* Istio: hosts of the servers, with the namespace that some have. */
    {ISTIO("'*.example.org'") SERVICE("a.example.org", "edge"), ""},
    {ISTIO("'*'") SERVICE("a.example.org", "edge"), ""},
    {ISTIO("") SERVICE("a.example.org", "edge"), ""},
    {ISTIO("'${HOST}'") SERVICE("a.example.org", "edge"), ""},
    {ISTIO("b.example.org") SERVICE("a.example.org", "edge"), "host"},
    {ISTIO("b.example.org") SERVICE("a.example.org, b.example.org", "edge"),
	""},
    {ISTIO("b.example.org") SERVICE("a", "edge"), ""},
    {ISTIO("b.example.org") SERVICE("'${HOST}'", "edge"), ""},
    {ISTIO("b.example.org") SERVICE("a.example.org", "mesh"), ""},
    {ISTIO("b.example.org") SERVICE("a.example.org", "infra/edge"), ""},
    {ISTIO("other/a.example.org") SERVICE("a.example.org", "edge"), ""},
    /* A Gateway of the other group has nothing to do with it. */
    {GATEWAY("", HTTPS("")) SERVICE("a.example.org", "edge"), ""},
    /* A listener without a name, or none at all: nothing is certain. */
    {GATEWAY("", "{port: 80}") ROUTE("", ", sectionName: web", ""), ""},
    {GATEWAY("", "") ROUTE("", ", sectionName: web", ""), ""},
};

Test(attachments, what_no_listener_has)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct test_release test;
		const struct entity_list *list;
		const struct attachment *last;

		test_release_init(&test, rows[i].yaml, "");
		list = &test.release->lists[ENTITY_attachment];
		last = list->n ? list->items[list->n - 1] : NULL;
		cr_expect_str_eq(last && last->lacks ? last->lacks : "",
		    rows[i].lacks, "row %zu", i);
		test_release_free(&test);
	}
}

/* As in the table of the Gateway API's HTTPRouteSpec.hostnames. */
Test(attachments, hosts_that_meet)
{
	cr_expect(hosts_meet("", "web.example.com"));
	cr_expect(hosts_meet("web.example.com", ""));
	cr_expect(hosts_meet("web.example.com", "web.example.com"));
	cr_expect(hosts_meet("*.example.com", "web.example.com"));
	cr_expect(hosts_meet("a.web.example.com", "*.example.com"));
	cr_expect(hosts_meet("*.example.com", "*.web.example.com"));
	cr_expect(!hosts_meet("*.example.com", "example.com"));
	cr_expect(!hosts_meet("*.example.com", "webexample.com"));
	cr_expect(!hosts_meet("example.com", "web.example.com"));
	cr_expect(!hosts_meet("*.example.com", "*.example.org"));
}
