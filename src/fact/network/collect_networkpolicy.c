/* A NetworkPolicy's facts: the directions it isolates, the ports it lets in,
 * what it lets out to and whether DNS is among that. */
#include "fact/network/network.h"

#include "fact/selector.h"

#include <string.h>

#define LAST_PORT 65535

uint8_t protocol_bits(struct slice protocol)
{
	static const struct {
		const char *name;
		uint8_t bits;
	} rows[] = {
	    {"", PROTOCOL_TCP},
	    {"TCP", PROTOCOL_TCP},
	    {"UDP", PROTOCOL_UDP},
	    {"SCTP", PROTOCOL_SCTP},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (slice_is(protocol, rows[i].name))
			return rows[i].bits;
	}
	return PROTOCOL_ALL;
}

uint8_t protocols_of(const struct node *port)
{
	struct slice text = {0};

	node_to_text(node_get(port, "protocol"), &text);
	return protocol_bits(text);
}

/* A list is shown at its key; what an alias stands for may have none. */
static struct fact placed_at_key(struct fact fact, const struct node *node)
{
	return facts_placed(fact, node->key ? node->key : node);
}

/* The end of a range; the last port there is when it is unknown. */
static int64_t end_of(const struct node *port, int64_t first)
{
	const struct node *end = node_get(port, "endPort");
	int64_t last;

	if (node_is_null(end))
		return first;
	return node_to_int(end, &last) && last <= LAST_PORT ? last : LAST_PORT;
}

/* One item of ports; false when it lets nothing through. */
static bool read_port(struct facts *facts, const struct node *node,
    struct admitted_port *ret_port)
{
	const struct node *number = node_get(node, "port");
	struct admitted_port port = {
	    .protocols = protocols_of(node), .last = LAST_PORT};
	int64_t first;

	if (node_to_int(number, &first)) {
		int64_t last = end_of(node, first);

		if (first < 1 || last < first || first > LAST_PORT)
			return false;
		port.first = (uint16_t)first;
		port.last = (uint16_t)last;
	} else if (!node_is_null(number)) {
		port.name = facts_name(facts, number);
	}
	*ret_port = port;
	return true;
}

/* An item of a list of rules that has no ports lets all of them through. */
static size_t ports_of(const struct node *rule, const struct node **ret_ports)
{
	*ret_ports = node_get(rule, "ports");
	return node_length(*ret_ports);
}

static void collect_ingress(
    struct facts *facts, const struct node *rules, struct networkpolicy *policy)
{
	struct admitted_port any = {
	    .last = LAST_PORT, .protocols = PROTOCOL_ALL};
	struct buf admitted = {0};

	for (size_t i = 0; i < node_length(rules); i++) {
		const struct node *ports;
		size_t n = ports_of(rules->items[i], &ports);
		struct admitted_port port;

		if (!n)
			buf_add(&admitted, &any, sizeof(any));
		for (size_t j = 0; j < n; j++) {
			if (read_port(facts, ports->items[j], &port))
				buf_add(&admitted, &port, sizeof(port));
		}
	}
	policy->admitted = facts_keep(facts, &admitted);
	policy->nadmitted = admitted.len / sizeof(*policy->admitted);
	buf_release(&admitted);
}

/* DNS is at port 53, of OpenShift's pods at 5353; a policy sees the port of the
 * pod.  CoreDNS calls it dns and dns-tcp. */
static bool is_dns_only(const struct admitted_port *port)
{
	if (port->name)
		return !strncmp(port->name, "dns", 3);
	return port->first == port->last &&
	       (port->first == 53 || port->first == 5353);
}

/* A name is that of a port of the pod that is reached, which only a quoted
 * number cannot be: a name needs a letter. */
static bool may_be_dns(const struct admitted_port *port)
{
	return port->name &&
	       port->name[strspn(port->name, "0123456789")] != '\0';
}

static void admit_dns(const struct admitted_port *port, uint8_t *dns,
    struct networkpolicy *policy)
{
	if (may_be_dns(port))
		policy->maybe_dns |= port->protocols;
	else if (!port->name &&
		 ((port->first <= 53 && 53 <= port->last) || is_dns_only(port)))
		*dns |= port->protocols;
}

/* Whether all peers are pods of the policy's own namespace, which a
 * podSelector alone means. */
static bool is_near(const struct node *peers)
{
	for (size_t i = 0; i < node_length(peers); i++) {
		const struct node *peer = peers->items[i];

		if (!node_get(peer, "podSelector") ||
		    node_get(peer, "namespaceSelector") ||
		    node_get(peer, "ipBlock"))
			return false;
	}
	return node_length(peers) > 0;
}

/* Which kinds of peers a rule has; without any, it is for everybody. */
static uint8_t reach_of(const struct node *peers)
{
	uint8_t reach = 0;

	for (size_t i = 0; i < node_length(peers); i++) {
		const struct node *peer = peers->items[i];
		uint8_t kinds = 0;

		if (node_get(peer, "ipBlock"))
			kinds |= REACH_ADDRESSES;
		if (node_get(peer, "podSelector") ||
		    node_get(peer, "namespaceSelector"))
			kinds |= REACH_PODS;
		reach |= kinds ? kinds : REACH_ANY;
	}
	return reach ? reach : REACH_ANY;
}

