#include "fact/cut/cut.h"

#include "fact/change/test_sides.h"
#include "fact/service/service.h"

static void spell_cuts(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_cut];

	relate_cuts(release);
	for (size_t i = 0; i < list->n; i++) {
		const struct cut *cut = list->items[i];

		buf_printf(buf, "%s%s %s:%u", i ? ", " : "", cut->reason.text,
		    cut->manifest->name, (unsigned)cut->where.line);
		if (cut->next)
			buf_printf(
			    buf, " %d s", (int)cut->least_seconds.integer);
	}
}

/* A Service over lines 1 to 4, its spec in the last. */
#define TO(port, target)                                          \
	OBJECT("v1", "Service", "web",                            \
	    "spec: {selector: {app: web}, "                       \
	    "ports: [{port: " port ", targetPort: " target "}]}") \
	"---\n"
#define HEADLESS(target)                                                    \
	OBJECT("v1", "Service", "web",                                      \
	    "spec: {clusterIP: None, selector: {app: web}, ports: [{port: " \
	    "80, targetPort: " target "}]}")                                \
	"---\n"
#define PODS(kind, name, spec, port)                                          \
	OBJECT("apps/v1", kind, name,                                         \
	    "spec: {" spec "selector: {matchLabels: {app: web}}, template: "  \
	    "{metadata: {labels: {app: web}}, spec: {containers: [{name: c, " \
	    "image: a:1, ports: [" port "], readinessProbe: {httpGet: "       \
	    "{port: 80}, initialDelaySeconds: 5, periodSeconds: 3, "          \
	    "successThreshold: 2}}]}}}")
#define DEPLOYED(port) PODS("Deployment", "web", "", port)
#define HTTP "{name: http, containerPort: 8080}"
#define KEPT_DEPLOYMENT                                                    \
	"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, "    \
	"annotations: {helm.sh/resource-policy: keep}}\nspec: {selector: " \
	"{matchLabels: {app: web}}, template: {metadata: {labels: {app: "  \
	"web}}, spec: {containers: [{name: c, image: a:1}]}}}\n"

static const struct row cut_rows[] = {
    {TO("80", "http") DEPLOYED(HTTP), TO("80", "http") DEPLOYED(HTTP), ""},
    /* Five seconds until it is asked, three more until it said yes twice. */
    {TO("80", "http") DEPLOYED(HTTP),
	TO("80", "web") DEPLOYED("{name: web, containerPort: 8080}"),
	"target web:4 8 s"},
    /* Nobody asks a headless Service for a port. */
    {HEADLESS("http") DEPLOYED(HTTP),
	HEADLESS("web") DEPLOYED("{name: web, containerPort: 8080}"), ""},
    /* Old pods have the number, too. */
    {TO("80", "http") DEPLOYED(HTTP), TO("80", "8080") DEPLOYED(HTTP), ""},
    {TO("80", "http") DEPLOYED(HTTP),
	TO("80", "9090") DEPLOYED("{containerPort: 9090}"), "number web:4 8 s"},
    /* They listen at both already, which is how to move a Service. */
    {TO("80", "8080") DEPLOYED(HTTP ", {containerPort: 9090}"),
	TO("80", "9090") DEPLOYED("{containerPort: 9090}"), ""},
    /* What old pods listen at is not known when they declare none. */
    {TO("80", "8080") DEPLOYED(""), TO("80", "9090") DEPLOYED(""), ""},
    {TO("80", "http") DEPLOYED(HTTP), TO("81", "http") DEPLOYED(HTTP),
	"port web:2 8 s"},
    /* It led nowhere before. */
    {TO("80", "http") PODS("Deployment", "web", "replicas: 0, ", HTTP),
	TO("81", "http") DEPLOYED(HTTP), ""},
    {TO("80", "http") DEPLOYED(HTTP), DEPLOYED(HTTP), "gone web:2"},
    {TO("80", "http") DEPLOYED(HTTP), OBJECT("v1", "ConfigMap", "c", ""),
	"gone with its pods web:2"},
    {TO("80", "http") DEPLOYED(HTTP),
	TO("80", "http") PODS("Deployment", "shop", "", HTTP),
	"replaced web:2 8 s"},
    {TO("80", "http") KEPT_DEPLOYMENT,
	TO("80", "http") PODS("Deployment", "shop", "", HTTP), ""},
    /* Nobody asks a worker for anything; the place is the new one's. */
    {DEPLOYED(""), PODS("StatefulSet", "web", "", ""), "replaced web:2 8 s"},
    /* One that has no pods does no work that could be missed. */
    {PODS("Deployment", "web", "replicas: 0, ", ""),
	PODS("StatefulSet", "web", "", ""), ""},
};

