/*
 * Two releases -> which objects of one select the pods of the other, and which
 * Services of them are one.
 *
 * Running pods keep the labels that they were made with, and what is applied
 * selects them from that second on.  A namespace that is not written is that of
 * the release, which may be the one that the other object names.
 */
#include "fact/change/change.h"

#include "fact/network/network.h"
#include "fact/owners.h"
#include "fact/scale/scale.h"
#include "fact/service/service.h"
#include "fact/update/update.h"

#include <stddef.h>

QUERY_BY_LABELS(service)
QUERY_BY_LABELS(pdb)
QUERY_BY_LABELS(networkpolicy)

#define ACROSS(member) .back = offsetof(struct workload_across, member)

static const struct relation across[] = {
    {ENTITY_service, offsetof(struct service, across), ACROSS(services),
	service_query, true},
    {ENTITY_pdb, NO_LINKS, ACROSS(pdbs), pdb_query, true},
    {ENTITY_networkpolicy, NO_LINKS, ACROSS(policies), networkpolicy_query,
	true},
};

static const struct relation here = {ENTITY_networkpolicy, NO_LINKS,
    ACROSS(policies_here), networkpolicy_query, true};

/* Room for what is linked, in no release that is not compared. */
static void make_room(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct workload_across *links =
	    arena_array(&release->arena, list->n, sizeof(*links));

	for (size_t i = 0; i < list->n; i++)
		/* Made by collect and const for everybody but relate. */
		((struct workload *)(uintptr_t)list->items[i])->across =
		    &links[i];
}

void link_across(struct release *release, struct release *previous)
{
	struct index old, new;

	make_room(release);
	make_room(previous);
	index_init(&old, previous);
	index_labels(&old);
	index_init(&new, release);
	index_labels(&new);
	for (size_t i = 0; i < COUNT_OF(across); i++)
		link_owners(release, &old, &across[i]);
	link_owners(previous, &new, &across[0]);
	link_owners(release, &new, &here);
	link_owners(previous, &old, &here);
	index_release(&old);
	index_release(&new);
}

static struct service *service_at(const struct entity_list *list, size_t i)
{
	/* Made by collect and const for everybody but relate. */
	return (struct service *)(uintptr_t)list->items[i];
}

void pair_services(struct release *release)
{
	const struct entity_list *old =
	    &release->previous->lists[ENTITY_service];
	const struct entity_list *new = &release->lists[ENTITY_service];
	struct map by_object = {0};

	for (size_t i = 0; i < old->n; i++) {
		struct service *service = service_at(old, i);

		*map_slot(&by_object, map_address_key(&service->manifest)) =
		    service;
	}
	for (size_t i = 0; i < new->n; i++) {
		struct service *service = service_at(new, i);
		const struct manifest *const *other =
		    &service->manifest->seldom->other;
		struct service *found =
		    *other ? map_find(&by_object, map_address_key(other))
			   : NULL;

		service->other = found;
		if (found)
			found->other = service;
	}
	map_release(&by_object);
}

void asked_release(struct asked *asked)
{
	map_release(&asked->left_there);
	map_release(&asked->open);
	map_release(&asked->common);
	arena_release(&asked->arena);
}

static bool find_common(
    const struct entity_list *list, const struct entity_list *other)
{
	struct map items = {0};
	bool found = false;

	for (size_t i = 0; i < list->n; i++)
		*map_slot(&items, map_address_key(&list->items[i])) = &found;
	for (size_t i = 0; i < other->n && !found; i++)
		found = map_find(&items, map_address_key(&other->items[i]));
	map_release(&items);
	return found;
}

bool have_common(struct asked *asked, const struct entity_list *list,
    const struct entity_list *other)
{
	static const char yes[] = "yes", no[] = "no";
	const void *const both[] = {list->items, other->items};
	struct slice key = {(const char *)both, sizeof(both)};
	const char *answer;

	if (!list->n || !other->n)
		return false;
	answer = map_find(&asked->common, key);
	if (!answer) {
		answer = find_common(list, other) ? yes : no;
		*map_slot(&asked->common, slice_copy(&asked->arena, key)) =
		    (void *)(uintptr_t)answer;
	}
	return answer == yes;
}
