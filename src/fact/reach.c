/* Which of the Services that select a pod send it requests: a port that leads
 * to a name reaches only pods that declare the name. */
#include "fact/relate.h"

#include <string.h>

static bool declares(const struct workload *workload, const char *name)
{
	for (size_t i = 0; i < workload->ncontainers; i++) {
		const struct container *container = &workload->containers[i];

		for (size_t j = 0; j < container->nports; j++) {
			if (!strcmp(container->ports[j].name, name))
				return true;
		}
	}
	return false;
}

static bool reaches(
    const struct service *service, const struct workload *workload)
{
	for (size_t i = 0; i < service->nports; i++) {
		const char *name = service->ports[i].target_name;

		if (!name || declares(workload, name))
			return true;
	}
	return !service->nports;
}

void relate_reach(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];
		const struct entity_list *all = &workload->services.sure;
		const void **items =
		    arena_array(&release->arena, all->n, sizeof(*items));
		size_t n = 0;

		for (size_t j = 0; j < all->n; j++) {
			if (reaches(all->items[j], workload->template_owner))
				items[n++] = all->items[j];
		}
		workload->reached_by = (struct entity_list){n, items};
	}
}

struct fact fact_workload_reached_by(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	if (!workload->services.sure.n && workload->services.possible)
		return fact_unknown();
	return fact_list(&workload->reached_by);
}
