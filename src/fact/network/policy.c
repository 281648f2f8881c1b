/* What all NetworkPolicies of a workload make of its network together: whether
 * a direction is isolated, where egress may go, whether DNS gets out, and which
 * ports of Services nobody may reach. */
#include "fact/network/network.h"

#include "fact/computed.h"

#include <string.h>

/* Ports that are spelled out, and so the Services that are listed. */
#define MOST_BLOCKED 8

/* Pods in the network of their node are out of a NetworkPolicy's reach. */
static bool is_on_pod_network(const struct workload *workload)
{
	const struct fact *host = &workload->template_owner->host_network;

	return host->state != FACT_UNKNOWN && !host->boolean;
}

/* A fact that was written in a policy's document. */
static struct fact fact_of_policy(struct fact fact,
    const struct networkpolicy *policy, const struct fact *written)
{
	const struct manifest *manifest = policy->manifest;

	if (written && written->line)
		return fact_at(fact, manifest, written->line, written->col,
		    written->width);
	return fact_at(
	    fact, manifest, manifest->line, manifest->col, manifest->width);
}

/* Whether one of the policies isolates the pods, by their fact at offset. */
static struct fact isolated(const struct workload *workload, size_t offset)
{
	const struct links *links = &workload->networkpolicies;
	bool is_unclear = links->possible;

	if (!is_on_pod_network(workload))
		return fact_unknown();
	for (size_t i = 0; i < links->sure.n; i++) {
		const struct networkpolicy *policy = links->sure.items[i];
		const struct fact *fact =
		    (const struct fact *)((const char *)policy + offset);

		if (fact->state == FACT_UNKNOWN)
			is_unclear = true;
		else if (fact->boolean)
			return fact_of_policy(fact_bool(true), policy, fact);
	}
	return is_unclear ? fact_unknown() : fact_bool(false);
}

struct fact fact_workload_ingress_isolated(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	return isolated(
	    workload, offsetof(struct networkpolicy, isolates_ingress));
}

struct fact fact_workload_egress_isolated(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	return isolated(
	    workload, offsetof(struct networkpolicy, isolates_egress));
}

/* The rules for egress of all policies together. */
struct egress {
	const char *mode;
	const struct networkpolicy *decider; /* that made it so; or NULL */
	uint8_t reach, dns_reach, dns, maybe_dns;
	bool is_unclear; /* there may be more to it */
};

/* Rules for DNS alone count only when there are no others. */
static uint8_t reach_of(const struct egress *egress)
{
	return egress->reach ? egress->reach : egress->dns_reach;
}

static const char *mode_of(const struct egress *egress)
{
	switch (reach_of(egress)) {
	case REACH_PODS: return "cluster-aware";
	case REACH_ADDRESSES: return "internet-only";
	default: return "custom";
	}
}

static void add_policy(
    struct egress *egress, const struct networkpolicy *policy)
{
	const char *before = egress->mode;

	egress->reach |= policy->reach;
	egress->dns_reach |= policy->dns_reach;
	egress->dns |= policy->dns;
	egress->maybe_dns |= policy->maybe_dns;
	egress->is_unclear |= policy->egress_rules.state == FACT_UNKNOWN;
	egress->mode = mode_of(egress);
	if (!egress->decider || strcmp(before, egress->mode) != 0)
		egress->decider = policy;
}

static struct egress egress_of(const struct workload *workload)
{
	const struct links *links = &workload->networkpolicies;
	struct egress egress = {
	    .mode = "disabled",
	    .is_unclear = links->possible || !is_on_pod_network(workload),
	};

	for (size_t i = 0; i < links->sure.n; i++) {
		const struct networkpolicy *policy = links->sure.items[i];

		if (policy->isolates_egress.state == FACT_UNKNOWN)
			egress.is_unclear = true;
		else if (policy->isolates_egress.boolean)
			add_policy(&egress, policy);
	}
	return egress;
}

static const struct networkpolicy *decider_of(
    const struct workload *workload, const struct egress *egress)
{
	const struct entity_list *policies = &workload->networkpolicies.sure;

	if (egress->decider || !policies->n)
		return egress->decider;
	return policies->items[0];
}

struct fact fact_workload_egress_policy(
    const struct release *release, const struct workload *workload)
{
	struct egress egress = egress_of(workload);

	(void)release;
	return egress.is_unclear ? fact_unknown()
				 : fact_entity(decider_of(workload, &egress));
}

/* Shown at the rules that make it so or, where there are none, at what says
 * that egress is isolated or not. */
