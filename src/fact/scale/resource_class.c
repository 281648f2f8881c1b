/* What pods request, against the range of the class the contract expects. */
#include "fact/scale/scale.h"

#include "base/quantity.h"
#include "fact/computed.h"
#include "fact/settings.h"

#include <math.h>

RARE(workload, class_misfit)

/* One resource of a class; what it asks is between lowest and highest. */
struct range {
	const char *name, *unit;
	double lowest, highest, scale; /* of the unit it is shown in */
};

struct sum {
	double total;
	struct fact first; /* that was written, for its place */
	bool is_known;
};

static void add_request(struct sum *sum, const struct workload *workload,
    const struct fact *request, bool of_pod)
{
	double number;

	if (!request->has_value ||
	    !quantity_parse(slice_of(request->text), &number)) {
		sum->is_known = false;
		return;
	}
	if (!sum->first.line)
		sum->first =
		    fact_at(*request, workload->template_owner->manifest,
			request->line, request->col, request->width);
	/* The pod's own request stands for all its containers. */
	sum->total = of_pod ? number : sum->total + number;
}

static struct sum sum_of(const struct workload *workload, bool of_cpu)
{
	const struct entity_list *list = &workload->container_list;
	struct sum sum = {.is_known = list->n};

	for (size_t i = 0; i < list->n; i++) {
		const struct container *container = list->items[i];

		if (of_cpu)
			add_request(&sum, workload, &container->cpu_request,
			    container->shares_cpu);
		else
			add_request(&sum, workload, &container->memory_request,
			    container->shares_memory);
	}
	return sum;
}

/* "2.5 cores of cpu, more than the 1 of class 'small'", at the first request;
 * absent when it fits. */
static struct fact misfit(struct release *release, const struct sum *sum,
    const struct range *range, const char *class)
{
	bool low = sum->total < range->lowest;
	struct fact fact = sum->first;

	if (!low && sum->total <= range->highest)
		return (struct fact){.state = FACT_ABSENT};
	fact.text = arena_printf(&release->arena,
	    "%g %s of %s, %s than the %g of class '%s'",
	    sum->total / range->scale, range->unit, range->name,
	    low ? "less" : "more",
	    (low ? range->lowest : range->highest) / range->scale, class);
	return fact;
}

static bool is_bounded(const struct range *range)
{
	return range->lowest > 0 || range->highest < INFINITY;
}

static struct fact class_misfit(struct release *release,
    const struct workload *workload, const struct resource_class *class)
{
	struct range ranges[] = {
	    {"cpu", "cores", class->cpu_min, class->cpu_max, 1},
	    {"memory", "MiB", class->memory_min, class->memory_max, 0x1p20},
	};
	bool is_known = true;

	for (size_t i = 0; i < COUNT_OF(ranges); i++) {
		struct sum sum = sum_of(workload, i == 0);
		struct fact fact;

		if (!is_bounded(&ranges[i]))
			continue;
		is_known &= sum.is_known;
		if (!sum.is_known)
			continue;
		fact = misfit(release, &sum, &ranges[i], class->name);
		if (fact.has_value)
			return fact;
	}
	return is_known ? (struct fact){.state = FACT_ABSENT} : fact_unknown();
}

void relate_classes(struct release *release)
{
	const struct resource_class *class = settings_class(
	    release->settings, release->profile->resources_class.text);
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; class && i < list->n; i++) {
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];

		KEEP_RARE(&release->arena, workload, class_misfit,
		    class_misfit(release, workload, class));
	}
}
