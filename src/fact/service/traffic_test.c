/* Whom requests reach, and what leads them there. */
#include "fact/computed.h"
#include "fact/service/service.h"
#include "fact/test_release.h"

#define OBJECT(version, kind, name, spec)                                 \
	"apiVersion: " version "\nkind: " kind "\nmetadata: {name: " name \
	"}\nspec: {" spec "}\n---\n"
/* Pods labelled app: web. */
#define TEMPLATE(pod) \
	"template: {metadata: {labels: {app: web}}, spec: {" pod "}}"
#define DEPLOYMENT(name, more, containers)                         \
	OBJECT("apps/v1", "Deployment", name,                      \
	    more "selector: {matchLabels: {app: web}}, " TEMPLATE( \
		"containers: [" containers "]"))
#define APP "{name: app}"
#define PORT(number) "{name: app, ports: [{containerPort: " number "}]}"
#define SERVICE(ports) \
	OBJECT("v1", "Service", "s", "selector: {app: web}, ports: [" ports "]")

static struct fact served_of(const struct test_release *test, const char *name)
{
	return fact_container_served(test->release, test_container(test, name));
}

/* Which of the containers a, b and c are served: "a c". */
static void expect_served(const char *yaml, const char *expected)
{
	static const char *const names[] = {"a", "b", "c"};
	struct test_release test;
	struct buf got = {0};

	test_release_init(&test, yaml, NULL);
	for (size_t i = 0; i < test.release->lists[ENTITY_container].n; i++) {
		struct fact fact = served_of(&test, names[i]);

		cr_assert_eq(fact.state, FACT_KNOWN);
		if (fact.boolean)
			buf_printf(&got, "%s%s", got.len ? " " : "", names[i]);
	}
	cr_assert_str_eq(buf_text(&got), expected, "'%s', not '%s' of %s",
	    buf_text(&got), expected, yaml);
	buf_release(&got);
	test_release_free(&test);
}

#define WITH(name, ports) "{name: " name ", ports: [" ports "]}"
#define BARE(name) "{name: " name "}"
#define CP(number) "{containerPort: " number "}"
#define NAMED(name, number) "{name: " name ", containerPort: " number "}"

/* Whether "a" is by its only port, of that name. */
static void expect_served_by_port(const char *name, const char *expected)
{
	struct buf yaml = {0};

	buf_printf(
	    &yaml, DEPLOYMENT("web", "", WITH("a", NAMED("'%s'", "80"))), name);
	expect_served(buf_text(&yaml), expected);
	buf_release(&yaml);
}

Test(served, served_by_a_port_alone)
{
	expect_served(DEPLOYMENT("web", "", WITH("a", CP("80"))), "a");
	expect_served(DEPLOYMENT("web", "", BARE("a")), "");
	expect_served(
	    DEPLOYMENT("web", "", BARE("a") "," WITH("b", CP("80"))), "b");
	expect_served(DEPLOYMENT("web", "", WITH("a", "")), "");
}

/* Who scrapes waits for no answer. */
Test(served, served_by_no_port_that_is_only_watched)
{
	expect_served(
	    DEPLOYMENT("web", "", WITH("a", NAMED("http-metrics", "80"))), "");
	expect_served(DEPLOYMENT("web", "",
			  WITH("a", NAMED("healthz", "80") "," CP("81"))),
	    "a");
	/* The Service names a port that the container does not. */
	expect_served(SERVICE("{name: metrics, port: 80}") DEPLOYMENT("web", "",
			  WITH("a", CP("80")) "," WITH("b", CP("81"))),
	    "");
	expect_served(SERVICE("{name: metrics, port: 9}, {name: web, port: 80}")
			  DEPLOYMENT("web", "",
			      WITH("a", CP("9")) "," WITH("b", CP("80"))),
	    "b");
	/* A Service of something else to do makes a port one that serves. */
	expect_served(SERVICE("{name: api, port: 80}") DEPLOYMENT(
			  "web", "", WITH("a", NAMED("metrics", "80"))),
	    "a");
}

