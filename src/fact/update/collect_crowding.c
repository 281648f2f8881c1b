/* What of its node a pod keeps others from: by required anti-affinity, by a
 * port of the node, by a device. */
#include "fact/update/update.h"

#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/problem.h"
#include "fact/selector.h"

RARE(workload, device)

/* A term looks at the pods of its own namespace unless it names others. */
static bool sees_own_namespace(
    const struct node *term, const struct manifest *manifest)
{
	const struct node *selector = node_get(term, "namespaceSelector");
	const struct node *names = node_get(term, "namespaces");
	struct slice name;

	if (selector && selector->kind == NODE_MAPPING)
		return selector->n == 0;
	for (size_t i = 0; i < node_length(names); i++) {
		if (*manifest->namespace &&
		    node_to_text(names->items[i], &name) &&
		    slice_is(name, manifest->namespace))
			return true;
	}
	return !node_length(names);
}

/* matchLabelKeys with a label of the revision: old pods and new ones do not
 * mind each other. */
bool minds_other_revisions(const struct node *term)
{
	const struct node *keys = node_get(term, "matchLabelKeys");

	for (size_t i = 0; i < node_length(keys); i++) {
		struct slice key;

		if (node_to_text(keys->items[i], &key) &&
		    slice_ends(key, SLICE("-hash")))
			return false;
	}
	return true;
}

static bool is_by_host(const struct node *term)
{
	struct slice key;

	return node_to_text(node_get(term, "topologyKey"), &key) &&
	       slice_is(key, "kubernetes.io/hostname");
}

bool selects_own_pods(struct facts *facts, const struct node *term,
    const struct workload *workload)
{
	struct selector selector =
	    facts_selector(facts, node_get(term, "labelSelector"));

	return sees_own_namespace(term, workload->manifest) &&
	       selector_matches(&selector, &workload->labels);
}

static bool keeps_apart(struct facts *facts, const struct node *term,
    const struct workload *workload)
{
	return is_by_host(term) && minds_other_revisions(term) &&
	       selects_own_pods(facts, term, workload);
}

/* The first term that keeps the pods away from each other. */
static void collect_apart(
    struct facts *facts, const struct node *terms, struct workload *workload)
{
	for (size_t i = 0; i < node_length(terms); i++) {
		if (keeps_apart(facts, terms->items[i], workload)) {
			workload_seldom(&facts->arena, workload)->apart =
			    facts_spot(facts, terms->items[i]);
			return;
		}
	}
}

/* The port of the node that a container's port takes, or NULL.  On the network
 * of the node that is its own; 0 is as good as none. */
static const struct node *host_port_of(const struct node *port, bool on_host)
{
	const struct node *node = node_get(port, "hostPort");
	int64_t number;
	bool is_none =
	    node_is_null(node) || (node_to_int(node, &number) && number == 0);

	if (on_host && is_none)
		node = node_get(port, "containerPort");
	return node_to_int(node, &number) && number > 0 ? node : NULL;
}

static const struct node *first_host_port(
    const struct node *container, bool on_host)
{
	const struct node *ports = node_get(container, "ports");
	const struct node *found = NULL;

	for (size_t i = 0; i < node_length(ports) && !found; i++)
		found = host_port_of(ports->items[i], on_host);
	return found;
}

/* Init containers that end leave their ports to others. */
static void collect_host_port(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	const struct node *regular = node_get(pod_spec, "containers");
	const struct node *init = node_get(pod_spec, "initContainers");
	const struct node *port = NULL;
	bool on_host = false;

	node_to_bool(node_get(pod_spec, "hostNetwork"), &on_host);
	for (size_t i = 0; i < node_length(regular) && !port; i++)
		port = first_host_port(regular->items[i], on_host);
	for (size_t i = 0; i < node_length(init) && !port; i++) {
		if (is_sidecar(init->items[i]))
			port = first_host_port(init->items[i], on_host);
	}
	if (port)
		workload_seldom(&facts->arena, workload)->host_port =
		    facts_spot(facts, port);
}

/* "nvidia.com/gpu": what a node has a number of, and Kubernetes itself does not
 * know. */
static bool is_device(const struct pair *pair)
{
	struct slice name = scalar_text(pair->key);
	int64_t number;

	if (node_is_null(pair->value) ||
	    (node_to_int(pair->value, &number) && number == 0))
		return false;
	return slice_find(name, SLICE("/"), 0) > 0 &&
	       slice_find(name, SLICE("kubernetes.io/"), 0) < 0;
}

/* The name of the first. */
static const struct node *first_device(const struct node *containers)
{
	for (size_t i = 0; i < node_length(containers); i++) {
		const struct node *limits = node_find(
		    containers->items[i], "resources", "limits", NULL);

		for (size_t j = 0;
		     limits && limits->kind == NODE_MAPPING && j < limits->n;
		     j++) {
			if (is_device(&limits->pairs[j]))
				return limits->pairs[j].key;
		}
	}
	return NULL;
}

void collect_crowding(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	const struct node *device =
	    first_device(node_get(pod_spec, "containers"));

	collect_apart(facts,
	    node_find(pod_spec, "affinity", "podAntiAffinity",
		"requiredDuringSchedulingIgnoredDuringExecution", NULL),
	    workload);
	collect_host_port(facts, pod_spec, workload);
	if (device)
		KEEP_RARE(&facts->arena, workload, device,
		    facts_node_text(facts, device, NULL));
}
