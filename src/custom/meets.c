/* A datum and a schema that stands in allOf, anyOf, oneOf or not -> whether it
 * is met, and what to say when it is not. */
#include "custom/meets.h"

#include "custom/hold_own.h"

/* What a schema within allOf and the like asks of a member or item. */
static const struct structural *schema_within(
    const struct structural *schema, const struct datum *datum, uint32_t i)
{
	const struct structural *inner;

	if (datum->node->kind == NODE_SEQUENCE)
		return schema->items;
	inner = structural_property(schema, datum->members[i].name);
	return inner ? inner : schema->additional;
}

static bool inner_meet(struct custom_walk *walk,
    const struct structural *schema, const struct datum *datum, bool is_silent)
{
	bool all = true;

	if (!schema->items && !schema->nproperties && !schema->additional)
		return true;
	for (uint32_t i = 0; i < datum->n && (all || !is_silent); i++) {
		const struct structural *inner =
		    schema_within(schema, datum, i);

		if (inner &&
		    !datum_meets(walk, inner, datum_inner(datum, i), is_silent))
			all = false;
	}
	return all;
}

/* Recursion ends with the depth of the definition. */
bool datum_meets(struct custom_walk *walk, const struct structural *schema,
    const struct datum *datum, bool is_silent)
{
	struct frame frame = frame_of(walk, datum);

	if (!walk->steps) {
		walk->is_unsure = true;
		return true;
	}
	walk->steps--;
	/* Of null only types are asked. */
	if (node_is_null(datum->node))
		return true;
	if (!has_json_type(schema, datum->node)) {
		if (!is_silent)
			report_type(&frame, datum->at, json_type_words(schema));
		return false;
	}
	return hold_own(walk, schema, datum, is_silent) &&
	       inner_meet(walk, schema, datum, is_silent) &&
	       hold_junctors(walk, schema, datum, is_silent);
}

static bool all_required(const struct structural_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		if (!list->items[i]->only_required)
			return false;
	}
	return list->n != 0;
}

/* "a, b or c", each of one or several fields. */
static void add_alternatives(
    struct buf *buf, const struct structural_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct slice_list *names = &list->items[i]->required;

		buf_add_text(buf, i ? ", " : "");
		for (size_t j = 0; j < names->n; j++) {
			buf_add_text(buf, j ? " with " : "");
			buf_add_slice(buf, names->items[j]);
		}
	}
}

static void tell_none(struct custom_walk *walk,
    const struct structural_list *list, const struct datum *datum)
{
	struct frame frame = frame_of(walk, datum);
	struct buf text = {0};
	bool is_blocked = walk->is_blocked;

	if (!all_required(list)) {
		refuse_value(walk, datum, false,
		    "fits none of the %zu alternatives of its schema", list->n);
		return;
	}
	add_alternatives(&text, list);
	report_fault(&frame, REFUSAL_MISSING, datum->at, "needs one of %s",
	    buf_text(&text));
	/* To the API server this is an invalid value. */
	walk->is_blocked = is_blocked;
	buf_release(&text);
}

/* The first member that the alternatives name behind the one that is to stay.
 */
static void tell_several(struct custom_walk *walk,
    const struct structural_list *list, const struct datum *datum)
{
	const struct datum *kept = NULL;
	struct slice name = {0};

	for (size_t i = 0; all_required(list) && i < list->n; i++) {
		const struct slice_list *names = &list->items[i]->required;
		const struct datum *value =
		    datum_member(datum, names->items[0]);

		if (!value || value->is_default)
			continue;
		if (kept && kept != value) {
			refuse_value(walk, value, false,
			    "may not stand beside '%.*s'; keep one of them",
			    SLICE_ARGS(name));
			return;
		}
		kept = value;
		name = names->items[0];
	}
	refuse_value(walk, datum, false,
	    "fits more than one of the %zu alternatives of its schema",
	    list->n);
}

static size_t count_met(struct custom_walk *walk,
    const struct structural_list *list, const struct datum *datum, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n && n < most; i++)
		n += datum_meets(walk, list->items[i], datum, true);
	return n;
}

static bool hold_all(struct custom_walk *walk, const struct structural *schema,
    const struct datum *datum, bool is_silent)
{
	for (size_t i = 0; i < schema->all_of.n; i++) {
		const struct structural *part = schema->all_of.items[i];

		if (datum_meets(walk, part, datum, true))
			continue;
		/* What it asks is told in its own words, where it fails. */
		if (!walk->is_unsure && !is_silent)
			datum_meets(walk, part, datum, false);
		return false;
	}
	return true;
}

static bool hold_any(struct custom_walk *walk, const struct structural *schema,
    const struct datum *datum, bool is_silent)
{
	const struct structural_list *list = &schema->any_of;

	if (!list->n || count_met(walk, list, datum, 1))
		return true;
	if (!walk->is_unsure && !is_silent)
		tell_none(walk, list, datum);
	return false;
}

static bool hold_one(struct custom_walk *walk, const struct structural *schema,
    const struct datum *datum, bool is_silent)
{
	const struct structural_list *list = &schema->one_of;
	size_t n;

	if (!list->n)
		return true;
	n = count_met(walk, list, datum, 2);
	if (n == 1)
		return true;
	if (!walk->is_unsure && !is_silent && n)
		tell_several(walk, list, datum);
	else if (!walk->is_unsure && !is_silent)
		tell_none(walk, list, datum);
	return false;
}

static bool hold_excluded(struct custom_walk *walk,
    const struct structural *schema, const struct datum *datum, bool is_silent)
{
	const struct structural *excluded = schema->excluded;
	const struct datum *member = NULL;

	if (!excluded || !datum_meets(walk, excluded, datum, true))
		return true;
	if (walk->is_unsure || is_silent)
		return false;
	if (excluded->only_required)
		member = datum_member(datum, excluded->required.items[0]);
	if (member && excluded->required.n == 1)
		return refuse_value(walk, member, false, "may not be set here");
	return refuse_value(
	    walk, datum, false, "is what 'not' of its schema excludes");
}

bool hold_junctors(struct custom_walk *walk, const struct structural *schema,
    const struct datum *datum, bool is_silent)
{
	static bool (*const holds[])(struct custom_walk *,
	    const struct structural *, const struct datum *,
	    bool) = {hold_all, hold_any, hold_one, hold_excluded};
	bool was_unsure = walk->is_unsure, is_unsure = false, all = true;

	for (size_t i = 0; i < COUNT_OF(holds) && (all || !is_silent); i++) {
		walk->is_unsure = false;
		all = holds[i](walk, schema, datum, is_silent) && all;
		is_unsure = is_unsure || walk->is_unsure;
	}
	walk->is_unsure = was_unsure || is_unsure;
	return all;
}
