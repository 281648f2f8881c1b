/*
 * Two releases -> the running pods that the new NetworkPolicies shut out while
 * pods of both versions are there.
 *
 * A policy holds for all pods with its labels from the second it is applied,
 * which Helm does before anything else (InstallOrder of its releaseutil); pods
 * that run keep the labels and ports that they were made with.  So a selector,
 * a peer or a port that only the new pods meet shuts the old ones out until the
 * last of them is replaced: kubernetes.io/docs/concepts/services-networking/
 * network-policies.  What shuts out new pods as well is no matter of the step.
 */
#include "fact/change/change.h"
#include "fact/computed.h"
#include "fact/index.h"
#include "fact/kind.h"
#include "fact/namespace.h"
#include "fact/overlap/admission.h"
#include "fact/overlap/overlap.h"
#include "fact/selector.h"

#include <stdlib.h>
#include <string.h>

/* A workload whose old pods live on beside new ones. */
struct beside {
	const struct transition *transition;
	struct pods old, new;
	bool rolls;	      /* its pods are replaced in turn */
	struct vector naming; /* policies that name its new pods as peers by a
				 label that changes */
};

struct excluding {
	struct release *release;
	struct vector workloads; /* struct beside */
	struct map by_workload;	 /* these, by the new workload */
	struct map changed_keys; /* of labels of pods that are replaced */
	struct index index;	 /* of the new pods */
	struct admission admission;
	struct vector exclusions;
};

static struct exclusion *add_exclusion(struct excluding *excluding,
    const char *way, const struct networkpolicy *policy,
    const struct beside *workload, const struct fact *written)
{
	struct arena *arena = &excluding->release->arena;
	struct exclusion *exclusion = arena_alloc(arena, sizeof(*exclusion));

	exclusion->manifest = policy->manifest;
	exclusion->policy = policy;
	exclusion->workload = workload->transition->previous;
	exclusion->way = fact_text(way);
	exclusion->where =
	    fact_of_policy(fact_of_name(policy->manifest), policy, written);
	vector_add(&excluding->exclusions, exclusion);
	return exclusion;
}

static struct fact spell_selector(
    struct release *release, const struct selector *selector)
{
	struct buf buf = {0};
	struct fact fact;

	selector_spell(selector, &buf);
	fact = fact_text(text_copy(&release->arena, buf_text(&buf)));
	buf_release(&buf);
	return fact;
}

/* A port of a Service that sends requests to old pods and new ones: the old
 * ones get none although they did before, and the new ones do. */
static bool judge_port(struct excluding *excluding,
    const struct beside *workload, const struct service *service,
    const struct service_port *port)
{
	struct release *release = excluding->release;
	struct target old, new;
	const struct networkpolicy *admitting;
	struct exclusion *exclusion;
	bool selects_old;

	if (!admission_spend(&excluding->admission, 1, service->manifest) ||
	    !find_target(workload->old.owner, port, &old) ||
	    !find_target(workload->new.owner, port, &new) ||
	    find_admitting(release, &workload->old, &old))
		return false;
	admitting = find_admitting(release, &workload->new, &new);
	if (!admitting)
		return false;
	selects_old =
	    policy_selects(release, admitting, &workload->old) == TRI_YES;
	exclusion = add_exclusion(excluding, selects_old ? "port" : "selector",
	    admitting, workload,
	    selects_old ? &admitting->ingress_rules : &admitting->selector);
	exclusion->service = service;
	exclusion->port = fact_int(old.number);
	exclusion->labels = spell_selector(release, &admitting->pod_selector);
	return true;
}

/* What is shut out in the release that runs now, or in the new one alone, is
 * told of that one. */
static void judge_ports(
    struct excluding *excluding, const struct beside *workload)
{
	const struct transition *transition = workload->transition;
	const struct entity_list *services = transition->services_during.list;

	if (!services->n ||
	    transition->previous->seldom->blocked.state != FACT_ABSENT ||
	    transition->workload->seldom->blocked.state != FACT_ABSENT ||
	    !find_isolating(&excluding->admission, excluding->release,
		&workload->old, DIRECTION_INGRESS))
		return;
	for (size_t i = 0; i < services->n; i++) {
		const struct service *service = services->items[i];

		for (size_t j = 0; j < service->nports; j++) {
			if (judge_port(excluding, workload, service,
				&service->ports[j]))
				return;
		}
	}
}

/* What lets new pods out selects no old ones, which others keep in. */
static void judge_egress(
    struct excluding *excluding, const struct beside *workload)
{
	struct release *release = excluding->release;
	const struct release *previous = release->previous;
	struct admission *admission = &excluding->admission;
	const struct pods *old = &workload->old;
	const struct entity_list *policies =
	    &workload->transition->workload->networkpolicies.sure;

