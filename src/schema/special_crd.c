/* Schemas of CustomResourceDefinitions: what makes them structural, as
 * k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation asks it. */
#include "schema/special.h"

#include "base/go_pattern.h"
#include "base/real.h"
#include "schema/given.h"
#include "schema/walk.h"

#include <string.h>

static void report_at(
    const struct checking *checking, const struct node *node, const char *what)
{
	report_condition(checking->frame, checking->condition, REFUSAL_VALUE,
	    node, "%s", what);
}

static bool is_on(const struct node *schema, const char *key)
{
	bool value = false;

	return node_to_bool(given(schema, key), &value) && value;
}

static bool is_schema_type(struct slice type)
{
	static const char *const types[] = {
	    "array", "boolean", "integer", "number", "object", "string"};

	for (size_t i = 0; i < COUNT_OF(types); i++) {
		if (slice_is(type, types[i]))
			return true;
	}
	return false;
}

/* A structural schema says the type of each value that it describes. */
static void check_schema_type(
    const struct checking *checking, const struct node *schema)
{
	const struct node *type = given(schema, "type");

	if (!given_text(type).len) {
		if (!is_on(schema, "x-kubernetes-int-or-string") &&
		    !is_on(schema, "x-kubernetes-preserve-unknown-fields"))
			report_missing(checking->frame, checking->condition,
			    schema, "type");
	} else if (!is_schema_type(given_text(type))) {
		report_at(checking, type,
		    "must be array, boolean, integer, number, object or "
		    "string");
	}
}

/* What makes the cost of a check quadratic, or keys of unknown names a mess. */
static void check_schema_limits(
    const struct checking *checking, const struct node *schema)
{
	const struct node *others = given(schema, "additionalProperties");
	const struct node *properties = given(schema, "properties");
	bool allowed = true;

	if (is_on(schema, "uniqueItems"))
		report_at(checking, given(schema, "uniqueItems"),
		    "may not be true; write x-kubernetes-list-type: set");
	if (others && properties && properties->n &&
	    (others->kind == NODE_MAPPING ||
		(node_to_bool(others, &allowed) && !allowed)))
		report_at(
		    checking, others, "may not be given beside properties");
}

static bool is_listed(const struct node *list, struct slice text)
{
	for (uint32_t i = 0; i < given_length(list); i++) {
		if (slice_eq(given_text(list->items[i]), text))
			return true;
	}
	return false;
}

/* A key of a list that is a map: a property of its items that each has. */
static void check_list_key(const struct checking *checking,
    const struct node *items, const struct node *key)
{
	struct slice name = given_text(key);
	const struct node *property =
	    given_named(given(items, "properties"), name);

	if (!property)
		report_at(checking, key, "must be a property of the items");
	else if (slice_is(given_text_at(property, "type"), "object") ||
		 slice_is(given_text_at(property, "type"), "array"))
		report_at(checking, key,
		    "must be a single value of the items, no mapping and no "
		    "list");
	else if (!is_listed(given(items, "required"), name) &&
		 !given(property, "default"))
		report_at(checking, key, "must be required or have a default");
}

/* ValidateCustomResourceDefinitionOpenAPISchema: items of a set are compared as
 * a whole. */
static void check_set_items(
    const struct checking *checking, const struct node *items)
{
	const struct node *list = given(items, "x-kubernetes-list-type");

	if (slice_is(given_text_at(items, "type"), "object") &&
	    !slice_is(given_text_at(items, "x-kubernetes-map-type"), "atomic"))
		report_at(checking, items,
		    "must have x-kubernetes-map-type: atomic, as the items of "
		    "a set");
	else if (slice_is(given_text_at(items, "type"), "array") && list &&
		 !slice_is(given_text(list), "atomic"))
		report_at(
		    checking, list, "must be atomic, as the items of a set");
}

/* What tells the items of a map apart. */
static void check_map_keys(const struct checking *checking,
    const struct node *schema, const struct node *items)
{
	const struct node *keys = given(schema, "x-kubernetes-list-map-keys");

	if (!given_length(keys))
		report_missing(checking->frame, checking->condition, schema,
		    "x-kubernetes-list-map-keys");
	if (given_text_at(items, "type").len &&
	    !slice_is(given_text_at(items, "type"), "object"))
		report_at(checking, given(items, "type"),
		    "must be object, as the items of a map");
	for (uint32_t i = 0; items && i < given_length(keys); i++) {
		check_list_key(checking, items, keys->items[i]);
		for (uint32_t j = 0; j < i; j++) {
			if (slice_eq(given_text(keys->items[i]),
				given_text(keys->items[j])))
				report_at(checking, keys->items[i],
				    "is like an earlier key");
		}
	}
}

