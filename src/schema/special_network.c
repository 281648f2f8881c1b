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
		    !given_text_at(port, "name").len)
			report_missing(
			    checking->frame, checking->condition, port, "name");
	}
}

/* validatePorts() of pkg/apis/discovery: "" is a name as well. */
void check_ports_without_name(const struct checking *checking)
{
	const struct node *ports = given(checking->frame->node, "ports");
	bool has_one = false;

	for (uint32_t i = 0; i < given_length(ports); i++) {
		const struct node *port = ports->items[i];
		const struct node *name = given(port, "name");

		if (port->kind != NODE_MAPPING || given_text(name).len)
			continue;
		if (has_one)
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, name ? name : port,
			    "has no name, as an earlier port");
		has_one = true;
	}
}

/* validateEndpoints() of the same: maxTopologyLabels */
void check_few_topologies(const struct checking *checking)
{
	const struct node *map =
	    given(checking->frame->node, "deprecatedTopology");

	if (map && map->kind == NODE_MAPPING && map->n > 16)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, map, "may have up to 16 labels, not %u",
		    (unsigned)map->n);
}

/* The number in that field of a port and its protocol, as a key; "" when it has
 * none. */
static struct slice port_key(
    const struct node *port, const char *field, struct buf *key)
{
	const struct node *number = node_get(port, field);
	struct slice protocol = given_text_at(port, "protocol");
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

/* ValidateServiceClusterIPsRelatedFields: an address is of the family that is
 * asked for at its place. */
static void check_family(
    const struct checking *checking, const struct node *address, uint32_t place)
{
	const struct node *families =
	    given(checking->frame->node, "ipFamilies");
	struct slice family = place < given_length(families)
				  ? given_text(families->items[place])
				  : (struct slice){"", 0};

	if ((slice_is(family, "IPv4") && form_ipv6(given_text(address))) ||
	    (slice_is(family, "IPv6") && form_ipv4(given_text(address))))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, address,
		    "must be an address of %.*s, as ipFamilies has it",
		    SLICE_ARGS(family));
}

void check_cluster_ips(const struct checking *checking)
{
	const struct node *one = given(checking->frame->node, "clusterIP");
	const struct node *all = given(checking->frame->node, "clusterIPs");
	size_t n = given_length(all);

	if (!n && one)
		check_family(checking, one, 0);
	if (!n)
		return;
	for (uint32_t i = 0; i < n; i++)
		check_family(checking, all->items[i], i);
	if (one && !slice_eq(given_text(one), given_text(all->items[0])))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, all->items[0], "must be the clusterIP, %.*s",
		    SLICE_ARGS(given_text(one)));
	if (n > 1 && slice_is(given_text(all->items[0]), "None"))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, all->items[1], "may not stand beside None");
}

/* The same: two addresses are of two families. */
void check_ips_per_family(const struct checking *checking)
{
	const struct node *all = given(checking->frame->node, "clusterIPs");
	struct slice one, other;

	if (given_length(all) != 2)
		return;
	one = given_text(all->items[0]);
	other = given_text(all->items[1]);
	if ((form_ipv4(one) && form_ipv4(other)) ||
	    (form_ipv6(one) && form_ipv6(other)))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, all,
		    "may have one address of IPv4 and one of IPv6, not two of "
		    "one family");
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

/* Each part between commas. */
static bool are_ranges(struct slice list)
{
	for (;;) {
		ptrdiff_t comma = slice_find(list, SLICE(","), 0);
		size_t n = comma < 0 ? list.len : (size_t)comma;

		if (!form_source_range((struct slice){list.ptr, n}))
			return false;
		if (comma < 0)
			return true;
		list = slice_after(list, n + 1);
	}
}

/* ValidateService: what the field does, an annotation of old did. */
void check_source_ranges(const struct checking *checking)
{
	const struct node *service = checking->frame->node;
	const struct node *spec = given(service, "spec");
	const struct node *annotation =
	    given(given(given(service, "metadata"), "annotations"),
		"service.beta.kubernetes.io/load-balancer-source-ranges");
	struct slice rest = slice_trim(given_text(annotation));

	if (!annotation ||
	    given_length(given(spec, "loadBalancerSourceRanges")))
		return;
	if (!slice_is(given_text_at(spec, "type"), "LoadBalancer"))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, annotation,
		    "is for Services of type LoadBalancer");
	else if (rest.len && !are_ranges(rest))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, annotation,
		    "must be ranges of IP addresses with ',' between them, "
		    "such as 10.0.0.0/8");
}
