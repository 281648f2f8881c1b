/* What is wrong with the pods of a workload, one row each. */
#include "fact/test_release.h"

#include <stdio.h>

/* The pod spec of a Deployment; what its only problem begins with, NULL when
 * it has none. */
struct row {
	const char *pod, *problem;
};

static void expect(const struct row *row)
{
	char yaml[2000];
	struct test_release test;
	const struct entity_list *list;
	const char *text = "";

	snprintf(yaml, sizeof(yaml),
	    "apiVersion: apps/v1\n"
	    "kind: Deployment\n"
	    "metadata: {name: web}\n"
	    "spec: {template: {spec: %s}}\n",
	    row->pod);
	test_release_init(&test, yaml, NULL);
	list = &test.release->lists[ENTITY_problem];
	cr_assert_eq(list->n, row->problem != NULL, "%s: %zu problems",
	    row->pod, list->n);
	if (list->n)
		text = ((const struct problem *)list->items[0])->text.text;
	cr_assert(slice_starts(slice_of(text),
		      slice_of(row->problem ? row->problem : "")),
	    "%s: %s", row->pod, text);
	test_release_free(&test);
}

#define CONTAINER(fields) "{containers: [{name: a, image: i, " fields "}]}"
#define PORT(fields) CONTAINER("ports: [{" fields "}]")
#define VOLUME(fields)                                                      \
	"{volumes: [{name: v, " fields "}], containers: [{name: a, image: " \
	"i}]}"
#define LONG "a234567890123456789012345678901234567890123456789012345678901"