struct fact fact_workload_egress_mode(
    const struct release *release, const struct workload *workload)
{
	struct egress egress = egress_of(workload);
	const struct networkpolicy *policy = decider_of(workload, &egress);
	struct fact mode = fact_text(egress.mode);

	(void)release;
	if (egress.is_unclear)
		return fact_unknown();
	if (!policy)
		return mode;
	return fact_of_policy(mode, policy,
	    egress.decider && policy->egress_rules.line
		? &policy->egress_rules
		: &policy->isolates_egress);
}

struct fact fact_workload_egress_reach(
    const struct release *release, const struct workload *workload)
{
	struct egress egress = egress_of(workload);

	(void)release;
	if (egress.is_unclear)
		return fact_unknown();
	if (!egress.decider)
		return (struct fact){.state = FACT_ABSENT};
	switch (reach_of(&egress)) {
	case 0: return fact_text("nothing");
	case REACH_PODS: return fact_text("pods");
	case REACH_ADDRESSES: return fact_text("address ranges");
	case REACH_PODS | REACH_ADDRESSES:
		return fact_text("pods and address ranges");
	default: return fact_text("anything");
	}
}

/* More policies could let more out, never less. */
struct fact fact_workload_dns_blocked(
    const struct release *release, const struct workload *workload)
{
	struct egress egress = egress_of(workload);
	uint8_t missing = (PROTOCOL_UDP | PROTOCOL_TCP) & ~egress.dns;

	(void)release;
	if (egress.decider && !missing)
		return (struct fact){.state = FACT_ABSENT};
	if (egress.is_unclear)
		return fact_unknown();
	if (!egress.decider)
		return (struct fact){.state = FACT_ABSENT};
	if (missing & egress.maybe_dns)
		return fact_unknown();
	return fact_text(missing == PROTOCOL_UDP   ? "UDP"
			 : missing == PROTOCOL_TCP ? "TCP"
						   : "UDP and TCP");
}

struct fact fact_workload_dns_allowed(
    const struct release *release, const struct workload *workload)
{
	struct fact blocked = fact_workload_dns_blocked(release, workload);

	return blocked.state == FACT_UNKNOWN
		   ? blocked
		   : fact_bool(blocked.state == FACT_ABSENT);
}

/* A port of a pod that a Service targets. */
struct target {
	const struct service *service;
	const char *name; /* or NULL */
	int64_t number;
	uint8_t protocols;
};

/* A port of the pod by its name; NULL when no container declares it. */
static const struct port *named_port(
    const struct workload *owner, const char *name, uint8_t protocols)
{
	for (size_t i = 0; i < owner->ncontainers; i++) {
		const struct container *container = &owner->containers[i];

		for (size_t j = 0; j < container->nports; j++) {
			const struct port *port = &container->ports[j];

			if (*name && !strcmp(port->name, name) &&
			    protocol_bits(slice_of(port->protocol)) & protocols)
				return port;
		}
	}
	return NULL;
}

/* A name that no container declares leads nowhere, with or without policy, and
 * so does a number that is no port's. */
static bool resolve(const struct workload *owner,
    const struct service_port *port, struct target *target)
{
	const struct port *declared;

	target->name = port->target_name;
	target->number = port->target_number;
	target->protocols = port->protocols;
	if (port->target_name) {
		declared =
		    named_port(owner, port->target_name, port->protocols);
		target->number = declared ? declared->number : 0;
	}
	return target->number > 0 && target->number <= UINT16_MAX;
}

static bool admits_port(const struct admitted_port *port,
    const struct workload *owner, const struct target *target)
{
	const struct port *declared;

	if (!(port->protocols & target->protocols))
		return false;
	if (!port->name)
		return port->first <= target->number &&
		       target->number <= port->last;
	declared = named_port(owner, port->name, target->protocols);
	/* A number that cannot be read may be the right one. */
	return declared &&
	       (!declared->number || declared->number == target->number);
}

static bool admits(const struct networkpolicy *policy,
    const struct workload *owner, const struct target *target)
{
	const struct fact *isolates = &policy->isolates_ingress;

	if (isolates->state != FACT_UNKNOWN && !isolates->boolean)
		return false;
	if (policy->ingress_rules.state == FACT_UNKNOWN)
		return true;
	for (size_t i = 0; i < policy->nadmitted; i++) {
		if (admits_port(&policy->admitted[i], owner, target))
			return true;
	}
	return false;
}

static bool is_admitted(
    const struct workload *workload, const struct target *target)
{
	const struct entity_list *policies = &workload->networkpolicies.sure;

	for (size_t i = 0; i < policies->n; i++) {
		if (admits(
			policies->items[i], workload->template_owner, target))
			return true;
	}
	return false;
}

