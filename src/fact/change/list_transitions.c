/*
 * Two releases -> what becomes of each workload's pods, and which Services
 * select the old and the new ones.
 */
#include "fact/change/change.h"

#include "fact/computed.h"

#include <string.h>

/* What the new release moves. */
struct moves {
	struct map changed; /* see index_changed_data() */
	struct map old_configuration;
	struct asked asked;
};

/* The template that pods are made from. */
static const struct workload *owner_of(const struct workload *workload)
{
	return workload->template_owner ? workload->template_owner : workload;
}

static const char *become(
    const struct workload *workload, const struct workload *previous)
{
	const struct kept *new = owner_of(workload)->manifest->seldom->kept;
	const struct kept *old = owner_of(previous)->manifest->seldom->kept;

	if (workload->manifest->seldom->other != previous->manifest)
		return "replaced";
	return new &&old &&new->template == old->template ? "same" : "rolls";
}

static void add_transition(struct release *release, struct vector *list,
    struct moves *moves, const struct workload *workload,
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
	    fact_list(&previous->across->services.sure);
	transition->services_after = fact_list(&workload->services.sure);
	find_lost_policies(release, &moves->asked, transition);
	find_weakened(release, &moves->asked, transition);
	find_stale_config(&moves->changed, transition);
	find_changed_config(
	    release, &moves->old_configuration, &moves->changed, transition);
	vector_add(list, transition);
}

static void list_replaced(
    struct release *release, struct vector *list, struct moves *moves)
{
	const struct entity_list *workloads = &release->lists[ENTITY_workload];
	struct replacing *replacing = replacing_new(release, &moves->asked);

	for (size_t i = 0; i < workloads->n; i++) {
		const struct workload *workload = workloads->items[i];
		const struct workload *previous =
		    may_replace(workload) ? take_replaced(replacing, workload)
					  : NULL;

		if (previous)
			add_transition(
			    release, list, moves, workload, previous);
	}
	replacing_free(replacing);
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

	index_changed_data(release, &moves.changed);
	index_old_configuration(release, &moves.old_configuration);
	index_workloads(release->previous, &index);
	for (size_t i = 0; i < workloads->n; i++) {
		const struct workload *workload = workloads->items[i];
		const struct workload *previous = map_find(&index,
		    map_address_key(&workload->manifest->seldom->other));

		if (workload->manifest->seldom->other && previous)
			add_transition(
			    release, &list, &moves, workload, previous);
	}
	list_replaced(release, &list, &moves);
	release->lists[ENTITY_transition] =
	    vector_to_list(&release->arena, &list);
	asked_release(&moves.asked);
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
