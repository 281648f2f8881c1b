/*
 * Workloads that wait for each other: an init container of each asks a Service
 * that only the pods of the next answer, and those of the last one that of the
 * first.  None of their pods is ever ready.
 */
#include "fact/service/service.h"

#include "fact/computed.h"

#include <string.h>

/* Of so many in a row no more is looked for. */
#define LONGEST_CIRCLE 8

/* Whose pods alone answer a Service, and only once they are ready; NULL when
 * others may, or nobody does. */
static const struct workload *only_answerer(
    const struct service *service, const struct workload *asker)
{
	const struct links *links = &service->workloads;

	if (service->publishes_not_ready.boolean || links->possible ||
	    links->sure.n != 1 ||
	    strcmp(service->manifest->namespace, asker->manifest->namespace) !=
		0)
		return NULL;
	return links->sure.items[0];
}

static bool waits(
    const struct release *release, const struct workload *workload)
{
	return workload->seldom->awaited_services.n &&
	       fact_workload_long_running(release, workload).boolean &&
	       !is_scaled_to_zero(workload);
}

/* The one after a workload on a way to the first, by later ones of the stream
 * only: so each circle is found once.  NULL when no way leads there. */
static const struct workload *next_to(const struct release *release,
    const struct workload *first, const struct workload *at, unsigned left)
{
	const struct entity_list *services = &at->seldom->awaited_services;

	for (size_t i = 0; left && i < services->n; i++) {
		const struct workload *next =
		    only_answerer(services->items[i], at);

		if (!next || next == at || !waits(release, next))
			continue;
		if (next == first ||
		    (next->number > first->number &&
			next_to(release, first, next, left - 1)))
			return next;
	}
	return NULL;
}

struct fact fact_workload_awaited_circle(
    const struct release *release, const struct workload *workload)
{
	if (!waits(release, workload))
		return fact_entity(NULL);
	return fact_entity(
	    next_to(release, workload, workload, LONGEST_CIRCLE));
}