static void collect_egress_rule(
    struct facts *facts, const struct node *rule, struct networkpolicy *policy)
{
	const struct node *ports;
	size_t n = ports_of(rule, &ports), ndns = 0, nread = 0;
	uint8_t reach = reach_of(node_get(rule, "to"));
	uint8_t *dns =
	    is_near(node_get(rule, "to")) ? &policy->near_dns : &policy->dns;
	struct admitted_port port;

	if (!n)
		*dns = PROTOCOL_ALL;
	for (size_t i = 0; i < n; i++) {
		if (!read_port(facts, ports->items[i], &port))
			continue;
		nread++;
		ndns += is_dns_only(&port);
		admit_dns(&port, dns, policy);
	}
	if (n && ndns == nread)
		policy->dns_reach |= ndns ? reach : 0;
	else
		policy->reach |= reach;
}

/* The item of policyTypes that says so, or NULL; whether an item may say so
 * but cannot be read, a placeholder perhaps. */
static const struct node *type_item(
    const struct node *types, const char *wanted, bool *ret_unclear)
{
	*ret_unclear = false;
	for (size_t i = 0; i < node_length(types); i++) {
		struct slice text = {0};

		node_to_text(types->items[i], &text);
		if (slice_is(text, wanted))
			return types->items[i];
		if (!slice_is(text, "Ingress") && !slice_is(text, "Egress"))
			*ret_unclear = true;
	}
	return NULL;
}

/* Whether the policy isolates its pods for a direction. */
static struct fact isolates(
    const struct node *types, const char *type, struct fact by_default)
{
	bool is_unclear;
	const struct node *item = type_item(types, type, &is_unclear);

	if (item)
		return facts_placed(fact_bool(true), item);
	if (!node_is_null(types) && types->kind != NODE_SEQUENCE)
		return fact_unknown();
	if (!node_length(types))
		return by_default;
	return placed_at_key(
	    is_unclear ? fact_unknown() : fact_bool(false), types);
}

/* How many rules a direction has, shown at its key. */
static struct fact rule_count(const struct node *rules)
{
	if (!rules)
		return (struct fact){.state = FACT_ABSENT, .has_value = true};
	if (!node_is_null(rules) && rules->kind != NODE_SEQUENCE)
		return placed_at_key(fact_unknown(), rules);
	return placed_at_key(fact_int((int64_t)node_length(rules)), rules);
}

static struct fact spell_types(struct facts *facts, const struct node *types)
{
	struct buf spelled = {0};
	struct fact fact = {.state = FACT_ABSENT};

	for (size_t i = 0; i < node_length(types); i++)
		buf_printf(&spelled, "%s%s", i ? ", " : "",
		    facts_name(facts, types->items[i]));
	if (node_length(types))
		fact = placed_at_key(
		    fact_text(facts_text(facts, buf_slice(&spelled))), types);
	buf_release(&spelled);
	return fact;
}

/* Left out, policyTypes are Ingress, and Egress when there are such rules: an
 * empty list of them isolates nothing. */
static void collect_directions(
    struct facts *facts, const struct node *spec, struct networkpolicy *policy)
{
	const struct node *types = node_get(spec, "policyTypes");
	struct fact egress = policy->egress_rules;

	egress.boolean = egress.integer > 0;
	if (egress.state != FACT_UNKNOWN)
		egress.state = FACT_KNOWN;
	policy->isolates_ingress = isolates(types, "Ingress", fact_bool(true));
	policy->isolates_egress = isolates(types, "Egress", egress);
	policy->policy_types = spell_types(facts, types);
}

/* Left out or {}, the selector is for every pod of the namespace. */
static void collect_selector(
    struct facts *facts, const struct node *node, struct networkpolicy *policy)
{
	struct buf spelled = {0};

	policy->pod_selector = facts_selector(facts, node);
	policy->pod_selector.given = true;
	if (policy->pod_selector.n || policy->pod_selector.invalid) {
		selector_spell(&policy->pod_selector, &spelled);
		policy->selector = placed_at_key(
		    fact_text(facts_text(facts, buf_slice(&spelled))), node);
	}
	buf_release(&spelled);
}

void collect_networkpolicy(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	const struct node *egress = node_get(spec, "egress");
	struct networkpolicy *policy =
	    arena_alloc(&facts->arena, sizeof(*policy));

	policy->manifest = manifest;
	collect_selector(facts, node_get(spec, "podSelector"), policy);
	policy->ingress_rules = rule_count(node_get(spec, "ingress"));
	policy->egress_rules = rule_count(egress);
	collect_directions(facts, spec, policy);
	collect_ingress(facts, node_get(spec, "ingress"), policy);
	policy->from = collect_peers(
	    facts, node_get(spec, "ingress"), "from", &policy->nfrom);
	policy->to = collect_peers(facts, egress, "to", &policy->nto);
	for (size_t i = 0; i < node_length(egress); i++)
		collect_egress_rule(facts, egress->items[i], policy);
	vector_add(&facts->lists[ENTITY_networkpolicy], policy);
}