Test(cut, cuts)
{
	expect(cut_rows, COUNT_OF(cut_rows), spell_cuts);
}

static void spell_reasons(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_cut];

	relate_cuts(release);
	for (size_t i = 0; i < list->n; i++) {
		const struct cut *cut = list->items[i];

		buf_printf(buf, "%s%s%s%s%s%s", i ? ", " : "", cut->reason.text,
		    cut->host.state == FACT_KNOWN ? " " : "",
		    cut->host.state == FACT_KNOWN ? cut->host.text : "",
		    cut->for_clients.boolean ? "" : " for watchers",
		    cut->later.boolean ? " later" : "");
	}
}

#define SERVED(name, spec)                                \
	OBJECT("v1", "Service", name, "spec: {" spec "}") \
	"---\n" PODS("Deployment", "web", "", HTTP) "---\n"
#define SELECTS "selector: {app: web}, ports: [{port: 80, targetPort: http"
#define BY(type, rest) SERVED("web", "type: " type ", " SELECTS rest "}]")
#define PLAIN SERVED("web", SELECTS "}]")
#define HOST(host, path, type, service)                                    \
	"{host: " host ", http: {paths: [{path: " path ", pathType: " type \
	", backend: {service: {name: " service ", port: {number: 80}}}}]}}"
#define PREFIX(host, path) HOST(host, path, "Prefix", "web")
#define INGRESS(name, rules)                            \
	OBJECT("networking.k8s.io/v1", "Ingress", name, \
	    "spec: {rules: [" rules "]}")               \
	"---\n"
#define ROUTE(hosts, path)                                              \
	OBJECT("gateway.networking.k8s.io/v1", "HTTPRoute", "web",      \
	    "spec: {hostnames: [" hosts "], rules: [{matches: [{path: " \
	    "{type: PathPrefix, value: " path                           \
	    "}}], backendRefs: [{name: web, port: 80}]}]}")             \
	"---\n"
#define VIRTUAL(gateway, hosts)                                       \
	OBJECT("networking.istio.io/v1", "VirtualService", "web",     \
	    "spec: {" gateway "hosts: [" hosts "], http: [{route: [{" \
	    "destination: {host: web.shop.svc.cluster.local}}]}]}")   \
	"---\n"
#define OUTSIDE "gateways: [gate], "
#define SPLIT(first, second)                                         \
	OBJECT("networking.istio.io/v1", "VirtualService", "web",    \
	    "spec: {gateways: [gate], hosts: [a.b], http: [{route: " \
	    "[{destination: {host: " first "}}, {destination: "      \
	    "{host: " second "}}]}]}")                               \
	"---\n"
#define STREAM(kind, hosts)                                                    \
	OBJECT("gateway.networking.k8s.io/v1", kind, "web",                    \
	    "spec: {hostnames: [" hosts "], rules: [{backendRefs: [{name: web" \
	    ", port: 80}]}]}")                                                 \
	"---\n"
#define PROXY(host)                                                 \
	OBJECT("projectcontour.io/v1", "HTTPProxy", "web",          \
	    "spec: {" host "routes: [{conditions: [{prefix: /a}], " \
	    "services: [{name: web, port: 80}]}]}")                 \
	"---\n"
#define FQDN(host) "virtualhost: {fqdn: " host "}, "
#define TRAEFIK(group, kind, match)                       \
	OBJECT(group "/v1alpha1", kind, "web",            \
	    "spec: {routes: [{kind: Rule, match: '" match \
	    "', services: [{name: web, port: 80}]}]}")    \
	"---\n"
#define MATCH(match) TRAEFIK("traefik.io", "IngressRoute", match)
#define OF_CLASS(annotation, field)                                          \
	"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: " \
	"a" annotation "}\nspec: {" field                                    \
	"rules: [" PREFIX("a.b", "/") "]}\n---\n"
