/* An object's tree and its schema -> what the API server would store: pruned
 * (structural/pruning), with nulls dropped and defaults filled in
 * (structural/defaulting of apiextensions-apiserver). */
#include "custom/datum.h"

#include <string.h>

const struct custom_version *custom_version_find(
    const struct custom_kind *kind, const char *name)
{
	for (size_t i = 0; i < kind->nversions; i++) {
		if (!strcmp(kind->versions[i].name, name))
			return &kind->versions[i];
	}
	return NULL;
}

const struct datum *datum_member(const struct datum *datum, struct slice name)
{
	for (uint32_t i = 0; datum->node->kind == NODE_MAPPING && i < datum->n;
	     i++) {
		if (slice_eq(datum->members[i].name, name))
			return &datum->members[i].value;
	}
	return NULL;
}

const struct datum *datum_inner(const struct datum *datum, uint32_t i)
{
	return datum->node->kind == NODE_SEQUENCE ? &datum->items[i]
						  : &datum->members[i].value;
}

static bool numbers_equal(const struct scalar *a, const struct scalar *b)
{
	if (a->type == SCALAR_INT && b->type == SCALAR_INT)
		return a->integer == b->integer;
	return (a->type == SCALAR_INT ? (double)a->integer : a->real) ==
	       (b->type == SCALAR_INT ? (double)b->integer : b->real);
}

static bool scalars_equal(const struct node *left, const struct node *right)
{
	struct scalar a = scalar_as_sent(left), b = scalar_as_sent(right);
	bool is_number = a.type == SCALAR_INT || a.type == SCALAR_DOUBLE;

	if (is_number)
		return (b.type == SCALAR_INT || b.type == SCALAR_DOUBLE) &&
		       numbers_equal(&a, &b);
	if (a.type != b.type)
		return false;
	if (a.type == SCALAR_BOOL)
		return a.boolean == b.boolean;
	return a.type == SCALAR_NULL || slice_eq(a.text, b.text);
}

static const struct node *value_of(
    const struct node *mapping, struct slice name)
{
	for (uint32_t i = 0; i < mapping->n; i++) {
		if (mapping->pairs[i].key->kind == NODE_SCALAR &&
		    slice_eq(mapping->pairs[i].key->text, name))
			return mapping->pairs[i].value;
	}
	return NULL;
}

/* Recursion ends where document_load() limits depth. */
bool json_equal(const struct node *left, const struct node *right)
{
	if (left->kind != right->kind)
		return false;
	if (left->kind == NODE_SCALAR)
		return scalars_equal(left, right);
	if (left->n != right->n)
		return false;
	for (uint32_t i = 0; i < left->n; i++) {
		const struct node *other =
		    left->kind == NODE_SEQUENCE
			? right->items[i]
			: value_of(right, left->pairs[i].key->text);

		if (!other || !json_equal(left->kind == NODE_SEQUENCE
					      ? left->items[i]
					      : left->pairs[i].value,
				  other))
			return false;
	}
	return true;
}

static bool make(struct custom_walk *walk, const struct structural *schema,
    struct datum *datum);

static bool is_type_name(struct slice name)
{
	return slice_is(name, "apiVersion") || slice_is(name, "kind") ||
	       slice_is(name, "metadata");
}

/* The API server has these of an object, whatever the schema says. */
static bool is_of_object(const struct custom_walk *walk,
    const struct datum *datum, struct slice name)
{
	return is_type_name(name) &&
	       (datum->node == walk->object ||
		   (datum->schema && datum->schema->embedded));
}

/* Whether a mapping's unknown fields are dropped. */
static bool is_pruned(
    const struct custom_walk *walk, const struct structural *schema)
{
	return schema && !schema->preserves && !schema->takes_any_key &&
	       !walk->keeps_all && !walk->kind->preserves &&
	       (schema->types & JSON_OBJECT);
}

static void tell_unknown(const struct custom_walk *walk,
    const struct datum *datum, const struct pair *pair)
{
	struct frame frame = {
	    .walk = (struct walk *)(uintptr_t)&walk->walk,
	    .node = datum->node,
	};

	/* A default that has such a field is the definition's fault. */
	if (!datum->is_default)
		report_unknown_property(&frame, pair, datum->schema);
}

static bool is_left_to_controller(const struct custom_walk *walk,
    const struct datum *datum, struct slice name)
{
	return walk->version->has_status && datum->node == walk->object &&
	       slice_is(name, "status");
}

/* A schema may ask more of a name in metadata, but describes no field there.
 */
static bool make_member(struct custom_walk *walk,
    const struct structural *schema, const struct datum *datum,
    struct member *member)
{
	bool keeps_all = walk->keeps_all, made;

	if (is_of_object(walk, datum, member->name))
		walk->keeps_all = true;
	made = make(walk, schema, &member->value);
	walk->keeps_all = keeps_all;
	return made;
}

