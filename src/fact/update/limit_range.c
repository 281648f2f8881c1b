/*
 * LimitRanges that a container does not keep to: the API server then refuses
 * its pods, as the plugin LimitRanger does.
 *
 * Only what the container writes itself is held to the bounds of type
 * Container; what it leaves out, defaults may fill in.
 */
#include "fact/update/update.h"

#include "base/quantity.h"
#include "fact/computed.h"
#include "fact/namespace.h"
#include "fact/problem.h"
#include "fact/selector.h"

#include <stddef.h>
#include <string.h>

/* One bound: the least of a request, or the most of a limit. */
struct limit_bound {
	const struct manifest *manifest;
	const char *resource;
	bool is_most;
	struct fact value; /* as it is written */
	double number;
	struct limit_bound *next; /* by relate: of the same namespace */
};

static void add_bounds(const struct collection *collection,
    const struct manifest *manifest, const struct node *bounds, bool is_most)
{
	static const char *const resources[] = {"cpu", "memory"};
	struct facts *facts = collection->facts;

	for (size_t i = 0; i < COUNT_OF(resources); i++) {
		const struct node *value = node_get(bounds, resources[i]);
		struct limit_bound *bound;
		double number;

		if (!quantity_parse(scalar_text(value), &number))
			continue;
		bound = arena_alloc(&facts->arena, sizeof(*bound));
		*bound = (struct limit_bound){
		    .manifest = manifest,
		    .resource = resources[i],
		    .is_most = is_most,
		    .value = facts_placed(
			fact_text(facts_name(facts, value)), value),
		    .number = number,
		};
		vector_add(&facts->limit_bounds, bound);
	}
}

void collect_limit_range(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *limits = node_find(object, "spec", "limits", NULL);

	for (size_t i = 0; i < node_length(limits); i++) {
		const struct node *item = limits->items[i];

		if (!slice_is(scalar_text(node_get(item, "type")), "Container"))
			continue;
		add_bounds(collection, manifest, node_get(item, "max"), true);
		add_bounds(collection, manifest, node_get(item, "min"), false);
	}
}

/* What a container writes beyond a bound; else NULL. */
static const char *beyond(
    const struct container *container, const struct limit_bound *bound)
{
	const struct label_list *amounts = bound->is_most
					       ? container->limits.labels
					       : container->requests.labels;
	const char *amount = label_find(amounts, bound->resource);
	double number;

	if (!amount || !quantity_parse(slice_of(amount), &number))
		return NULL;
	return (bound->is_most ? number > bound->number
			       : number < bound->number)
		   ? amount
		   : NULL;
}

/* Whether its pods give amounts for all of their containers together. */
static bool shares_resources(const struct workload *workload)
{
	const struct fact *fields = &workload->pod_fields;

	for (size_t i = 0; fields->has_value && i < fields->texts->n; i++) {
		if (!strcmp(fields->texts->items[i], "resources"))
			return true;
	}
	return false;
}

static void hold(struct arena *arena, struct workload *workload,
    const struct limit_bound *bound)
{
	const struct entity_list *list = &workload->container_list;

	if (bound && shares_resources(workload))
		return;
	for (; bound; bound = bound->next) {
		for (size_t i = 0; i < list->n; i++) {
			const struct container *container = list->items[i];
			const char *amount = beyond(container, bound);
			struct workload_seldom *seldom;

			if (!amount)
				continue;
			seldom = workload_seldom(arena, workload);
			seldom->bound = bound;
			seldom->unbounded = container;
			seldom->unbounded_amount = amount;
			return;
		}
	}
}

void relate_limit_ranges(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct entity_list bounds = facts_in_order(&release->arena, facts,
	    nfacts, offsetof(struct facts, limit_bounds));
	struct map by_namespace = {0};

	for (size_t i = 0; i < bounds.n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct limit_bound *bound =
		    (struct limit_bound *)(uintptr_t)bounds.items[i];
		void **slot = map_slot(&by_namespace,
		    slice_of(manifest_namespace(release, bound->manifest)));

		bound->next = *slot;
		*slot = bound;
	}
	for (size_t i = 0; i < list->n && by_namespace.n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];

		if (!is_scaled_to_zero(workload))
			hold(&release->arena, workload,
			    map_find(&by_namespace,
				slice_of(manifest_namespace(
				    release, workload->manifest))));
	}
	map_release(&by_namespace);
}

SIMPLE(workload, bound_breaker, fact_entity(workload->seldom->unbounded))
SIMPLE(workload, bound_broken, fact_of_word(workload->seldom->unbounded_amount))
SIMPLE(workload, bound_resource,
    fact_of_word(
	workload->seldom->bound ? workload->seldom->bound->resource : NULL))
SIMPLE(workload, bound_is_most,
    fact_bool(workload->seldom->bound && workload->seldom->bound->is_most))

struct fact fact_workload_bound(
    const struct release *release, const struct workload *workload)
{
	const struct limit_bound *bound = workload->seldom->bound;

	(void)release;
	return bound ? fact_at(bound->value, bound->manifest, bound->value.line,
			   bound->value.col, bound->value.width)
		     : (struct fact){.state = FACT_ABSENT};
}
