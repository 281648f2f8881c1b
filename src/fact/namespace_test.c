/* Who finds whom in which namespace, by the table of
 * testdata/facts/namespaces.txt. */
#include "doc/test_table.h"
#include "fact/network/network.h"
#include "fact/problem.h"
#include "fact/scale/scale.h"
#include "fact/service/service.h"
#include "fact/test_release.h"
#include "fact/update/update.h"

#include <string.h>

#define OBJECT(group, kind, spec)                                       \
	"apiVersion: " group "\nkind: " kind "\nmetadata: {name: web, " \
	"labels: {app: web}%s}\nspec: {" spec "}\n---\n"
#define TEMPLATE "template: {metadata: {labels: {app: web}}}"
#define DEPLOYMENT                      \
	OBJECT("apps/v1", "Deployment", \
	    "selector: {matchLabels: {app: web}}, " TEMPLATE)
#define TARGET "{apiVersion: apps/v1, kind: Deployment, name: web}"
#define MONITOR(kind, more)                      \
	OBJECT("monitoring.coreos.com/v1", kind, \
	    "selector: {matchLabels: {app: web}}" more)

static struct fact service_finds(
    const struct release *release, const void *owner)
{
	return fact_service_workloads(release, owner);
}

static struct fact pdb_finds(const struct release *release, const void *owner)
{
	return fact_pdb_workloads(release, owner);
}

static struct fact policy_finds(
    const struct release *release, const void *owner)
{
	return fact_networkpolicy_workloads(release, owner);
}

static struct fact hpa_finds(const struct release *release, const void *owner)
{
	return fact_autoscaler_targets(release, owner);
}

static struct fact vpa_finds(const struct release *release, const void *owner)
{
	return fact_vpa_targets(release, owner);
}

static struct fact monitor_finds_pods(
    const struct release *release, const void *owner)
{
	return fact_monitor_workloads(release, owner);
}

static struct fact monitor_finds_services(
    const struct release *release, const void *owner)
{
	return fact_monitor_services(release, owner);
}

/* Of two workloads, what the later one finds of the earlier. */
static struct fact workload_finds_rival(
    const struct release *release, const void *owner)
{
	(void)owner;
	return fact_workload_rivals(
	    release, release->lists[ENTITY_workload].items[1]);
}

/* A list with the earlier object in it, or an empty one. */
static struct fact manifest_finds_earlier(
    const struct release *release, const void *owner)
{
	static const struct entity_list none, one = {.n = 1};
	const struct manifest *later = release->lists[ENTITY_manifest].items[1];

	(void)owner;
	return fact_list(later->seldom->earlier ? &one : &none);
}

/* owner and other are manifests with %s for the namespace. */
static const struct {
	const char *form;
	enum entity_kind kind;
	const char *owner, *other;
	struct fact (*finds)(const struct release *, const void *owner);
} forms[] = {
    {"service", ENTITY_service, OBJECT("v1", "Service", "selector: {app: web}"),
	DEPLOYMENT, service_finds},
    {"pdb", ENTITY_pdb,
	OBJECT("policy/v1", "PodDisruptionBudget",
	    "selector: {matchLabels: {app: web}}"),
	DEPLOYMENT, pdb_finds},
    {"policy", ENTITY_networkpolicy,
	OBJECT("networking.k8s.io/v1", "NetworkPolicy", "podSelector: {}"),
	DEPLOYMENT, policy_finds},
    {"hpa", ENTITY_autoscaler,
	OBJECT("autoscaling/v2", "HorizontalPodAutoscaler",
	    "scaleTargetRef: " TARGET),
	DEPLOYMENT, hpa_finds},
    {"vpa", ENTITY_vpa,
	OBJECT("autoscaling.k8s.io/v1", "VerticalPodAutoscaler",
	    "targetRef: " TARGET),
	DEPLOYMENT, vpa_finds},
    {"rival", ENTITY_workload,
	OBJECT("apps/v1", "StatefulSet",
	    "selector: {matchLabels: {app: web}}, " TEMPLATE),
	DEPLOYMENT, workload_finds_rival},
    {"podmonitor", ENTITY_monitor, MONITOR("PodMonitor", ""), DEPLOYMENT,
	monitor_finds_pods},
    {"servicemonitor", ENTITY_monitor, MONITOR("ServiceMonitor", ""),
	OBJECT("v1", "Service", ""), monitor_finds_services},
    {"listing b", ENTITY_monitor,
	MONITOR("PodMonitor", ", namespaceSelector: {matchNames: [b]}"),
	DEPLOYMENT, monitor_finds_pods},
    {"any", ENTITY_monitor,
	MONITOR("ServiceMonitor", ", namespaceSelector: {any: true}"),
	OBJECT("v1", "Service", ""), monitor_finds_services},
    {"duplicate", ENTITY_workload, DEPLOYMENT, DEPLOYMENT,
	manifest_finds_earlier},
};

/* Puts ", namespace: X" in place of the %s of a manifest. */
static void add_manifest(
    struct buf *yaml, const char *manifest, struct slice namespace)
{
	const char *hole = strstr(manifest, "%s");

	buf_add(yaml, manifest, (size_t)(hole - manifest));
	if (!slice_is(namespace, "-"))
		buf_printf(yaml, ", namespace: %.*s", SLICE_ARGS(namespace));
	buf_add_text(yaml, hole + 2);
}

static const char *answer_of(struct fact fact)
{
	if (fact.state == FACT_UNKNOWN)
		return "unknown";
	return fact.list->n ? "yes" : "no";
}

static size_t form_of(const struct test_row *row)
{
	size_t i = 0;

	while (i < COUNT_OF(forms) && !slice_is(row->cells[0], forms[i].form))
		i++;
	cr_assert_lt(
	    i, COUNT_OF(forms), "%s:%zu: no such form", row->name, row->line);
	return i;
}

static void check_namespaces(const struct test_row *row)
{
	size_t form = form_of(row);
	bool is_given = !slice_is(row->cells[1], "-");
	struct arena arena = {0};
	struct buf yaml = {0};
	struct test_release test;
	const char *answer;

	add_manifest(&yaml, forms[form].owner, row->cells[2]);
	add_manifest(&yaml, forms[form].other, row->cells[3]);
	test_release_init(&test, buf_text(&yaml),
	    is_given ? test_cell(row, 1, &arena) : NULL);
	answer = answer_of(forms[form].finds(
	    test.release, test.release->lists[forms[form].kind].items[0]));
	cr_assert(slice_is(row->cells[4], answer), "%s:%zu: %s, but %.*s",
	    row->name, row->line, answer, SLICE_ARGS(row->cells[5]));
	test_release_free(&test);
	buf_release(&yaml);
	arena_release(&arena);
}

Test(fact_namespace, who_finds_whom)
{
	test_table(getenv("srcdir"), "namespaces.txt", 6, 40, check_namespaces);
}
