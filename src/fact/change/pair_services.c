/*
 * Two releases whose objects are paired -> the Services of one and of the
 * other, and whether they ask for the same pods.
 */
#include "fact/change/change.h"

#include "fact/service/service.h"

#include <string.h>

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
		const struct manifest *const *other = &service->manifest->other;
		struct service *found =
		    *other ? map_find(&by_object, map_address_key(other))
			   : NULL;

		service->other = found;
		if (found)
			found->other = service;
	}
	map_release(&by_object);
}

bool selects_as_before(const struct service *service)
{
	const struct fact *now = &service->selector, *before;

	if (!service->other)
		return false;
	before = &service->other->selector;
	return now->state == FACT_KNOWN && before->state == FACT_KNOWN &&
	       !strcmp(now->text, before->text);
}
