/*
 * The NetworkPolicies of a release and pods that may be of another -> which of
 * them select the pods, and what all of them together let through.
 *
 * Policies hold for whatever pods have the labels, since when they run does not
 * count; more policies let more through, never less.
 */
#include "fact/overlap/admission.h"

#include "fact/namespace.h"
#include "fact/selector.h"

#include <string.h>

struct pods pods_made_by(
    const struct release *release, const struct workload *workload)
{
	return (struct pods){release,
	    workload->template_owner ? workload->template_owner : workload};
}

static const struct networkpolicy *policy_at(
    const struct release *release, size_t i)
{
	return release->lists[ENTITY_networkpolicy].items[i];
}

static size_t count_policies(const struct release *release)
{
	return release->lists[ENTITY_networkpolicy].n;
}

static enum tri in_namespace_of(const struct release *release,
    const struct networkpolicy *policy, const struct pods *pods)
{
	const char *its = manifest_namespace(release, policy->manifest);
	const char *theirs =
	    manifest_namespace(pods->release, pods->owner->manifest);

	if (!strcmp(its, theirs))
		return TRI_YES;
	return *its && *theirs ? TRI_NO : TRI_UNKNOWN;
}

enum tri policy_selects(const struct release *release,
    const struct networkpolicy *policy, const struct pods *pods)
{
	if (policy->pod_selector.invalid)
		return TRI_UNKNOWN;
	if (!selector_matches(&policy->pod_selector, &pods->owner->labels))
		return TRI_NO;
	return in_namespace_of(release, policy, pods);
}

static enum tri isolates(
    const struct networkpolicy *policy, enum direction direction)
{
	const struct fact *fact = direction == DIRECTION_INGRESS
				      ? &policy->isolates_ingress
				      : &policy->isolates_egress;

	return fact->state == FACT_UNKNOWN ? TRI_UNKNOWN
					   : tri_of(fact->boolean);
}

const struct networkpolicy *find_isolating(const struct release *release,
    const struct pods *pods, enum direction direction)
{
	if (!is_on_pod_network(pods->owner))
		return NULL;
	for (size_t i = 0; i < count_policies(release); i++) {
		const struct networkpolicy *policy = policy_at(release, i);

		if (isolates(policy, direction) == TRI_YES &&
		    policy_selects(release, policy, pods) == TRI_YES)
			return policy;
	}
	return NULL;
}

const struct networkpolicy *find_admitting(const struct release *release,
    const struct pods *pods, const struct target *target)
{
	for (size_t i = 0; i < count_policies(release); i++) {
		const struct networkpolicy *policy = policy_at(release, i);

		if (policy_selects(release, policy, pods) != TRI_NO &&
		    policy_admits(policy, pods->owner, target))
			return policy;
	}
	return NULL;
}

static enum welcome welcome_of(const struct release *release,
    const struct networkpolicy *policy, const struct peer *peer,
    const struct pods *others)
{
	return peer_welcomes(peer, &others->owner->labels,
	    in_namespace_of(release, policy, others));
}

static size_t peers_of(const struct networkpolicy *policy,
    enum direction direction, const struct peer **ret_peers)
{
	bool is_ingress = direction == DIRECTION_INGRESS;

	*ret_peers = is_ingress ? policy->from : policy->to;
	return is_ingress ? policy->nfrom : policy->nto;
}

static bool has_unknown_rules(
    const struct networkpolicy *policy, enum direction direction)
{
	const struct fact *rules = direction == DIRECTION_INGRESS
				       ? &policy->ingress_rules
				       : &policy->egress_rules;

	return rules->state == FACT_UNKNOWN;
}

enum welcome policy_welcomes(const struct release *release,
    const struct networkpolicy *policy, enum direction direction,
    const struct pods *others)
{
	const struct peer *peers;
	size_t n = peers_of(policy, direction, &peers);
	enum welcome most = WELCOME_NOT;

	if (isolates(policy, direction) == TRI_NO)
		return WELCOME_NOT;
	if (has_unknown_rules(policy, direction) ||
	    !is_on_pod_network(others->owner))
		return WELCOME_PERHAPS;
	for (size_t i = 0; i < n; i++) {
		enum welcome welcome =
		    welcome_of(release, policy, &peers[i], others);

		if (welcome > most)
			most = welcome;
	}
	return most;
}

enum welcome pods_welcome(const struct release *release,
    const struct pods *pods, enum direction direction,
    const struct pods *others)
{
	enum welcome most = WELCOME_NOT;

	for (size_t i = 0; i < count_policies(release); i++) {
		const struct networkpolicy *policy = policy_at(release, i);
		enum welcome welcome;

		if (policy_selects(release, policy, pods) == TRI_NO)
			continue;
		welcome = policy_welcomes(release, policy, direction, others);
		if (welcome > most)
			most = welcome;
	}
	return most;
}

bool lets_nothing_out(const struct release *release, const struct pods *pods)
{
	for (size_t i = 0; i < count_policies(release); i++) {
		const struct networkpolicy *policy = policy_at(release, i);

		if (policy_selects(release, policy, pods) != TRI_NO &&
		    isolates(policy, DIRECTION_EGRESS) != TRI_NO &&
		    (policy->nto ||
			has_unknown_rules(policy, DIRECTION_EGRESS)))
			return false;
	}
	return true;
}

const struct peer *find_naming_peer(const struct release *release,
    const struct networkpolicy *policy, enum direction direction,
    const struct pods *others)
{
	const struct peer *peers;
	size_t n = peers_of(policy, direction, &peers);

	for (size_t i = 0; i < n; i++) {
		if (welcome_of(release, policy, &peers[i], others) ==
		    WELCOME_BY_NAME)
			return &peers[i];
	}
	return NULL;
}
