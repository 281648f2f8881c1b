/*
 * The NetworkPolicies of a release and pods that may be of another -> which of
 * them select the pods, and what all of them together let through.
 *
 * Policies hold for whatever pods have the labels, since when they run does not
 * count; more policies let more through, never less.
 */
#include "fact/overlap/admission.h"

#include "fact/limits.h"
#include "fact/namespace.h"
#include "fact/selector.h"

#include <string.h>

struct pods pods_made_by(
    const struct release *release, const struct workload *workload)
{
	return (struct pods){release,
	    workload->template_owner ? workload->template_owner : workload};
}

void admission_init(struct admission *admission, struct release *release)
{
	*admission = (struct admission){.release = release,
	    .checks = limit_most(release, LIMIT_POLICY_CHECKS)};
}

void admission_release(struct admission *admission)
{
	map_release(&admission->isolating);
	map_release(&admission->letting_out);
	arena_release(&admission->arena);
	buf_release(&admission->key);
}

bool admission_spend(
    struct admission *admission, size_t n, const struct manifest *manifest)
{
	if (admission->is_spent || admission->checks < (int64_t)n) {
		admission->is_spent = true;
		limit_reached(
		    admission->release, LIMIT_POLICY_CHECKS, manifest);
		return false;
	}
	admission->checks -= (int64_t)n;
	return true;
}

/* The policies of a release that select the pods, or may. */
static const struct entity_list *policies_for(
    const struct release *release, const struct pods *pods)
{
	return pods->release == release
		   ? &pods->owner->across->policies_here.sure
		   : &pods->owner->across->policies.sure;
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

static const struct networkpolicy *first_isolating(
    const struct release *release, const struct pods *pods,
    enum direction direction)
{
	const struct entity_list *policies = policies_for(release, pods);

	for (size_t i = 0; i < policies->n; i++) {
		const struct networkpolicy *policy = policies->items[i];

		if (isolates(policy, direction) == TRI_YES &&
		    policy_selects(release, policy, pods) == TRI_YES)
			return policy;
	}
	return NULL;
}

/* What tells pods with the same policies from others: the list of these, which
 * they share, and the namespace. */
static struct slice pods_key(struct admission *admission,
    const struct release *release, const struct pods *pods,
    enum direction direction)
{
	const struct entity_list *policies = policies_for(release, pods);
	struct buf *key = &admission->key;

	buf_clear(key);
	buf_add(key, &policies->items, sizeof(policies->items));
	buf_add_char(key, direction == DIRECTION_INGRESS ? 'i' : 'e');
	buf_add_text(
	    key, manifest_namespace(pods->release, pods->owner->manifest));
	return buf_slice(key);
}

/* Where an answer stands, NULL when nobody asked before. */
static void **answer_at(
    struct admission *admission, struct map *map, struct slice key)
{
	if (!map_find(map, key))
		key = slice_copy(&admission->arena, key);
	return map_slot(map, key);
}

const struct networkpolicy *find_isolating(struct admission *admission,
    const struct release *release, const struct pods *pods,
    enum direction direction)
{
	static const struct networkpolicy none;
	const struct networkpolicy *found;
	void **answer;

	if (!is_on_pod_network(pods->owner) || !policies_for(release, pods)->n)
		return NULL;
	answer = answer_at(admission, &admission->isolating,
	    pods_key(admission, release, pods, direction));
	if (!*answer) {
		found = first_isolating(release, pods, direction);
		*answer = (void *)(uintptr_t)(found ? found : &none);
	}
	return *answer == &none ? NULL : *answer;
}

const struct networkpolicy *find_admitting(const struct release *release,
    const struct pods *pods, const struct target *target)
{
	const struct entity_list *policies = policies_for(release, pods);

	for (size_t i = 0; i < policies->n; i++) {
		if (policy_admits(policies->items[i], pods->owner, target))
			return policies->items[i];
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

bool pods_welcome(struct admission *admission, const struct release *release,
    const struct pods *pods, enum direction direction,
    const struct pods *others)
{
	const struct entity_list *policies = policies_for(release, pods);

	for (size_t i = 0; i < policies->n; i++) {
		const struct networkpolicy *policy = policies->items[i];
		const struct peer *peers;
		size_t n = peers_of(policy, direction, &peers);

		/* What is not known is no reason to tell of anything. */
		if (!admission_spend(admission, n + 1, policy->manifest) ||
		    policy_welcomes(release, policy, direction, others) !=
			WELCOME_NOT)
			return true;
	}
	return false;
}

static bool lets_out(const struct networkpolicy *policy)
{
	return isolates(policy, DIRECTION_EGRESS) != TRI_NO &&
	       (policy->nto || has_unknown_rules(policy, DIRECTION_EGRESS));
}

static bool any_lets_out(const struct entity_list *policies)
{
	for (size_t i = 0; i < policies->n; i++) {
		if (lets_out(policies->items[i]))
			return true;
	}
	return false;
}

bool lets_nothing_out(struct admission *admission,
    const struct release *release, const struct pods *pods)
{
	static const char yes[] = "yes", no[] = "no";
	const struct entity_list *policies = policies_for(release, pods);
	void **answer;

	if (!policies->n)
		return true;
	answer = answer_at(admission, &admission->letting_out,
	    pods_key(admission, release, pods, DIRECTION_EGRESS));
	if (!*answer)
		*answer =
		    (void *)(uintptr_t)(any_lets_out(policies) ? yes : no);
	return *answer == no;
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
