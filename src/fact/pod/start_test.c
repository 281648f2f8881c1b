/* What probes ask, when they fail and succeed, and how long a new pod has. */
#include "fact/pod/pod.h"

#include "fact/service/service.h"
#include "fact/test_release.h"
#include "fact/update/update.h"

/* A Deployment whose container app has these ports and this readinessProbe;
 * container other of the same pod declares a few ports of its own. */
#define POD(ports, probe)                                                    \
	"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"     \
	"spec: {template: {spec: {containers: [{name: app, ports: [" ports   \
	"], readinessProbe: " probe "}, {name: other, ports: [{name: side, " \
	"containerPort: 9000}, {containerPort: 53, protocol: UDP}]}]}}}\n"

static const char *pod(struct buf *buf, const char *ports, const char *probe)
{
	buf_printf(buf, POD("%s", "%s"), ports, probe);
	return buf_text(buf);
}

/* A fact as text: "8080", "unknown", "none"; a default is in brackets. */
static void spell(struct fact fact, bool is_text, struct buf *buf)
{
	buf_clear(buf);
	if (fact.state == FACT_UNKNOWN)
		buf_add_text(buf, "unknown");
	else if (!fact.has_value)
		buf_add_text(buf, "none");
	else if (is_text)
		buf_add_text(buf, fact.text);
	else
		buf_printf(buf, "%lld", (long long)fact.integer);
}

static void expect(
    struct fact fact, bool is_text, const char *expected, const char *about)
{
	struct buf got = {0};

	spell(fact, is_text, &got);
	cr_expect_str_eq(
	    buf_text(&got), expected, "%s: %s", about, buf_text(&got));
	buf_release(&got);
}

static const struct probe *readiness(const struct test_release *test)
{
	return test_container(test, "app")->readiness;
}

static const struct {
	const char *probe, *endpoint;
} endpoints[] = {
    {"{httpGet: {port: 80}}", "httpGet HTTP://:80/"},
    {"{httpGet: {port: 80, path: ''}}", "httpGet HTTP://:80/"},
    {"{httpGet: {port: 80, path: ready}}", "httpGet HTTP://:80/ready"},
    {"{httpGet: {port: 80, path: /ready}}", "httpGet HTTP://:80/ready"},
    {"{httpGet: {port: http, path: /r}}", "httpGet HTTP://:8080/r"},
    {"{httpGet: {port: nobody, path: /r}}", "httpGet HTTP://:nobody/r"},
    {"{httpGet: {port: later}}", "httpGet HTTP://:later/"},
    {"{httpGet: {port: [80]}}", "unknown"},
    {"{httpGet: {port: 80, scheme: HTTPS, host: h}}", "httpGet HTTPS://h:80/"},
    {"{httpGet: {port: 80, httpHeaders: [{name: A, value: b c}]}}",
	"httpGet HTTP://:80/ 'A' 'b c'"},
    {"{tcpSocket: {port: http}}", "tcpSocket :8080 ''"},
    {"{tcpSocket: {port: 8080, host: h}}", "tcpSocket h:8080 ''"},
    {"{grpc: {port: 8080, service: s}}", "grpc :8080 's'"},
    {"{grpc: {port: 8080}}", "grpc :8080 ''"},
    {"{exec: {command: [a, b c]}}", "exec 'a' 'b c'"},
    {"{exec: {command: [a, b, c]}}", "exec 'a' 'b' 'c'"},
    {"{exec: {command: [\"a' 'b\"]}}", "exec 'a'\\'' '\\''b'"},
    {"{exec: {}}", "exec"},
};

Test(fact_probe, the_endpoint_is_what_is_asked_with_ports_resolved)
{
	for (size_t i = 0; i < COUNT_OF(endpoints); i++) {
		struct test_release test;
		struct buf yaml = {0};

		test_release_init(&test,
		    pod(&yaml,
			"{name: http, containerPort: 8080}, "
			"{name: later, containerPort: $PORT}",
			endpoints[i].probe),
		    NULL);
		expect(readiness(&test)->endpoint, true, endpoints[i].endpoint,
		    endpoints[i].probe);
		test_release_free(&test);
		buf_release(&yaml);
	}
}