/* Takes a pair over, unless it is pruned. */
static bool add_pair(struct custom_walk *walk, struct datum *datum,
    const struct pair *pair, bool *seen)
{
	const struct structural *schema = datum->schema, *inner = NULL;
	struct slice name = pair->key->text;
	struct member *member = &datum->members[datum->n];
	const struct property *property = NULL;

	if (pair->key->kind != NODE_SCALAR ||
	    is_left_to_controller(walk, datum, name))
		return true;
	if (schema) {
		property = structural_find(schema, name);
		inner = property ? property->schema : schema->additional;
	}
	if (property && seen)
		seen[property - schema->properties] = true;
	if (!inner && is_pruned(walk, schema) &&
	    !is_of_object(walk, datum, name)) {
		tell_unknown(walk, datum, pair);
		return true;
	}
	*member = (struct member){
	    .name = name,
	    .is_property = property != NULL,
	    .value =
		{
		    .node = pair->value,
		    .at = datum->is_default ? datum->at : pair->value,
		    .is_default = datum->is_default,
		},
	};
	if (node_is_null(pair->value) && inner && !inner->nullable) {
		if (!inner->otherwise)
			return true;
		member->value.node = inner->otherwise;
		member->value.is_default = true;
	}
	datum->n++;
	return make_member(walk, inner, datum, member);
}

static bool add_default(struct custom_walk *walk, struct datum *datum,
    const struct property *property)
{
	struct member *member = &datum->members[datum->n];

	if (!property->schema->otherwise ||
	    is_left_to_controller(walk, datum, property->name))
		return true;
	*member = (struct member){
	    .name = property->name,
	    .is_property = true,
	    .value =
		{
		    .node = property->schema->otherwise,
		    .at = datum->at,
		    .is_default = true,
		},
	};
	datum->n++;
	return make(walk, property->schema, &member->value);
}

/* seen: which properties are written, by their numbers. */
static bool add_defaults(
    struct custom_walk *walk, struct datum *datum, const bool *seen)
{
	const struct structural *schema = datum->schema;

	for (uint32_t i = 0; i < schema->nproperties; i++) {
		if (!seen[i] &&
		    !add_default(walk, datum, &schema->properties[i]))
			return false;
	}
	return true;
}

static bool make_mapping(struct custom_walk *walk, struct datum *datum)
{
	const struct structural *schema = datum->schema;
	uint32_t ndefaults = schema ? schema->ndefaults : 0;
	bool *seen = NULL;

	datum->members = arena_array(&walk->arena,
	    (size_t)datum->node->n + ndefaults, sizeof(*datum->members));
	if (ndefaults)
		seen = arena_array(
		    &walk->arena, schema->nproperties, sizeof(*seen));
	for (uint32_t i = 0; i < datum->node->n; i++) {
		if (!add_pair(walk, datum, &datum->node->pairs[i], seen))
			return false;
	}
	return !ndefaults || add_defaults(walk, datum, seen);
}

static bool make_list(struct custom_walk *walk, struct datum *datum)
{
	const struct structural *inner =
	    datum->schema ? datum->schema->items : NULL;

	datum->items =
	    arena_array(&walk->arena, datum->node->n, sizeof(*datum->items));
	for (uint32_t i = 0; i < datum->node->n; i++) {
		const struct node *node = datum->node->items[i];
		struct datum *item = &datum->items[datum->n++];

		*item = (struct datum){
		    .node = node,
		    .at = datum->is_default ? datum->at : node,
		    .is_default = datum->is_default,
		};
		if (node_is_null(node) && inner && !inner->nullable &&
		    inner->otherwise) {
			item->node = inner->otherwise;
			item->is_default = true;
		}
		if (!make(walk, inner, item))
			return false;
	}
	return true;
}

/* Recursion ends where document_load() limits depth, that of the object and
 * that of the definition. */
static bool make(struct custom_walk *walk, const struct structural *schema,
    struct datum *datum)
{
	uint64_t cost = 1 + (uint64_t)datum->node->n;

	datum->schema = schema;
	if (datum->node->kind == NODE_SCALAR)
		cost = 1;
	else if (schema)
		cost += schema->nproperties;
	if (walk->steps < cost) {
		walk->steps = 0;
		return false;
	}
	walk->steps -= cost;
	switch (datum->node->kind) {
	case NODE_MAPPING: return make_mapping(walk, datum);
	case NODE_SEQUENCE: return make_list(walk, datum);
	case NODE_SCALAR: break;
	}
	return true;
}

bool datum_make(struct custom_walk *walk, struct datum *ret_root)
{
	*ret_root = (struct datum){.node = walk->object, .at = walk->object};
	return make(walk, walk->version->schema, ret_root);
}

bool datum_make_of(struct custom_walk *walk, const struct structural *schema,
    const struct node *node, struct datum *ret_datum)
{
	*ret_datum = (struct datum){.node = node, .at = node};
	return make(walk, schema, ret_datum);
}

/* Recursion ends with the depth of the object. */
uint64_t count_values(const struct node *node)
{
	uint64_t n = 1;

	for (uint32_t i = 0; i < node->n; i++)
		n += count_values(node->kind == NODE_MAPPING
				      ? node->pairs[i].value
				      : node->items[i]);
	return n;
}
