/*
 * ResourceQuotas that ask each container for a request or a limit it does
 * not give: the API server then refuses its pods.
 *
 * podEvaluator.Constraints() of pkg/quota asks so for cpu and memory, where the
 * quota has no scope.  A LimitRange may fill in what is missing.
 */
#include "fact/update/update.h"

#include "fact/computed.h"
#include "fact/namespace.h"
#include "fact/problem.h"
#include "fact/selector.h"

#include <stddef.h>
#include <string.h>

/* What a quota counts and pods must say for that. */
struct quota_demand {
	const struct manifest *manifest;
	size_t row; /* of rows */
	uint32_t line, col, width;
};

static const struct {
	const char *key, *resource;
	bool is_limit;
} rows[] = {{"cpu", "cpu", false}, {"requests.cpu", "cpu", false},
    {"memory", "memory", false}, {"requests.memory", "memory", false},
    {"limits.cpu", "cpu", true}, {"limits.memory", "memory", true}};

static void add_demand(struct facts *facts, const struct manifest *manifest,
    const struct node *value, size_t row)
{
	struct quota_demand *demand =
	    arena_alloc(&facts->arena, sizeof(*demand));

	*demand = (struct quota_demand){
	    .manifest = manifest,
	    .row = row,
	    .line = value->span.line,
	    .col = value->span.col,
	    .width = facts_width(value),
	};
	vector_add(&facts->quota_demands, demand);
}

void collect_quota_demands(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *spec = node_get(object, "spec");
	const struct node *hard = node_get(spec, "hard");

	if (is_given(node_get(spec, "scopes")) ||
	    is_given(node_get(spec, "scopeSelector")))
		return;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct node *value = node_get(hard, rows[i].key);

		if (!node_is_null(value))
			add_demand(collection->facts, manifest, value, i);
	}
}

static bool says(
    const struct container *container, const struct quota_demand *demand)
{
	const struct label_list *limits = container->limits.labels;
	const char *resource = rows[demand->row].resource;

	if (!rows[demand->row].is_limit)
		return !strcmp(resource, "cpu")
			   ? container->cpu_request.has_value
			   : container->memory_request.has_value;
	return label_find(limits, resource);
}

/* What the quotas of a namespace ask for, by rows; NULL: nobody asks. */
struct demands {
	const struct quota_demand *of[COUNT_OF(rows)];
};

static void index_demands(struct map *by_namespace, struct arena *arena,
    const struct release *release, const struct entity_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct quota_demand *demand = list->items[i];
		struct slice namespace =
		    slice_of(manifest_namespace(release, demand->manifest));
		struct demands *demands = map_find(by_namespace, namespace);

		if (!demands) {
			demands = arena_alloc(arena, sizeof(*demands));
			*map_slot(by_namespace, namespace) = demands;
		}
		demands->of[demand->row] = demand;
	}
}

static void hold(struct arena *arena, struct workload *workload,
    const struct quota_demand *demand)
{
	const struct entity_list *list = &workload->container_list;
	struct workload_seldom *seldom;

	if (is_scaled_to_zero(workload))
		return;
	for (size_t i = 0; demand && i < list->n && !workload->seldom->demand;
	     i++) {
		if (says(list->items[i], demand))
			continue;
		seldom = workload_seldom(arena, workload);
		seldom->demand = demand;
		seldom->undemanding = list->items[i];
	}
}

void relate_quota_demands(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct map by_namespace = {0};
	struct arena arena = {0};
	struct entity_list demands = facts_in_order(
	    &arena, facts, nfacts, offsetof(struct facts, quota_demands));

	if (!release->has_limit_range)
		index_demands(&by_namespace, &arena, release, &demands);
	for (size_t i = 0; i < list->n && by_namespace.n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];
		const struct demands *own = map_find(&by_namespace,
		    slice_of(manifest_namespace(release, workload->manifest)));

		for (size_t j = 0; own && j < COUNT_OF(rows); j++)
			hold(&release->arena, workload, own->of[j]);
	}
	map_release(&by_namespace);
	arena_release(&arena);
}

SIMPLE(workload, quota_refused, fact_entity(workload->seldom->undemanding))
SIMPLE(workload, quota_asks_limit,
    fact_bool(workload->seldom->demand &&rows[workload->seldom->demand->row]
		  .is_limit))
SIMPLE(workload, quota_asked,
    fact_of_word(workload->seldom->demand
		     ? rows[workload->seldom->demand->row].resource
		     : NULL))

struct fact fact_workload_quota_asks(
    const struct release *release, const struct workload *workload)
{
	const struct quota_demand *demand = workload->seldom->demand;

	(void)release;
	if (!demand)
		return (struct fact){.state = FACT_ABSENT};
	return fact_at(fact_text(rows[demand->row].key), demand->manifest,
	    demand->line, demand->col, demand->width);
}

SIMPLE(workload, quota_asker,
    workload->seldom->demand ? fact_of_name(workload->seldom->demand->manifest)
			     : (struct fact){.state = FACT_ABSENT})