/* An array says what its items are, and what tells those of a map apart. */
static void check_schema_list(
    const struct checking *checking, const struct node *schema)
{
	const struct node *items = given(schema, "items");
	const struct node *keys = given(schema, "x-kubernetes-list-map-keys");
	struct slice type = given_text_at(schema, "x-kubernetes-list-type");

	if (slice_is(given_text_at(schema, "type"), "array") && !items)
		report_missing(
		    checking->frame, checking->condition, schema, "items");
	if (slice_is(type, "map"))
		check_map_keys(checking, schema, items);
	else if (given_length(keys))
		report_at(checking, keys,
		    "may only be given where x-kubernetes-list-type is map");
	if (slice_is(type, "set"))
		check_set_items(checking, items);
}

static void check_word(const struct checking *checking,
    const struct node *schema, const char *key, const char *wanted,
    const char *const *words, size_t n)
{
	const struct node *value = given(schema, key);
	bool is_word = !value;

	for (size_t i = 0; i < n; i++)
		is_word |= slice_is(given_text(value), words[i]);
	if (!is_word)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, value, "must be one of %s", wanted);
}

static void need_type(const struct checking *checking,
    const struct node *schema, const char *key, const char *type)
{
	const struct node *value = given(schema, key);

	if (value && !slice_is(given_text_at(schema, "type"), type))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, value, "is for the type %s", type);
}

/* What Kubernetes adds to schemas. */
static void check_schema_words(
    const struct checking *checking, const struct node *schema)
{
	static const char *const lists[] = {"atomic", "map", "set"};
	static const char *const maps[] = {"atomic", "granular"};
	const struct node *kept =
	    given(schema, "x-kubernetes-preserve-unknown-fields");
	const struct node *embedded =
	    given(schema, "x-kubernetes-embedded-resource");
	bool is_kept = false, is_embedded = false;

	check_word(checking, schema, "x-kubernetes-list-type",
	    "atomic, map and set", lists, COUNT_OF(lists));
	check_word(checking, schema, "x-kubernetes-map-type",
	    "atomic and granular", maps, COUNT_OF(maps));
	need_type(checking, schema, "x-kubernetes-list-type", "array");
	need_type(checking, schema, "x-kubernetes-map-type", "object");
	if (node_to_bool(kept, &is_kept) && !is_kept)
		report_at(checking, kept, "must be true, or left out");
	if (is_kept && is_on(schema, "x-kubernetes-int-or-string"))
		report_at(checking, kept,
		    "may not be true beside x-kubernetes-int-or-string");
	if (is_on(schema, "x-kubernetes-embedded-resource"))
		need_type(checking, schema, "x-kubernetes-embedded-resource",
		    "object");
	if (node_to_bool(embedded, &is_embedded) && is_embedded && !is_kept &&
	    !given(schema, "properties"))
		report_at(checking, embedded,
		    "needs properties, or "
		    "x-kubernetes-preserve-unknown-fields");
}

/* Whether a value says something: false, "" and {} are as if left out. */
static bool says(const struct node *value)
{
	bool on = true;

	return value &&
	       (value->kind == NODE_SCALAR ? value->text.len : value->n) &&
	       (!node_to_bool(value, &on) || on);
}

/* What of OpenAPI these schemas do not have. */
static void forbid_others(
    const struct checking *checking, const struct node *schema)
{
	static const char *const keys[] = {"$ref", "additionalItems",
	    "definitions", "dependencies", "id", "patternProperties"};
	const struct node *items = given(schema, "items");

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		const struct node *value = given(schema, keys[i]);

		if (says(value))
			report_at(checking, value,
			    "is not supported in the schema of a custom "
			    "resource");
	}
	if (items && items->kind == NODE_SEQUENCE)
		report_at(checking, items, "must be one schema, not a list");
}

static void check_pattern(
    const struct checking *checking, const struct node *schema)
{
	const struct node *pattern = given(schema, "pattern");

	if (go_pattern_refused(given_text(pattern)))
		report_at(checking, pattern,
		    "must be a regular expression as Go has it (RE2)");
}

static bool is_of_type(const struct node *value, struct slice type)
{
	enum scalar_type is = SCALAR_NULL;

	if (slice_is(type, "object"))
		return value->kind == NODE_MAPPING;
	if (slice_is(type, "array"))
		return value->kind == NODE_SEQUENCE;
	if (value->kind != NODE_SCALAR)
		return false;
	is = scalar_as_sent(value).type;
	if (slice_is(type, "integer") && is == SCALAR_DOUBLE)
		return has_no_fraction(scalar_as_sent(value).real);
	if (slice_is(type, "string"))
		return is == SCALAR_STRING;
	return slice_is(type, "boolean")
		   ? is == SCALAR_BOOL
		   : is == SCALAR_INT || is == SCALAR_DOUBLE;
}