static const struct {
	const char *ports, *probe, *name, *port, *protocol;
} ports[] = {
    {"", "tcpSocket: {port: 80}", "none", "80", "none"},
    {"{containerPort: 80}", "tcpSocket: {port: 80}", "none", "80", "TCP"},
    {"{name: a, containerPort: 80}", "tcpSocket: {port: a}", "a", "80", "TCP"},
    /* Only the probed container's names count, but anybody's numbers. */
    {"", "tcpSocket: {port: side}", "side", "none", "none"},
    {"", "tcpSocket: {port: 9000}", "none", "9000", "TCP"},
    {"", "tcpSocket: {port: 53}", "none", "53", "UDP"},
    {"{containerPort: 53}", "tcpSocket: {port: 53}", "none", "53", "TCP"},
    {"{name: dns, containerPort: 53, protocol: UDP}, {containerPort: 53}",
	"tcpSocket: {port: dns}", "dns", "53", "TCP"},
    {"{containerPort: 7, protocol: SCTP}", "grpc: {port: 7}", "none", "7",
	"SCTP"},
    /* A number in quotes is a name; nothing is called "". */
    {"{containerPort: 80}", "httpGet: {port: '80'}", "80", "none", "none"},
    {"{containerPort: 80}", "httpGet: {port: ''}", "", "none", "none"},
    {"{name: a, containerPort: 80}", "grpc: {port: a}", "a", "none", "none"},
    {"{containerPort: 80}", "httpGet: {path: /}", "none", "none", "none"},
    {"{containerPort: 80}", "httpGet: {port: null}", "none", "none", "none"},
    {"{containerPort: 80}", "httpGet: {port: [80]}", "none", "unknown",
	"unknown"},
    /* What is filled in later might be any port. */
    {"{name: a, containerPort: $X}", "tcpSocket: {port: a}", "a", "unknown",
	"unknown"},
    {"{name: a, containerPort: $X}", "tcpSocket: {port: 81}", "none", "81",
	"unknown"},
    {"{name: a, containerPort: $X}", "tcpSocket: {port: 9000}", "none", "9000",
	"TCP"},
    {"{name: a, containerPort: $X}", "tcpSocket: {port: 53}", "none", "53",
	"UDP"},
    {"{containerPort: 80}", "exec: {command: [a]}", "none", "none", "none"},
};

Test(fact_probe, ports_are_looked_up_in_the_right_container)
{
	for (size_t i = 0; i < COUNT_OF(ports); i++) {
		struct test_release test;
		struct buf yaml = {0}, probe = {0};

		buf_printf(&probe, "{%s}", ports[i].probe);
		test_release_init(
		    &test, pod(&yaml, ports[i].ports, buf_text(&probe)), NULL);
		expect(readiness(&test)->port_name, true, ports[i].name,
		    ports[i].probe);
		expect(readiness(&test)->port, false, ports[i].port,
		    ports[i].probe);
		expect(readiness(&test)->port_protocol, true, ports[i].protocol,
		    ports[i].probe);
		test_release_free(&test);
		buf_release(&yaml);
		buf_release(&probe);
	}
}

/* The port that a fix-it may propose for httpGet: by number, and TCP, which is
 * what a port is when it does not say. */
Test(fact_probe, the_first_port_is_one_that_http_can_ask)
{
	static const struct {
		const char *ports, *first;
	} rows[] = {
	    {"", "none"},
	    {"{containerPort: 80}, {containerPort: 81}", "80"},
	    {"{containerPort: 80, protocol: TCP}", "80"},
	    {"{containerPort: 80, protocol: tcp}", "80"},
	    {"{containerPort: 53, protocol: UDP}", "none"},
	    {"{containerPort: 7, protocol: SCTP}", "none"},
	    {"{containerPort: 53, protocol: UDP}, {containerPort: 80}", "80"},
	    {"{name: a}, {containerPort: 80}", "80"},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct test_release test;
		struct buf yaml = {0};

		test_release_init(&test, pod(&yaml, rows[i].ports, "{}"), NULL);
		expect(test_container(&test, "app")->first_port, false,
		    rows[i].first, rows[i].ports);
		test_release_free(&test);
		buf_release(&yaml);
	}
}

Test(fact_probe, ports_are_spelled_up_to_a_length)
{
	static const struct {
		const char *ports, *spelled;
	} rows[] = {
	    {"", "none"},
	    {"{name: a}", "none"},
	    {"{name: a, containerPort: 1}, {containerPort: 2, protocol: UDP}",
		"a 1, 2/UDP"},
	    {"{containerPort: $X}", "$X"},
	    {"{containerPort: 1}, {containerPort: 2}, {containerPort: 3}, "
	     "{containerPort: 4}, {containerPort: 5}, {containerPort: 6}, "
	     "{containerPort: 7}, {containerPort: 8}",
		"1, 2, 3, 4, 5, 6, 7, 8"},
	    {"{containerPort: 1}, {containerPort: 2}, {containerPort: 3}, "
	     "{containerPort: 4}, {containerPort: 5}, {containerPort: 6}, "
	     "{containerPort: 7}, {containerPort: 8}, {containerPort: 9}, "
	     "{containerPort: 10}",
		"1, 2, 3, 4, 5, 6, 7, 8, ..."},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct test_release test;
		struct buf yaml = {0};

		test_release_init(&test, pod(&yaml, rows[i].ports, "{}"), NULL);
		expect(test_container(&test, "app")->declared_ports, true,
		    rows[i].spelled, rows[i].ports);
		test_release_free(&test);
		buf_release(&yaml);
	}
}

