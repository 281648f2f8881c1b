/* A node whose field somebody else writes -> a conflict, and its facts. */
#include "fact/apply/apply.h"

#include "fact/computed.h"

struct conflict *add_conflict(
    const struct reading *reading, const struct node *node, const char *form)
{
	struct facts *facts = reading->facts;
	struct conflict *conflict =
	    arena_alloc(&facts->arena, sizeof(*conflict));

	conflict->part = part_at(reading, node);
	conflict->form = fact_text(form);
	conflict->field = fact_text(conflict->part.stable_path);
	conflict->written = facts_node_text(facts, node, NULL);
	vector_add(&facts->lists[ENTITY_conflict], conflict);
	return conflict;
}

SIMPLE(conflict, manifest, fact_entity(conflict->part.manifest))
SIMPLE(conflict, workload, fact_entity(conflict->part.workload))
SIMPLE(conflict, objects, fact_list(&conflict->objects))
SIMPLE(conflict, autoscaler, fact_entity(conflict->autoscaler))