Test(fact_pod_problem, one_of_each)
{
	static const struct row rows[] = {
	    {CONTAINER("env: []"), NULL},
	    {"{}", "there are no containers"},
	    {"null", "there are no containers"},
	    {"{containers: null}", "there are no containers"},
	    {"{containers: [{image: i}]}", "a container has no name"},
	    {"{containers: [{name: '', image: i}]}", "a container has no name"},
	    {"{containers: [{name: a}]}", "the container 'a' has no image"},
	    {"{containers: [{name: " LONG "23, image: i}]}", NULL},
	    {"{containers: [{name: " LONG "234, image: i}]}", "'" LONG},
	    {"{containers: [{name: -a, image: i}]}", "'-a' cannot be"},
	    {"{containers: [{name: a-, image: i}]}", "'a-' cannot be"},
	    {"{containers: [{name: A, image: i}]}", "'A' cannot be"},
	    {"{containers: [{name: 0a, image: i}]}", NULL},
	    {PORT("containerPort: 1"), NULL},
	    {PORT("containerPort: 65535"), NULL},
	    {PORT("containerPort: 0"), "containerPort '0' is no"},
	    {PORT("containerPort: 65536"), "containerPort '65536' is no"},
	    {PORT("containerPort: 99999999999999999999"), NULL},
	    {PORT("containerPort: http"), "containerPort 'http' is no"},
	    {PORT("name: http"), "a port has no containerPort"},
	    {PORT("containerPort: 1, hostPort: 0"), NULL},
	    {PORT("containerPort: 1, hostPort: 65536"), "hostPort '65536'"},
	    {PORT("containerPort: 1, name: a23456789012345"), NULL},
	    {PORT("containerPort: 1, name: a234567890123456"), "'a23456"},
	    {PORT("containerPort: 1, name: a--b"), "'a--b' cannot be"},
	    {PORT("containerPort: 1, name: Http"), "'Http' cannot be"},
	    {PORT("containerPort: 1, name: '80'"), "'80' cannot be"},
	    {PORT("containerPort: 1, name: 80-a"), NULL},
	    {CONTAINER("env: [{name: x, value: yes}]"), "the value yes of"},
	    {CONTAINER("env: [{name: x, value: 'yes'}]"), NULL},
	    {CONTAINER("env: [{name: x, value: !!str 1}]"), NULL},
	    {CONTAINER("env: [{name: x}, {name: x}]"), NULL},
	    {CONTAINER("volumeMounts: [{mountPath: /a}]"),
		"a volumeMount does not name"},
	    {CONTAINER("volumeMounts: [{name: v, mountPath: /a}]"),
		"the volume 'v' is mounted"},
	    {"{volumes: [{name: v}], containers: [{name: a, image: i, "
	     "volumeMounts: [{name: v}]}]}",
		"a volumeMount has no mountPath"},
	    {PORT("containerPort: 1, protocol: tcp"), "the protocol of a port"},
	    {PORT("containerPort: 1, protocol: SCTP"), NULL},
	    {"{hostNetwork: true, containers: [{name: a, image: i, ports: "
	     "[{containerPort: 1, hostPort: 2}]}]}",
		"hostPort 2 must be the containerPort 1"},
	    {"{hostNetwork: true, containers: [{name: a, image: i, ports: "
	     "[{containerPort: 1, hostPort: 0}]}]}",
		NULL},
	    {"{activeDeadlineSeconds: 9, containers: [{name: a, image: i}]}",
		"activeDeadlineSeconds is for Jobs"},
	    {VOLUME("emptyDir: {}, configMap: {name: x}"),
		"the volume 'v' is both emptyDir and configMap"},
	    {VOLUME("emptyDir: null, configMap: {name: x}"), NULL},
	    {VOLUME("emptyDir: {}"), NULL},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}

#define PROBE(kind, fields) CONTAINER(kind "Probe: {" fields "}")
#define INIT(fields)                                           \
	"{initContainers: [{name: b, image: i, " fields "}], " \
	"containers: [{name: a, image: i}]}"

Test(fact_pod_problem, probes_and_hooks)
{
	static const struct row rows[] = {
	    {INIT("readinessProbe: {exec: {command: [a]}}"),
		"the init container 'b' has readinessProbe"},
	    {INIT("lifecycle: {preStop: {exec: {command: [a]}}}"),
		"the init container 'b' has lifecycle"},
	    {INIT("restartPolicy: Always, lifecycle: {preStop: {exec: "
		  "{command: [a]}}}, startupProbe: {tcpSocket: {port: 1}}"),
		NULL},
	    {INIT("restartPolicy: Always, livenessProbe: {successThreshold: "
		  "2}"),
		"the successThreshold of a livenessProbe must be 1"},
	    {INIT("startupProbe: null, lifecycle: null"), NULL},
	    {PROBE("readiness", "grpc: {port: 1}, httpGet: {port: 1}"),
		"a readinessProbe has both httpGet and grpc"},
	    {PROBE("readiness", "grpc: {port: 1}, httpGet: null"), NULL},
	    {PROBE("readiness", "tcpSocket: {port: 1}, successThreshold: 2"),
		NULL},
	    {PROBE("startup", "tcpSocket: {port: 1}, successThreshold: 2"),
		"the successThreshold of a startupProbe must be 1"},
	    {PROBE("liveness", "tcpSocket: {port: 1}, successThreshold: 0"),
		NULL},
	    {PROBE("liveness", "tcpSocket: {port: 1}, periodSeconds: -1"),
		"periodSeconds -1 is negative"},
	    {PROBE("liveness", "tcpSocket: {port: 1}, periodSeconds: '5'"),
		"periodSeconds '5' is a text"},
	    {PROBE("liveness", "exec: {}"), "the exec of a livenessProbe has"},
	    {PROBE("liveness", "exec: {command: []}"), "the exec of a"},
	    {PROBE("liveness", "httpGet: {port: 1, scheme: https}"),
		"the scheme of a probe is HTTP or HTTPS, not 'https'"},
	    {PROBE("liveness", "httpGet: {port: 1, scheme: HTTPS}"), NULL},
	    {CONTAINER("lifecycle: {preStop: {sleep: {seconds: 1}, exec: "
		       "{command: [a]}}}"),
		"a preStop has both exec and sleep"},
	    {CONTAINER("lifecycle: {postStart: {exec: {}}}"),
		"the exec of a postStart has no command"},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}

/* Values that were not filled in yet are of other kinds: {{ .x }} is a
 * mapping to YAML. */
Test(fact_pod_problem, what_nobody_can_tell)
{
	static const struct row rows[] = {
	    {"{containers: {a: b}}", NULL},
	    {"{containers: [{name: {{a: }: }, image: {{a: }: }}]}", NULL},
	    {CONTAINER("ports: [{containerPort: {a: b}}, x, {containerPort: "
		       "8e1}]"),
		NULL},
	    {CONTAINER("env: [{name: {a: b}, value: {a: b}}, x]"), NULL},
	    {"{volumes: {a: b}, containers: [{name: a, image: i, "
	     "volumeMounts: [{name: v, mountPath: /a}]}]}",
		NULL},
	    {"{volumes: [{name: {a: b}}], containers: [{name: a, image: i, "
	     "volumeMounts: [{name: v, mountPath: /a}, x]}]}",
		NULL},
	    {"{restartPolicy: {a: b}, containers: [{name: a, image: i}]}",
		NULL},
	    {"[a]", NULL},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}

/* Another container may have what this one has. */
Test(fact_pod_problem, names_are_told_apart)
{
	static const struct row rows[] = {
	    {"{containers: [{name: a, image: i}, {name: a, image: j}]}",
		"two containers are called 'a'"},
	    {"{initContainers: [{name: a, image: i}], "
	     "containers: [{name: a, image: j}]}",
		"two containers are called 'a'"},
	    {"{volumes: [{name: a}, {name: a}], "
	     "containers: [{name: a, image: j}]}",
		"two volumes are called 'a'"},
	    {"{containers: ["
	     "{name: a, image: i, ports: [{name: p, containerPort: 1}]}, "
	     "{name: b, image: i, ports: [{name: p, containerPort: 2}]}]}",
		NULL},
	    {PORT("name: p, containerPort: 1}, {name: p, containerPort: 2"),
		"two ports of one container"},
	    {"{volumes: [{name: v}, {name: w}], containers: [{name: a, "
	     "image: i, volumeMounts: [{name: v, mountPath: /a}, "
	     "{name: w, mountPath: /a}]}]}",
		"two volumes of one container are mounted at '/a'"},
	    {"{volumes: [{name: v}], initContainers: [{name: b, image: i, "
	     "volumeMounts: [{name: v, mountPath: /a}]}], "
	     "containers: [{name: a, image: i, "
	     "volumeMounts: [{name: v, mountPath: /a}]}]}",
		NULL},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}