/* What a port's name says of whom it is for is in its last words. */
Test(served, served_by_ports_of_names_with_more_to_say)
{
	static const char *const watched[] = {"metrics", "http-metrics",
	    "metrics-http", "metrics-port", "health-check", "tcp-healthz",
	    "monitoring", "appmetrics", "api-health"};
	static const char *const serving[] = {"health-api", "healthcare",
	    "healthcheck-ui", "metrics-api", "http", "port", "-"};

	for (size_t i = 0; i < COUNT_OF(watched); i++)
		expect_served_by_port(watched[i], "");
	for (size_t i = 0; i < COUNT_OF(serving); i++)
		expect_served_by_port(serving[i], "a");
}

Test(served, served_by_the_number_of_a_target)
{
	expect_served(SERVICE("{port: 80, targetPort: 8080}") DEPLOYMENT("web",
			  "", WITH("a", CP("9090")) "," WITH("b", CP("8080"))),
	    "b");
	/* Without a target the port is the target. */
	expect_served(SERVICE("{port: 80}") DEPLOYMENT("web", "",
			  WITH("a", CP("8080")) "," WITH("b", CP("80"))),
	    "b");
	expect_served(SERVICE("{port: 80, targetPort: null}") DEPLOYMENT("web",
			  "", WITH("a", CP("8080")) "," WITH("b", CP("80"))),
	    "b");
	/* Any port of a container, any port of the Service. */
	expect_served(
	    SERVICE("{port: 1}, {port: 2, targetPort: 8081}") DEPLOYMENT("web",
		"",
		WITH("a", CP("8080")) "," WITH("b", CP("8082") "," CP("8081"))),
	    "b");
}

Test(served, served_by_the_name_of_a_target)
{
	expect_served(SERVICE("{port: 80, targetPort: http}")
			  DEPLOYMENT("web", "",
			      WITH("a", NAMED("metrics", "80")) "," WITH(
				  "b", NAMED("http", "8080"))),
	    "b");
	/* A quoted number is a name. */
	expect_served(
	    SERVICE("{port: 80, targetPort: '8080'}") DEPLOYMENT("web", "",
		WITH("a", CP("8080")) "," WITH("b", NAMED("'8080'", "1"))),
	    "b");
	/* A port's name that looks like the number is not the number. */
	expect_served(
	    SERVICE("{port: 80, targetPort: 8080}") DEPLOYMENT("web", "",
		WITH("a", NAMED("'8080'", "1")) "," WITH("b", CP("8080"))),
	    "b");
}

Test(served, served_by_several)
{
	expect_served(SERVICE("{port: 80}, {port: 81, targetPort: admin}")
			  DEPLOYMENT("web", "",
			      WITH("a", CP("80")) "," WITH(
				  "b", NAMED("admin", "9000")) "," WITH("c",
				  NAMED("metrics", "9090"))),
	    "a b");
	expect_served(SERVICE("{port: 80}") OBJECT("v1", "Service", "t",
			  "selector: {app: web}, ports: [{port: 82}]")
			  DEPLOYMENT("web", "",
			      WITH("a", CP("80")) "," WITH(
				  "b", CP("81")) "," WITH("c", CP("82"))),
	    "a c");
}

/* A sidecar that takes the requests in front of the application. */
Test(served, a_native_sidecar_can_be_served)
{
	static const char proxied[] = SERVICE(
	    "{port: 80, targetPort: 8080}") OBJECT("apps/v1", "Deployment",
	    "web",
	    TEMPLATE("containers: [" WITH("a",
		CP("9000")) "], "
			    "initContainers: ["
			    "{name: b, restartPolicy: Always, "
			    "ports: [{containerPort: 8080}]}, "
			    "{name: setup, ports: [{containerPort: 8080}]}]"));

	expect_served(proxied, "b");
}

