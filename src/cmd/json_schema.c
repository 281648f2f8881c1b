/*
 * The pieces of JSON Schemas, each with what it is for.
 */
#include "cmd/json_schema.h"

#include "report/jsonc.h"

struct json_object *schema_new(const char *type, const char *meaning)
{
	struct json_object *schema = json_new_object();

	if (type)
		json_set_text(schema, "type", type);
	if (meaning && *meaning)
		json_set_text(schema, "description", meaning);
	return schema;
}

struct json_object *schema_text(const char *meaning)
{
	struct json_object *schema = schema_new("string", meaning);

	json_set_number(schema, "minLength", 1);
	return schema;
}

struct json_object *schema_mapping(
    const char *meaning, struct json_object **ret_properties)
{
	struct json_object *schema = schema_new("object", meaning);

	*ret_properties = json_new_object();
	json_set_bool(schema, "additionalProperties", false);
	json_set(schema, "properties", *ret_properties);
	return schema;
}

struct json_object *schema_list(const char *meaning, struct json_object *items)
{
	struct json_object *schema = schema_new("array", meaning);

	json_set(schema, "items", items);
	return schema;
}

void schema_require(
    struct json_object *schema, const char *const *names, size_t n)
{
	struct json_object *list = json_new_array();

	for (size_t i = 0; i < n; i++)
		json_push(list, json_new_text(slice_of(names[i])));
	json_set(schema, "required", list);
}

void schema_set_words(struct json_object *schema, const char *const *words)
{
	struct json_object *list = json_new_array();

	for (; *words; words++)
		json_push(list, json_new_text(slice_of(*words)));
	json_set(schema, "enum", list);
}

struct json_object *schema_severity(const char *meaning)
{
	static const char *const words[] = {
	    "error", "warning", "note", "off", NULL};
	struct json_object *schema = schema_new(NULL, meaning);
	struct json_object *either = json_new_array();
	struct json_object *word = schema_new("string", NULL);
	struct json_object *off = schema_new("boolean", NULL);

	schema_set_words(word, words);
	json_set_bool(off, "const", false);
	json_push(either, word);
	json_push(either, off);
	json_set(schema, "anyOf", either);
	return schema;
}
