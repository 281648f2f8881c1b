/*
 * Metrics that never ask for one pod more: what containers may use at their
 * limits is too little of their requests, or nobody has the container.
 *
 * A pod is added where the use is over the target by more than the tolerance,
 * a tenth unless told otherwise (pkg/controller/podautoscaler).
 */
#include "fact/scale/scale.h"

#include "base/quantity.h"
#include "fact/computed.h"
#include "fact/selector.h"

#include <string.h>

#define TOLERANCE 0.1

/* The number of a resource; 0 when it is not known. */
static double amount_of(const struct fact *amounts, const char *resource)
{
	const char *amount = label_find(amounts->labels, resource);
	double number;

	return amount && quantity_parse(slice_of(amount), &number) ? number : 0;
}

/* What a pod uses of its requests at its limits, in percent; 0 when it is not
 * known, or when a sidecar counts for some versions only. */
static double most_of(
    const struct utilisation *utilisation, const struct workload *workload)
{
	double requested = 0, limit = 0;

	for (size_t i = 0; i < workload->container_list.n; i++) {
		const struct container *container =
		    workload->container_list.items[i];
		double most =
		    amount_of(&container->limits, utilisation->resource);
		double least =
		    amount_of(&container->requests, utilisation->resource);

		if (utilisation->container &&
		    strcmp(utilisation->container, container->name.text))
			continue;
		if (most <= 0 || container->is_init)
			return 0;
		limit += most;
		requested += least > 0 ? least : most;
	}
	return requested > 0 ? 100 * limit / requested : 0;
}

/* Whether one of the targets may use enough for one pod more, or none knows. */
static bool is_reached(const struct autoscaler *autoscaler,
    const struct utilisation *utilisation, double *ret_most)
{
	const struct entity_list *targets = &autoscaler->target.workloads.sure;
	const struct fact *average = &utilisation->average;

	for (size_t i = 0; i < targets->n; i++) {
		*ret_most = most_of(utilisation, targets->items[i]);
		if (*ret_most <= 0 || average->state == FACT_UNKNOWN ||
		    !average->has_value ||
		    (double)average->integer * (1 + TOLERANCE) <= *ret_most + 1)
			return true;
	}
	return !targets->n;
}

/* The first metric, when none is reached; else NULL. */
static const struct utilisation *far_metric(
    const struct autoscaler *autoscaler, double *ret_most)
{
	double most = 0;

	if (!autoscaler->keeps_tolerance ||
	    autoscaler->nmetrics != autoscaler->nutilisations)
		return NULL;
	for (size_t i = autoscaler->nutilisations; i--;) {
		if (is_reached(autoscaler, &autoscaler->utilisations[i], &most))
			return NULL;
	}
	if (!autoscaler->nutilisations)
		return NULL;
	*ret_most = most;
	return autoscaler->utilisations;
}

struct fact fact_autoscaler_far_target(
    const struct release *release, const struct autoscaler *autoscaler)
{
	double most;
	const struct utilisation *metric = far_metric(autoscaler, &most);

	(void)release;
	return metric ? metric->average : (struct fact){.state = FACT_ABSENT};
}

struct fact fact_autoscaler_far_most(
    const struct release *release, const struct autoscaler *autoscaler)
{
	double most;

	(void)release;
	return far_metric(autoscaler, &most)
		   ? fact_int((int64_t)(most + 0.01))
		   : (struct fact){.state = FACT_ABSENT};
}

struct fact fact_autoscaler_far_resource(
    const struct release *release, const struct autoscaler *autoscaler)
{
	double most;
	const struct utilisation *metric = far_metric(autoscaler, &most);

	(void)release;
	return fact_of_word(metric ? metric->resource : NULL);
}

static bool has_container(
    const struct workload *workload, const char *container)
{
	for (size_t i = 0; i < workload->container_list.n; i++) {
		const struct container *other =
		    workload->container_list.items[i];

		if (!other->name.has_value ||
		    !strcmp(other->name.text, container))
			return true;
	}
	return false;
}

static bool is_lost(const struct autoscaler *autoscaler, const char *container)
{
	const struct entity_list *targets = &autoscaler->target.workloads.sure;

	for (size_t i = 0; i < targets->n; i++) {
		if (has_container(targets->items[i], container))
			return false;
	}
	return targets->n;
}

struct fact fact_autoscaler_lost_container(
    const struct release *release, const struct autoscaler *autoscaler)
{
	struct fact fact = {.state = FACT_ABSENT};

	(void)release;
	for (size_t i = 0; i < autoscaler->nutilisations; i++) {
		const struct utilisation *metric = &autoscaler->utilisations[i];

		if (!metric->container ||
		    !is_lost(autoscaler, metric->container))
			continue;
		fact = fact_text(metric->container);
		fact.line = metric->container_line;
		fact.col = metric->container_col;
		fact.width = metric->container_width;
		return fact;
	}
	return fact;
}