/* 2147483647 is the most the API takes: no sum of such may overflow. */
static const struct {
	const char *times, *tolerated, *fails, *earliest;
} timings[] = {
    {"", "30", "30", "0"},
    {"initialDelaySeconds: 5", "30", "35", "5"},
    {"periodSeconds: 2, failureThreshold: 4", "8", "8", "0"},
    {"periodSeconds: 7, successThreshold: 3", "21", "21", "14"},
    {"periodSeconds: 0, failureThreshold: 0, successThreshold: 0", "30", "30",
	"0"},
    /* One attempt after the other: each may take 99 s. */
    {"initialDelaySeconds: 1, timeoutSeconds: 99", "297", "298", "1"},
    {"periodSeconds: 2, timeoutSeconds: 2147483648", "unknown", "unknown", "0"},
    {"initialDelaySeconds: -1", "30", "unknown", "unknown"},
    {"periodSeconds: 2147483648", "unknown", "unknown", "unknown"},
    {"periodSeconds: -9223372036854775808", "unknown", "unknown", "unknown"},
    {"successThreshold: x", "30", "30", "unknown"},
    {"initialDelaySeconds: 2147483647, periodSeconds: 2147483647, "
     "failureThreshold: 2147483647, successThreshold: 2147483647",
	"4611686014132420609", "4611686016279904256", "4611686014132420609"},
};

Test(fact_probe, times_are_worked_out_with_the_defaults_of_the_api)
{
	for (size_t i = 0; i < COUNT_OF(timings); i++) {
		const char *about = timings[i].times;
		struct test_release test;
		struct buf yaml = {0}, probe = {0};

		buf_printf(&probe, "{exec: {command: [a]}, %s}", about);
		test_release_init(
		    &test, pod(&yaml, "", buf_text(&probe)), NULL);
		expect(fact_probe_tolerated_seconds(
			   test.release, readiness(&test)),
		    false, timings[i].tolerated, about);
		expect(fact_probe_fails_after_seconds(
			   test.release, readiness(&test)),
		    false, timings[i].fails, about);
		expect(fact_probe_earliest_success_seconds(
			   test.release, readiness(&test)),
		    false, timings[i].earliest, about);
		test_release_free(&test);
		buf_release(&yaml);
		buf_release(&probe);
	}
}

#define TEMPLATE "template: {spec: {containers: [{name: app}]}}"
#define OBJECT(group, kind, spec)            \
	"apiVersion: " group "\nkind: " kind \
	"\nmetadata: {name: web}\nspec: {" spec "}\n"
#define DEPLOYMENT(spec) OBJECT("apps/v1", "Deployment", TEMPLATE spec)

static const struct {
	const char *yaml, *within;
} limits[] = {
    {DEPLOYMENT(""), "600"},
    {DEPLOYMENT(", minReadySeconds: 60"), "600"},
    {DEPLOYMENT(", progressDeadlineSeconds: 90, minReadySeconds: 100"), "90"},
    {DEPLOYMENT(", progressDeadlineSeconds: -9223372036854775808"), "unknown"},
    {DEPLOYMENT(", minReadySeconds: 9223372036854775807"), "600"},
    {DEPLOYMENT(", minReadySeconds: soon"), "600"},
    {OBJECT("argoproj.io/v1alpha1", "Rollout",
	 TEMPLATE ", progressDeadlineSeconds: 90"),
	"90"},
    {OBJECT("apps/v1", "StatefulSet", TEMPLATE ", minReadySeconds: 9"), "none"},
    {OBJECT("apps/v1", "DaemonSet", TEMPLATE), "none"},
    {OBJECT("batch/v1", "Job", TEMPLATE), "none"},
    /* The Deployment's own numbers do not count: its Rollout runs the pods. */
    {DEPLOYMENT(", progressDeadlineSeconds: 90") "---\n" OBJECT(
	 "argoproj.io/v1alpha1", "Rollout",
	 "minReadySeconds: 20, "
	 "workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}"),
	"600"},
};

