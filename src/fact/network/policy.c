/* What all NetworkPolicies of a workload make of its network together: whether
 * a direction is isolated, where egress may go, whether DNS gets out, and which
 * ports of Services nobody may reach. */
#include "fact/network/network.h"

#include "fact/computed.h"
#include "fact/namespace.h"

#include <string.h>

bool is_on_pod_network(const struct workload *workload)
{
	const struct fact *host = &workload->template_owner->host_network;

	return host->state != FACT_UNKNOWN && !host->boolean;
}

/* A fact that was written in a policy's document. */
struct fact fact_of_policy(struct fact fact, const struct networkpolicy *policy,
    const struct fact *written)
{
	const struct manifest *manifest = policy->manifest;

	if (written && written->line)
		return fact_at(fact, manifest, written->line, written->col,
		    written->width);
	return fact_at(
	    fact, manifest, manifest->line, manifest->col, manifest->width);
}

/* The rules for egress of all policies together. */
struct egress {
	const char *mode;
	const struct networkpolicy *decider; /* that made it so; or NULL */
	uint8_t reach, dns_reach, dns, maybe_dns;
	uint8_t near_dns; /* to its own namespace, where none answers */
	bool is_unclear;  /* there may be more to it */
};

/* A direction: the first policy that isolates it, or NULL; and whether one of
 * them may. */
struct isolation {
	const struct networkpolicy *by;
	bool is_unclear;
};

struct joint_policies {
	struct isolation ingress, egress;
	struct egress rules; /* for egress */
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

/* DNS pods are in namespaces of the platform; where the stream itself has some,
 * or the namespace is not known, they may be next door. */
static bool may_resolve_near(
    const struct release *release, const struct networkpolicy *policy)
{
	const char *namespace = manifest_namespace(release, policy->manifest);

	return release->answers_dns || !*namespace ||
	       !strncmp(namespace, "kube-", strlen("kube-")) ||
	       strstr(namespace, "dns");
}

static void add_policy(const struct release *release, struct egress *egress,
    const struct networkpolicy *policy)
{
	const char *before = egress->mode;

	egress->reach |= policy->reach;
	egress->dns_reach |= policy->dns_reach;
	egress->dns |= policy->dns;
	if (may_resolve_near(release, policy))
		egress->dns |= policy->near_dns;
	else
		egress->near_dns |= policy->near_dns;
	egress->maybe_dns |= policy->maybe_dns;
	egress->is_unclear |= policy->egress_rules.state == FACT_UNKNOWN;
	egress->mode = mode_of(egress);
	if (!egress->decider || strcmp(before, egress->mode) != 0)
		egress->decider = policy;
}

static void add_isolation(struct isolation *isolation,
    const struct networkpolicy *policy, const struct fact *isolates)
{
	if (isolates->state == FACT_UNKNOWN)
		isolation->is_unclear = true;
	else if (isolates->boolean && !isolation->by)
		isolation->by = policy;
}

static struct joint_policies *join(
    struct release *release, const struct entity_list *policies)
{
	struct joint_policies *joint =
	    arena_alloc(&release->arena, sizeof(*joint));

	*joint = (struct joint_policies){.rules.mode = "disabled"};
	for (size_t i = 0; i < policies->n; i++) {
		const struct networkpolicy *policy = policies->items[i];
		const struct fact *isolates = &policy->isolates_egress;

		add_isolation(
		    &joint->ingress, policy, &policy->isolates_ingress);
		add_isolation(&joint->egress, policy, isolates);
		if (isolates->state != FACT_UNKNOWN && isolates->boolean)
			add_policy(release, &joint->rules, policy);
	}
	joint->rules.is_unclear |= joint->egress.is_unclear;
	return joint;
}

static bool declares_dns(const struct container *container)
{
	for (size_t i = 0; i < container->nports; i++) {
		int64_t number = container->ports[i].number;

		if (number == 53 || number == 5353)
			return true;
	}
	return false;
}

static bool answers_dns(const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_container];

	for (size_t i = 0; i < list->n; i++) {
		if (declares_dns(list->items[i]))
			return true;
	}
	return false;
}

/* Cilium, Calico, Antrea and the policies of administrators have kinds of their
 * own, which may let in and out what no NetworkPolicy does. */
static bool has_other_policies(const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (slice_ends(
			slice_of(manifest->kind), SLICE("NetworkPolicy")) &&
		    strcmp(manifest->group, "networking.k8s.io") &&
		    strcmp(manifest->group, "extensions"))
			return true;
	}
	return false;
}

void relate_policies(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct map joints = {0}; /* by the list that workloads share */

	release->has_other_policies = has_other_policies(release);
	release->answers_dns = answers_dns(release);
	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];
		const struct entity_list *policies =
		    &workload->networkpolicies.sure;
		void **joint =
		    map_slot(&joints, map_address_key(&policies->items));

		if (!*joint)
			*joint = join(release, policies);
		workload->policies = *joint;
	}
	map_release(&joints);
}

/* Whether a direction of the pods is isolated, as a fact at what says so. */
static struct fact isolated(const struct workload *workload,
    const struct isolation *isolation, size_t offset)
{
	const struct networkpolicy *by = isolation->by;

	if (!is_on_pod_network(workload))
		return fact_unknown();
	if (by)
		return fact_of_policy(fact_bool(true), by,
		    (const struct fact *)((const char *)by + offset));
	return workload->networkpolicies.possible || isolation->is_unclear
		   ? fact_unknown()
		   : fact_bool(false);
}

struct fact fact_workload_ingress_isolated(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	return isolated(workload, &workload->policies->ingress,
	    offsetof(struct networkpolicy, isolates_ingress));
}

struct fact fact_workload_egress_isolated(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	return isolated(workload, &workload->policies->egress,
	    offsetof(struct networkpolicy, isolates_egress));
}

static struct egress egress_of(const struct workload *workload)
{
	struct egress egress = workload->policies->rules;

	egress.is_unclear |= workload->networkpolicies.possible ||
			     !is_on_pod_network(workload);
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

	if (egress.decider && !missing)
		return (struct fact){.state = FACT_ABSENT};
	if (egress.is_unclear || release->has_other_policies)
		return fact_unknown();
	if (!egress.decider)
		return (struct fact){.state = FACT_ABSENT};
	if (missing & egress.maybe_dns)
		return fact_unknown();
	return fact_text(missing == PROTOCOL_UDP   ? "UDP"
			 : missing == PROTOCOL_TCP ? "TCP"
						   : "UDP and TCP");
}

/* Whether what lets it out by a protocol is for the own namespace alone. */
struct fact fact_workload_dns_near(
    const struct release *release, const struct workload *workload)
{
	struct egress egress = egress_of(workload);

	(void)release;
	return egress.is_unclear ? fact_unknown()
				 : fact_bool(egress.near_dns & ~egress.dns);
}

struct fact fact_workload_dns_allowed(
    const struct release *release, const struct workload *workload)
{
	struct fact blocked = fact_workload_dns_blocked(release, workload);

	return blocked.state == FACT_UNKNOWN
		   ? blocked
		   : fact_bool(blocked.state == FACT_ABSENT);
}

const struct networkpolicy *isolating_policy(const struct workload *workload)
{
	return workload->policies->ingress.by;
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

SIMPLE(networkpolicy, manifest, fact_entity(networkpolicy->manifest))
SIMPLE(networkpolicy, name, fact_of_name(networkpolicy->manifest))
SIMPLE(networkpolicy, workloads, fact_linked(&networkpolicy->workloads))
SIMPLE(workload, networkpolicies, fact_linked(&workload->networkpolicies))
