/* A datum and all that is in it, each held to its own schema. */
#include "custom/hold_datum.h"

#include "custom/hold_own.h"
#include "custom/meets.h"

/* Of another object in this one, what tells its kind. */
static void hold_embedded(struct custom_walk *walk, const struct datum *datum)
{
	static const char *const names[] = {"apiVersion", "kind"};
	struct frame frame = frame_of(walk, datum);

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct datum *value =
		    datum_member(datum, slice_of(names[i]));

		if (!value)
			report_missing(&frame, NULL, datum->at, names[i]);
		else if (value->node->kind == NODE_SCALAR &&
			 !value->node->text.len)
			refuse_value(walk, value, false, "must not be empty");
	}
}

static void hold_inner(struct custom_walk *walk, const struct datum *datum)
{
	if (datum->node->kind == NODE_SCALAR)
		return;
	for (uint32_t i = 0; i < datum->n; i++)
		hold_datum(walk, datum_inner(datum, i));
}

static void hold_not_null(struct custom_walk *walk, const struct datum *datum)
{
	const struct structural *schema = datum->schema;
	struct frame frame = frame_of(walk, datum);

	if (!has_json_type(schema, datum->node)) {
		report_type(&frame, datum->at, json_type_words(schema));
		return;
	}
	hold_own(walk, schema, datum, false);
	hold_junctors(walk, schema, datum, false);
	hold_list_keys(walk, datum);
	if (schema->embedded && datum->node->kind == NODE_MAPPING &&
	    datum->node != walk->object)
		hold_embedded(walk, datum);
	hold_inner(walk, datum);
}

/* A default was held to its schema when the definition was taken.  Recursion
 * ends with the depth of the object. */
void hold_datum(struct custom_walk *walk, const struct datum *datum)
{
	const struct structural *schema = datum->schema;
	struct frame frame = frame_of(walk, datum);

	if (datum->is_default || !schema || !walk->steps)
		return;
	walk->steps--;
	if (!node_is_null(datum->node))
		hold_not_null(walk, datum);
	else if (!schema->nullable && schema->types)
		report_type(&frame, datum->at, json_type_words(schema));
}
