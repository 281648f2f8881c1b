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
#include "fact/cut/cut.h"

#include "fact/change/applier.h"
#include "fact/change/change.h"
#include "fact/computed.h"
#include "fact/cut/cut_ports.h"
#include "fact/pod/pod.h"
#include "fact/service/backends.h"

#include <stdlib.h>
#include <string.h>

struct cutting {
	struct release *release;
	struct vector cuts;
	struct map entries; /* Services of both that routes lead to */
	struct map before;  /* transitions, by the old workload */
};

static void *find(const struct map *map, const void *key)
{
	return map_find(map, map_address_key(&key));
}

static void put(struct cutting *cutting, struct map *map, const void *key,
    const void *value)
{
	struct slice copy =
	    slice_copy(&cutting->release->arena, map_address_key(&key));

	*map_slot(map, copy) = (void *)(uintptr_t)value;
}

/* Whether what comes of an object is left for another upgrade: that one is
 * refused, and it is a deletion or the applier does nothing at all then. */
static bool comes_later(const struct release *release, bool is_deleted)
{
	return fact_release_skips_deletions(release, release).boolean &&
	       (is_deleted || !is_applied_by(release, "helm"));
}

static struct cut *add_cut(struct cutting *cutting,
    const struct manifest *manifest, const char *reason)
{
	struct cut *cut = arena_alloc(&cutting->release->arena, sizeof(*cut));

	cut->manifest = manifest;
	cut->reason = fact_text(reason);
	cut->later = fact_bool(comes_later(
	    cutting->release, !manifest->other || !strcmp(reason, "replaced")));
	cut->lasts = fact_bool(false);
	vector_add(&cutting->cuts, cut);
	return cut;
}

/* What comes after a workload of the release that runs now; or NULL. */
static const struct transition *transition_of(
    const struct cutting *cutting, const struct workload *workload)
{
	return find(&cutting->before, workload);
}

/* Whether the upgrade leaves the old pods there until new ones are ready: it
 * deletes what the new release lacks, unless an annotation keeps it. */
