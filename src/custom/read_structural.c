/* The tree of an openAPIV3Schema -> a schema, compactly: descriptions and the
 * like are left behind. */
#include "custom/read_structural.h"

#include "schema/given.h"

#include <stdlib.h>
#include <string.h>

/* The largest definitions that there are have some 30,000 schemas. */
#define SCHEMAS_MAX 200000

struct schema_reading {
	const struct reader *reader;
	struct custom_version *version;
	size_t nschemas;
};

static int read_schema(struct schema_reading *reading, const struct node *node,
    const struct structural **ret_schema);

static void *keep(struct schema_reading *reading, size_t size)
{
	return arena_alloc(reading->reader->arena, size);
}

static int refuse_kind(struct schema_reading *reading, const struct node *node,
    const char *name, const char *wanted)
{
	return reader_refuse(reading->reader, node, "%s must be %s, not %s",
	    name, wanted, reader_describe(reading->reader, node));
}

static int read_flag(struct schema_reading *reading, const struct node *node,
    const char *key, bool *ret_flag)
{
	const struct node *value = given(node, key);

	if (!value || node_to_bool(value, ret_flag))
		return 0;
	return refuse_kind(reading, value, key, "true or false");
}

static int read_text(struct schema_reading *reading, const struct node *node,
    const char *key, struct slice *ret_text)
{
	const struct node *value = given(node, key);
	struct slice text;

	if (!value)
		return 0;
	if (!node_to_text(value, &text))
		return refuse_kind(reading, value, key, "a string");
	*ret_text = slice_copy(reading->reader->arena, text);
	return 0;
}

static int read_number(struct schema_reading *reading, const struct node *node,
    const char *key, double *ret_number, bool *ret_given)
{
	const struct node *value = given(node, key);
	struct scalar scalar = {0};

	if (!value)
		return 0;
	if (value->kind == NODE_SCALAR)
		scalar = scalar_as_sent(value);
	if (scalar.type == SCALAR_INT)
		*ret_number = (double)scalar.integer;
	else if (scalar.type == SCALAR_DOUBLE)
		*ret_number = scalar.real;
	else
		return refuse_kind(reading, value, key, "a number");
	*ret_given = true;
	return 0;
}

static int read_counts(struct schema_reading *reading, const struct node *node,
    struct bounds *bounds, bool *ret_given)
{
	const struct {
		const char *key;
		int64_t *count;
	} rows[] = {
	    {"minLength", &bounds->least_length},
	    {"maxLength", &bounds->most_length},
	    {"minItems", &bounds->least_items},
	    {"maxItems", &bounds->most_items},
	    {"minProperties", &bounds->least_keys},
	    {"maxProperties", &bounds->most_keys},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct node *value = given(node, rows[i].key);

		*rows[i].count = -1;
		if (!value)
			continue;
		if (!node_to_int(value, rows[i].count) || *rows[i].count < 0)
			return refuse_kind(reading, value, rows[i].key,
			    "a whole number, 0 or more");
		*ret_given = true;
	}
	return 0;
}

static int read_bounds(struct schema_reading *reading, const struct node *node,
    struct structural *schema)
{
	struct bounds bounds = {0};
	bool is_given = false;
	struct bounds *kept;

	if (read_counts(reading, node, &bounds, &is_given) ||
	    read_number(
		reading, node, "minimum", &bounds.least, &bounds.has_least) ||
	    read_number(
		reading, node, "maximum", &bounds.most, &bounds.has_most) ||
	    read_number(reading, node, "multipleOf", &bounds.multiple,
		&bounds.has_multiple) ||
	    read_flag(
		reading, node, "exclusiveMinimum", &bounds.excludes_least) ||
	    read_flag(reading, node, "exclusiveMaximum", &bounds.excludes_most))
		return -1;
	if (!is_given && !bounds.has_least && !bounds.has_most &&
	    !bounds.has_multiple)
		return 0;
	kept = keep(reading, sizeof(*kept));
	*kept = bounds;
	schema->bounds = kept;
	return 0;
}

static int read_type(struct schema_reading *reading, const struct node *node,
    struct structural *schema)
{
	static const char *const names[] = {
	    "object", "array", "string", "integer", "number", "boolean"};
	const struct node *type = given(node, "type");
	bool int_or_string = false;

	if (read_flag(
		reading, node, "x-kubernetes-int-or-string", &int_or_string))
		return -1;
	if (int_or_string)
		schema->types = JSON_INTEGER | JSON_STRING;
	if (!type)
		return 0;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (slice_is(given_text(type), names[i])) {
			schema->types |= (uint8_t)(1u << i);
			return 0;
		}
	}
	return reader_refuse(reading->reader, type,
	    "type must be array, boolean, integer, number, object or string");
}

