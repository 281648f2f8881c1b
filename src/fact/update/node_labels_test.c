/* Labels that pods ask of nodes and that no node has. */
#include "fact/test_release.h"
#include "fact/update/update.h"

/* What of a pod's spec is not met: a label's value, or a topologyKey. */
static void expect(const char *spec, const char *label, const char *topology)
{
	struct test_release test;
	struct buf yaml = {0};
	const struct workload *workload;

	buf_printf(&yaml,
	    "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\n"
	    "spec: {jobTemplate: {spec: {template: {spec: {%s}}}}}\n",
	    spec);
	test_release_init(&test, buf_text(&yaml), NULL);
	workload = test_workload(&test, "a");
	test_expect_text(
	    fact_workload_unmet_label(test.release, workload), label);
	test_expect_text(
	    fact_workload_undefined_topology(test.release, workload), topology);
	test_release_free(&test);
	buf_release(&yaml);
}

Test(fact_node_labels, selectors)
{
	expect("nodeSelector: {kubernetes.io/arch: x86_64}", "x86_64", NULL);
	expect(
	    "nodeSelector: {a: b, kubernetes.io/os: Windows}", "Windows", NULL);
	expect("nodeSelector: {kubernetes.io/arch: amd64}", NULL, NULL);
	expect("nodeSelector: {kubernetes.io/os: x86_64}", NULL, NULL);
	expect("nodeSelector: {example.com/arch: x86_64}", NULL, NULL);
	expect("nodeSelector: x86_64", NULL, NULL);
}

#define AFFINITY(terms)                                      \
	"affinity: {nodeAffinity: {requiredDuringScheduling" \
	"IgnoredDuringExecution: {nodeSelectorTerms: [" terms "]}}}"
#define TERM(operator, values)                                     \
	"{matchExpressions: [{key: kubernetes.io/arch, operator: " \
	operator", values: [" values "]}]}"

/* One term is enough for a node, and one value for a term. */
Test(fact_node_labels, affinities)
{
	expect(AFFINITY(TERM("In", "aarch64")), "aarch64", NULL);
	expect(AFFINITY(TERM("In", "aarch64, x64")), "aarch64", NULL);
	expect(
	    AFFINITY(TERM("In", "x64") ", " TERM("In", "i386")), "x64", NULL);
	expect(AFFINITY(TERM("In", "aarch64, arm64")), NULL, NULL);
	expect(
	    AFFINITY(TERM("In", "x64") ", " TERM("In", "amd64")), NULL, NULL);
	expect(
	    AFFINITY(TERM("In", "amd64") ", " TERM("In", "x64")), NULL, NULL);
	expect(AFFINITY(TERM("NotIn", "aarch64")), NULL, NULL);
	expect(AFFINITY(TERM("In", "")), NULL, NULL);
	expect(AFFINITY(""), NULL, NULL);
}

#define SPREAD(key, when)                                            \
	"topologySpreadConstraints: [{maxSkew: 1, topologyKey: " key \
	", whenUnsatisfiable: " when "}]"
#define APART(kind, key)                     \
	"affinity: {podAntiAffinity: {" kind \
	"DuringSchedulingIgnoredDuringExecution: [{topologyKey: " key "}]}}"

Test(fact_node_labels, topologies)
{
	expect(SPREAD("kubernetes.io/hostnames", "DoNotSchedule"), NULL,
	    "kubernetes.io/hostnames");
	expect(SPREAD("topology.kubernetes.io/zones", "DoNotSchedule"), NULL,
	    "topology.kubernetes.io/zones");
	expect(SPREAD("topology.kubernetes.io/zones", "ScheduleAnyway"), NULL,
	    NULL);
	expect(
	    SPREAD("topology.kubernetes.io/zone", "DoNotSchedule"), NULL, NULL);
	expect(SPREAD("notkubernetes.io/rack", "DoNotSchedule"), NULL, NULL);
	expect(SPREAD("example.com/rack", "DoNotSchedule"), NULL, NULL);
	expect(APART("required", "kubernetes.io/host"), NULL,
	    "kubernetes.io/host");
	expect(APART("required", "kubernetes.io/hostname"), NULL, NULL);
	expect(APART("preferred", "kubernetes.io/host"), NULL, NULL);
}