static bool stays(
    const struct release *previous, const struct workload *workload)
{
	const struct manifest *manifest = workload->manifest;

	return manifest->other || outlives_release(previous, manifest);
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

/* The first new workload that answers for a Service of the new release. */
static const struct workload *find_next(
    const struct cutting *cutting, const struct service *service)
{
	const struct entity_list *list = &service->workloads.sure;

	for (size_t i = 0; i < list->n; i++) {
		if (is_meant_by_service(cutting->release, list->items[i]))
			return list->items[i];
	}
	return NULL;
}

/* Whether requests of clients, not of who watches, go to these pods by the
 * Service. */
static bool is_for_clients(
    const struct service *service, const struct vector *pods)
{
	for (size_t i = 0; i < pods->n; i++) {
		const struct workload *workload = pods->items[i];
		const struct entity_list *list = &workload->reached_by;

		for (size_t j = 0; j < list->n; j++) {
			if (list->items[j] == service)
				return true;
		}
	}
	return false;
}

/* The least that the probes of a pod's containers let it take to be ready. */
static struct fact least_seconds(
    const struct release *release, const struct workload *workload)
{
	const struct entity_list *list = &workload->container_list;
	int64_t most = 0;

	for (size_t i = 0; i < list->n; i++) {
		struct fact seconds =
		    fact_container_least_start_seconds(release, list->items[i]);

		if (seconds.integer > most)
			most = seconds.integer;
	}
	return fact_int(most);
}

static struct cut *add_service_cut(struct cutting *cutting,
    const struct service *old, const struct service *new, const char *reason,
    const struct vector *pods)
{
	struct cut *cut =
	    add_cut(cutting, new ? new->manifest : old->manifest, reason);

	cut->service = old;
	cut->workload = pods->items[0];
	cut->next = new ? find_next(cutting, new) : NULL;
	if (cut->next)
		cut->least_seconds = least_seconds(cutting->release, cut->next);
	cut->lasts = fact_bool(cut->next && cut->next->manifest->is_refused);
	cut->where = fact_of_kind(cut->manifest);
	cut->for_clients = fact_bool(is_for_clients(old, pods));
	return cut;
}

/* A Service that is gone is for whoever is still there to be asked. */
static void judge_gone(struct cutting *cutting, const struct service *old,
    const struct vector *pods)
{
	const struct manifest *manifest = old->manifest;
	bool go_too = true;

	if (outlives_release(cutting->release->previous, manifest))
		return;
	for (size_t i = 0; i < pods->n; i++) {
		if (transition_of(cutting, pods->items[i]))
			go_too = false;
	}
	add_service_cut(
	    cutting, old, NULL, go_too ? "gone with its pods" : "gone", pods);
}

/* Clients of a headless Service find pods by its name and ask them at a port
 * of their own: what its ports lead to is asked for by SRV records alone. */
static void judge_ports(struct cutting *cutting, const struct service *old,
    const struct service *new, const struct vector *pods)
{
	if (old->headless.boolean)
		return;
	for (size_t i = 0; i < old->nports; i++) {
		const struct service_port *port = &old->ports[i], *now;
		const char *reason = find_port_cut(port, new, pods, &now);
		struct cut *cut;

		if (!reason)
			continue;
		cut = add_service_cut(cutting, old, new, reason, pods);
		cut->port = fact_int(port->number);
		if (!now)
			continue;
		cut->target =
		    fact_text(spell_target(&cutting->release->arena, now));
		cut->where = fact_at(cut->target, new->manifest, now->line,
		    now->col, now->width);
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

static bool lost_its_entry(const struct cutting *cutting,
    const struct service *old, const struct service *new)
{
	const struct backend *entry = find(&cutting->entries, old);

	return entry && !find(&cutting->entries, new) &&
	       !is_switched(cutting, entry);
}

static void add_entry_cut(struct cutting *cutting, const struct service *old,
    const struct service *new, const struct vector *pods)
{
	const struct backend *entry = find(&cutting->entries, old);

	add_service_cut(cutting, old, new, "entry", pods)->later =
	    fact_bool(comes_later(cutting->release, !entry->manifest->other));
}

/* What is changed of a Service that both releases have. */
static void judge_kept(struct cutting *cutting, const struct service *old,
    const struct service *new, const struct vector *before)
{
	const struct workload *next = find_next(cutting, new);
	struct vector pods = {0};

	if (lost_its_entry(cutting, old, new))
		add_entry_cut(cutting, old, new, before);
	/* It stays as it is. */
	if (new->manifest->is_refused)
		return;
	find_old_pods(cutting, new, &pods);
	if (!pods.n && next) {
		struct cut *cut =
		    add_service_cut(cutting, old, new, "selector", before);

		cut->where = new->selector;
	} else if (pods.n && all_replaced(cutting->release->previous, &pods)) {
		if (next)
			add_service_cut(cutting, old, new, "replaced", &pods);
	} else if (pods.n) {
		judge_ports(cutting, old, new, &pods);
	}
	free(pods.items);
}

static void judge_service(struct cutting *cutting, const struct service *old)
{
	struct vector pods = {0};
	const struct service *new;

	find_pods(cutting->release->previous, old, &pods);
	new = old->other;
	if (pods.n && !old->manifest->other)
		judge_gone(cutting, old, &pods);
	else if (pods.n && new &&new->pod_selector.given &&
		 !new->pod_selector.invalid && !is_hook(new->manifest))
		judge_kept(cutting, old, new, &pods);
	free(pods.items);
}

/* A worker that nobody sends requests to is away for as long. */
static void judge_worker(
    struct cutting *cutting, const struct transition *transition)
{
	const struct workload *old = transition->previous;
	struct cut *cut;

	if (strcmp(transition->what.text, "replaced") != 0 ||
	    stays(cutting->release->previous, old) ||
	    transition->services_before.list->n ||
	    !has_pods(cutting->release->previous, old))
		return;
	cut = add_cut(cutting, transition->manifest, "replaced");
	cut->workload = old;
	cut->next = transition->workload;
	cut->least_seconds = least_seconds(cutting->release, cut->next);
	cut->where = fact_of_kind(cut->manifest);
	cut->for_clients = fact_bool(false);
}

/* The routes that lead clients to Services; webhooks are none. */
static void index_entries(
    struct cutting *cutting, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_backend];

	for (size_t i = 0; i < list->n; i++) {
		const struct backend *backend = list->items[i];

		if (backend->service && !backend->is_for_api_server &&
		    !backend->governs.boolean)
			put(cutting, &cutting->entries, backend->service,
			    backend);
		/* An old route that is not deleted leads there as before. */
		if (backend->service && backend->service->other &&
		    !backend->manifest->other && release != cutting->release &&
		    outlives_release(release, backend->manifest))
			put(cutting, &cutting->entries, backend->service->other,
			    backend);
	}
}

static void index_both(struct cutting *cutting)
{
	const struct entity_list *transitions =
	    &cutting->release->lists[ENTITY_transition];

	for (size_t i = 0; i < transitions->n; i++) {
		const struct transition *transition = transitions->items[i];

		put(cutting, &cutting->before, transition->previous,
		    transition);
	}
	index_entries(cutting, cutting->release);
	index_entries(cutting, cutting->release->previous);
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
	map_release(&cutting->before);
}

void relate_cuts(struct release *release)
{
	const struct entity_list *old =
	    &release->previous->lists[ENTITY_service];
	const struct entity_list *transitions =
	    &release->lists[ENTITY_transition];
	struct cutting cutting = {.release = release};

	index_both(&cutting);
	for (size_t i = 0; i < old->n; i++) {
		const struct service *service = old->items[i];

		if (!service->manifest->is_repeated &&
		    !service->manifest->earlier && !is_hook(service->manifest))
			judge_service(&cutting, service);
	}
	for (size_t i = 0; i < transitions->n; i++)
		judge_worker(&cutting, transitions->items[i]);
	hand_over(&cutting);
}

SIMPLE(cut, manifest, fact_entity(cut->manifest))
SIMPLE(cut, service, fact_entity(cut->service))
SIMPLE(cut, workload, fact_entity(cut->workload))
SIMPLE(cut, next, fact_entity(cut->next))

struct fact fact_release_cuts(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_list(&release->lists[ENTITY_cut]);
}