/* What a container's probes let it take until it is ready. */
static const struct {
	const char *probes, *seconds;
} starts[] = {
    {"", "0"},
    {"livenessProbe: {exec: {}, initialDelaySeconds: 99}", "0"},
    {"startupProbe: {exec: {}, initialDelaySeconds: 5, failureThreshold: 4}",
	"45"},
    {"startupProbe: {exec: {}, periodSeconds: 1, timeoutSeconds: 10, "
     "failureThreshold: 70}",
	"700"},
    /* It gives up nothing: any number of failures is no time to start. */
    {"readinessProbe: {exec: {}, periodSeconds: 2, failureThreshold: 1000}",
	"2"},
    {"readinessProbe: {exec: {}, initialDelaySeconds: 20, successThreshold: 3}",
	"50"},
    /* Readiness asks when the startup probe has succeeded and its own delay is
     * over. */
    {"startupProbe: {exec: {}}, readinessProbe: {exec: {}}", "40"},
    {"startupProbe: {exec: {}}, readinessProbe: {exec: {}, "
     "initialDelaySeconds: 120, successThreshold: 2}",
	"140"},
    {"startupProbe: {exec: {}, periodSeconds: soon}", "unknown"},
    {"startupProbe: {exec: {}, periodSeconds: soon}, "
     "readinessProbe: {exec: {}}",
	"unknown"},
    {"readinessProbe: {exec: {}, initialDelaySeconds: soon}", "unknown"},
};

Test(fact_probe, a_start_is_as_long_as_the_probes_let_it)
{
	for (size_t i = 0; i < COUNT_OF(starts); i++) {
		struct test_release test;
		struct buf yaml = {0};

		buf_printf(&yaml,
		    "apiVersion: apps/v1\nkind: Deployment\n"
		    "metadata: {name: web}\nspec: {template: {spec: "
		    "{containers: [{name: app, %s}]}}}\n",
		    starts[i].probes);
		test_release_init(&test, buf_text(&yaml), NULL);
		expect(fact_container_start_seconds(
			   test.release, test_container(&test, "app")),
		    false, starts[i].seconds, starts[i].probes);
		test_release_free(&test);
		buf_release(&yaml);
	}
}

/* The least deadline of a start of 10 s, by minReadySeconds: being ready
 * restarts the clock. */
Test(fact_probe, the_deadline_is_held_against_the_longer_wait)
{
	static const struct {
		const char *min_ready, *seconds;
	} rows[] = {{"0", "11"}, {"10", "11"}, {"11", "12"}, {"300", "301"},
	    {"-5", "11"}, {"soon", "unknown"},
	    {"9223372036854775807", "9223372036854775807"}};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct test_release test;
		struct buf yaml = {0};

		buf_printf(&yaml,
		    "apiVersion: apps/v1\nkind: Deployment\n"
		    "metadata: {name: web}\nspec: {minReadySeconds: %s, "
		    "template: {spec: {containers: [{name: app, "
		    "readinessProbe: {exec: {}}}]}}}\n",
		    rows[i].min_ready);
		test_release_init(&test, buf_text(&yaml), NULL);
		expect(fact_container_least_deadline_seconds(
			   test.release, test_container(&test, "app")),
		    false, rows[i].seconds, rows[i].min_ready);
		test_release_free(&test);
		buf_release(&yaml);
	}
}

/* One more than the 40 s of the sidecar and the 10 s of the probe; the sidecar
 * is the first itself. */
Test(fact_probe, sidecars_start_first)
{
	struct test_release test;
	const struct container *app, *mesh;

	test_release_init(&test,
	    "apiVersion: apps/v1\n"
	    "kind: Deployment\n"
	    "metadata: {name: web}\n"
	    "spec:\n"
	    "  minReadySeconds: 5\n"
	    "  template:\n"
	    "    spec:\n"
	    "      initContainers:\n"
	    "        - {name: mesh, restartPolicy: Always, startupProbe: "
	    "{tcpSocket: {port: 1}, failureThreshold: 4}}\n"
	    "        - {name: odd, restartPolicy: Always, startupProbe: "
	    "{tcpSocket: {port: 1}, periodSeconds: soon}}\n"
	    "      containers:\n"
	    "        - {name: app, readinessProbe: {tcpSocket: {port: 1}}}\n",
	    NULL);
	app = test_container(&test, "app");
	mesh = test_container(&test, "mesh");
	test_expect_int(app->starts_after_seconds, 40);
	test_expect_int(mesh->starts_after_seconds, 0);
	test_expect_int(
	    fact_container_least_deadline_seconds(test.release, app), 51);
	test_expect_int(
	    fact_container_least_deadline_seconds(test.release, mesh), 41);
	test_release_free(&test);
}

