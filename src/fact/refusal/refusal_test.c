/* Pods of a Deployment -> what the API refuses in them, one row each. */
#include "fact/refusal/refusal.h"
#include "fact/test_release.h"

/* The pod spec of a Deployment, and its refusals: their classes and paths in
 * it, in order. */
struct row {
	const char *pod, *refusals;
};

static void expect(const struct row *row)
{
	static const char place[] = "spec.template.spec";
	struct test_release test;
	struct buf yaml = {0}, found = {0};
	const struct entity_list *list;

	buf_printf(&yaml,
	    "apiVersion: apps/v1\n"
	    "kind: Deployment\n"
	    "metadata: {name: web}\n"
	    "spec:\n"
	    "  selector: {matchLabels: {a: b}}\n"
	    "  template: {metadata: {labels: {a: b}}, spec: %s}\n",
	    row->pod);
	test_release_init(&test, buf_text(&yaml), NULL);
	list = &test.release->lists[ENTITY_refusal];
	for (size_t i = 0; i < list->n; i++) {
		const struct refusal *refusal = list->items[i];

		cr_assert(slice_starts(
		    slice_of(refusal->path.text), slice_of(place)));
		buf_printf(&found, "%s%s %s", i ? ", " : "",
		    refusal->class.text, refusal->path.text + strlen(place));
	}
	cr_assert_str_eq(buf_text(&found), row->refusals, "%s: %s", row->pod,
	    buf_text(&found));
	test_release_free(&test);
	buf_release(&yaml);
	buf_release(&found);
}

#define EXPECT(rows)                                \
	for (size_t i = 0; i < COUNT_OF(rows); i++) \
	expect(&(rows)[i])

static const struct row one_of_each_rows[] = {
    {"{containers: [{name: a, image: i, env: []}]}", ""},
    {"{}", "missing .containers"},
    {"null", "missing "},
    {"{containers: null}", "missing .containers"},
    /* Once, though it lacks two fields and has no key. */
    {"{containers: [null, {name: a, image: i}]}", "missing .containers[0]"},
    {"{containers: [web, {name: a, image: i}]}", "type .containers[0]"},
    {"{containers: [{name: a, image: i, env: [null]}]}",
	"missing .containers[name=a].env[0]"},
    {"{containers: [{image: i}]}", "missing .containers[0].name"},
    {"{containers: [{name: '', image: i}]}", "value .containers[0].name"},
    {"{containers: [{name: a}]}", "missing .containers[name=a].image"},
    {"{containers: [{name: "
     "a23456789012345678901234567890123456789012345678901234567890123, "
     "image: i}]}",
	""},
    {"{containers: [{name: "
     "a234567890123456789012345678901234567890123456789012345678901234,"
     " "
     "image: i}]}",
	"value ."
	"containers[name="
	"a234567890123456789012345678901234567890123456789012345678901234]."
	"name"},
    {"{containers: [{name: -a, image: i}]}", "value .containers[name=-a].name"},
    {"{containers: [{name: a-, image: i}]}", "value .containers[name=a-].name"},
    {"{containers: [{name: A, image: i}]}", "value .containers[name=A].name"},
    {"{containers: [{name: 0a, image: i}]}", ""},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 1}]}]}",
	""},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 65535}]}]}",
	""},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 0}]}]}",
	"value .containers[name=a].ports[0].containerPort"},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 65536}]}]}",
	"value .containers[name=a].ports[0].containerPort"},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 99999999999999999999}]}]}",
	"type .containers[name=a].ports[0].containerPort"},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: http}]}]}",
	"type .containers[name=a].ports[0].containerPort"},
    {"{containers: [{name: a, image: i, ports: [{name: "
     "http}]}]}",
	"missing "
	".containers[name=a].ports[name=http].containerPort"},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 1, hostPort: 0}]}]}",
	""},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 1, hostPort: 65536}]}]}",
	"value .containers[name=a].ports[0].hostPort"},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 1, name: a23456789012345}]}]}",
	""},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 1, name: a234567890123456}]}]}",
	"value .containers[name=a].ports[name=a234567890123456]."
	"name"},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 1, name: a--b}]}]}",
	"value .containers[name=a].ports[name=a--b].name"},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 1, name: Http}]}]}",
	"value .containers[name=a].ports[name=Http].name"},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 1, name: '80'}]}]}",
	"value .containers[name=a].ports[name=80].name"},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 1, name: 80-a}]}]}",
	""},
    {"{containers: [{name: a, image: i, env: [{name: x, value: "
     "yes}]}]}",
	"type .containers[name=a].env[name=x].value"},
    {"{containers: [{name: a, image: i, env: [{name: x, value: "
     "'yes'}]}]}",
	""},
    {"{containers: [{name: a, image: i, env: [{name: x, value: "
     "!!str 1}]}]}",
	""},
    {"{containers: [{name: a, image: i, env: [{name: x}, "
     "{name: x}]}]}",
	"twice .containers[name=a].env[name=x].name"},
    {"{containers: [{name: a, image: i, volumeMounts: "
     "[{mountPath: /a}]}]}",
	"missing .containers[name=a].volumeMounts[0].name"},
    {"{containers: [{name: a, image: i, volumeMounts: [{name: "
     "v, mountPath: /a}]}]}",
	"value .containers[name=a].volumeMounts[name=v].name"},
    {"{volumes: [{name: v}], containers: [{name: a, image: i, "
     "volumeMounts: [{name: v}]}]}",
	"missing "
	".containers[name=a].volumeMounts[name=v].mountPath"},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 1, protocol: tcp}]}]}",
	"value .containers[name=a].ports[0].protocol"},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: 1, protocol: SCTP}]}]}",
	""},
    {"{hostNetwork: true, containers: [{name: a, image: i, "
     "ports: [{containerPort: 1, hostPort: 2}]}]}",
	"value .containers[name=a].ports[0].hostPort"},
    {"{hostNetwork: true, containers: [{name: a, image: i, "
     "ports: [{containerPort: 1, hostPort: 0}]}]}",
	""},
    {"{activeDeadlineSeconds: 9, containers: [{name: a, image: "
     "i}]}",
	"value .activeDeadlineSeconds"},
    {"{volumes: [{name: v, emptyDir: {}, configMap: {name: "
     "x}}], containers: [{name: a, image: i}]}",
	"value .volumes[name=v].configMap"},
    {"{volumes: [{name: v, emptyDir: null, configMap: {name: "
     "x}}], containers: [{name: a, image: i}]}",
	""},
    {"{volumes: [{name: v, emptyDir: {}}], containers: [{name: "
     "a, image: i}]}",
	""},
};