	if (!find_isolating(admission, release, old, DIRECTION_EGRESS) ||
	    !lets_nothing_out(admission, release, old) ||
	    (find_isolating(admission, previous, old, DIRECTION_EGRESS) &&
		lets_nothing_out(admission, previous, old)))
		return;
	for (size_t i = 0; i < policies->n; i++) {
		const struct networkpolicy *policy = policies->items[i];

		if (!policy->nto)
			continue;
		add_exclusion(
		    excluding, "egress", policy, workload, &policy->selector)
		    ->labels = spell_selector(release, &policy->pod_selector);
		return;
	}
}

/* Whether the peers of what selects a workload's new pods are the new pods of
 * another workload, but not its old ones, which were let through before. */
static bool shuts_out(struct excluding *excluding, const struct beside *near,
    const struct beside *far, enum direction direction)
{
	const struct release *release = excluding->release;
	const struct release *previous = release->previous;
	struct admission *admission = &excluding->admission;

	return !pods_welcome(
		   admission, release, &near->new, direction, &far->old) &&
	       (!find_isolating(admission, previous, &near->old, direction) ||
		   pods_welcome(admission, previous, &near->old, direction,
		       &far->old)) &&
	       !admission->is_spent;
}

static struct beside *beside_of(
    const struct excluding *excluding, const struct workload *workload)
{
	return map_find(&excluding->by_workload, map_address_key(&workload));
}

/* The first workload that a policy is for and keeps from the old pods of
 * another; or NULL. */
static const struct beside *find_near(struct excluding *excluding,
    const struct networkpolicy *policy, const struct beside *far,
    enum direction direction)
{
	const struct entity_list *list = &policy->workloads.sure;

	for (size_t i = 0; i < list->n; i++) {
		const struct beside *near =
		    beside_of(excluding, list->items[i]);

		if (!admission_spend(
			&excluding->admission, 1, policy->manifest))
			return NULL;
		if (near && is_on_pod_network(near->new.owner) &&
		    shuts_out(excluding, near, far, direction))
			return near;
	}
	return NULL;
}

/* Old pods are asked for only as long as a Service leads to them. */
static bool is_asked_for(const struct beside *workload)
{
	return workload->transition->services_during.list->n > 0;
}

static void judge_peers(struct excluding *excluding,
    const struct networkpolicy *policy, const struct beside *far,
    enum direction direction)
{
	struct release *release = excluding->release;
	bool is_ingress = direction == DIRECTION_INGRESS;
	const struct beside *near;
	struct exclusion *exclusion;

	if ((!is_ingress && !is_asked_for(far)) ||
	    policy_welcomes(release, policy, direction, &far->new) !=
		WELCOME_BY_NAME ||
	    policy_welcomes(release, policy, direction, &far->old) !=
		WELCOME_NOT)
		return;
	near = find_near(excluding, policy, far, direction);
	if (!near)
		return;
	exclusion = add_exclusion(excluding, is_ingress ? "from" : "to", policy,
	    far, is_ingress ? &policy->ingress_rules : &policy->egress_rules);
	exclusion->peer = near->transition->workload;
	exclusion->labels = spell_selector(release,
	    &find_naming_peer(release, policy, direction, &far->new)->pods);
}

static void find_workloads(struct excluding *excluding)
{
	struct release *release = excluding->release;
	const struct entity_list *list = &release->lists[ENTITY_transition];

	for (size_t i = 0; i < list->n; i++) {
		const struct transition *transition = list->items[i];
		struct beside *beside;

		if (!old_pods_live_on(transition) ||
		    is_hook(transition->manifest))
			continue;
		beside = arena_alloc(&release->arena, sizeof(*beside));
		beside->transition = transition;
		beside->old =
		    pods_made_by(release->previous, transition->previous);
		beside->new = pods_made_by(release, transition->workload);
		beside->rolls = !strcmp(transition->what.text, "rolls");
		vector_add(&excluding->workloads, beside);
		*map_slot(&excluding->by_workload,
		    slice_copy(&release->arena,
			map_address_key(&transition->workload))) = beside;
	}
}

/* The keys of labels that only one of both has, or with another value. */
static void add_changed_keys(struct map *keys, const struct label_list *some,
    const struct label_list *others)
{
	for (size_t i = 0; i < some->n; i++) {
		const char *value = label_find(others, some->items[i].key);

		if (!value || strcmp(value, some->items[i].value) != 0)
			*map_slot(keys, slice_of(some->items[i].key)) =
			    (void *)(uintptr_t)some;
	}
}

static void find_changed_keys(struct excluding *excluding)
{
	for (size_t i = 0; i < excluding->workloads.n; i++) {
		const struct beside *workload = excluding->workloads.items[i];
		const struct label_list *old = &workload->old.owner->labels;
		const struct label_list *new = &workload->new.owner->labels;

		if (!workload->rolls)
			continue;
		add_changed_keys(&excluding->changed_keys, old, new);
		add_changed_keys(&excluding->changed_keys, new, old);
	}
}

