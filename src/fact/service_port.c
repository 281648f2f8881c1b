/* Named target ports of Services, looked up in the pods they lead to. */
#include "fact/relate.h"

#include <string.h>

static bool declares(
    const struct container *container, const struct service_port *target)
{
	for (size_t i = 0; i < container->nports; i++) {
		if (!strcmp(container->ports[i].name, target->target_name) &&
		    protocol_bits(slice_of(container->ports[i].protocol)) &
			target->protocols)
			return true;
	}
	return false;
}

static bool has_target(
    const struct workload *workload, const struct service_port *target)
{
	const struct entity_list *list = &workload->container_list;

	for (size_t i = 0; i < list->n; i++) {
		if (declares(list->items[i], target))
			return true;
	}
	return false;
}

/* Pods that come and go are not meant by a Service that selects them by
 * mistake; a Rollout without its template tells nothing. */
static bool is_meant(
    const struct release *release, const struct workload *workload)
{
	return fact_workload_long_running(release, workload).boolean &&
	       !workload->governor && workload->template_owner->has_template;
}

static const struct workload *missing_in(const struct release *release,
    const struct service *service, const struct service_port *target)
{
	const struct entity_list *list = &service->workloads.sure;

	for (size_t i = 0; i < list->n; i++) {
		if (is_meant(release, list->items[i]) &&
		    !has_target(list->items[i], target))
			return list->items[i];
	}
	return NULL;
}

static const struct service_port *unresolved(const struct release *release,
    const struct service *service, const struct workload **ret_workload)
{
	*ret_workload = NULL;
	for (size_t i = 0; i < service->nports; i++) {
		const struct service_port *target = &service->ports[i];

		if (target->target_name && *target->target_name)
			*ret_workload = missing_in(release, service, target);
		if (*ret_workload)
			return target;
	}
	return NULL;
}

struct fact fact_service_unresolved_port(
    const struct release *release, const struct service *service)
{
	const struct workload *workload;
	const struct service_port *target =
	    unresolved(release, service, &workload);
	struct fact fact = {.state = FACT_ABSENT};

	if (!target)
		return fact;
	fact = fact_text(target->target_name);
	fact.line = target->line;
	fact.col = target->col;
	fact.width = target->width;
	return fact;
}

struct fact fact_service_unresolved_in(
    const struct release *release, const struct service *service)
{
	const struct workload *workload;

	unresolved(release, service, &workload);
	return fact_entity(workload);
}
