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

	return manifest->other ? !manifest->other->is_remade
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

/* The old pods that a Service of the release that runs now selects. */
static void find_pods(const struct release *previous,
    const struct service *service, struct vector *found)
{
	const struct entity_list *list = &service->workloads.sure;

	for (size_t i = 0; i < list->n; i++) {
		if (has_pods(previous, list->items[i]))
			vector_add(found, (void *)(uintptr_t)list->items[i]);
	}
}

/* The old pods that a Service of the new release selects: all workloads are
 * looked at only where it asks for other labels than before. */
static void find_old_pods(const struct cutting *cutting,
    const struct service *service, struct vector *found)
{
	const struct release *previous = cutting->release->previous;
	const struct entity_list *list = &previous->lists[ENTITY_workload];

	if (selects_as_before(service)) {
		find_pods(previous, service->other, found);
		return;
	}
	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		if (has_pods(previous, workload) &&
		    selects_pods_of(cutting->release, service, previous,
			workload->template_owner))
			vector_add(found, (void *)(uintptr_t)workload);
	}
}

/* Deleted with all of its pods while what comes after starts: true when that
 * is so of all that a Service selects. */
static bool all_replaced(
    const struct release *previous, const struct vector *pods)
{
	for (size_t i = 0; i < pods->n; i++) {
		if (stays(previous, pods->items[i]))
			return false;
	}
	return true;
}

/* What takes the place of pods that are all deleted; or NULL. */
static const struct workload *heir_of(
    const struct cutting *cutting, const struct vector *pods)
{
	const struct transition *transition = NULL;

	for (size_t i = 0; i < pods->n; i++) {
		if (stays(cutting->release->previous, pods->items[i]))
			return NULL;
		if (!transition)
			transition = transition_of(cutting, pods->items[i]);
	}
	return transition ? transition->workload : NULL;
}

/* A Service that is gone is for whoever is still there to be asked. */
static void judge_gone(struct cutting *cutting, const struct service *old,
    const struct vector *pods)
{
	const struct workload *heir = heir_of(cutting, pods);
	bool go_too = true;
	struct cut *cut;

	if (outlives_release(cutting->release->previous, old->manifest))
		return;
	for (size_t i = 0; i < pods->n; i++) {
		if (transition_of(cutting, pods->items[i]))
			go_too = false;
	}
	cut = add_service_cut(cutting, old, NULL,
	    heir     ? "moved"
	    : go_too ? "gone with its pods"
		     : "gone",
	    pods);
	set_next(cutting, cut, heir);
	if (webhook_of(cutting, old))
		cut->for_clients = fact_bool(false);
}

/* Clients of a headless Service find pods by its name and ask them at a port
 * of their own: what its ports lead to is asked for by SRV records alone. */
