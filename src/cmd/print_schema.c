/*
 * The tables by which contracts, matrices and rules are read, as JSON Schemas:
 * what an editor says of a file is what the program says, as far as a schema
 * can.
 */
#include "cmd/print_schema.h"

#include "cmd/config_schema.h"
#include "cmd/json_schema.h"
#include "cmd/outcome.h"
#include "contract/field.h"
#include "report/json_tree.h"

#include <string.h>

#define DIALECT "http://json-schema.org/draft-07/schema#"

static struct json *schema_of_record(
    const struct record *record, const char *meaning);

static struct json *schema_of_int(const struct contract_field *field)
{
	struct json *schema = schema_new("integer", field->meaning);

	json_set_number(schema, "minimum", (size_t)field->least);
	json_set_number(schema, "maximum", (size_t)field->most);
	return schema;
}

static struct json *schema_of_field(const struct contract_field *field)
{
	struct json *schema;

	switch (field->kind) {
	case FIELD_BOOL: return schema_new("boolean", field->meaning);
	case FIELD_INT: return schema_of_int(field);
	case FIELD_LIST: return schema_list(field->meaning, schema_text(NULL));
	case FIELD_RECORD:
		return schema_of_record(field->record, field->meaning);
	case FIELD_WORD:
	case FIELD_NAME:
	case FIELD_PATH: break;
	}
	schema = schema_text(field->meaning);
	if (field->words)
		schema_set_words(schema, field->words);
	if (field->kind == FIELD_NAME)
		json_set_text(schema, "pattern", "^[a-z0-9-]+$");
	if (field->kind == FIELD_PATH)
		json_set_text(schema, "pattern",
		    "^(?!/)(?!(.*/)?\\.\\.(/|$))(?!(.*/)?\\.?$).+$");
	return schema;
}

/* The same, or null. */
static struct json *schema_or_null(struct json *schema)
{
	struct json *either = json_new_array();
	struct json *both = json_new_object();

	json_push(either, schema);
	json_push(either, schema_new("null", NULL));
	json_set(both, "anyOf", either);
	return both;
}

static void require_fields(struct json *schema, const struct record *record)
{
	struct arena arena = {0};
	const char **names = arena_array(&arena, record->n, sizeof(*names));
	size_t n = 0;

	for (size_t i = 0; i < record->n; i++) {
		if (!record->fields[i].optional)
			names[n++] = record->fields[i].name;
	}
	if (n)
		schema_require(schema, names, n);
	arena_release(&arena);
}

/* Recursion is that of the tables. */
static struct json *schema_of_record(
    const struct record *record, const char *meaning)
{
	struct json *properties;
	struct json *schema = schema_mapping(meaning, &properties);

	for (size_t i = 0; i < record->n; i++) {
		struct json *field = schema_of_field(&record->fields[i]);

		json_set(properties, record->fields[i].name,
		    record->takes_null ? schema_or_null(field) : field);
	}
	require_fields(schema, record);
	return schema;
}

/* A list of such records that is not empty. */
static struct json *schema_of_records(const struct record *record)
{
	struct json *schema = schema_list(NULL, schema_of_record(record, NULL));

	json_set_number(schema, "minItems", 1);
	return schema;
}

static struct json *schema_of_contract(const struct program *program)
{
	struct json *properties, *version = schema_new("integer", NULL);
	struct json *schema = schema_mapping(
	    "a rollout safety contract of rolloutlint", &properties);

	(void)program;
	json_set_number(version, "const", 1);
	json_set(properties, "schema_version", version);
	json_set(properties, "profiles", schema_of_records(&profile_record));
	json_set(properties, "$schema", schema_text(NULL));
	schema_require(schema, contract_root_fields, CONTRACT_ROOT_FIELDS - 1);
	return schema;
}

static struct json *schema_of_matrix(const struct program *program)
{
	struct json *properties, *version = schema_new("integer", NULL);
	struct json *schema =
	    schema_mapping("an install matrix of rolloutlint", &properties);