#define NOTED(class) ", annotations: {kubernetes.io/ingress.class: " class "}"
#define JOB(image)                                                        \
	OBJECT("batch/v1", "Job", "j",                                    \
	    "spec: {template: {spec: {restartPolicy: Never, containers: " \
	    "[{name: c, image: " image "}]}}}")                           \
	"---\n"

#define WEBHOOK(port)                                                       \
	OBJECT("admissionregistration.k8s.io/v1",                           \
	    "ValidatingWebhookConfiguration", "v",                          \
	    "webhooks: [{name: v.a.b, clientConfig: {service: {name: web, " \
	    "namespace: default, port: " port "}}}]")                       \
	"---\n"

static const struct row reason_rows[] = {
    /* Hosts. */
    {PLAIN INGRESS("a", PREFIX("a.b", "/") ", " PREFIX("c.b", "/")),
	PLAIN INGRESS("a", PREFIX("a.b", "/")), "host c.b"},
    {PLAIN INGRESS("a", PREFIX("a.b", "/") ", " PREFIX("c.b", "/")),
	PLAIN INGRESS("a", PREFIX("a.b", "/")) INGRESS("c", PREFIX("c.b", "/")),
	""},
    {PLAIN INGRESS("a", PREFIX("a.b", "/") ", " PREFIX("c.b", "/")),
	PLAIN INGRESS("a", PREFIX("'*.b'", "/")), ""},
    {PLAIN INGRESS("a", PREFIX("a.b", "/")),
	PLAIN INGRESS("a", PREFIX("''", "/")), ""},
    /* Which of all hosts somebody asked for is not known. */
    {PLAIN INGRESS("a", PREFIX("''", "/")),
	PLAIN INGRESS("a", PREFIX("a.b", "/")), ""},
    /* Told once, however many paths it had. */
    {PLAIN INGRESS("a", PREFIX("a.b", "/a") ", " PREFIX("a.b", "/b")),
	PLAIN INGRESS("a", PREFIX("c.b", "/")), "host a.b"},
    /* Paths: element by element, unless something looks like a pattern. */
    {PLAIN INGRESS("a", PREFIX("a.b", "/a/b") ", " PREFIX("a.b", "/ab")),
	PLAIN INGRESS("a", PREFIX("a.b", "/a/")), "path a.b"},
    {PLAIN INGRESS("a", PREFIX("a.b", "/a") ", " PREFIX("a.b", "/b")),
	PLAIN INGRESS("a", PREFIX("a.b", "/(a|b)(.*)")), ""},
    {PLAIN INGRESS("a", PREFIX("a.b", "/a")),
	PLAIN INGRESS("a", HOST("a.b", "/a", "Exact", "web")), "path a.b"},
    /* What is refused stays as it was. */
    {PLAIN INGRESS("a", PREFIX("a.b", "/a")),
	PLAIN INGRESS("a", HOST("c.b", "a", "Exact", "web")), ""},
    {PLAIN INGRESS("a", PREFIX("a.b", "/a")),
	PLAIN INGRESS("a", HOST("c.b", "a", "Exact", "other")), ""},
    /* Other kinds take them over. */
    {PLAIN INGRESS("a", PREFIX("a.b", "/a")), PLAIN ROUTE("a.b", "/"), ""},
    {PLAIN INGRESS("a", PREFIX("a.b", "/a")), PLAIN VIRTUAL(OUTSIDE, "a.b"),
	""},
    {PLAIN INGRESS("a", PREFIX("a.b", "/a")),
	PLAIN OBJECT("getambassador.io/v2", "Mapping", "a", ""), ""},
    {PLAIN ROUTE("a.b, c.b", "/"), PLAIN ROUTE("c.b", "/"), "host a.b"},
    {PLAIN VIRTUAL(OUTSIDE, "a.b, c.b"), PLAIN VIRTUAL(OUTSIDE, "c.b"),
	"host a.b"},
    /* Routes without paths. */
    {PLAIN STREAM("GRPCRoute", "a.b, c.b"), PLAIN STREAM("GRPCRoute", "a.b"),
	"host c.b"},
    {PLAIN STREAM("TLSRoute", "a.b"), PLAIN STREAM("TLSRoute", "c.b"),
	"host a.b"},
    /* Contour: of a host of its own, or included by whichever has one. */
    {PLAIN PROXY(FQDN("a.b")), PLAIN PROXY(FQDN("c.b")), "host a.b"},
    {PLAIN PROXY(FQDN("a.b")), PLAIN PROXY(""), ""},
    {PLAIN PROXY(""), PLAIN PROXY(FQDN("a.b")), ""},
    {PLAIN INGRESS("a", PREFIX("a.b", "/a")), PLAIN PROXY(FQDN("a.b")), ""},
    {PLAIN INGRESS("a", PREFIX("a.b", "/a")), PLAIN PROXY(FQDN("c.b")),
	"host a.b"},
    /* Traefik: all hosts of a rule, whatever else it asks for; none where it
     * denies or has a pattern. */
    {PLAIN MATCH("Host(`a.b`)"), PLAIN MATCH("Host(`c.b`)"), "host a.b"},
    {PLAIN MATCH("Host(`a.b`) || Host(\"c.b\")"),
	PLAIN MATCH("Host(`c.b`) && PathPrefix(`/`)"), "host a.b"},
    {PLAIN MATCH("Host(`a.b`)"), PLAIN MATCH("Host(`c.b`, `a.b`)"), ""},
    {PLAIN MATCH("Host(`a.b`)"), PLAIN MATCH("HostRegexp(`.*`)"), ""},
    {PLAIN MATCH("Host(`a.b`)"), PLAIN MATCH("!Host(`c.b`)"), ""},
    {PLAIN MATCH("!Host(`a.b`)"), PLAIN MATCH("Host(`c.b`)"), ""},
    {PLAIN MATCH("Host(`a.b`)"), PLAIN MATCH("PathPrefix(`/`)"), ""},
    {PLAIN TRAEFIK("traefik.containo.us", "IngressRoute", "Host(`a.b`)"),
	PLAIN MATCH("Host(`a.b`)"), ""},
    {PLAIN TRAEFIK("traefik.io", "IngressRouteTCP", "HostSNI(`a.b`)"),
	PLAIN TRAEFIK("traefik.io", "IngressRouteTCP", "HostSNI(`c.b`)"),
	"host a.b"},
    {PLAIN TRAEFIK("traefik.io", "IngressRouteTCP", "HostSNI(`a.b`)"),
	PLAIN TRAEFIK("traefik.io", "IngressRouteTCP", "HostSNI(`*`)"), ""},
    /* All Services of a route, and those that another object has for it. */
    {PLAIN INGRESS("a", PREFIX("a.b", "/")),
	PLAIN OBJECT("traefik.containo.us/v1alpha1", "IngressRoute", "web",
	    "spec: {routes: [{kind: Rule, match: 'Host(`a.b`)', services: "
	    "[{name: other, port: 80}, {name: web, port: 80}]}]}"),
	""},
    {PLAIN INGRESS("a", PREFIX("a.b", "/")),
	PLAIN MATCH("Host(`c.b`)")
	    OBJECT("traefik.io/v1alpha1", "TraefikService", "w", ""),
	""},
    {PLAIN INGRESS("a", PREFIX("a.b", "/")),
	PLAIN OBJECT("projectcontour.io/v1", "HTTPProxy", "web",
	    "spec: {virtualhost: {fqdn: a.b}, tcpproxy: {services: [{name: "
	    "other, port: 80}, {name: web, port: 80}]}}"),
	""},
    /* Another class, said by a field or by the annotation of before. */
    {PLAIN OF_CLASS("", "ingressClassName: n, "),
	PLAIN OF_CLASS("", "ingressClassName: t, "), "class"},
    {PLAIN OF_CLASS(NOTED("n"), ""), PLAIN OF_CLASS(NOTED("t"), ""), "class"},
    {PLAIN OF_CLASS(NOTED("n"), ""),
	PLAIN OF_CLASS("", "ingressClassName: t, "), "class"},
    {PLAIN OF_CLASS(NOTED("n"), ""),
	PLAIN OF_CLASS("", "ingressClassName: n, "), ""},
    {PLAIN OF_CLASS("", ""), PLAIN OF_CLASS(NOTED("n"), ""), ""},
    /* The second destination is one as well. */
    {PLAIN INGRESS("a", PREFIX("a.b", "/")) SPLIT("other", "other"),
	PLAIN SPLIT("other", "web"), ""},
    {PLAIN INGRESS("a", PREFIX("a.b", "/")) SPLIT("other", "other"),
	PLAIN SPLIT("other", "other"), "entry"},
    /* Names within the mesh. */
    {PLAIN VIRTUAL("", "a, c"), PLAIN VIRTUAL("", "c"), ""},
    /* The last way in, which is told as that. */
    {PLAIN INGRESS("a", PREFIX("a.b", "/a")), PLAIN, "entry"},
    /* Addresses and ports that are known outside. */
    {BY("LoadBalancer", ""), PLAIN, "balancer"},
    {BY("LoadBalancer", ""), BY("NodePort", ""), "balancer"},
    {PLAIN, BY("LoadBalancer", ""), ""},
    {BY("LoadBalancer", "}], loadBalancerIP: 1.2.3.4, x: [{"),
	BY("LoadBalancer", "}], loadBalancerIP: 1.2.3.5, x: [{"), "address"},
    {BY("LoadBalancer", "}], loadBalancerIP: 1.2.3.4, x: [{"),
	BY("LoadBalancer", ""), ""},
    {BY("NodePort", ", nodePort: 30080"), BY("NodePort", ", nodePort: 30081"),
	"node port"},
    {BY("NodePort", ", nodePort: 30080"), BY("NodePort", ""), ""},
    {BY("NodePort", ", nodePort: 30080"), BY("LoadBalancer", ""), ""},
    {BY("NodePort", ", nodePort: 30080"), PLAIN, "node ports"},
    /* Who answers is gone, or others must write where to. */
    {PLAIN, OBJECT("v1", "Service", "web", "spec: {" SELECTS "}]}"),
	"abandoned"},
    {PLAIN, SERVED("web", "selector: {app: shop}, ports: [{port: 80}]"),
	"unmatched"},
    {PLAIN, SERVED("web", "ports: [{port: 80}]"), "unselected"},
    {PLAIN,
	SERVED("web", "ports: [{port: 80}]")
	    OBJECT("v1", "Endpoints", "web", ""),
	""},
    /* A name for another host has no address, whatever it selects. */
    {PLAIN, SERVED("web", "type: ExternalName, externalName: a.b"), "external"},
    {PLAIN, BY("ExternalName", "}], externalName: a.b, x: [{"), "external"},
    {BY("LoadBalancer", ""),
	SERVED("web", "type: ExternalName, externalName: a.b"), "balancer"},
    {SERVED("web", "clusterIP: None, " SELECTS "}]"),
	SERVED("web", "type: ExternalName, externalName: a.b"), ""},
    /* A Service of another name before pods of another name. */
    {PLAIN,
	OBJECT("v1", "Service", "shop", "spec: {" SELECTS "}]}") "---\n" PODS(
	    "Deployment", "shop", "", HTTP),
	"moved"},
    /* By the name of the Service, of its port, of the pods' port. */
    {SERVED("web-metrics", SELECTS "}]"), DEPLOYED(HTTP), "gone for watchers"},
    {SERVED("web", SELECTS ", name: metrics}]"), DEPLOYED(HTTP),
	"gone for watchers"},
    /* These are programs that others ask. */
    {SERVED("r-prometheus-server", SELECTS "}]"), DEPLOYED(HTTP), "gone"},
    {SERVED("stack-prometheus", SELECTS "}]"), DEPLOYED(HTTP), "gone"},
    {SERVED("metrics-server", SELECTS "}]"), DEPLOYED(HTTP), "gone"},
    {TO("80", "9090") DEPLOYED("{name: metrics, containerPort: 9090}"),
	DEPLOYED("{name: metrics, containerPort: 9090}"), "gone for watchers"},
    /* Nobody but the API server asks, and it no longer does. */
    {WEBHOOK("80") PLAIN,
	SERVED("web", "selector: {app: web}, ports: [{port: 81}]"),
	"port for watchers"},
    {WEBHOOK("443") PLAIN,
	SERVED("web", "selector: {app: web}, ports: [{port: 81}]"), "port"},
    {WEBHOOK("80") PLAIN, DEPLOYED(HTTP), "gone for watchers"},
    /* A refused upgrade deletes nothing yet. */
    {PLAIN JOB("i:1"), DEPLOYED(HTTP) "---\n" JOB("i:2"), "gone later"},
};

Test(cut, reasons)
{
	expect(reason_rows, COUNT_OF(reason_rows), spell_reasons);
}