Test(fact_refusal, one_of_each)
{
	EXPECT(one_of_each_rows);
}

static const struct row probes_and_hooks_rows[] = {
    {"{initContainers: [{name: b, image: i, readinessProbe: "
     "{exec: {command: [a]}}}], containers: [{name: a, image: "
     "i}]}",
	"value .initContainers[name=b].readinessProbe"},
    {"{initContainers: [{name: b, image: i, lifecycle: "
     "{preStop: {exec: {command: [a]}}}}], containers: [{name: "
     "a, image: i}]}",
	"value .initContainers[name=b].lifecycle"},
    {"{initContainers: [{name: b, image: i, restartPolicy: "
     "Always, lifecycle: {preStop: {exec: {command: [a]}}}, "
     "startupProbe: {tcpSocket: {port: 1}}}], containers: "
     "[{name: a, image: i}]}",
	""},
    {"{initContainers: [{name: b, image: i, restartPolicy: "
     "Always, livenessProbe: {successThreshold: 2}}], "
     "containers: [{name: a, image: i}]}",
	"missing .initContainers[name=b].livenessProbe, value "
	".initContainers[name=b].livenessProbe.successThreshold"},
    {"{initContainers: [{name: b, image: i, startupProbe: "
     "null, lifecycle: null}], containers: [{name: a, image: "
     "i}]}",
	""},
    {"{containers: [{name: a, image: i, readinessProbe: {grpc: "
     "{port: 1}, httpGet: {port: 1}}}]}",
	"value .containers[name=a].readinessProbe.grpc"},
    {"{containers: [{name: a, image: i, readinessProbe: {grpc: "
     "{port: 1}, httpGet: null}}]}",
	""},
    {"{containers: [{name: a, image: i, readinessProbe: "
     "{tcpSocket: {port: 1}, successThreshold: 2}}]}",
	""},
    {"{containers: [{name: a, image: i, startupProbe: "
     "{tcpSocket: {port: 1}, successThreshold: 2}}]}",
	"value .containers[name=a].startupProbe.successThreshold"},
    {"{containers: [{name: a, image: i, livenessProbe: "
     "{tcpSocket: {port: 1}, successThreshold: 0}}]}",
	""},
    {"{containers: [{name: a, image: i, livenessProbe: "
     "{tcpSocket: {port: 1}, periodSeconds: -1}}]}",
	"value .containers[name=a].livenessProbe.periodSeconds"},
    {"{containers: [{name: a, image: i, livenessProbe: "
     "{tcpSocket: {port: 1}, periodSeconds: '5'}}]}",
	"type .containers[name=a].livenessProbe.periodSeconds"},
    {"{containers: [{name: a, image: i, livenessProbe: {exec: "
     "{}}}]}",
	"missing .containers[name=a].livenessProbe.exec.command"},
    {"{containers: [{name: a, image: i, livenessProbe: {exec: "
     "{command: []}}}]}",
	"value .containers[name=a].livenessProbe.exec.command"},
    {"{containers: [{name: a, image: i, livenessProbe: "
     "{httpGet: {port: 1, scheme: https}}}]}",
	"value .containers[name=a].livenessProbe.httpGet.scheme"},
    {"{containers: [{name: a, image: i, livenessProbe: "
     "{httpGet: {port: 1, scheme: HTTPS}}}]}",
	""},
    {"{containers: [{name: a, image: i, lifecycle: {preStop: "
     "{sleep: {seconds: 1}, exec: {command: [a]}}}}]}",
	"value .containers[name=a].lifecycle.preStop.sleep"},
    {"{containers: [{name: a, image: i, lifecycle: {postStart: "
     "{exec: {}}}}]}",
	"missing "
	".containers[name=a].lifecycle.postStart.exec.command"},
};

