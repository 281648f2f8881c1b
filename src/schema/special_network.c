/* Conditions of Services and NetworkPolicies that a line of data cannot say, as
 * k8s.io/kubernetes/pkg/apis/{core,networking}/validation has them. */
#include "schema/special.h"

#include "schema/walk.h"

#include <string.h>

static const struct node *field(
    const struct checking *checking, const char *name)
{
	const struct node *node = node_get(checking->frame->node, name);

	return node_is_null(node) ? NULL : node;
}

static size_t length(const struct node *list)
{
	return list && list->kind == NODE_SEQUENCE ? list->n : 0;
}

/* The text of a scalar; "" for anything else. */
static struct slice text_of(const struct node *node)
{
	struct slice text;

	return node && node_to_text(node, &text) ? text : (struct slice){"", 0};
}

/* ValidateService: "name" is required where there is more than one port. */
void check_ports_named(const struct checking *checking)
{
	const struct node *ports = field(checking, "ports");

	for (size_t i = 0; length(ports) > 1 && i < ports->n; i++) {
		const struct node *port = ports->items[i];

		if (port->kind == NODE_MAPPING &&
		    !text_of(node_get(port, "name")).len)
			tell_missing(
			    checking->frame, checking->condition, port, "name");
	}
}

/* The port of the node and its protocol, as a key; "" when none is asked. */
static struct slice node_port_key(const struct node *port, struct buf *key)
{
	const struct node *number = node_get(port, "nodePort");
	struct slice protocol = text_of(node_get(port, "protocol"));
	int64_t value;

	buf_clear(key);
	if (node_to_int(number, &value) && value)
		buf_printf(key, "%lld/%.*s", (long long)value,
		    SLICE_ARGS(protocol.len ? protocol : SLICE("TCP")));
	return buf_slice(key);
}

void check_node_ports(const struct checking *checking)
{
	const struct node *ports = field(checking, "ports");
	struct map seen = {0};
	struct arena keys = {0};
	struct buf key = {0};

	for (size_t i = 0; i < length(ports); i++) {
		struct slice text = node_port_key(ports->items[i], &key);
		void **place;

		if (!text.len)
			continue;
		if (map_find(&seen, text)) {
			tell_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE,
			    node_get(ports->items[i], "nodePort"),
			    "is that of another port");
			continue;
		}
		place = map_slot(&seen, slice_copy(&keys, text));
		*place = &seen;
	}
	buf_release(&key);
	map_release(&seen);
	arena_release(&keys);
}

void check_cluster_ips(const struct checking *checking)
{
	const struct node *one = field(checking, "clusterIP");
	const struct node *all = field(checking, "clusterIPs");
	size_t n = length(all);

	if (!n)
		return;
	if (one && !slice_eq(text_of(one), text_of(all->items[0])))
		tell_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, all->items[0], "must be the clusterIP, %.*s",
		    SLICE_ARGS(text_of(one)));
	if (n > 1 && slice_is(text_of(all->items[0]), "None"))
		tell_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, all->items[1], "may not stand beside None");
}

void check_single_stack(const struct checking *checking)
{
	const struct node *policy = field(checking, "ipFamilyPolicy");
	const struct node *families = field(checking, "ipFamilies");

	if (slice_is(text_of(policy), "SingleStack") && length(families) > 1)
		tell_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, families->items[1],
		    "is one family too many for ipFamilyPolicy SingleStack");
}

/* ValidateNetworkPolicyPort */
void check_end_port_numeric(const struct checking *checking)
{
	const struct node *end = field(checking, "endPort");
	const struct node *port = field(checking, "port");
	int64_t number;

	if (end && port && !node_to_int(port, &number))
		tell_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, end, "needs a port by its number beside it");
}

/* ValidateIPBlock */
void check_except_within(const struct checking *checking)
{
	const struct node *whole = field(checking, "cidr");
	const struct node *parts = field(checking, "except");
	struct cidr outer, inner;

	if (!whole || !cidr_parse(text_of(whole), &outer))
		return;
	for (size_t i = 0; i < length(parts); i++) {
		const struct node *part = parts->items[i];

		if (cidr_parse(text_of(part), &inner) &&
		    !cidr_is_within(&inner, &outer))
			tell_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, part,
			    "must be a smaller part of the cidr, %.*s",
			    SLICE_ARGS(text_of(whole)));
	}
}