Test(fact_probe, the_deadline_is_that_of_who_runs_the_pods)
{
	for (size_t i = 0; i < COUNT_OF(limits); i++) {
		struct test_release test;

		test_release_init(&test, limits[i].yaml, NULL);
		expect(fact_workload_ready_within_seconds(
			   test.release, test_workload(&test, "web")),
		    false, limits[i].within, limits[i].yaml);
		test_release_free(&test);
	}
}

Test(fact_probe, a_service_is_headless_by_its_address)
{
	static const struct {
		const char *spec, *headless, *publishes;
	} rows[] = {
	    {"", "false", "false"},
	    {"clusterIP: None, publishNotReadyAddresses: true", "true", "true"},
	    {"clusterIP: 10.0.0.1, publishNotReadyAddresses: false", "false",
		"false"},
	    {"clusterIP: '', publishNotReadyAddresses: 'true'", "false",
		"unknown"},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct test_release test;
		struct buf yaml = {0};
		const struct service *service;

		buf_printf(&yaml, OBJECT("v1", "Service", "%s"), rows[i].spec);
		test_release_init(&test, buf_text(&yaml), NULL);
		service = test_entity(&test, ENTITY_service, "web");
		test_expect_bool(service->headless, rows[i].headless);
		test_expect_bool(
		    service->publishes_not_ready, rows[i].publishes);
		test_release_free(&test);
		buf_release(&yaml);
	}
}

/* The kubelet asks from the node, whose loopback address is not the pod's;
 * with hostNetwork the two are one. */
static const struct {
	const char *host;
	bool asks_node;
} hosts[] = {
    {"localhost", true},
    {"127.0.0.1", true},
    {"127.9", true},
    {"\"::1\"", true},
    {"\"[::1]\"", true},
    {"127.", false},
    {"127.0.0.1.nip.io", false},
    {"localhost.example.com", false},
    {"10.127.0.1", false},
    {"\"\"", false},
};

Test(fact_probe, hosts_that_are_the_node)
{
	for (size_t i = 0; i < COUNT_OF(hosts); i++) {
		struct test_release test;
		struct buf yaml = {0}, probe = {0};
		struct fact fact;

		buf_printf(
		    &probe, "{tcpSocket: {host: %s, port: 80}}", hosts[i].host);
		test_release_init(
		    &test, pod(&yaml, "", buf_text(&probe)), NULL);
		fact = fact_probe_asks_node(test.release, readiness(&test));
		cr_assert_eq(
		    fact.boolean, hosts[i].asks_node, "%s", hosts[i].host);
		test_release_free(&test);
		buf_release(&yaml);
		buf_release(&probe);
	}
}

Test(fact_probe, the_node_is_the_pod_with_host_network)
{
	struct test_release test;

	test_release_init(&test,
	    "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: "
	    "{hostNetwork: true, containers: [{name: app, readinessProbe: "
	    "{tcpSocket: {host: localhost, port: 80}}}]}\n",
	    NULL);
	cr_assert_not(
	    fact_probe_asks_node(test.release, readiness(&test)).boolean);
	test_release_free(&test);
}

static const struct {
	const char *probe, *valid;
} valid_ports[] = {
    {"{tcpSocket: {port: 1}}", "true"},
    {"{tcpSocket: {port: 65535}}", "true"},
    {"{tcpSocket: {port: web}}", "true"},
    {"{tcpSocket: {port: 0}}", "false"},
    {"{tcpSocket: {port: 65536}}", "false"},
    {"{tcpSocket: {port: far}}", "false"},
    {"{tcpSocket: {port: nowhere}}", "false"},
    {"{httpGet: {path: /}}", "false"},
    {"{tcpSocket: {port: [80]}}", "unknown"},
};

Test(fact_probe, ports_that_can_be_asked)
{
	for (size_t i = 0; i < COUNT_OF(valid_ports); i++) {
		struct test_release test;
		struct buf yaml = {0};

		test_release_init(&test,
		    pod(&yaml,
			"{name: web, containerPort: 80}, "
			"{name: far, containerPort: 70000}",
			valid_ports[i].probe),
		    NULL);
		test_expect_bool(
		    fact_probe_port_valid(test.release, readiness(&test)),
		    valid_ports[i].valid);
		test_release_free(&test);
		buf_release(&yaml);
	}
}