/* Nothing the Service names is declared: the best guess there is. */
Test(served, served_by_a_port_that_nobody_declares)
{
	expect_served(SERVICE("{port: 80}")
			  DEPLOYMENT("web", "", BARE("a") "," BARE("b")),
	    "a");
	expect_served(SERVICE("{port: 80}") DEPLOYMENT(
			  "web", "", BARE("a") "," WITH("b", CP("8080"))),
	    "b");
	/* Without ports it only gives names. */
	expect_served(
	    SERVICE("") DEPLOYMENT("web", "", WITH("a", CP("80"))), "");
}

/* What guards metrics, or exports them, is scraped, unless an exporter's port
 * says more; so is what a Service called so leads to. */
Test(served, served_by_no_container_that_only_has_metrics)
{
	expect_served(SERVICE("{name: https, port: 8443}") DEPLOYMENT("web", "",
			  "{name: a, image: 'quay.io/x/kube-rbac-proxy:v1', "
			  "ports: [{name: https-main, containerPort: 8443}]}"),
	    "");
	expect_served(SERVICE("{port: 9104}") DEPLOYMENT("web", "",
			  "{name: a, image: prom/mysqld-exporter, "
			  "ports: [{containerPort: 9104}]}"),
	    "");
	expect_served(SERVICE("{port: 9109}") DEPLOYMENT("web", "",
			  "{name: a, image: prom/graphite-exporter, "
			  "ports: [{name: graphite, containerPort: 9109}]}"),
	    "a");
	expect_served(OBJECT("v1", "Service", "web-metrics-service",
			  "selector: {app: web}, ports: [{port: 80}]")
			  DEPLOYMENT("web", "", WITH("a", CP("80"))),
	    "");
}

static void expect_guess(const char *yaml, bool expected)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	cr_assert_eq(fact_container_served_by_guess(
			 test.release, test_container(&test, "a"))
			 .boolean,
	    expected, "%s", yaml);
	test_release_free(&test);
}

/* A port that nobody declares is that of the only container, but where a set
 * has to name some Service. */
Test(served, a_guess_where_another_may_be_meant)
{
	static const char set[] =
	    SERVICE("{port: 80}") OBJECT("apps/v1", "StatefulSet", "web",
		"selector: {matchLabels: {app: web}}, " TEMPLATE(
		    "containers: [" BARE("a") "]"));

	expect_guess(
	    SERVICE("{port: 80}") DEPLOYMENT("web", "", BARE("a")), false);
	expect_guess(SERVICE("{port: 80}")
			 DEPLOYMENT("web", "", BARE("a") "," BARE("b")),
	    true);
	expect_guess(SERVICE("{port: 80}") DEPLOYMENT(
			 "web", "", WITH("a", CP("80")) "," BARE("b")),
	    false);
	expect_guess(set, true);
}

Test(served, a_service_that_selects_others_does_not_serve)
{
	expect_served(
	    OBJECT("v1", "Service", "s",
		"selector: {app: api}, ports: [{port: 80}]")
		DEPLOYMENT("web", "", BARE("a") "," WITH("b", CP("8080"))),
	    "");
}

Test(served, whether_a_service_elsewhere_serves_is_unknown)
{
	struct test_release test;

	test_release_init(&test,
	    "apiVersion: v1\nkind: Service\n"
	    "metadata: {name: s, namespace: n}\n"
	    "spec: {selector: {app: web}, ports: [{port: 80}]}\n"
	    "---\n" DEPLOYMENT("web", "", APP "," WITH("b", CP("80"))),
	    NULL);
	test_expect_bool(served_of(&test, "app"), "unknown");
	test_expect_bool(served_of(&test, "b"), "unknown");
	test_expect_bool(
	    fact_workload_served(test.release, test_workload(&test, "web")),
	    "unknown");
	test_release_free(&test);
}

static void expect_workload_served(const char *yaml, const char *expected)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	test_expect_bool(
	    fact_workload_served(test.release, test_workload(&test, "web")),
	    expected);
	test_release_free(&test);
}

Test(served, served_workloads)
{
	expect_workload_served(DEPLOYMENT("web", "", APP), "false");
	expect_workload_served(DEPLOYMENT("web", "", PORT("80")), "true");
	expect_workload_served(
	    SERVICE("{port: 80}") DEPLOYMENT("web", "", APP), "true");
	expect_workload_served(
	    "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: n}\n"
	    "spec: {selector: {app: web}}\n---\n" DEPLOYMENT("web", "", APP),
	    "unknown");
}

