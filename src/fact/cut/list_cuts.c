/*
 * Two releases -> the Services whose requests find no pod for a while: what an
 * upgrade changes of a Service is true at once, and the pods that could answer
 * come later.
 *
 * Helm applies Services before workloads and deletes last (InstallOrder of its
 * releaseutil).  Running pods keep the labels and ports that they were made
 * with, so the endpoints of a changed Service are picked among the old pods
 * until new ones are ready: kubernetes/kubernetes,
 * pkg/controller/endpointslice. What is deleted takes all of its pods with it
 * at once; budgets guard evictions alone.
 */
#include "fact/cut/cutting.h"

#include "fact/change/applier.h"
#include "fact/change/change.h"
#include "fact/computed.h"
#include "fact/cut/cut_ports.h"
#include "fact/kind.h"
#include "fact/namespace.h"
#include "fact/service/backends.h"

#include <stdlib.h>
#include <string.h>

/* What comes after a workload of the release that runs now; or NULL. */
static const struct transition *transition_of(
    const struct cutting *cutting, const struct workload *workload)
{
	return cutting_find(&cutting->before, workload);
}

/* Whether the upgrade leaves the old pods there until new ones are ready: it
 * deletes what the new release lacks, unless an annotation keeps it, and what
 * it is forced to make anew. */
static bool stays(
    const struct release *previous, const struct workload *workload)
{
	const struct manifest *manifest = workload->manifest;

	return manifest->seldom->other ? !manifest->seldom->other->is_remade
				       : outlives_release(previous, manifest);
}

/* Whether a workload of the release that runs now has pods that a Service is
 * for. A Rollout that refers to a Deployment leaves its pods alone unless
 * scaleDown says otherwise: argoproj/argo-rollouts, rollout/sync.go. */
static bool has_pods(
    const struct release *previous, const struct workload *workload)
{
	const struct workload *governor = workload->governor;
	const char *way = governor ? governor->scale_down.text : NULL;

	if (!governor)
		return is_meant_by_service(previous, workload);
	return workload->has_template && workload->replicas.integer != 0 &&
	       way && !strcmp(way, "never");
}

static void add_pods(const struct cutting *cutting, struct crowd *crowd,
    const struct workload *workload)
{
	const struct transition *transition = transition_of(cutting, workload);

	vector_add(&crowd->pods, (void *)(uintptr_t)workload);
	if (stays(cutting->release->previous, workload))
		crowd->all_replaced = false;
	if (transition && !crowd->is_followed)
		crowd->heir = transition->workload;
	if (transition)
		crowd->is_followed = true;
}

/* The old pods among workloads that a Service selects. */
static struct crowd *crowd_of(
    struct cutting *cutting, const struct entity_list *list)
{
	const void *key = list->n ? list->items : NULL;
	struct crowd *crowd = cutting_find(&cutting->crowds, key);

	if (crowd)
		return crowd;
	crowd = arena_alloc(&cutting->release->arena, sizeof(*crowd));
	crowd->all_replaced = true;
	for (size_t i = 0; i < list->n; i++) {
		if (has_pods(cutting->release->previous, list->items[i]))
			add_pods(cutting, crowd, list->items[i]);
	}
	if (!crowd->all_replaced)
		crowd->heir = NULL;
	cutting_put(cutting, &cutting->crowds, key, crowd);
	return crowd;
}

/* A Service that is gone is for whoever is still there to be asked. */
static void judge_gone(
    struct cutting *cutting, const struct service *old, struct crowd *crowd)
{
	const char *reason = crowd->heir	  ? "moved"
			     : crowd->is_followed ? "gone"
						  : "gone with its pods";
	struct cut *cut;

	if (outlives_release(cutting->release->previous, old->manifest))
		return;
	cut = add_service_cut(cutting, old, NULL, reason, crowd);
	set_next(cutting, cut, crowd->heir);
	if (webhook_of(cutting, old))
		cut->for_clients = fact_bool(false);
}

/* Clients of a headless Service find pods by its name and ask them at a port
 * of their own: what its ports lead to is asked for by SRV records alone. */
