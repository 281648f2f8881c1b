/*
 * Labels that pods ask of nodes and that no node has: values of those that the
 * kubelet writes itself, and topologyKeys that Kubernetes does not define.
 */
#include "fact/update/update.h"

#include "fact/computed.h"
#include "fact/problem.h"

RARE(workload, unmet_label)
RARE(workload, unmet_label_key)
RARE(workload, undefined_topology)
RARE(workload, undefined_topology_of)

/* A label, and what people write in place of its values: those are GOARCH and
 * GOOS of the kubelet (pkg/kubelet/kubelet_node_status.go). */
static const struct {
	const char *key;
	const char *wrong[7];
} kubelet_labels[] = {
    {"kubernetes.io/arch",
	{"x86_64", "x86-64", "x64", "aarch64", "arm64v8", "armv8", "i386"}},
    {"kubernetes.io/os", {"Linux", "LINUX", "Windows", "WINDOWS"}},
};

static bool is_wrong(struct slice key, struct slice value)
{
	for (size_t i = 0; i < COUNT_OF(kubelet_labels); i++) {
		const char *const *wrong = kubelet_labels[i].wrong;

		if (!slice_is(key, kubelet_labels[i].key))
			continue;
		for (size_t j = 0;
		     j < COUNT_OF(kubelet_labels[i].wrong) && wrong[j]; j++) {
			if (slice_is(value, wrong[j]))
				return true;
		}
	}
	return false;
}

static void keep_unmet(struct facts *facts, const struct node *key,
    const struct node *value, struct workload *workload)
{
	KEEP_RARE(&facts->arena, workload, unmet_label,
	    facts_node_text(facts, value, NULL));
	KEEP_RARE(&facts->arena, workload, unmet_label_key,
	    fact_text(facts_name(facts, key)));
}

static void read_selector(
    struct facts *facts, const struct node *selector, struct workload *workload)
{
	if (!selector || selector->kind != NODE_MAPPING)
		return;
	for (size_t i = 0; i < selector->n; i++) {
		const struct node *key = selector->pairs[i].key;
		const struct node *value = selector->pairs[i].value;

		if (is_wrong(scalar_text(key), scalar_text(value)))
			keep_unmet(facts, key, value, workload);
	}
}

/* The first of an expression's values, when no node has any of them. */
static const struct node *unmet_value(const struct node *expression)
{
	const struct node *values = node_get(expression, "values");
	struct slice key = scalar_text(node_get(expression, "key"));

	if (!slice_is(scalar_text(node_get(expression, "operator")), "In"))
		return NULL;
	for (size_t i = 0; i < node_length(values); i++) {
		if (!is_wrong(key, scalar_text(values->items[i])))
			return NULL;
	}
	return node_length(values) ? values->items[0] : NULL;
}

/* The first expression of a term that no node meets, or NULL. */
static const struct node *unmet_expression(const struct node *term)
{
	const struct node *list = node_get(term, "matchExpressions");

	for (size_t i = 0; i < node_length(list); i++) {
		if (unmet_value(list->items[i]))
			return list->items[i];
	}
	return NULL;
}

/* A node is to meet one of the terms: each of them must be met by none. */
static void read_affinity(
    struct facts *facts, const struct node *terms, struct workload *workload)
{
	const struct node *first = NULL;

	for (size_t i = node_length(terms); i-- > 0;) {
		first = unmet_expression(terms->items[i]);
		if (!first)
			return;
	}
	if (first)
		keep_unmet(facts, node_get(first, "key"), unmet_value(first),
		    workload);
}

/* Keys below kubernetes.io are Kubernetes' own. */
static bool is_undefined(struct slice key)
{
	static const char *const defined[] = {"kubernetes.io/hostname",
	    "kubernetes.io/os", "kubernetes.io/arch",
	    "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
	    "failure-domain.beta.kubernetes.io/zone",
	    "failure-domain.beta.kubernetes.io/region"};
	ptrdiff_t at = slice_find(key, SLICE("kubernetes.io/"), 0);

	return (at == 0 || (at > 0 && key.ptr[at - 1] == '.')) &&
	       !slice_is_among(key, defined, COUNT_OF(defined));
}

static void read_topology(struct facts *facts, const struct node *item,
    const char *of, struct workload *workload)
{
	const struct node *key = node_get(item, "topologyKey");

	if (!is_undefined(scalar_text(key)))
		return;
	KEEP_RARE(&facts->arena, workload, undefined_topology,
	    facts_node_text(facts, key, NULL));
	KEEP_RARE(
	    &facts->arena, workload, undefined_topology_of, fact_text(of));
}

void collect_node_labels(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	static const char required[] =
	    "requiredDuringSchedulingIgnoredDuringExecution";
	const struct node *affinity = node_get(pod_spec, "affinity");
	const struct node *terms =
	    node_find(affinity, "podAntiAffinity", required, NULL);
	const struct node *list =
	    node_get(pod_spec, "topologySpreadConstraints");

	read_affinity(facts,
	    node_find(
		affinity, "nodeAffinity", required, "nodeSelectorTerms", NULL),
	    workload);
	read_selector(facts, node_get(pod_spec, "nodeSelector"), workload);
	for (size_t i = 0; i < node_length(terms); i++)
		read_topology(
		    facts, terms->items[i], "podAntiAffinity", workload);
	for (size_t i = 0; i < node_length(list); i++) {
		const struct node *item = list->items[i];

		if (slice_is(scalar_text(node_get(item, "whenUnsatisfiable")),
			"DoNotSchedule"))
			read_topology(
			    facts, item, "topologySpreadConstraints", workload);
	}
}
