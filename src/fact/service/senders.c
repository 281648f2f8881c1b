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

static void reach(struct release *release, struct workload *workload)
{
	const struct entity_list *all = &workload->services.sure;
	const void **items =
	    arena_array(&release->arena, all->n, sizeof(*items));
	struct map names = {0};
	size_t n = 0;

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

	/* Made by collect and const for everybody but relate. */
	for (size_t i = 0; i < list->n; i++)
		reach(release, (struct workload *)(uintptr_t)list->items[i]);
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