	(void)program;
	json_set_number(version, "minimum", 1);
	json_set(properties, "schema_version", version);
	json_set(
	    properties, "profiles", schema_of_records(&matrix_profile_record));
	json_set(properties, "scenarios",
	    schema_of_records(&matrix_scenario_record));
	json_set(properties, "$schema", schema_text(NULL));
	schema_require(schema, matrix_fields, MATRIX_FIELDS - 1);
	return schema;
}

/* true and 1 are expressions as "true" and "1" are. */
static struct json *schema_of_expression(const char *meaning)
{
	static const char *const types[] = {"string", "boolean", "number"};
	struct json *schema = schema_new(NULL, meaning);
	struct json *list = json_new_array();

	for (size_t i = 0; i < COUNT_OF(types); i++)
		json_push(list, json_new_text(slice_of(types[i])));
	json_set(schema, "type", list);
	return schema;
}

static struct json *schema_of_conditions(const char *meaning)
{
	struct json *properties;
	struct json *schema = schema_mapping(meaning, &properties);

	for (int i = 0; i < SEVERITY_MAX; i++)
		json_set(properties, severity_name((enum severity)i),
		    schema_of_expression(NULL));
	return schema;
}

static struct json *schema_of_rule_field(const struct rule_field *field)
{
	struct json *schema;

	switch (field->shape) {
	case RULE_NAME:
		schema = schema_text(field->meaning);
		json_set_text(schema, "pattern", "^[a-z][a-z0-9-]*$");
		return schema;
	case RULE_TEXT: return schema_text(field->meaning);
	case RULE_TEXTS: return schema_list(field->meaning, schema_text(NULL));
	case RULE_FLAG: return schema_new("boolean", field->meaning);
	case RULE_SEVERITY: return schema_severity(field->meaning);
	case RULE_EXPRESSION: return schema_of_expression(field->meaning);
	case RULE_CONDITIONS: return schema_of_conditions(field->meaning);
	case RULE_LIST:
		return schema_list(field->meaning, schema_new("object", NULL));
	case RULE_MAPPING: return schema_new("object", field->meaning);
	case RULE_ANY: return schema_new(NULL, field->meaning);
	}
	BUG("a field of a rule of no shape");
}

static struct json *schema_of_rule(const struct program *program)
{
	struct arena arena = {0};
	struct json *properties;
	struct json *schema =
	    schema_mapping("a rule of rolloutlint", &properties);
	const struct rule_field *field;
	const char **names;
	size_t n = 0, nrequired = 0;

	(void)program;
	while (rule_field_at(n))
		n++;
	names = arena_array(&arena, n, sizeof(*names));
	for (size_t i = 0; (field = rule_field_at(i)); i++) {
		json_set(properties, field->name, schema_of_rule_field(field));
		if (field->required)
			names[nrequired++] = field->name;
	}
	schema_require(schema, names, nrequired);
	arena_release(&arena);
	return schema;
}

static const struct {
	const char *name;
	struct json *(*make)(const struct program *program);
} schemas[] = {
    {"contract", schema_of_contract},
    {"configuration", schema_of_configuration},
    {"rule", schema_of_rule},
    {"matrix", schema_of_matrix},
};

const char *schema_name(size_t i)
{
	return i < COUNT_OF(schemas) ? schemas[i].name : NULL;
}

static int refuse_name(struct program *program)
{
	struct buf names = {0};

	for (size_t i = 0; i < COUNT_OF(schemas); i++)
		buf_printf(&names, "%s%s", i ? ", " : "", schemas[i].name);
	fault_set(&program->fault, "--print-schema: unknown '%s'; known: %s",
	    program->options.schema, buf_text(&names));
	buf_release(&names);
	return trouble(program);
}

int print_schema(struct program *program)
{
	const char *name = program->options.schema;
	struct json *schema;
	struct buf text = {0};

	for (size_t i = 0; i < COUNT_OF(schemas); i++) {
		if (strcmp(name, schemas[i].name) != 0)
			continue;
		schema = schemas[i].make(program);
		json_set_text(schema, "$schema", DIALECT);
		json_print(schema, &text);
		json_free(schema);
		return print(program, &text, STATUS_CLEAN);
	}
	return refuse_name(program);
}