/* ValidateDefaults: a default is held to the schema that has it. */
static void check_default(
    const struct checking *checking, const struct node *schema)
{
	const struct node *value = given(schema, "default");
	const struct node *words = given(schema, "enum");
	struct slice type = given_text_at(schema, "type");

	if (!value || !is_schema_type(type))
		return;
	if (!is_of_type(value, type))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, value, "must be of the type %.*s",
		    SLICE_ARGS(type));
	else if (slice_is(type, "string") && given_length(words) &&
		 !is_listed(words, given_text(value)))
		report_at(checking, value, "must be one of enum");
}

/* Deeper than any schema that the API server would store. */
#define SCHEMA_DEPTH 100

static void check_conditions(
    const struct checking *checking, const struct node *schema, unsigned depth);

/* What only a schema may say, and no condition on its values. */
static void forbid_structure(
    const struct checking *checking, const struct node *condition)
{
	static const char *const keys[] = {"default", "description",
	    "externalDocs", "nullable", "title", "type",
	    "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string",
	    "x-kubernetes-list-map-keys", "x-kubernetes-list-type",
	    "x-kubernetes-map-type", "x-kubernetes-preserve-unknown-fields",
	    "x-kubernetes-validations"};
	const struct node *others = given(condition, "additionalProperties");
	static const char what[] =
	    "may not be given within allOf, anyOf, oneOf or not, but beside "
	    "them";

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		if (says(given(condition, keys[i])))
			report_at(checking, given(condition, keys[i]), what);
	}
	if (others && others->kind == NODE_MAPPING && others->n)
		report_at(checking, others, what);
}

/* validateNestedValueValidation */
static void check_condition(const struct checking *checking,
    const struct node *condition, unsigned depth)
{
	const struct node *properties = given(condition, "properties");

	if (!condition || condition->kind != NODE_MAPPING ||
	    depth > SCHEMA_DEPTH)
		return;
	forbid_structure(checking, condition);
	check_pattern(checking, condition);
	check_conditions(checking, condition, depth + 1);
	check_condition(checking, given(condition, "items"), depth + 1);
	if (!properties || properties->kind != NODE_MAPPING)
		return;
	for (uint32_t i = 0; i < properties->n; i++)
		check_condition(
		    checking, properties->pairs[i].value, depth + 1);
}

static bool is_type_alone(const struct node *schema, const char *type)
{
	return schema->kind == NODE_MAPPING && schema->n == 1 &&
	       slice_is(given_text_at(schema, "type"), type);
}

/* The one condition that may speak of types. */
static bool is_int_or_string(const struct node *list)
{
	return given_length(list) == 2 &&
	       is_type_alone(list->items[0], "integer") &&
	       is_type_alone(list->items[1], "string");
}

static void check_list(
    const struct checking *checking, const struct node *list, unsigned depth)
{
	for (uint32_t i = 0; i < given_length(list); i++)
		check_condition(checking, list->items[i], depth);
}

/* validateValueValidation */
static void check_conditions(
    const struct checking *checking, const struct node *schema, unsigned depth)
{
	const struct node *any = given(schema, "anyOf");

	if (!is_int_or_string(any))
		check_list(checking, any, depth);
	check_list(checking, given(schema, "allOf"), depth);
	check_list(checking, given(schema, "oneOf"), depth);
	check_condition(checking, given(schema, "not"), depth);
}

static void check_schema(
    const struct checking *checking, const struct node *schema, unsigned depth);

/* Null is read as a schema without anything, and so without its type. */
static void check_property(
    const struct checking *checking, const struct pair *pair, unsigned depth)
{
	if (node_is_null(pair->value))
		report_fault(checking->frame, REFUSAL_MISSING, pair->value,
		    "may not be null: a schema needs a type");
	else
		check_schema(checking, pair->value, depth + 1);
}

static void check_schema(
    const struct checking *checking, const struct node *schema, unsigned depth)
{
	static const char *const within[] = {"items", "additionalProperties"};
	const struct node *properties = given(schema, "properties");

	if (schema->kind != NODE_MAPPING || depth > SCHEMA_DEPTH)
		return;
	if (depth)
		check_schema_type(checking, schema);
	check_schema_limits(checking, schema);
	check_schema_list(checking, schema);
	check_schema_words(checking, schema);
	forbid_others(checking, schema);
	check_pattern(checking, schema);
	check_default(checking, schema);
	check_conditions(checking, schema, depth);
	for (uint32_t i = 0; properties && properties->kind == NODE_MAPPING &&
			     i < properties->n;
	     i++)
		check_property(checking, &properties->pairs[i], depth);
	for (size_t i = 0; i < COUNT_OF(within); i++) {
		const struct node *inner = given(schema, within[i]);

		if (inner)
			check_schema(checking, inner, depth + 1);
	}
}