/* The names that decide, alone and beside others. */
Test(served, ports_for_watching_and_for_members)
{
	static const char *const quiet[] = {"prometheus", "probe", "probes",
	    "status", "live", "ready", "readyz", "pprof", "http-pprof",
	    "telemetry", "memberlist", "tcp-memberlist", "gossip",
	    "gossip-ring", "ring", "peer", "raft", "serflan", "http-metrics-1",
	    "metrics2", "exporter", "http-envoy-prom", "status-port",
	    "http-usermetric", "zpages", "tcp-cluster", "transport", "quorum"};
	static const char *const serving[] = {"olive", "already", "string",
	    "order-status-api", "https", "grpc", "http2", "web", "api",
	    "statsd", "http-1"};

	for (size_t i = 0; i < COUNT_OF(quiet); i++)
		expect_served_by_port(quiet[i], "");
	for (size_t i = 0; i < COUNT_OF(serving); i++)
		expect_served_by_port(serving[i], "a");
}

/* "http" says nothing of itself: the names behind it do. */
Test(served, a_name_that_says_nothing_leaves_it_to_the_next)
{
	expect_served(SERVICE("{name: http, port: 80}") DEPLOYMENT(
			  "web", "", WITH("a", NAMED("metrics", "80"))),
	    "");
	expect_served(
	    SERVICE("{name: http, port: 80, targetPort: health}")
		DEPLOYMENT("web", "", WITH("a", NAMED("health", "8080"))),
	    "");
	expect_served(
	    OBJECT("v1", "Service", "web-metrics",
		"selector: {app: web}, ports: [{name: http, port: 80}]")
		DEPLOYMENT("web", "", WITH("a", NAMED("http", "80"))),
	    "");
}

#define ONLY_CONTAINER(more)                     \
	DEPLOYMENT("web", "",                    \
	    "{name: a, ports: [{containerPort: " \
	    "6060}], " more "}")
#define ASKED(kind, path) kind ": {httpGet: {path: " path ", port: 6060}}"

/* What readiness asks decides who gets requests, so it is a server's. */
Test(served, a_port_without_a_name_is_known_by_its_probes)
{
	expect_served(ONLY_CONTAINER(ASKED("livenessProbe", "/healthz")), "");
	expect_served(
	    ONLY_CONTAINER(ASKED("livenessProbe", "/app/ready/")), "");
	expect_served(ONLY_CONTAINER(ASKED("livenessProbe", "/")), "a");
	expect_served(ONLY_CONTAINER(ASKED("livenessProbe", "/login")), "a");
	expect_served(ONLY_CONTAINER(ASKED("readinessProbe",
			  "/readyz") ", " ASKED("livenessProbe", "/healthz")),
	    "a");
	/* Beside a port of another purpose it is there for probes. */
	expect_served(DEPLOYMENT("web", "",
			  "{name: a, ports: [{name: metrics, containerPort: "
			  "9090}, {containerPort: 6060}], " ASKED(
			      "readinessProbe", "/readyz") "}"),
	    "");
	/* A Service knows better. */
	expect_served(SERVICE("{port: 80, targetPort: 6060}")
			  ONLY_CONTAINER(ASKED("livenessProbe", "/healthz")),
	    "a");
}

#define SCRAPED(annotation, spec)                                         \
	OBJECT("apps/v1", "Deployment", "web",                            \
	    "template: {metadata: {labels: {app: web}, "                  \
	    "annotations: {" annotation "}}, spec: {containers: [{name: " \
	    "a, ports: [" spec "]}]}}")
#define POD_MONITOR(endpoint)                                 \
	OBJECT("monitoring.coreos.com/v1", "PodMonitor", "m", \
	    "selector: {matchLabels: {app: web}}, "           \
	    "podMetricsEndpoints: [" endpoint "]")

