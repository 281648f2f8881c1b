/* Requests that an autoscaler needs and containers do not make. */
#include "fact/scale/scale.h"

#include <string.h>

void relate_limits(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n && !release->has_limit_range; i++) {
		const struct manifest *manifest = list->items[i];

		release->has_limit_range =
		    !strcmp(manifest->kind, "LimitRange") && !*manifest->group;
	}
}

static bool is_unmeasured(
    const struct utilisation *utilisation, const struct container *container)
{
	if (utilisation->container &&
	    strcmp(utilisation->container, container->name.text))
		return false;
	return strcmp(utilisation->resource, "cpu")
		   ? !container->memory_request.has_value
		   : !container->cpu_request.has_value;
}

static const struct container *unmeasured_by(
    const struct autoscaler *autoscaler, const struct utilisation *utilisation)
{
	const struct entity_list *targets = &autoscaler->target.workloads.sure;

	for (size_t i = 0; i < targets->n; i++) {
		const struct workload *target = targets->items[i];
		const struct entity_list *list = &target->container_list;

		for (size_t j = 0; j < list->n; j++) {
			if (is_unmeasured(utilisation, list->items[j]))
				return list->items[j];
		}
	}
	return NULL;
}

static const struct container *unmeasured(const struct autoscaler *autoscaler,
    const struct utilisation **ret_utilisation)
{
	const struct container *found = NULL;

	for (size_t i = 0; i < autoscaler->nutilisations && !found; i++) {
		*ret_utilisation = &autoscaler->utilisations[i];
		found = unmeasured_by(autoscaler, *ret_utilisation);
	}
	return found;
}

static const struct autoscaler *unmeasured_for(
    const struct workload *workload, const struct container *container)
{
	const struct entity_list *list = &workload->autoscalers.sure;
	const struct utilisation *utilisation;

	for (size_t i = 0; i < list->n; i++) {
		if (unmeasured(list->items[i], &utilisation) == container)
			return list->items[i];
	}
	return NULL;
}

/* Those that may scale it tell nothing: what is missing is told elsewhere. */
struct fact fact_container_unmeasured_by(
    const struct release *release, const struct container *container)
{
	const struct workload *workload = container->workload;
	const struct autoscaler *found = unmeasured_for(workload, container);

	(void)release;
	if (!found && workload->governor)
		found = unmeasured_for(workload->governor, container);
	return fact_entity(found);
}

struct fact fact_autoscaler_unmeasured(
    const struct release *release, const struct autoscaler *autoscaler)
{
	const struct utilisation *utilisation;

	(void)release;
	return fact_entity(unmeasured(autoscaler, &utilisation));
}

struct fact fact_autoscaler_unmeasured_resource(
    const struct release *release, const struct autoscaler *autoscaler)
{
	const struct utilisation *utilisation;
	struct fact fact = {.state = FACT_ABSENT};

	(void)release;
	if (!unmeasured(autoscaler, &utilisation))
		return fact;
	fact = fact_text(utilisation->resource);
	fact.line = utilisation->line;
	fact.col = utilisation->col;
	fact.width = utilisation->width;
	return fact;
}
