/* A CustomResourceDefinition and what was read of it -> defaults that their own
 * schemas refuse (structural/defaulting's ValidateDefaults of
 * apiextensions-apiserver). */
#include "custom/datum.h"
#include "custom/hold_datum.h"
#include "custom/hold_own.h"

#include "schema/given.h"

/* Values that are looked at: more than all defaults of any definition. */
#define STEPS_OF_DEFAULTS 1000000

static const struct kind any_kind = {0};

struct defaults {
	struct custom_walk walk;
	struct custom_kind *kind;
	struct arena *arena; /* of what is compiled of the kind */
};

static void visit(struct defaults *defaults, const struct node *node,
    const struct structural *schema);

/* What a default has and its schema has not is no field that is dropped: the
 * definition is refused. */
static void pass_on(void *context, const struct refusal_fault *fault)
{
	struct custom_walk *walk = context;
	struct refusal_fault told = *fault;

	if (fault->class == REFUSAL_UNKNOWN) {
		told.class = REFUSAL_VALUE;
		told.text =
		    SLICE("may not be in a default, as its schema has no such "
			  "field");
		told.field = told.hint = (struct slice){"", 0};
		told.at_key = false;
	}
	if (fault->class == REFUSAL_TYPE || fault->class == REFUSAL_MISSING)
		walk->is_blocked = true;
	walk->sink->add(walk->sink->context, &told);
}

/* schema/special_crd has said so of these. */
static bool is_told(const struct structural *schema, const struct node *value)
{
	if (!has_json_type(schema, value))
		return true;
	if (schema->types != JSON_STRING || !schema->nenumeration)
		return false;
	for (size_t i = 0; i < schema->nenumeration; i++) {
		if (json_equal(schema->enumeration[i], value))
			return false;
	}
	return true;
}

/* Most defaults are scalars that no pattern is asked of. */
static bool needs_compiled(
    const struct structural *schema, const struct node *value)
{
	return schema->pattern || schema->nvalidations ||
	       (value->kind != NODE_SCALAR && value->n);
}

static void hold_default(struct defaults *defaults,
    const struct structural *schema, const struct node *value)
{
	struct custom_walk *walk = &defaults->walk;
	struct datum datum;

	if (is_told(schema, value))
		return;
	if (needs_compiled(schema, value))
		custom_prepare(defaults->kind, defaults->arena);
	walk->is_blocked = walk->is_unsure = false;
	if (!datum_make_of(walk, schema, value, &datum))
		return;
	hold_datum(walk, &datum);
	if (!walk->is_blocked)
		hold_validations(walk, &datum);
}

static void visit_properties(struct defaults *defaults,
    const struct node *properties, const struct structural *schema)
{
	if (!properties || properties->kind != NODE_MAPPING)
		return;
	for (uint32_t i = 0; i < properties->n; i++)
		visit(defaults, properties->pairs[i].value,
		    structural_property(
			schema, properties->pairs[i].key->text));
}

/* Recursion ends where document_load() limits depth. */
static void visit(struct defaults *defaults, const struct node *node,
    const struct structural *schema)
{
	const struct node *value = given(node, "default");

	/* Objects in objects are held to more than their schemas. */
	if (!schema || schema->embedded || node->kind != NODE_MAPPING)
		return;
	if (value)
		hold_default(defaults, schema, value);
	visit_properties(defaults, given(node, "properties"), schema);
	if (schema->items)
		visit(defaults, given(node, "items"), schema->items);
	if (schema->additional)
		visit(defaults, given(node, "additionalProperties"),
		    schema->additional);
}

/* Metadata has schemas of Kubernetes' own. */
static void visit_root(struct defaults *defaults, const struct node *root,
    const struct structural *schema)
{
	const struct node *properties = given(root, "properties");

	for (uint32_t i = 0; properties && properties->kind == NODE_MAPPING &&
			     i < properties->n;
	     i++) {
		const struct pair *pair = &properties->pairs[i];

		if (!slice_is(pair->key->text, "metadata"))
			visit(defaults, pair->value,
			    structural_property(schema, pair->key->text));
	}
}

static void visit_versions(
    struct defaults *defaults, const struct node *definition)
{
	const struct node *list = given(given(definition, "spec"), "versions");

	for (uint32_t i = 0;
	     i < given_length(list) && i < defaults->kind->nversions; i++) {
		const struct custom_version *version =
		    &defaults->kind->versions[i];

		defaults->walk.version = version;
		if (version->schema)
			visit_root(defaults,
			    given(given(list->items[i], "schema"),
				"openAPIV3Schema"),
			    version->schema);
	}
}

void custom_hold_defaults(struct custom_kind *kind,
    const struct node *definition, struct arena *arena,
    const struct custom_sink *sink)
{
	struct defaults defaults = {
	    .walk =
		{
		    .kind = kind,
		    .sink = sink,
		    .object = definition,
		    .steps = STEPS_OF_DEFAULTS,
		},
	    .kind = kind,
	    .arena = arena,
	};
	struct custom_walk *walk = &defaults.walk;
	struct refusal_sink passing = {pass_on, walk};

	walk->walk = (struct walk){
	    .kind = &any_kind,
	    .object = definition,
	    .minors = {MINORS_LEAST, MINORS_MOST},
	    .sink = &passing,
	};
	visit_versions(&defaults, definition);
	map_release(&walk->walk.told);
	arena_release(&walk->walk.arena);
	arena_release(&walk->arena);
	buf_release(&walk->walk.text);
	buf_release(&walk->walk.hint);
}
