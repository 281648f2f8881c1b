/*
 * Two releases -> what becomes of each workload's pods, and which Services
 * select the old and the new ones.
 *
 * A workload takes the place of another when one is gone, one is new, and they
 * agree in enough: the name, the image, the labels that their Services ask for.
 */
#include "fact/change/change.h"

#include "fact/computed.h"
#include "fact/image.h"
#include "fact/kind.h"
#include "fact/namespace.h"
#include "fact/selector.h"
#include "fact/service/service.h"

#include <stdlib.h>
#include <string.h>

/* How much two workloads must agree: see likeness(). */
#define LIKE_ENOUGH 3

bool selects_pods_of(const struct release *release,
    const struct service *service, const struct release *other,
    const struct workload *workload)
{
	const char *namespace, *its;

	/* Most select other pods, which is told sooner. */
	if (!selector_matches(&service->pod_selector, &workload->labels))
		return false;
	namespace = manifest_namespace(release, service->manifest);
	its = manifest_namespace(other, workload->manifest);
	return !*namespace || !*its || !strcmp(namespace, its);
}

/* What the new release moves. */
struct moves {
	struct vector services; /* that ask for other labels than before */
	struct map changed;	/* see index_changed_data() */
	struct map old_configuration;
};

static struct fact list_of(struct release *release, struct vector *services)
{
	struct entity_list *found =
	    arena_alloc(&release->arena, sizeof(*found));
	const void **items =
	    arena_array(&release->arena, services->n, sizeof(*items));

	for (size_t i = 0; i < services->n; i++)
		items[i] = services->items[i];
	*found = (struct entity_list){services->n, items};
	free(services->items);
	return fact_list(found);
}

/* The Services of the new release that select the old pods of a workload: of
 * those that ask for the labels of before the ones that did so then, and
 * whichever of the others, moved, do now. */
static struct fact services_during(struct release *release,
    const struct moves *moves, const struct workload *previous,
    const struct workload *owner)
{
	const struct entity_list *before = &previous->services.sure;
	struct vector selecting = {0};

	for (size_t i = 0; i < before->n; i++) {
		const struct service *service = before->items[i];

		if (service->other && selects_as_before(service->other))
			vector_add(
			    &selecting, (void *)(uintptr_t)service->other);
	}
	for (size_t i = 0; i < moves->services.n; i++) {
		if (selects_pods_of(release, moves->services.items[i],
			release->previous, owner))
			vector_add(&selecting, moves->services.items[i]);
	}
	return list_of(release, &selecting);
}

static void find_moved(const struct release *release, struct vector *moved)
{
	const struct entity_list *list = &release->lists[ENTITY_service];

	for (size_t i = 0; i < list->n; i++) {
		if (!selects_as_before(list->items[i]))
			vector_add(moved, (void *)(uintptr_t)list->items[i]);
	}
}

/* The template that pods are made from. */
static const struct workload *owner_of(const struct workload *workload)
{
	return workload->template_owner ? workload->template_owner : workload;
}

static const char *become(
    const struct workload *workload, const struct workload *previous)
{
	const struct kept *new = owner_of(workload)->manifest->kept;
	const struct kept *old = owner_of(previous)->manifest->kept;

	if (workload->manifest->other != previous->manifest)
		return "replaced";
	return new &&old &&new->template == old->template ? "same" : "rolls";
}

static void add_transition(struct release *release, struct vector *list,
    const struct moves *moves, const struct workload *workload,
    const struct workload *previous)
{
	struct transition *transition =
	    arena_alloc(&release->arena, sizeof(*transition));

	transition->manifest = workload->manifest;
	transition->workload = workload;
	transition->previous = previous;
	transition->what = fact_text(become(workload, previous));
	transition->services_before = fact_list(&previous->services.sure);
	transition->services_during =
	    services_during(release, moves, previous, owner_of(previous));
	transition->services_after = fact_list(&workload->services.sure);
	find_lost_policies(release, transition);
	find_weakened(release, transition);
	find_stale_config(&moves->changed, transition);
	find_changed_config(
	    release, &moves->old_configuration, &moves->changed, transition);
	vector_add(list, transition);
}

/* Without the registry, from which many move to another. */
static const char *image_of(const struct workload *workload)
{
	const struct workload *owner = owner_of(workload);

	return owner->ncontainers ? image_path(owner->containers[0].image_name)
				  : "";
}