static bool asks_for(const struct selector *pods, const struct map *keys)
{
	for (size_t i = 0; i < pods->n; i++) {
		if (map_find(keys, slice_of(pods->requirements[i].key)))
			return true;
	}
	return false;
}

static void add_naming(struct excluding *excluding,
    const struct networkpolicy *policy, struct numbers numbers)
{
	const struct entity_list *list =
	    &excluding->release->lists[ENTITY_workload];

	if (!admission_spend(
		&excluding->admission, numbers.n, policy->manifest))
		return;
	for (size_t i = 0; i < numbers.n; i++) {
		struct beside *far =
		    beside_of(excluding, list->items[numbers.items[i]]);
		struct vector *naming = far && far->rolls ? &far->naming : NULL;

		if (naming &&
		    (!naming->n || naming->items[naming->n - 1] != policy))
			vector_add(naming, (void *)(uintptr_t)policy);
	}
}

/* The new pods that a peer may name. */
static void index_peer(struct excluding *excluding,
    const struct networkpolicy *policy, const struct peer *peer)
{
	const struct release *release = excluding->release;
	const char *namespace = manifest_namespace(release, policy->manifest);
	const struct index *index = &excluding->index;

	if (peer->is_unclear || peer->namespaces.n ||
	    !asks_for(&peer->pods, &excluding->changed_keys))
		return;
	if (!peer->namespaces.given) {
		add_naming(excluding, policy,
		    index_candidates(index, namespace, &peer->pods));
		return;
	}
	add_naming(excluding, policy, index_candidates(index, "", &peer->pods));
	add_naming(excluding, policy,
	    index_candidates(index, ANY_KNOWN_NAMESPACE, &peer->pods));
}

/* Other policies mean the same for old pods and new ones, and are many. */
static void index_policies(struct excluding *excluding)
{
	const struct entity_list *list =
	    &excluding->release->lists[ENTITY_networkpolicy];

	for (size_t i = 0; i < list->n; i++) {
		const struct networkpolicy *policy = list->items[i];

		for (size_t j = 0; j < policy->nfrom; j++)
			index_peer(excluding, policy, &policy->from[j]);
		for (size_t j = 0; j < policy->nto; j++)
			index_peer(excluding, policy, &policy->to[j]);
	}
}

static void judge_policies(
    struct excluding *excluding, const struct beside *workload)
{
	const struct vector *list = &workload->naming;

	judge_ports(excluding, workload);
	judge_egress(excluding, workload);
	for (size_t i = 0; i < list->n; i++) {
		judge_peers(
		    excluding, list->items[i], workload, DIRECTION_INGRESS);
		judge_peers(
		    excluding, list->items[i], workload, DIRECTION_EGRESS);
	}
}

static void hand_over(struct excluding *excluding)
{
	struct release *release = excluding->release;
	struct vector *exclusions = &excluding->exclusions;
	const void **items =
	    arena_array(&release->arena, exclusions->n, sizeof(*items));

	for (size_t i = 0; i < exclusions->n; i++)
		items[i] = exclusions->items[i];
	release->lists[ENTITY_exclusion] =
	    (struct entity_list){exclusions->n, items};
	free(exclusions->items);
	for (size_t i = 0; i < excluding->workloads.n; i++)
		free(((struct beside *)excluding->workloads.items[i])
			 ->naming.items);
	free(excluding->workloads.items);
	index_release(&excluding->index);
	admission_release(&excluding->admission);
	map_release(&excluding->changed_keys);
	map_release(&excluding->by_workload);
}

void list_exclusions(struct release *release)
{
	struct excluding excluding = {.release = release};

	if (!release->lists[ENTITY_networkpolicy].n)
		return;
	admission_init(&excluding.admission, release);
	index_init(&excluding.index, release);
	index_labels(&excluding.index);
	find_workloads(&excluding);
	find_changed_keys(&excluding);
	index_policies(&excluding);
	for (size_t i = 0; i < excluding.workloads.n; i++) {
		const struct beside *workload = excluding.workloads.items[i];

		if (workload->rolls)
			judge_policies(&excluding, workload);
	}
	hand_over(&excluding);
}

SIMPLE(exclusion, manifest, fact_entity(exclusion->manifest))
SIMPLE(exclusion, policy, fact_entity(exclusion->policy))
SIMPLE(exclusion, workload, fact_entity(exclusion->workload))
SIMPLE(exclusion, peer, fact_entity(exclusion->peer))
SIMPLE(exclusion, service, fact_entity(exclusion->service))

struct fact fact_release_exclusions(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_list(&release->lists[ENTITY_exclusion]);
}