static int read_texts(struct schema_reading *reading, const struct node *node,
    const char *key, struct slice_list *ret_list)
{
	const struct node *list = given(node, key);
	struct slice *items;

	if (!list)
		return 0;
	if (list->kind != NODE_SEQUENCE)
		return refuse_kind(reading, list, key, "a list");
	items = arena_array(reading->reader->arena, list->n, sizeof(*items));
	for (uint32_t i = 0; i < list->n; i++) {
		if (!node_to_text(list->items[i], &items[i]))
			return refuse_kind(
			    reading, list->items[i], key, "a list of strings");
		items[i] = slice_copy(reading->reader->arena, items[i]);
	}
	*ret_list = (struct slice_list){items, list->n};
	return 0;
}

/* A copy that outlives its document.  Recursion ends where document_load()
 * limits depth, and the number of copies with that of schemas. */
static const struct node *copy_node(
    struct schema_reading *reading, const struct node *node)
{
	struct node *copy = keep(reading, sizeof(*copy));
	struct arena *arena = reading->reader->arena;

	reading->nschemas++;
	*copy = (struct node){.kind = node->kind,
	    .plain = node->plain,
	    .is_string = node->is_string,
	    .n = node->n};
	if (node->kind == NODE_SCALAR) {
		copy->text = slice_copy(arena, node->text);
	} else if (node->kind == NODE_SEQUENCE) {
		copy->items = arena_array(arena, node->n, sizeof(*copy->items));
		for (uint32_t i = 0; i < node->n; i++)
			copy->items[i] = copy_node(reading, node->items[i]);
	} else {
		copy->pairs = arena_array(arena, node->n, sizeof(*copy->pairs));
		for (uint32_t i = 0; i < node->n; i++)
			copy->pairs[i] = (struct pair){
			    copy_node(reading, node->pairs[i].key),
			    copy_node(reading, node->pairs[i].value)};
	}
	return copy;
}

static int read_enumeration(struct schema_reading *reading,
    const struct node *node, struct structural *schema)
{
	const struct node *list = given(node, "enum");
	const struct node **items;

	if (!list)
		return 0;
	if (list->kind != NODE_SEQUENCE)
		return refuse_kind(reading, list, "enum", "a list");
	items = arena_array(reading->reader->arena, list->n, sizeof(*items));
	for (uint32_t i = 0; i < list->n; i++)
		items[i] = copy_node(reading, list->items[i]);
	schema->enumeration = items;
	schema->nenumeration = list->n;
	return 0;
}

static int read_pattern(struct schema_reading *reading, const struct node *node,
    struct structural *schema)
{
	struct custom_version *version = reading->version;
	struct slice text = {0};
	struct pattern *pattern;

	if (read_text(reading, node, "pattern", &text))
		return -1;
	if (!text.len)
		return 0;
	pattern = keep(reading, sizeof(*pattern));
	*pattern = (struct pattern){
	    .text = text,
	    .line = given(node, "pattern")->span.line,
	    .next = version->patterns,
	};
	version->patterns = pattern;
	schema->pattern = pattern;
	return 0;
}

static int by_name(const void *left, const void *right)
{
	const struct property *a = left, *b = right;

	return slice_cmp(a->name, b->name);
}

const struct property *structural_find(
    const struct structural *schema, struct slice name)
{
	struct property key = {.name = name};

	return schema->nproperties
		   ? bsearch(&key, schema->properties, schema->nproperties,
			 sizeof(key), by_name)
		   : NULL;
}

const struct structural *structural_property(
    const struct structural *schema, struct slice name)
{
	const struct property *found = structural_find(schema, name);

	return found ? found->schema : NULL;
}

static int read_properties(struct schema_reading *reading,
    const struct node *node, struct structural *schema)
{
	const struct node *map = given(node, "properties");
	struct property *properties;

	if (!map)
		return 0;
	if (map->kind != NODE_MAPPING)
		return refuse_kind(reading, map, "properties", "a mapping");
	properties =
	    arena_array(reading->reader->arena, map->n, sizeof(*properties));
	for (uint32_t i = 0; i < map->n; i++) {
		properties[i].name = slice_copy(
		    reading->reader->arena, given_text(map->pairs[i].key));
		if (read_schema(
			reading, map->pairs[i].value, &properties[i].schema))
			return -1;
		schema->ndefaults += properties[i].schema->otherwise != NULL;
	}
	qsort(properties, map->n, sizeof(*properties), by_name);
	schema->properties = properties;
	schema->nproperties = map->n;
	return 0;
}

static int read_one(struct schema_reading *reading, const struct node *node,
    const char *key, const struct structural **ret_schema)
{
	const struct node *value = given(node, key);

	return value ? read_schema(reading, value, ret_schema) : 0;
}

/* true, false, or what the values are. */
static int read_additional(struct schema_reading *reading,
    const struct node *node, struct structural *schema)
{
	const struct node *value = given(node, "additionalProperties");

	if (!value || node_to_bool(value, &schema->takes_any_key))
		return 0;
	return read_schema(reading, value, &schema->additional);
}

