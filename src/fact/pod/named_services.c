/*
 * The hosts that pods ask, or are told -> the Services of these names.
 *
 * Found once: a rule that looks for each of them among release.services looks
 * at every Service for every pod (4,000 of both: 3 s instead of 0.3).
 */
#include "fact/computed.h"
#include "fact/facts.h"
#include "fact/pod/pod.h"

#include <stdlib.h>
#include <string.h>

struct naming {
	struct release *release;
	struct map by_name;  /* to struct vector, of Services */
	struct vector found; /* the Services asked for last */
};

static void index_services(struct naming *naming)
{
	const struct entity_list *list =
	    &naming->release->lists[ENTITY_service];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest =
		    entity_manifest(ENTITY_service, list->items[i]);
		void **slot =
		    map_slot(&naming->by_name, slice_of(manifest->name));

		if (!*slot)
			*slot = xcalloc(1, sizeof(struct vector));
		vector_add(*slot, (void *)(uintptr_t)list->items[i]);
	}
}

static void release_naming(struct naming *naming)
{
	for (size_t i = 0; i < naming->by_name.n; i++) {
		struct vector *services = naming->by_name.entries[i].value;

		free(services->items);
		free(services);
	}
	map_release(&naming->by_name);
	free(naming->found.items);
}

static void find_named(struct naming *naming, const char *host)
{
	const struct vector *services =
	    map_find(&naming->by_name, slice_of(host));

	for (size_t i = 0; services && i < services->n; i++)
		vector_add(&naming->found, services->items[i]);
}

/* What was found, kept for good; the next search begins anew. */
static struct entity_list take_found(struct naming *naming)
{
	struct entity_list list = {.n = naming->found.n};
	const void **items =
	    arena_array(&naming->release->arena, list.n, sizeof(*items));

	if (list.n)
		memcpy(items, naming->found.items, list.n * sizeof(*items));
	list.items = items;
	naming->found.n = 0;
	return list;
}

static struct entity_list services_of_all(
    struct naming *naming, const struct fact *hosts)
{
	if (hosts->state != FACT_KNOWN)
		return (struct entity_list){0};
	for (size_t i = 0; i < hosts->texts->n; i++)
		find_named(naming, hosts->texts->items[i]);
	return take_found(naming);
}

static struct entity_list services_of_one(
    struct naming *naming, const struct fact *host)
{
	if (host->state != FACT_KNOWN)
		return (struct entity_list){0};
	find_named(naming, host->text);
	return take_found(naming);
}

/* Entities are made by collect and const for everybody but relate. */
void relate_named_services(struct release *release)
{
	const struct entity_list *workloads = &release->lists[ENTITY_workload];
	const struct entity_list *probes = &release->lists[ENTITY_probe];
	struct naming naming = {.release = release};

	index_services(&naming);
	for (size_t i = 0; i < workloads->n; i++) {
		struct workload *workload =
		    (struct workload *)(uintptr_t)workloads->items[i];

		workload->awaited_services =
		    services_of_all(&naming, &workload->awaited_hosts);
		workload->unresolved_services =
		    services_of_all(&naming, &workload->unresolved_hosts);
	}
	for (size_t i = 0; i < probes->n; i++) {
		struct probe *probe =
		    (struct probe *)(uintptr_t)probes->items[i];

		probe->asked_services =
		    services_of_one(&naming, &probe->asked_host);
	}
	release_naming(&naming);
}

SIMPLE(workload, awaited_services, fact_list(&workload->awaited_services))
SIMPLE(workload, unresolved_services, fact_list(&workload->unresolved_services))
SIMPLE(probe, asked_services, fact_list(&probe->asked_services))