Test(served, a_port_without_a_name_is_known_by_what_scrapes_it)
{
	expect_served(SCRAPED("prometheus.io/port: '9000'", CP("9000")), "");
	expect_served(SCRAPED("prometheus.io/port: '9001'", CP("9000")), "a");
	expect_served(
	    POD_MONITOR("{portNumber: 9000}") SCRAPED("", CP("9000")), "");
	expect_served(
	    POD_MONITOR("{targetPort: 9000}") SCRAPED("", CP("9000")), "");
	expect_served(POD_MONITOR("{port: x}, {portNumber: 1}")
			  SCRAPED("", CP("9000")),
	    "a");
	/* A name says it better. */
	expect_served(
	    SCRAPED("prometheus.io/port: '9000'", NAMED("http", "9000")), "a");
}

/* Only explicit ports of the host prove something beside Services. */
Test(served, a_port_of_the_host_is_reached)
{
	static const char other[] = OBJECT("v1", "Service", "o",
	    "selector: {app: other}, ports: [{port: 80}]");
	struct buf yaml = {0};

	buf_printf(&yaml, "%s%s", other,
	    DEPLOYMENT("web", "",
		WITH("a", CP("80")) "," WITH(
		    "b", "{containerPort: 80, hostPort: 80}") "," WITH("c",
		    "{name: metrics, containerPort: 81, hostPort: 81}")));
	expect_served(buf_text(&yaml), "b");
	buf_release(&yaml);
}

#define HEADLESS(more, ports)                                               \
	OBJECT("v1", "Service", "s",                                        \
	    "clusterIP: None, selector: {app: web}, " more "ports: [" ports \
	    "]")

Test(served, headless_services)
{
	expect_served(
	    HEADLESS("", "{port: 80}") DEPLOYMENT("web", "", BARE("a")), "a");
	expect_served(HEADLESS("", "") DEPLOYMENT("web", "", BARE("a")), "");
	/* For members that are not ready yet, the API says. */
	expect_served(HEADLESS("publishNotReadyAddresses: true, ", "{port: 80}")
			  DEPLOYMENT("web", "", BARE("a")),
	    "");
}

#define ROLLOUT(strategy)                                \
	OBJECT("argoproj.io/v1alpha1", "Rollout", "web", \
	    "strategy: {" strategy                       \
	    "}, " TEMPLATE("containers: [" BARE("a") "]"))

/* The Service that a Rollout leads its users by may be elsewhere. */
Test(served, services_that_a_rollout_names)
{
	expect_served(ROLLOUT("canary: {stableService: w}"), "a");
	expect_served(ROLLOUT("blueGreen: {activeService: w}"), "a");
	expect_served(ROLLOUT("blueGreen: {previewService: w}"), "");
	expect_served(ROLLOUT("canary: {steps: [{setWeight: 5}]}"), "");
}

#define INGRESS(port)                                                      \
	OBJECT("networking.k8s.io/v1", "Ingress", "i",                     \
	    "rules: [{http: {paths: [{backend: {service: {name: s, port: " \
	    "{" port "}}}}]}}]")
#define ROUTE(ref)                                               \
	OBJECT("gateway.networking.k8s.io/v1", "HTTPRoute", "r", \
	    "rules: [{backendRefs: [{" ref "}]}]")
#define WATCHED                                                     \
	SERVICE("{name: http-metrics, port: 80, targetPort: 3100}") \
	DEPLOYMENT("web", "", WITH("a", NAMED("http-metrics", "3100")))

/* Whoever comes from outside is a client, whatever the port's name says. */
Test(served, what_an_ingress_or_a_route_leads_to)
{
	expect_served(WATCHED, "");
	expect_served(INGRESS("number: 80") WATCHED, "a");
	expect_served(INGRESS("name: http-metrics") WATCHED, "a");
	expect_served(INGRESS("number: 81") WATCHED, "");
	expect_served(ROUTE("name: s, port: 80") WATCHED, "a");
	expect_served(ROUTE("name: t, port: 80") WATCHED, "");
	expect_served(ROUTE("name: s, namespace: n, port: 80") WATCHED, "");
	expect_served(ROUTE("name: s, kind: Bucket, port: 80") WATCHED, "");
	expect_served(OBJECT("route.openshift.io/v1", "Route", "r",
			  "to: {kind: Service, name: s}, "
			  "port: {targetPort: http-metrics}") WATCHED,
	    "a");
	expect_served(OBJECT("traefik.io/v1alpha1", "IngressRoute", "r",
			  "routes: [{services: [{name: s, port: 80}]}]")
			  WATCHED,
	    "a");
}

