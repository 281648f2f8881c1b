/* A node whose field somebody else writes -> a conflict, and its facts. */
#include "fact/apply/apply.h"

#include "fact/computed.h"

#include <string.h>

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

static const struct manifest *object_of(const struct conflict *conflict)
{
	return conflict->objects.n ? conflict->objects.items[0]
				   : conflict->part.manifest;
}

/* What the release that runs now is told, too, has happened by now. */
struct fact fact_conflict_strikes(
    const struct release *release, const struct conflict *conflict)
{
	const struct entity_list *before =
	    release->previous ? &release->previous->lists[ENTITY_conflict]
			      : NULL;

	for (size_t i = 0; before && i < before->n; i++) {
		const struct conflict *old = before->items[i];

		if (object_of(old)->seldom->other == object_of(conflict) &&
		    !strcmp(old->form.text, conflict->form.text) &&
		    !strcmp(old->field.text, conflict->field.text))
			return fact_bool(true);
	}
	return fact_bool(false);
}
