/*
 * The pieces of JSON Schemas, each with what it is for.
 */
#include "cmd/json_schema.h"

#include "report/json_tree.h"

struct json *schema_new(const char *type, const char *meaning)
{
	struct json *schema = json_new_object();

	if (type)
		json_set_text(schema, "type", type);
	if (meaning && *meaning)
		json_set_text(schema, "description", meaning);
	return schema;
}

struct json *schema_text(const char *meaning)
{
	struct json *schema = schema_new("string", meaning);

	json_set_number(schema, "minLength", 1);
	return schema;
}

struct json *schema_mapping(const char *meaning, struct json **ret_properties)
{
	struct json *schema = schema_new("object", meaning);

	*ret_properties = json_new_object();
	json_set_bool(schema, "additionalProperties", false);
	json_set(schema, "properties", *ret_properties);
	return schema;
}

struct json *schema_list(const char *meaning, struct json *items)
{
	struct json *schema = schema_new("array", meaning);

	json_set(schema, "items", items);
	return schema;
}

void schema_require(struct json *schema, const char *const *names, size_t n)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < n; i++)
		json_push(list, json_new_text(slice_of(names[i])));
	json_set(schema, "required", list);
}

void schema_set_words(struct json *schema, const char *const *words)
{
	struct json *list = json_new_array();

	for (; *words; words++)
		json_push(list, json_new_text(slice_of(*words)));
	json_set(schema, "enum", list);
}

struct json *schema_severity(const char *meaning)
{
	static const char *const words[] = {
	    "error", "warning", "note", "off", NULL};
	struct json *schema = schema_new(NULL, meaning);
	struct json *either = json_new_array();
	struct json *word = schema_new("string", NULL);
	struct json *off = schema_new("boolean", NULL);

	schema_set_words(word, words);
	json_set_bool(off, "const", false);
	json_push(either, word);
	json_push(either, off);
	json_set(schema, "anyOf", either);
	return schema;
}
