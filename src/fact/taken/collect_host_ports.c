/* A pod's spec -> the ports that it takes of its nodes, and which nodes these
 * are. */
#include "fact/taken/taken.h"

#include "doc/canon.h"
#include "fact/kind.h"
#include "fact/problem.h"

#include <string.h>

/* Which nodes a pod asks for. */
struct placing {
	const char *nodes;
	bool is_elsewhere;
};

/* "" when it asks for all of them: what nearly all are is no choice. */
static const char *spell_selector(
    struct facts *facts, const struct node *selector, bool *ret_is_windows)
{
	struct buf text = {0};
	const char *kept;
	struct label_list labels = facts_labels(facts, selector);

	for (size_t i = 0; i < labels.n; i++) {
		const struct label *label = &labels.items[i];

		*ret_is_windows |= !strcmp(label->value, "windows");
		if (strcmp(label->value, "linux") != 0)
			buf_printf(&text, "%s=%s\n", label->key, label->value);
	}
	kept = facts_text(facts, buf_slice(&text));
	buf_release(&text);
	return kept;
}

static const char *spell_affinity(
    struct facts *facts, const struct node *affinity)
{
	char text[SHA256_HEX];

	if (!is_given(affinity))
		return "";
	sha256_spell(canon_of(affinity, &facts->linking)->digest, text);
	return facts_text(facts, slice_of(text));
}

static struct placing placing_of(
    struct facts *facts, const struct node *pod_spec)
{
	struct placing placing = {0};
	bool is_windows = false;
	const char *selector = spell_selector(
	    facts, node_get(pod_spec, "nodeSelector"), &is_windows);
	const char *affinity = spell_affinity(
	    facts, node_find(pod_spec, "affinity", "nodeAffinity",
		       "requiredDuringSchedulingIgnoredDuringExecution", NULL));
	bool is_chosen = *selector || *affinity;

	placing.nodes = arena_printf(
	    &facts->arena, "%s%s%s", selector, *affinity ? "&" : "", affinity);
	/* Nodes of their own, such as the control plane, keep others off. */
	placing.is_elsewhere =
	    is_windows || scalar_text(node_get(pod_spec, "nodeName")).len ||
	    (is_chosen && node_length(node_get(pod_spec, "tolerations")));
	return placing;
}

static bool is_number(const struct node *node)
{
	int64_t number;

	return node_to_int(node, &number) && number > 0;
}

/* On the network of the node a container's own port is one of the node. */
static void add_port(struct facts *facts, const struct node *port, bool on_host,
    const struct placing *placing, const struct workload *workload)
{
	const struct node *node = node_get(port, "hostPort");
	struct slice protocol = scalar_text(node_get(port, "protocol"));
	struct slice address = scalar_text(node_get(port, "hostIP"));
	bool is_daemon = !strcmp(workload->manifest->kind, "DaemonSet");
	struct taking *taking;

	if (on_host && !is_number(node))
		node = node_get(port, "containerPort");
	if (!is_number(node))
		return;
	if (!protocol.len)
		protocol = SLICE("TCP");
	taking = add_taking(facts, workload->manifest,
	    is_daemon ? TAKER_DAEMON_SET : TAKER_POD, node);
	taking->workload = workload;
	taking->nodes = placing->nodes;
	taking->is_elsewhere = placing->is_elsewhere;
	taking->thing = arena_printf(&facts->arena, "%s/%.*s/%.*s",
	    taking->name.text, SLICE_ARGS(protocol), SLICE_ARGS(address));
}

/* What other objects make pods of ends, or is on whichever node. */
void collect_host_ports(struct facts *facts, const struct node *pod_spec,
    const struct workload *workload)
{
	static const char *const lists[] = {"containers", "initContainers"};
	struct placing placing = placing_of(facts, pod_spec);
	bool on_host = false;

	node_to_bool(node_get(pod_spec, "hostNetwork"), &on_host);
	for (size_t i = 0; i < 2; i++) {
		const struct node *list = node_get(pod_spec, lists[i]);

		for (size_t j = 0; j < node_length(list); j++) {
			const struct node *ports =
			    node_get(list->items[j], "ports");

			if (i == 1 && !is_sidecar(list->items[j]))
				continue;
			for (size_t k = 0; k < node_length(ports); k++)
				add_port(facts, ports->items[k], on_host,
				    &placing, workload);
		}
	}
}