static void judge_ports(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *crowd)
{
	const struct backend *webhook = webhook_of(cutting, old);

	if (old->headless.boolean)
		return;
	for (size_t i = 0; i < old->nports; i++) {
		const struct service_port *port = &old->ports[i], *now;
		const char *reason =
		    find_port_cut(cutting, port, new, crowd, &now);
		struct cut *cut;

		if (!reason)
			continue;
		cut = add_service_cut(cutting, old, new, reason, crowd);
		set_port(cut, port);
		if (!now && webhook && leads_to_port(webhook, port))
			cut->for_clients = fact_bool(false);
		if (!now)
			continue;
		cut->target =
		    fact_text(spell_target(&cutting->release->arena, now));
		cut->where = fact_at(cut->target, new->manifest, now->line,
		    now->col, now->width);
	}
}

/* How many ways an object leads on to Services. */
struct ways {
	size_t n, n_of_both; /* of these, to what both releases have */
};

static void index_ways(struct cutting *cutting, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_backend];

	for (size_t i = 0; i < list->n; i++) {
		const struct backend *backend = list->items[i];
		struct ways *ways =
		    cutting_find(&cutting->ways, backend->manifest);

		if (!ways) {
			ways = arena_alloc(
			    &cutting->release->arena, sizeof(*ways));
			cutting_put(
			    cutting, &cutting->ways, backend->manifest, ways);
		}
		ways->n++;
		ways->n_of_both += backend->service && backend->service->other;
	}
}

static struct ways count_ways(
    const struct cutting *cutting, const struct manifest *manifest)
{
	const struct ways *ways = cutting_find(&cutting->ways, manifest);

	return ways ? *ways : (struct ways){0};
}

/* Whether the object that led to a Service stays, in as many ways, and leads to
 * others that run already: a switch, which cuts nobody off. */
static bool is_switched(
    const struct cutting *cutting, const struct backend *entry)
{
	const struct manifest *stays = entry->manifest->seldom->other;

	return stays && count_ways(cutting, stays).n_of_both >=
			    count_ways(cutting, entry->manifest).n;
}

static bool lost_its_entry(struct cutting *cutting, const struct service *old,
    const struct service *new)
{
	const struct backend *entry = cutting_find(&cutting->entries, old);
	const char *namespace =
	    manifest_namespace(cutting->release, new->manifest);

	return entry && !cutting->has_maker &&
	       !(entry->manifest->seldom->other &&
		   entry->manifest->seldom->other->is_refused) &&
	       !cutting_find(&cutting->entries, new) &&
	       !map_find(&cutting->named,
		   object_key(&cutting->key, new->manifest->name, namespace)) &&
	       !is_switched(cutting, entry);
}

static void add_entry_cut(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *crowd)
{
	const struct backend *entry = cutting_find(&cutting->entries, old);

	add_service_cut(cutting, old, new, "entry", crowd)->later = fact_bool(
	    comes_later(cutting->release, !entry->manifest->seldom->other));
}

/* Of the entrances that lead to a Service, those that it loses are asked for
 * when all are known. */
static void keep_service(struct cutting *cutting, const struct service *old,
    const struct service *new, const struct workload *workload)
{
	struct arena *arena = &cutting->release->arena;
	struct kept_service *kept = arena_alloc(arena, sizeof(*kept));
	const struct release *previous = cutting->release->previous;
	struct slice key = object_key(&cutting->key, old->manifest->name,
	    manifest_namespace(previous, old->manifest));

	*kept = (struct kept_service){old, new, workload};
	*map_slot(&cutting->kept, slice_copy(arena, key)) = kept;
}

/* Nobody comes after the pods that the Service had, and no pods from elsewhere
 * may be meant. */
static void judge_abandoned(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *before)
{
	struct fact found = fact_service_workloads(cutting->release, new);
	/* Made by collect and const for everybody but relate. */
	struct service *service = (struct service *)(uintptr_t) new;
	struct cut *cut;

	if (found.state != FACT_KNOWN || found.list->n)
		return;
	cut = add_service_cut(cutting, old, new,
	    before->all_replaced ? "abandoned" : "unmatched", before);
	cut->where = new->selector;
	service->abandoned = fact_bool(true);
}

/* What becomes of the pods that answer for a Service of both releases, whose
 * pods before were some. */
static void judge_pods(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *before)
{
	const struct workload *next = find_next(cutting, new);
	struct crowd *crowd = crowd_of(cutting, &new->across.sure);

	if (!next && crowd->all_replaced)
		judge_abandoned(cutting, old, new, before);
	else if (!crowd->pods.n && next)
		add_service_cut(cutting, old, new, "selector", before)->where =
		    new->selector;
	else if (next && crowd->all_replaced)
		add_service_cut(cutting, old, new, "replaced", crowd);
	else if (crowd->pods.n)
		judge_ports(cutting, old, new, crowd);
}

