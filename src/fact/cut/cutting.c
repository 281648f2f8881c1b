/* Cuts, made and filled in. */
#include "fact/cut/cutting.h"

#include "fact/change/applier.h"
#include "fact/change/change.h"
#include "fact/computed.h"
#include "fact/pod/pod.h"
#include "fact/service/audience.h"

#include <string.h>

void *cutting_find(const struct map *map, const void *key)
{
	return map_find(map, map_address_key(&key));
}

void cutting_put(struct cutting *cutting, struct map *map, const void *key,
    const void *value)
{
	struct slice copy =
	    slice_copy(&cutting->release->arena, map_address_key(&key));

	*map_slot(map, copy) = (void *)(uintptr_t)value;
}

bool comes_later(const struct release *release, bool is_deleted)
{
	return fact_release_skips_deletions(release, release).boolean &&
	       (is_deleted || !is_applied_by(release, "helm"));
}

struct cut *add_cut(struct cutting *cutting, const struct manifest *manifest,
    const char *reason)
{
	struct cut *cut = arena_alloc(&cutting->release->arena, sizeof(*cut));
	bool is_deleted = !manifest->seldom->other ||
			  !strcmp(reason, "replaced") ||
			  !strcmp(reason, "abandoned");

	cut->manifest = manifest;
	cut->reason = fact_text(reason);
	cut->later = fact_bool(comes_later(cutting->release, is_deleted));
	cut->lasts = fact_bool(false);
	cut->has_entry = fact_bool(false);
	vector_add(&cutting->cuts, cut);
	return cut;
}

static const struct workload *first_meant(
    const struct release *release, const struct entity_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		if (is_meant_by_service(release, list->items[i]))
			return list->items[i];
	}
	return NULL;
}

const struct workload *find_next(
    struct cutting *cutting, const struct service *service)
{
	const struct entity_list *list = &service->workloads.sure;
	const void *none = cutting->release, *found;

	if (!list->n)
		return NULL;
	found = cutting_find(&cutting->next, list->items);
	if (!found) {
		found = first_meant(cutting->release, list);
		cutting_put(cutting, &cutting->next, list->items,
		    found ? found : none);
	}
	return found == none ? NULL : found;
}

/* Workloads with the same Services share the list of those that reach them. */
static void ask_who_reaches(struct crowd *crowd)
{
	const void *last = NULL;

	crowd->is_asked = true;
	for (size_t i = 0; i < crowd->pods.n; i++) {
		const struct workload *workload = crowd->pods.items[i];
		const struct entity_list *list = &workload->reached_by;

		for (size_t j = 0; list->items != last && j < list->n; j++)
			*map_slot(&crowd->reached_by,
			    map_address_key(&list->items[j])) = crowd;
		last = list->items;
	}
}

static bool reaches_any(const struct service *service, struct crowd *crowd)
{
	if (!crowd->is_asked)
		ask_who_reaches(crowd);
	return cutting_find(&crowd->reached_by, service);
}

/* What the pods of a workload call the port with a number; or "". */
static const char *name_of_number(
    const struct workload *workload, int64_t number)
{
	const struct entity_list *list = &workload->container_list;

	for (size_t i = 0; i < list->n; i++) {
		const struct container *container = list->items[i];

		for (size_t j = 0; j < container->nports; j++) {
			if (container->ports[j].number == number)
				return container->ports[j].name;
		}
	}
	return "";
}

static bool is_for_clients(
    const struct service_port *port, const struct workload *workload)
{
	enum audience audience = port_audience(port->name);

	if (audience == AUDIENCE_UNSAID)
		audience = port_audience(
		    port->target_name
			? port->target_name
			: name_of_number(workload, port->target_number));
	return audience != AUDIENCE_WATCHERS && audience != AUDIENCE_MEMBERS;
}

/* "web-metrics" is; "prometheus" and "metrics-server" are what programs are
 * called that others ask. */
static bool is_named_for_watchers(const char *name)
{
	return port_audience(name) == AUDIENCE_WATCHERS &&
	       !slice_ends(slice_of(name), SLICE("prometheus")) &&
	       !slice_ends(slice_of(name), SLICE("-server"));
}

/* By the names of its ports, and by its own. */
static bool has_clients(const struct service *service, struct crowd *crowd)
{
	if (is_named_for_watchers(service->manifest->name) ||
	    !reaches_any(service, crowd))
		return false;
	for (size_t i = 0; i < service->nports; i++) {
		if (is_for_clients(&service->ports[i], crowd->pods.items[0]))
			return true;
	}
	return !service->nports;
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

void set_next(
    struct cutting *cutting, struct cut *cut, const struct workload *next)
{
	cut->next = next;
	if (!next)
		return;
	cut->least_seconds = least_seconds(cutting->release, next);
	cut->lasts = fact_bool(next->manifest->is_refused);
}

struct cut *add_service_cut(struct cutting *cutting, const struct service *old,
    const struct service *new, const char *reason, struct crowd *crowd)
{
	struct cut *cut =
	    add_cut(cutting, new ? new->manifest : old->manifest, reason);

	cut->service = old;
	cut->workload = crowd->pods.items[0];
	set_next(cutting, cut, new ? find_next(cutting, new) : NULL);
	cut->where = fact_of_kind(cut->manifest);
	cut->for_clients = fact_bool(has_clients(old, crowd));
	cut->has_entry =
	    fact_bool(new &&cutting_find(&cutting->entries, new) != NULL);
	return cut;
}

void set_port(struct cut *cut, const struct service_port *port)
{
	cut->port = fact_int(port->number);
	cut->for_clients = fact_bool(
	    cut->for_clients.boolean && is_for_clients(port, cut->workload));
}

SIMPLE(cut, manifest, fact_entity(cut->manifest))
SIMPLE(cut, service, fact_entity(cut->service))
SIMPLE(cut, workload, fact_entity(cut->workload))
SIMPLE(cut, next, fact_entity(cut->next))
