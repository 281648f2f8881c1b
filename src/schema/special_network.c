/* Conditions of Services and NetworkPolicies that a line of data cannot say, as
 * k8s.io/kubernetes/pkg/apis/{core,networking}/validation has them. */
#include "schema/special.h"

#include "schema/given.h"
#include "schema/walk.h"

#include <string.h>

/* ValidateService: "name" is required where there is more than one port. */
void check_ports_named(const struct checking *checking)
{
	const struct node *ports = given(checking->frame->node, "ports");

	for (size_t i = 0; given_length(ports) > 1 && i < ports->n; i++) {
		const struct node *port = ports->items[i];

		if (port->kind == NODE_MAPPING &&
		    !given_text(node_get(port, "name")).len)
			report_missing(
			    checking->frame, checking->condition, port, "name");
	}
}

/* The number in that field of a port and its protocol, as a key; "" when it has
 * none. */
static struct slice port_key(
    const struct node *port, const char *field, struct buf *key)
{
	const struct node *number = node_get(port, field);
	struct slice protocol = given_text(node_get(port, "protocol"));
	int64_t value;

	buf_clear(key);
	if (node_to_int(number, &value) && value)
		buf_printf(key, "%lld/%.*s", (long long)value,
		    SLICE_ARGS(protocol.len ? protocol : SLICE("TCP")));
	return buf_slice(key);
}

/* No two ports of a Service have the same number there, and protocol. */
static void check_numbers(const struct checking *checking, const char *field)
{
	const struct node *ports = given(checking->frame->node, "ports");
	struct map seen = {0};
	struct arena keys = {0};
	struct buf key = {0};

	for (size_t i = 0; i < given_length(ports); i++) {
		struct slice text = port_key(ports->items[i], field, &key);
		void **place;

		if (!text.len)
			continue;
		if (map_find(&seen, text)) {
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, node_get(ports->items[i], field),
			    "is already used by another port");
			continue;
		}
		place = map_slot(&seen, slice_copy(&keys, text));
		*place = &seen;
	}
	buf_release(&key);
	map_release(&seen);
	arena_release(&keys);
}

void check_node_ports(const struct checking *checking)
{
	check_numbers(checking, "nodePort");
}

void check_ports_apart(const struct checking *checking)
{
	check_numbers(checking, "port");
}

void check_cluster_ips(const struct checking *checking)
{
	const struct node *one = given(checking->frame->node, "clusterIP");
	const struct node *all = given(checking->frame->node, "clusterIPs");
	size_t n = given_length(all);

	if (!n)
		return;
	if (one && !slice_eq(given_text(one), given_text(all->items[0])))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, all->items[0], "must be the clusterIP, %.*s",
		    SLICE_ARGS(given_text(one)));
	if (n > 1 && slice_is(given_text(all->items[0]), "None"))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, all->items[1], "may not stand beside None");
}

void check_single_stack(const struct checking *checking)
{
	const struct node *policy =
	    given(checking->frame->node, "ipFamilyPolicy");
	const struct node *families =
	    given(checking->frame->node, "ipFamilies");

	if (slice_is(given_text(policy), "SingleStack") &&
	    given_length(families) > 1)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, families->items[1],
		    "is one family too many for ipFamilyPolicy: SingleStack");
}

/* ValidateNetworkPolicyPort */
void check_end_port_numeric(const struct checking *checking)
{
	const struct node *end = given(checking->frame->node, "endPort");
	const struct node *port = given(checking->frame->node, "port");
	int64_t number;

	if (end && port && !node_to_int(port, &number))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, end, "needs a port by its number beside it");
}

/* ValidateIPBlock */
void check_except_within(const struct checking *checking)
{
	const struct node *whole = given(checking->frame->node, "cidr");
	const struct node *parts = given(checking->frame->node, "except");
	struct cidr outer, inner;

	if (!whole || !cidr_parse(given_text(whole), &outer))
		return;
	for (size_t i = 0; i < given_length(parts); i++) {
		const struct node *part = parts->items[i];

		if (cidr_parse(given_text(part), &inner) &&
		    !cidr_is_within(&inner, &outer))
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, part,
			    "must be a smaller part of the cidr, %.*s",
			    SLICE_ARGS(given_text(whole)));
	}
}
