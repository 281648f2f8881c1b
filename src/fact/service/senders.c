/* Which of the Services that select a pod send it requests: a port that leads
 * to a name reaches only pods that declare the name. */
#include "fact/service/service.h"

#include "fact/computed.h"

static void add_names(struct map *names, const struct workload *workload)
{
	for (size_t i = 0; i < workload->ncontainers; i++) {
		const struct container *container = &workload->containers[i];

		for (size_t j = 0; j < container->nports; j++) {
			const struct port *port = &container->ports[j];

			*map_slot(names, slice_of(port->name)) =
			    (void *)(uintptr_t)port;
		}
	}
}

static bool reaches(const struct service *service, const struct map *names)
{
	for (size_t i = 0; i < service->nports; i++) {
		const char *name = service->ports[i].target_name;

		if (!name || map_find(names, slice_of(name)))
			return true;
	}
	return !service->nports;
}

/* Whether it sends requests to whatever pods it selects. */
static bool reaches_any(const struct service *service)
{
	for (size_t i = 0; i < service->nports; i++) {
		if (!service->ports[i].target_name)
			return true;
	}
	return !service->nports;
}

static bool all_reach_any(const struct entity_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		if (!reaches_any(list->items[i]))
			return false;
	}
	return true;
}

/* Whether the whole list reaches a workload, which has it.  Workloads with the
 * same Services share their list, so that it is asked once. */
static bool is_whole(struct map *asked, const struct entity_list *list)
{
	static const char yes[] = "yes", no[] = "no";
	const char *answer = map_find(asked, map_address_key(&list->items));

	if (!answer) {
		answer = all_reach_any(list) ? yes : no;
		*map_slot(asked, map_address_key(&list->items)) =
		    (void *)(uintptr_t)answer;
	}
	return answer == yes;
}

static void reach(
    struct release *release, struct map *asked, struct workload *workload)
{
	const struct entity_list *all = &workload->services.sure;
	const void **items;
	struct map names = {0};
	size_t n = 0;

	if (is_whole(asked, all)) {
		workload->reached_by = *all;
		return;
	}
	items = arena_array(&release->arena, all->n, sizeof(*items));
	if (all->n)
		add_names(&names, workload->template_owner);
	for (size_t i = 0; i < all->n; i++) {
		if (reaches(all->items[i], &names))
			items[n++] = all->items[i];
	}
	workload->reached_by = (struct entity_list){n, items};
	map_release(&names);
}

void relate_reach(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct map asked = {0}; /* by the address of a list's items */

	/* Made by collect and const for everybody but relate. */
	for (size_t i = 0; i < list->n; i++)
		reach(release, &asked,
		    (struct workload *)(uintptr_t)list->items[i]);
	map_release(&asked);
}

struct fact fact_workload_reached_by(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	if (!workload->services.sure.n && workload->services.possible)
		return fact_unknown();
	return fact_list(&workload->reached_by);
}

SIMPLE(workload, services, fact_linked(&workload->services))
