/* Rights to evict pods: who has them drains nodes, and what it is told of
 * drains is about those. */
#include "fact/drain/drain.h"

#include "fact/problem.h"

static bool lists_evictions(const struct node *resources)
{
	for (size_t i = 0; i < node_length(resources); i++) {
		if (slice_is(scalar_text(resources->items[i]), "pods/eviction"))
			return true;
	}
	return false;
}

void collect_eviction(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *rules = node_get(object, "rules");

	(void)manifest;
	for (size_t i = 0; i < node_length(rules); i++) {
		if (lists_evictions(node_get(rules->items[i], "resources")))
			collection->facts->may_evict = true;
	}
}