static int read_several(struct schema_reading *reading, const struct node *node,
    const char *key, struct structural_list *ret_list)
{
	const struct node *list = given(node, key);
	const struct structural **items;

	if (!list)
		return 0;
	if (list->kind != NODE_SEQUENCE)
		return refuse_kind(reading, list, key, "a list of schemas");
	items = arena_array(reading->reader->arena, list->n, sizeof(*items));
	for (uint32_t i = 0; i < list->n; i++) {
		if (read_schema(reading, list->items[i], &items[i]))
			return -1;
	}
	*ret_list = (struct structural_list){items, list->n};
	return 0;
}

static int read_list_type(struct schema_reading *reading,
    const struct node *node, struct structural *schema)
{
	struct slice name = {0};

	if (read_text(reading, node, "x-kubernetes-list-type", &name) ||
	    read_texts(reading, node, "x-kubernetes-list-map-keys",
		&schema->list_keys))
		return -1;
	if (slice_is(name, "set"))
		schema->list_type = LIST_SET;
	else if (slice_is(name, "map") && schema->list_keys.n)
		schema->list_type = LIST_MAP;
	return 0;
}

static int read_validation(struct schema_reading *reading,
    const struct node *node, struct validation *validation)
{
	struct custom_version *version = reading->version;

	if (node->kind != NODE_MAPPING)
		return refuse_kind(reading, node,
		    "an item of x-kubernetes-validations", "a mapping");
	if (read_text(reading, node, "rule", &validation->rule) ||
	    read_text(reading, node, "message", &validation->message) ||
	    read_text(
		reading, node, "messageExpression", &validation->telling) ||
	    read_text(reading, node, "fieldPath", &validation->field_path) ||
	    read_flag(reading, node, "optionalOldSelf", &validation->asks_old))
		return -1;
	validation->line = node->span.line;
	if (given(node, "rule"))
		validation->line = given(node, "rule")->span.line;
	validation->next = version->validations;
	version->validations = validation;
	return 0;
}

static int read_validations(struct schema_reading *reading,
    const struct node *node, struct structural *schema)
{
	const struct node *list = given(node, "x-kubernetes-validations");

	if (!list)
		return 0;
	if (list->kind != NODE_SEQUENCE)
		return refuse_kind(
		    reading, list, "x-kubernetes-validations", "a list");
	schema->validations = arena_array(
	    reading->reader->arena, list->n, sizeof(*schema->validations));
	schema->nvalidations = list->n;
	for (uint32_t i = 0; i < list->n; i++) {
		if (read_validation(
			reading, list->items[i], &schema->validations[i]))
			return -1;
	}
	return 0;
}

static int read_format(struct schema_reading *reading, const struct node *node,
    struct structural *schema)
{
	struct slice name = {0};

	if (read_text(reading, node, "format", &name))
		return -1;
	schema->format = text_format_find(name);
	return 0;
}

static int read_own(struct schema_reading *reading, const struct node *node,
    struct structural *schema)
{
	const struct node *otherwise = given(node, "default");

	if (otherwise)
		schema->otherwise = copy_node(reading, otherwise);
	if (read_type(reading, node, schema) ||
	    read_flag(reading, node, "nullable", &schema->nullable) ||
	    read_flag(reading, node, "x-kubernetes-preserve-unknown-fields",
		&schema->preserves) ||
	    read_flag(reading, node, "x-kubernetes-embedded-resource",
		&schema->embedded) ||
	    read_texts(reading, node, "required", &schema->required) ||
	    read_enumeration(reading, node, schema) ||
	    read_bounds(reading, node, schema) ||
	    read_pattern(reading, node, schema) ||
	    read_format(reading, node, schema) ||
	    read_list_type(reading, node, schema))
		return -1;
	return 0;
}

static int read_inner(struct schema_reading *reading, const struct node *node,
    struct structural *schema)
{
	if (read_properties(reading, node, schema) ||
	    read_one(reading, node, "items", &schema->items) ||
	    read_additional(reading, node, schema) ||
	    read_several(reading, node, "allOf", &schema->all_of) ||
	    read_several(reading, node, "anyOf", &schema->any_of) ||
	    read_several(reading, node, "oneOf", &schema->one_of) ||
	    read_one(reading, node, "not", &schema->excluded) ||
	    read_validations(reading, node, schema))
		return -1;
	return 0;
}

/* Recursion ends where document_load() limits depth. */
static int read_schema(struct schema_reading *reading, const struct node *node,
    const struct structural **ret_schema)
{
	struct structural *schema = keep(reading, sizeof(*schema));

	*ret_schema = schema;
	if (node->kind != NODE_MAPPING)
		return refuse_kind(reading, node, "a schema", "a mapping");
	if (reading->nschemas++ > SCHEMAS_MAX)
		return reader_refuse(reading->reader, node,
		    "there are more than %d schemas before this one",
		    SCHEMAS_MAX);
	if (read_own(reading, node, schema) ||
	    read_inner(reading, node, schema))
		return -1;
	schema->only_required = schema->required.n && node->n == 1;
	return 0;
}

int structural_read(const struct reader *reader, struct custom_version *version,
    const struct node *node, const struct structural **ret_schema)
{
	struct schema_reading reading = {.reader = reader, .version = version};

	return read_schema(&reading, node, ret_schema);
}