Test(fact_refusal, probes_and_hooks)
{
	EXPECT(probes_and_hooks_rows);
}

static const struct row types_come_first_rows[] = {
    {"{containers: {a: b}}", "type .containers"},
    {"{containers: [{name: {{a: }: }, image: {{a: }: }}]}",
	"type .containers[0].name, type .containers[0].image"},
    {"{containers: [{name: a, image: i, ports: "
     "[{containerPort: {a: b}}, x, {containerPort: 8e1}]}]}",
	"type .containers[name=a].ports[0].containerPort, type "
	".containers[name=a].ports[1]"},
    {"{containers: [{name: a, image: i, env: [{name: {a: b}, "
     "value: {a: b}}, x]}]}",
	"type .containers[name=a].env[0].name, type "
	".containers[name=a].env[0].value, type "
	".containers[name=a].env[1]"},
    {"{volumes: {a: b}, containers: [{name: a, image: i, "
     "volumeMounts: [{name: v, mountPath: /a}]}]}",
	"type .volumes"},
    {"{volumes: [{name: {a: b}}], containers: [{name: a, "
     "image: i, volumeMounts: [{name: v, mountPath: /a}, x]}]}",
	"type .volumes[0].name, type "
	".containers[name=a].volumeMounts[1]"},
    {"{restartPolicy: {a: b}, containers: [{name: a, image: "
     "i}]}",
	"type .restartPolicy"},
    {"[a]", "type "},
};

Test(fact_refusal, types_come_first)
{
	EXPECT(types_come_first_rows);
}

static const struct row names_are_told_apart_rows[] = {
    {"{containers: [{name: a, image: i}, {name: a, image: j}]}",
	"value .containers[name=a].name"},
    {"{initContainers: [{name: a, image: i}], containers: "
     "[{name: a, image: j}]}",
	"value .initContainers[name=a].name"},
    {"{volumes: [{name: a}, {name: a}], containers: [{name: a, "
     "image: j}]}",
	"value .volumes[name=a].name"},
    {"{containers: [{name: a, image: i, ports: [{name: p, "
     "containerPort: 1}]}, {name: b, image: i, ports: [{name: "
     "p, containerPort: 2}]}]}",
	""},
    {"{containers: [{name: a, image: i, ports: [{name: p, "
     "containerPort: 1}, {name: p, containerPort: 2}]}]}",
	"value .containers[name=a].ports[name=p].name"},
    {"{volumes: [{name: v}, {name: w}], containers: [{name: a, "
     "image: i, volumeMounts: [{name: v, mountPath: /a}, "
     "{name: w, mountPath: /a}]}]}",
	"value "
	".containers[name=a].volumeMounts[name=w].mountPath"},
    {"{volumes: [{name: v}], initContainers: [{name: b, image: "
     "i, volumeMounts: [{name: v, mountPath: /a}]}], "
     "containers: [{name: a, image: i, volumeMounts: [{name: "
     "v, mountPath: /a}]}]}",
	""},
};

Test(fact_refusal, names_are_told_apart)
{
	EXPECT(names_are_told_apart_rows);
}