static void index_endpoints(struct cutting *cutting)
{
	const struct entity_list *list =
	    &cutting->release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		cutting->has_slices |= !strcmp(manifest->kind, "EndpointSlice");
		if (!strcmp(manifest->kind, "Endpoints"))
			*map_slot(&cutting->endpoints,
			    slice_of(manifest->name)) = cutting;
	}
}

/* Without a selector the addresses stay as they are until somebody writes
 * others: syncService() of pkg/controller/endpointslice. */
static void judge_unselected(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *before)
{
	if (!cutting->has_slices &&
	    !map_find(&cutting->endpoints, slice_of(new->manifest->name)))
		add_service_cut(cutting, old, new, "unselected", before);
}

/* What is changed of a Service that both releases have. */
static void judge_kept(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *before)
{
	if (lost_its_entry(cutting, old, new))
		add_entry_cut(cutting, old, new, before);
	else
		keep_service(cutting, old, new, before->pods.items[0]);
	/* It stays as it is. */
	if (new->manifest->is_refused)
		return;
	judge_exposure(cutting, old, new, before);
	if (is_external(new))
		judge_external(cutting, old, new, before);
	else if (new->pod_selector.given)
		judge_pods(cutting, old, new, before);
	else
		judge_unselected(cutting, old, new, before);
}

static void judge_service(struct cutting *cutting, const struct service *old)
{
	struct crowd *crowd = crowd_of(cutting, &old->workloads.sure);
	const struct service *new = old->other;

	if (crowd->pods.n && !old->manifest->seldom->other)
		judge_gone(cutting, old, crowd);
	else if (crowd->pods.n && new && !new->pod_selector.invalid &&
		 !is_hook(new->manifest))
		judge_kept(cutting, old, new, crowd);
}

/* A worker that nobody sends requests to is away for as long. */
static void judge_worker(
    struct cutting *cutting, const struct transition *transition)
{
	const struct workload *old = transition->previous;
	struct cut *cut;

	if (stays(cutting->release->previous, old) ||
	    transition->services_before.list->n ||
	    !has_pods(cutting->release->previous, old))
		return;
	cut = add_cut(cutting, transition->manifest, "replaced");
	cut->workload = old;
	set_next(cutting, cut, transition->workload);
	cut->where = fact_of_kind(cut->manifest);
	cut->for_clients = fact_bool(false);
}

static void crowd_release(struct crowd *crowd)
{
	free(crowd->pods.items);
	map_release(&crowd->reached_by);
}

static void hand_over(struct cutting *cutting)
{
	struct vector *cuts = &cutting->cuts;
	const void **items =
	    arena_array(&cutting->release->arena, cuts->n, sizeof(*items));

	for (size_t i = 0; i < cuts->n; i++)
		items[i] = cuts->items[i];
	cutting->release->lists[ENTITY_cut] =
	    (struct entity_list){cuts->n, items};
	free(cuts->items);
	for (size_t i = 0; i < cutting->crowds.n; i++)
		crowd_release(cutting->crowds.entries[i].value);
	map_release(&cutting->crowds);
	map_release(&cutting->next);
	map_release(&cutting->ways);
	map_release(&cutting->answers);
	map_release(&cutting->endpoints);
	map_release(&cutting->entries);
	map_release(&cutting->asked);
	map_release(&cutting->before);
	map_release(&cutting->kept);
	map_release(&cutting->named);
	buf_release(&cutting->key);
}

void relate_cuts(struct release *release)
{
	const struct entity_list *old =
	    &release->previous->lists[ENTITY_service];
	const struct entity_list *transitions =
	    &release->lists[ENTITY_transition];
	struct cutting cutting = {.release = release};

	index_cutting(&cutting);
	index_ways(&cutting, release);
	index_ways(&cutting, release->previous);
	index_endpoints(&cutting);
	for (size_t i = 0; i < old->n; i++) {
		const struct service *service = old->items[i];

		if (!service->manifest->is_repeated &&
		    !service->manifest->seldom->earlier &&
		    !is_hook(service->manifest))
			judge_service(&cutting, service);
	}
	judge_entrances(&cutting);
	for (size_t i = 0; i < transitions->n; i++)
		judge_worker(&cutting, transitions->items[i]);
	hand_over(&cutting);
}

struct fact fact_release_cuts(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_list(&release->lists[ENTITY_cut]);
}