/* Where no pod runs none is reached, unless an autoscaler starts some. */
Test(served, what_is_scaled_to_zero)
{
	static const char idle[] =
	    SERVICE("{port: 80}") DEPLOYMENT("web", "replicas: 0, ", APP);
	static const char woken[] =
	    SERVICE("{port: 80}") DEPLOYMENT("web", "replicas: 0, ", APP)
		OBJECT("autoscaling/v2", "HorizontalPodAutoscaler", "h",
		    "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, "
		    "name: web}, maxReplicas: 9");

	expect_workload_served(idle, "false");
	expect_workload_served(woken, "true");
}

#define TO_FILL_IN(metadata)                   \
	SERVICE("{port: 80}")                  \
	OBJECT("apps/v1", "Deployment", "web", \
	    "template: {metadata: {" metadata  \
	    "}, spec: {containers: [{name: istio-proxy, image: auto}]}}")

/* Who fills a container in gives it a probe, too. */
Test(served, what_a_webhook_fills_in_is_unknown)
{
	expect_workload_served(
	    TO_FILL_IN("labels: {app: web, sidecar.istio.io/inject: 'true'}"),
	    "unknown");
	expect_workload_served(
	    TO_FILL_IN("labels: {app: web}, "
		       "annotations: {inject.istio.io/templates: gateway}"),
	    "unknown");
	expect_workload_served(
	    TO_FILL_IN("labels: {app: web, sidecar.istio.io/inject: 'false'}"),
	    "true");
	expect_workload_served(TO_FILL_IN("labels: {app: web}"), "true");
}

static void expect_evidence(const char *yaml, const char *expected)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	test_expect_text(
	    fact_container_served_by(test.release, test_container(&test, "a")),
	    expected);
	test_expect_text(
	    fact_workload_served_by(test.release, test_workload(&test, "web")),
	    expected);
	test_release_free(&test);
}

/* What messages say. */
Test(served, the_evidence)
{
	expect_evidence(SERVICE("{port: 80}") DEPLOYMENT("web", "", BARE("a")),
	    "Service 's' sends requests to it");
	expect_evidence(SERVICE("{port: 80, targetPort: web}")
			    DEPLOYMENT("web", "", BARE("a")),
	    "Service 's' is meant to send requests to it");
	expect_evidence(HEADLESS("", "{port: 80}")
			    DEPLOYMENT("web", "", BARE("a")),
	    "clients find it through headless Service 's'");
	expect_evidence(HEADLESS("", "{port: 80}") OBJECT("v1", "Service", "t",
			    "selector: {app: web}, ports: [{port: 80}]")
			    DEPLOYMENT("web", "", BARE("a")),
	    "Service 't' sends requests to it");
	expect_evidence(INGRESS("number: 80") WATCHED,
	    "Ingress 'i' routes requests to it through Service 's'");
	expect_evidence(ROLLOUT("canary: {stableService: w}"),
	    "its strategy sends requests to it through Service 'w'");
	expect_evidence(DEPLOYMENT("web", "",
			    WITH("a", "{containerPort: 80, hostPort: 8080}")),
	    "port 8080 of its node forwards to it");
	expect_evidence(
	    DEPLOYMENT("web", "", WITH("a", CP("80"))), "it declares port 80");
	expect_evidence(DEPLOYMENT("web", "", WITH("a", NAMED("http", "80"))),
	    "it declares port 'http' (80)");
	expect_evidence(
	    DEPLOYMENT("web", "", WITH("a", NAMED("metrics", "80"))), NULL);
}
