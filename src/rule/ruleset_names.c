/*
 * The rules of a set: added, found by a name, released.  Few runs ask for any
 * by its name, so names are indexed when they do.
 */
#include "rule/rule.h"

#include <stdlib.h>

void ruleset_add_rule(struct ruleset *ruleset, struct rule *rule)
{
	ruleset->rules =
	    grow(ruleset->rules, ruleset->n, &ruleset->cap, sizeof(rule));
	ruleset->rules[ruleset->n++] = rule;
	if (rule->on != ON_OBJECT)
		return;
	ruleset->of_objects = grow(ruleset->of_objects, ruleset->nof_objects,
	    &ruleset->cap_of_objects, sizeof(rule));
	ruleset->of_objects[ruleset->nof_objects++] = rule;
}

struct ruleset ruleset_of_one(struct rule **rule)
{
	return (struct ruleset){
	    .rules = rule,
	    .n = 1,
	    .of_objects = rule,
	    .nof_objects = (*rule)->on == ON_OBJECT,
	};
}

void ruleset_release(struct ruleset *ruleset)
{
	free(ruleset->rules);
	free(ruleset->of_objects);
	cel_programs_release(&ruleset->programs);
	map_release(&ruleset->by_name);
	arena_release(&ruleset->arena);
	*ruleset = (struct ruleset){0};
}

static void index_names(struct ruleset *ruleset, struct rule *rule)
{
	struct map *map = &ruleset->by_name;

	*map_slot(map, slice_of(rule->kind.id)) = rule;
	*map_slot(map, slice_of(rule->kind.code)) = rule;
	for (size_t i = 0; i < rule->kind.naliases; i++)
		*map_slot(map, slice_of(rule->kind.aliases[i])) = rule;
}

struct rule *ruleset_find(struct ruleset *ruleset, struct slice name)
{
	while (ruleset->nnamed < ruleset->n)
		index_names(ruleset, ruleset->rules[ruleset->nnamed++]);
	return map_find(&ruleset->by_name, name);
}