/* The blocked ports of a workload while they are gathered. */
struct blocked {
	struct target items[MOST_BLOCKED];
	size_t n;
	bool is_cut; /* there are more */
};

static bool is_known(const struct blocked *blocked, const struct target *target)
{
	for (size_t i = 0; i < blocked->n; i++) {
		const struct target *other = &blocked->items[i];

		if (other->service == target->service &&
		    other->number == target->number &&
		    other->protocols == target->protocols)
			return true;
	}
	return false;
}

static void find_blocked(const struct workload *workload,
    const struct service *service, struct blocked *blocked)
{
	struct target target = {.service = service};

	for (size_t i = 0; i < service->nports && !blocked->is_cut; i++) {
		if (!resolve(workload->template_owner, &service->ports[i],
			&target) ||
		    is_known(blocked, &target) ||
		    is_admitted(workload, &target))
			continue;
		if (blocked->n < MOST_BLOCKED)
			blocked->items[blocked->n++] = target;
		else
			blocked->is_cut = true;
	}
}

static void spell_target(const struct target *target, struct buf *buf)
{
	if (buf->len)
		buf_add_text(buf, ", ");
	if (target->name)
		buf_printf(buf, "%s ", target->name);
	buf_printf(buf, "%lld%s (Service '%s')", (long long)target->number,
	    target->protocols == PROTOCOL_UDP	 ? "/UDP"
	    : target->protocols == PROTOCOL_SCTP ? "/SCTP"
						 : "",
	    target->service->manifest->name);
}

/* Each Service once, in the order of its first port. */
static struct entity_list services_of(
    struct arena *arena, const struct blocked *blocked)
{
	struct entity_list list = {0};
	const void **items = arena_array(arena, blocked->n, sizeof(*items));

	for (size_t i = 0; i < blocked->n; i++) {
		if (!i ||
		    blocked->items[i - 1].service != blocked->items[i].service)
			items[list.n++] = blocked->items[i].service;
	}
	list.items = items;
	return list;
}

/* The first policy that isolates for ingress, of which there is one. */
static const struct networkpolicy *isolating_policy(
    const struct workload *workload)
{
	const struct entity_list *policies = &workload->networkpolicies.sure;
	const struct networkpolicy *policy = policies->items[0];

	for (size_t i = 0; i < policies->n; i++) {
		policy = policies->items[i];
		if (policy->isolates_ingress.state != FACT_UNKNOWN &&
		    policy->isolates_ingress.boolean)
			break;
	}
	return policy;
}

static void keep_blocked(struct release *release, struct workload *workload,
    const struct blocked *blocked)
{
	const struct networkpolicy *policy = isolating_policy(workload);
	struct buf spelled = {0};

	for (size_t i = 0; i < blocked->n; i++)
		spell_target(&blocked->items[i], &spelled);
	if (blocked->is_cut)
		buf_add_text(&spelled, ", ...");
	workload->blocked = fact_of_policy(
	    fact_text(slice_copy(&release->arena, buf_slice(&spelled)).ptr),
	    policy,
	    policy->ingress_rules.line ? &policy->ingress_rules
				       : &policy->isolates_ingress);
	workload->blocked_services = services_of(&release->arena, blocked);
	/* A policy that may be in another namespace may admit them. */
	if (workload->networkpolicies.possible)
		workload->blocked = fact_unknown();
	buf_release(&spelled);
}

static void relate_workload(struct release *release, struct workload *workload)
{
	const struct entity_list *services = &workload->services.sure;
	struct fact is_isolated =
	    fact_workload_ingress_isolated(release, workload);
	struct blocked blocked = {0};

	if (is_isolated.state == FACT_UNKNOWN) {
		workload->blocked = fact_unknown();
		return;
	}
	if (!is_isolated.boolean || !workload->template_owner->has_template)
		return;
	for (size_t i = 0; i < services->n && !blocked.is_cut; i++)
		find_blocked(workload, services->items[i], &blocked);
	if (blocked.n)
		keep_blocked(release, workload, &blocked);
}

void relate_network(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++)
		/* Made by collect and const for everybody but relate. */
		relate_workload(
		    release, (struct workload *)(uintptr_t)list->items[i]);
}

struct fact fact_workload_ingress_policy(
    const struct release *release, const struct workload *workload)
{
	struct fact is_isolated =
	    fact_workload_ingress_isolated(release, workload);

	if (is_isolated.state == FACT_UNKNOWN)
		return fact_unknown();
	return fact_entity(
	    is_isolated.boolean ? isolating_policy(workload) : NULL);
}

struct fact fact_workload_blocked_ports(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	return workload->blocked;
}

struct fact fact_workload_blocked_services(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	return fact_list(&workload->blocked_services);
}