/* Whether a Service of either release selects the pods of both. */
static bool share_service(const struct release *release,
    const struct workload *workload, const struct workload *previous)
{
	const struct entity_list *new = &workload->services.sure;
	const struct entity_list *old = &previous->services.sure;

	for (size_t i = 0; i < new->n; i++) {
		if (selects_pods_of(release, new->items[i], release->previous,
			owner_of(previous)))
			return true;
	}
	for (size_t i = 0; i < old->n; i++) {
		if (selects_pods_of(release->previous, old->items[i], release,
			owner_of(workload)))
			return true;
	}
	return false;
}

/* By how much two workloads of different names or kinds are alike. */
static int likeness(const struct release *release,
    const struct workload *workload, const struct workload *previous)
{
	int likeness = 0;

	if (!strcmp(workload->manifest->name, previous->manifest->name))
		likeness += 3;
	if (*image_of(workload) &&
	    !strcmp(image_of(workload), image_of(previous)))
		likeness += 3;
	if (share_service(release, workload, previous))
		likeness += 3;
	return likeness;
}

static bool may_replace(const struct workload *workload)
{
	return runs_on(workload) && !workload->manifest->other &&
	       !workload->manifest->is_repeated && !workload->manifest->earlier;
}

/* Of the workloads that are gone the one most alike, not taken yet. */
static const struct workload *find_replaced(const struct release *release,
    const struct workload *workload, const struct map *taken)
{
	const struct entity_list *list =
	    &release->previous->lists[ENTITY_workload];
	const struct workload *best = NULL;
	int most = LIKE_ENOUGH - 1;

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *previous = list->items[i];
		int alike;

		if (!may_replace(previous) ||
		    map_find(taken, map_address_key(&list->items[i])))
			continue;
		alike = likeness(release, workload, previous);
		if (alike > most) {
			most = alike;
			best = previous;
		}
	}
	return best;
}

static void list_replaced(
    struct release *release, struct vector *list, const struct moves *moves)
{
	const struct entity_list *workloads = &release->lists[ENTITY_workload];
	struct map taken = {0};

	for (size_t i = 0; i < workloads->n; i++) {
		const struct workload *workload = workloads->items[i];
		const struct workload *previous;
		struct slice key;

		if (!may_replace(workload))
			continue;
		previous = find_replaced(release, workload, &taken);
		if (!previous)
			continue;
		add_transition(release, list, moves, workload, previous);
		key = slice_copy(&release->arena, map_address_key(&previous));
		*map_slot(&taken, key) = release;
	}
	map_release(&taken);
}

/* The workloads of the previous release by their objects. */
static void index_workloads(const struct release *release, struct map *index)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		*map_slot(index, map_address_key(&workload->manifest)) =
		    (void *)(uintptr_t)workload;
	}
}

void list_transitions(struct release *release)
{
	const struct entity_list *workloads = &release->lists[ENTITY_workload];
	struct vector list = {0};
	struct moves moves = {0};
	struct map index = {0};
	const void **items;

	find_moved(release, &moves.services);
	index_changed_data(release, &moves.changed);
	index_old_configuration(release, &moves.old_configuration);
	index_workloads(release->previous, &index);
	for (size_t i = 0; i < workloads->n; i++) {
		const struct workload *workload = workloads->items[i];
		const struct workload *previous = map_find(
		    &index, map_address_key(&workload->manifest->other));

		if (workload->manifest->other && previous)
			add_transition(
			    release, &list, &moves, workload, previous);
	}
	list_replaced(release, &list, &moves);
	items = arena_array(&release->arena, list.n, sizeof(*items));
	for (size_t i = 0; i < list.n; i++)
		items[i] = list.items[i];
	release->lists[ENTITY_transition] = (struct entity_list){list.n, items};
	free(list.items);
	free(moves.services.items);
	map_release(&moves.changed);
	map_release(&moves.old_configuration);
	map_release(&index);
}

SIMPLE(transition, refused, fact_bool(transition->manifest->is_refused))
SIMPLE(transition, workload, fact_entity(transition->workload))
SIMPLE(transition, previous, fact_entity(transition->previous))

struct fact fact_release_transitions(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_list(&release->lists[ENTITY_transition]);
}
