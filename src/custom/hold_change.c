/*
 * An object, what it was before, and its definition -> the rules about changes
 * that it breaks (those with oldSelf).
 *
 * A value is held against the one that it comes from: a field or key of the
 * same name, an item of a list of maps with the same keys.  Items of other
 * lists come from none (CorrelatedObject of k8s.io/apiserver/pkg/cel/common).
 */
#include "custom/datum.h"
#include "custom/hold_datum.h"

#include <string.h>

/* As many steps as an object has that is held to its definition. */
#define STEPS_OF_CHANGE UINT64_C(5000000)

static const struct kind any_kind = {0};

bool custom_has_changes(const struct custom_kind *kind, const char *version)
{
	const struct custom_version *found = custom_version_find(kind, version);
	const struct validation *v = found ? found->validations : NULL;

	while (v && !v->is_transition && !v->asks_old)
		v = v->next;
	return v;
}

/* Looking a member up takes as long as there are members. */
static const struct datum *find_member(struct custom_walk *walk,
    const struct datum *before, const struct member *member)
{
	return cel_steps_take(&walk->steps, 1 + before->n / 8)
		   ? datum_member(before, member->name)
		   : NULL;
}

/* Whether the new value has fields that the old one lacks: a webhook or a
 * controller may have filled them in since.  Recursion ends with the depth of
 * the object. */
static bool has_more(struct custom_walk *walk, const struct datum *datum,
    const struct datum *before)
{
	for (uint32_t i = 0; datum->node->kind == NODE_MAPPING &&
			     before->node->kind == NODE_MAPPING && i < datum->n;
	     i++) {
		const struct member *member = &datum->members[i];
		const struct datum *was = find_member(walk, before, member);

		if (!was || has_more(walk, &member->value, was))
			return true;
	}
	return false;
}

/* Of a fault of the change, not of the values on either side. */
static void pass_on(void *context, const struct refusal_fault *fault)
{
	struct custom_walk *walk = context;
	struct refusal_fault told = *fault;

	if (walk->before && walk->before->node->kind == NODE_SCALAR)
		told.was = walk->before->node;
	told.is_unsure = walk->has_more;
	walk->sink->add(walk->sink->context, &told);
}

/* What is wrong with an object by itself is told elsewhere. */
static void ignore(void *context, const struct refusal_fault *fault)
{
	(void)context;
	(void)fault;
}

/* Items of a list by their keys, each a struct datum. */
static void find_items(
    struct custom_walk *walk, const struct datum *list, struct map *ret_items)
{
	struct buf key = {0};

	for (uint32_t i = 0; i < list->n; i++) {
		buf_clear(&key);
		if (add_item_key(&key, list->schema, &list->items[i]))
			*map_slot(ret_items,
			    slice_copy(&walk->arena, buf_slice(&key))) =
			    &list->items[i];
	}
	buf_release(&key);
}

static void hold_pair(struct custom_walk *walk, const struct datum *datum,
    const struct datum *before);

static void hold_items(struct custom_walk *walk, const struct datum *list,
    const struct datum *before)
{
	struct map earlier = {0};
	struct buf key = {0};

	if (!list->schema || list->schema->list_type != LIST_MAP)
		return;
	find_items(walk, before, &earlier);
	for (uint32_t i = 0; i < list->n; i++) {
		const struct datum *was;

		buf_clear(&key);
		if (!add_item_key(&key, list->schema, &list->items[i]))
			continue;
		was = map_find(&earlier, buf_slice(&key));
		if (was)
			hold_pair(walk, &list->items[i], was);
	}
	map_release(&earlier);
	buf_release(&key);
}

static void hold_members(struct custom_walk *walk, const struct datum *datum,
    const struct datum *before)
{
	for (uint32_t i = 0; i < datum->n; i++) {
		const struct member *member = &datum->members[i];
		const struct datum *was = find_member(walk, before, member);

		if (was)
			hold_pair(walk, &member->value, was);
	}
}

/* Recursion ends with the depth of the object. */
static void hold_pair(struct custom_walk *walk, const struct datum *datum,
    const struct datum *before)
{
	if (!datum->schema || datum->node->kind != before->node->kind)
		return;
	walk->has_more =
	    datum->schema->nvalidations && has_more(walk, datum, before);
	hold_own_rules(walk, datum, before);
	if (datum->node->kind == NODE_MAPPING)
		hold_members(walk, datum, before);
	else if (datum->node->kind == NODE_SEQUENCE)
		hold_items(walk, datum, before);
}

/* Both sides as the API server has them, what is wrong with either untold. */
static bool make_sides(
    struct custom_walk *walk, struct datum *now, struct datum *before)
{
	static const struct refusal_sink silent = {ignore, NULL};
	const struct refusal_sink *telling = walk->walk.sink;
	const struct node *object = walk->object;
	bool is_made;

	walk->walk.sink = &silent;
	is_made = datum_make(walk, now);
	walk->object = walk->walk.object = walk->earlier;
	is_made = is_made && datum_make(walk, before);
	walk->object = walk->walk.object = object;
	walk->walk.sink = telling;
	return is_made;
}

void custom_hold_change(const struct custom_kind *kind, const char *version,
    const struct node *before, const struct node *after,
    const struct custom_sink *sink)
{
	struct custom_walk walk = {
	    .kind = kind,
	    .version = custom_version_find(kind, version),
	    .sink = sink,
	    .object = after,
	    .earlier = before,
	    .steps = STEPS_OF_CHANGE,
	};
	struct refusal_sink passing = {pass_on, &walk};
	struct datum now, was;

	if (!walk.version || !walk.version->schema)
		return;
	walk.walk = (struct walk){
	    .kind = &any_kind,
	    .object = after,
	    .minors = {MINORS_LEAST, MINORS_MOST},
	    .sink = &passing,
	};
	if (make_sides(&walk, &now, &was))
		hold_pair(&walk, &now, &was);
	if (!walk.steps)
		sink->gap(sink->context, kind,
		    "checking what changes in this object takes too many "
		    "steps");
	map_release(&walk.walk.told);
	arena_release(&walk.walk.arena);
	arena_release(&walk.arena);
	buf_release(&walk.walk.text);
	buf_release(&walk.walk.hint);
}
