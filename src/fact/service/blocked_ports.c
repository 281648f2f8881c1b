/* Ports that Services send requests to and NetworkPolicies let nobody reach. */
#include "fact/service/service.h"

#include "fact/network/network.h"
#include "fact/service/admitted.h"

#include <string.h>

/* Ports that are spelled out, and so the Services that are listed. */
#define MOST_BLOCKED 8

static bool is_admitted(
    const struct workload *workload, const struct target *target)
{
	const struct entity_list *policies = &workload->networkpolicies.sure;

	for (size_t i = 0; i < policies->n; i++) {
		if (policy_admits(
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
		if (!find_target(workload->template_owner, &service->ports[i],
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

static void keep_blocked(struct release *release, struct workload *workload,
    const struct blocked *blocked)
{
	const struct networkpolicy *policy = isolating_policy(workload);
	struct workload_seldom *seldom =
	    workload_seldom(&release->arena, workload);
	struct buf spelled = {0};

	for (size_t i = 0; i < blocked->n; i++)
		spell_target(&blocked->items[i], &spelled);
	if (blocked->is_cut)
		buf_add_text(&spelled, ", ...");
	seldom->blocked = fact_of_policy(
	    fact_text(slice_copy(&release->arena, buf_slice(&spelled)).ptr),
	    policy,
	    policy->ingress_rules.line ? &policy->ingress_rules
				       : &policy->isolates_ingress);
	seldom->blocked_services = services_of(&release->arena, blocked);
	/* A policy that may be in another namespace, or one that is no
	 * NetworkPolicy, may admit them. */
	if (workload->networkpolicies.possible || release->has_other_policies)
		seldom->blocked = fact_unknown();
	buf_release(&spelled);
}

static void relate_workload(struct release *release, struct workload *workload)
{
	const struct entity_list *services = &workload->services.sure;
	struct fact is_isolated =
	    fact_workload_ingress_isolated(release, workload);
	struct blocked blocked = {0};

	if (is_isolated.state == FACT_UNKNOWN) {
		workload_seldom(&release->arena, workload)->blocked =
		    fact_unknown();
		return;
	}
	if (!is_isolated.boolean || !workload->template_owner->has_template)
		return;
	for (size_t i = 0; i < services->n && !blocked.is_cut; i++)
		find_blocked(workload, services->items[i], &blocked);
	if (blocked.n)
		keep_blocked(release, workload, &blocked);
}

void relate_blocked_ports(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++)
		/* Made by collect and const for everybody but relate. */
		relate_workload(
		    release, (struct workload *)(uintptr_t)list->items[i]);
}

struct fact fact_workload_blocked_ports(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	return workload->seldom->blocked;
}

struct fact fact_workload_blocked_services(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	return fact_list(&workload->seldom->blocked_services);
}