static void judge_ports(struct cutting *cutting, const struct service *old,
    const struct service *new, const struct vector *pods)
{
	const struct backend *webhook = webhook_of(cutting, old);

	if (old->headless.boolean)
		return;
	for (size_t i = 0; i < old->nports; i++) {
		const struct service_port *port = &old->ports[i], *now;
		const char *reason = find_port_cut(port, new, pods, &now);
		struct cut *cut;

		if (!reason)
			continue;
		cut = add_service_cut(cutting, old, new, reason, pods);
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

/* How many ways an object leads on, to Services that both releases have or to
 * any. */
static size_t count_ways(const struct release *release,
    const struct manifest *manifest, bool of_both)
{
	const struct entity_list *list = &release->lists[ENTITY_backend];
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct backend *backend = list->items[i];

		n +=
		    backend->manifest == manifest &&
		    (!of_both || (backend->service && backend->service->other));
	}
	return n;
}

/* Whether the object that led to a Service stays, in as many ways, and leads to
 * others that run already: a switch, which cuts nobody off. */
static bool is_switched(
    const struct cutting *cutting, const struct backend *entry)
{
	const struct manifest *stays = entry->manifest->other;

	return stays && count_ways(cutting->release, stays, true) >=
			    count_ways(cutting->release->previous,
				entry->manifest, false);
}

static bool lost_its_entry(struct cutting *cutting, const struct service *old,
    const struct service *new)
{
	const struct backend *entry = cutting_find(&cutting->entries, old);
	const char *namespace =
	    manifest_namespace(cutting->release, new->manifest);

	return entry && !cutting->has_maker &&
	       !(entry->manifest->other &&
		   entry->manifest->other->is_refused) &&
	       !cutting_find(&cutting->entries, new) &&
	       !map_find(&cutting->named,
		   object_key(&cutting->key, new->manifest->name, namespace)) &&
	       !is_switched(cutting, entry);
}

static void add_entry_cut(struct cutting *cutting, const struct service *old,
    const struct service *new, const struct vector *pods)
{
	const struct backend *entry = cutting_find(&cutting->entries, old);

	add_service_cut(cutting, old, new, "entry", pods)->later =
	    fact_bool(comes_later(cutting->release, !entry->manifest->other));
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
    const struct service *new, const struct vector *before)
{
	struct fact found = fact_service_workloads(cutting->release, new);
	bool stay = !all_replaced(cutting->release->previous, before);
	/* Made by collect and const for everybody but relate. */
	struct service *service = (struct service *)(uintptr_t) new;
	struct cut *cut;

	if (found.state != FACT_KNOWN || found.list->n)
		return;
	cut = add_service_cut(
	    cutting, old, new, stay ? "unmatched" : "abandoned", before);
	cut->where = new->selector;
	service->abandoned = fact_bool(true);
}

/* What becomes of the pods that answer for a Service of both releases, whose
 * pods before were some. */
static void judge_pods(struct cutting *cutting, const struct service *old,
    const struct service *new, const struct vector *before)
{
	const struct workload *next = find_next(cutting, new);
	struct vector pods = {0};

	find_old_pods(cutting, new, &pods);
	if (!next && all_replaced(cutting->release->previous, &pods))
		judge_abandoned(cutting, old, new, before);
	else if (!pods.n && next)
		add_service_cut(cutting, old, new, "selector", before)->where =
		    new->selector;
	else if (next && all_replaced(cutting->release->previous, &pods))
		add_service_cut(cutting, old, new, "replaced", &pods);
	else if (pods.n)
		judge_ports(cutting, old, new, &pods);
	free(pods.items);
}

static bool has_endpoints(
    const struct release *release, const struct manifest *service)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!strcmp(manifest->kind, "EndpointSlice") ||
		    (!strcmp(manifest->kind, "Endpoints") &&
			!strcmp(manifest->name, service->name)))
			return true;
	}
	return false;
}

/* Without a selector the addresses stay as they are until somebody writes
 * others: syncService() of pkg/controller/endpointslice. */
static void judge_unselected(struct cutting *cutting, const struct service *old,
    const struct service *new, const struct vector *before)
{
	if (!has_endpoints(cutting->release, new->manifest))
		add_service_cut(cutting, old, new, "unselected", before);
}

/* What is changed of a Service that both releases have. */
static void judge_kept(struct cutting *cutting, const struct service *old,
    const struct service *new, const struct vector *before)
{
	if (lost_its_entry(cutting, old, new))
		add_entry_cut(cutting, old, new, before);
	else
		keep_service(cutting, old, new, before->items[0]);
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
	struct vector pods = {0};
	const struct service *new;

	find_pods(cutting->release->previous, old, &pods);
	new = old->other;
	if (pods.n && !old->manifest->other)
		judge_gone(cutting, old, &pods);
	else if (pods.n && new && !new->pod_selector.invalid &&
		 !is_hook(new->manifest))
		judge_kept(cutting, old, new, &pods);
	free(pods.items);
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
	for (size_t i = 0; i < old->n; i++) {
		const struct service *service = old->items[i];

		if (!service->manifest->is_repeated &&
		    !service->manifest->earlier && !is_hook(service->manifest))
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