static void check_text_type(const struct checking *checking,
    const struct node *properties, const char *name)
{
	const struct node *type = given(given(properties, name), "type");

	if (type && !slice_is(given_text(type), "string"))
		report_at(checking, type, "must be string");
}

/* validateStructuralMetadataInvariants: names may be held to something. */
static void check_metadata(
    const struct checking *checking, const struct node *metadata)
{
	const struct node *properties = given(metadata, "properties");
	static const char what[] =
	    "may not be given: the metadata is described by Kubernetes, all "
	    "but name and generateName";

	if (!metadata || metadata->kind != NODE_MAPPING)
		return;
	if (!slice_is(given_text_at(metadata, "type"), "object"))
		report_at(checking, metadata, "must be of the type object");
	for (uint32_t i = 0; i < metadata->n; i++) {
		const struct pair *pair = &metadata->pairs[i];

		if (pair->value != properties && says(pair->value) &&
		    !slice_is(pair->key->text, "type") &&
		    !slice_is(pair->key->text, "default"))
			report_at(checking, pair->value, what);
	}
	for (uint32_t i = 0; properties && properties->kind == NODE_MAPPING &&
			     i < properties->n;
	     i++) {
		struct slice name = properties->pairs[i].key->text;

		if (!slice_is(name, "name") && !slice_is(name, "generateName"))
			report_at(checking, properties->pairs[i].value, what);
	}
}

static void check_root(const struct checking *checking, const struct node *root)
{
	const struct node *properties = given(root, "properties");

	if (given(root, "additionalProperties"))
		report_at(checking, given(root, "additionalProperties"),
		    "may not be given at the root");
	check_text_type(checking, properties, "apiVersion");
	check_text_type(checking, properties, "kind");
	check_metadata(checking, given(properties, "metadata"));
}

/* ValidateStructural of apiextensions-apiserver */
void check_crd_structure(const struct checking *checking)
{
	const struct node *root =
	    given(checking->frame->node, "openAPIV3Schema");
	const struct node *type = given(root, "type");

	if (!root || root->kind != NODE_MAPPING)
		return;
	if (!given_text(type).len)
		report_missing(
		    checking->frame, checking->condition, root, "type");
	else if (!slice_is(given_text(type), "object"))
		report_at(checking, type, "must be object at the root");
	check_root(checking, root);
	check_schema(checking, root, 0);
}

/* A path such as .spec.size -> the schema there; NULL where nobody can say. */
static const struct node *schema_at(
    const struct node *schema, struct slice path, bool *ret_missing)
{
	*ret_missing = false;
	while (slice_starts(path, SLICE("."))) {
		ptrdiff_t end = slice_find(path, SLICE("."), 1);
		size_t n = end < 0 ? path.len : (size_t)end;
		const struct node *properties = given(schema, "properties");

		if (!properties || slice_find(path, SLICE("["), 0) >= 0)
			return NULL;
		schema = given_named(
		    properties, (struct slice){path.ptr + 1, n - 1});
		*ret_missing = !schema;
		path = slice_after(path, n);
	}
	return schema;
}

static bool may_select(const struct node *schema)
{
	struct slice type = given_text_at(schema, "type");

	return slice_is(type, "string") || slice_is(type, "boolean") ||
	       slice_is(type, "integer");
}

static void check_selectable(const struct checking *checking,
    const struct node *root, const struct node *path)
{
	struct slice text = given_text(path);
	bool is_missing;
	const struct node *schema = schema_at(root, text, &is_missing);

	if (slice_is(text, ".metadata") ||
	    slice_starts(text, SLICE(".metadata.")))
		report_at(checking, path, "may not be one of metadata");
	else if (is_missing)
		report_at(checking, path, "must be a field of the schema");
	else if (schema && !may_select(schema))
		report_at(checking, path,
		    "must be a field of the type string, boolean or integer");
}

/* ValidateCustomResourceSelectableFields */
void check_selectable_fields(const struct checking *checking)
{
	const struct node *version = checking->frame->node;
	const struct node *root =
	    given(given(version, "schema"), "openAPIV3Schema");
	const struct node *list = given(version, "selectableFields");

	for (uint32_t i = 0; i < given_length(list); i++) {
		const struct node *path = given(list->items[i], "jsonPath");

		if (path && root)
			check_selectable(checking, root, path);
	}
}

/* Of x-kubernetes-validations: what is told of a rule is one line. */
void check_rule_lines(const struct checking *checking)
{
	const struct node *validation = checking->frame->node;
	struct slice rule = slice_trim(given_text_at(validation, "rule"));

	if (rule.len && memchr(rule.ptr, '\n', rule.len) &&
	    !slice_trim(given_text_at(validation, "message")).len)
		report_missing(checking->frame, checking->condition, validation,
		    "message");
}
