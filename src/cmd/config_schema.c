/*
 * The configuration file as a JSON Schema: each rule with its parameters, each
 * setting with its type, as this program has them with the rules of --rules.
 */
#include "cmd/config_schema.h"

#include "cmd/json_schema.h"
#include "contract/field.h"
#include "report/json_tree.h"
#include "rule/config.h"
#include "rule/config_suppressions.h"

#include <string.h>

/* A pattern, or words as rule/config_settings.h tells. */
static struct json *schema_of_words(const char *meaning)
{
	struct json *schema = schema_new(NULL, meaning);
	struct json *either = json_new_array();
	static const char *const types[] = {"string", "object", "array"};

	for (size_t i = 0; i < COUNT_OF(types); i++)
		json_push(either, json_new_text(slice_of(types[i])));
	json_set(schema, "type", either);
	return schema;
}

static struct json *schema_of_setting(
    const struct setting *setting, const char *meaning)
{
	struct json *schema;

	if (setting->nwords)
		return schema_of_words(meaning);
	schema = schema_new("integer", meaning);
	json_set_number(schema, "minimum", 0);
	return schema;
}

static struct json *schema_of_param(const struct param *param)
{
	static const char *const types[] = {
	    [CEL_BOOL] = "boolean",
	    [CEL_INT] = "integer",
	    [CEL_DOUBLE] = "number",
	    [CEL_STRING] = "string",
	    [CEL_LIST] = "array",
	};

	if (param->sets)
		return schema_of_setting(param->sets, param->meaning);
	return schema_new(types[param->value.kind], param->meaning);
}

/* Stands for the part of the schema at that place. */
static struct json *schema_ref(const char *place)
{
	struct json *schema = json_new_object();

	json_set_text(schema, "$ref", place);
	return schema;
}

static struct json *schema_of_params(const struct rule *rule)
{
	struct json *properties;
	struct json *schema = schema_mapping(NULL, &properties);

	for (size_t i = 0; rule && i < rule->params.n; i++)
		json_set(properties, rule->params.items[i].name,
		    schema_of_param(&rule->params.items[i]));
	return schema;
}

static struct json *schema_of_rule_setup(const struct rule *rule)
{
	struct json *properties;
	struct json *schema = schema_mapping(NULL, &properties);

	for (size_t i = 0; i < CONFIG_RULE_FIELDS; i++) {
		const char *name = config_rule_fields[i];

		if (!strcmp(name, "severity"))
			json_set(properties, name,
			    schema_ref("#/definitions/severity"));
		else if (!strcmp(name, "params"))
			json_set(properties, name, schema_of_params(rule));
		else if (!strcmp(name, "locked"))
			json_set(properties, name, schema_new("boolean", NULL));
		else
			BUG("what a configuration says of a rule has no "
			    "schema");
	}
	return schema;
}

/* NULL for a kind of the program's own. */
static const struct rule *rule_of(
    const struct ruleset *ruleset, const struct diag_kind *kind)
{
	for (size_t i = 0; i < ruleset->n; i++) {
		if (&ruleset->rules[i]->kind == kind)
			return ruleset->rules[i];
	}
	return NULL;
}

/* A severity alone, or a mapping. */
static struct json *schema_of_kind(
    const struct program *program, const struct diag_kind *kind)
{
	struct json *schema = schema_new(NULL, kind->title);
	struct json *either = json_new_array();

	json_push(either, schema_ref("#/definitions/severity"));
	json_push(
	    either, schema_of_rule_setup(rule_of(&program->ruleset, kind)));
	json_set(schema, "anyOf", either);
	return schema;
}

/* Ids that the rule had; a code is refused, so that the file says what it is
 * about. */
static void add_aliases(struct json *properties, const struct diag_kind *kind)
{
	struct buf place = {0};

	buf_printf(&place, "#/definitions/rules/properties/%s", kind->id);
	for (size_t i = 0; i < kind->naliases; i++) {
		if (kind->aliases[i][0] >= 'a')
			json_set(properties, kind->aliases[i],
			    schema_ref(buf_text(&place)));
	}
	buf_release(&place);
}

static struct json *schema_of_rules(const struct program *program)
{
	struct json *properties;
	struct json *schema = schema_mapping("rules by their ids", &properties);

	for (size_t i = 0; i < program->nkinds; i++) {
		const struct diag_kind *kind = program->kinds[i];

		json_set(properties, kind->id, schema_of_kind(program, kind));
		add_aliases(properties, kind);
	}
	return schema;
}

static struct json *schema_of_settings(const struct program *program)
{
	struct json *properties;
	struct json *schema = schema_mapping(
	    "what facts depend on besides the manifests", &properties);

	(void)program;
	for (size_t i = 0; i < nsetting_rows; i++)
		json_set(properties, setting_rows[i].name,
		    schema_of_setting(
			&setting_rows[i], setting_rows[i].meaning));
	return schema;
}

static struct json *schema_of_profiles(const struct program *program)
{
	struct json *schema =
	    schema_new("object", "what is otherwise for single profiles");
	struct json *properties, *one;

	(void)program;
	one = schema_mapping(NULL, &properties);
	for (size_t i = 0; i < CONFIG_PROFILE_FIELDS; i++) {
		bool rules = !strcmp(config_profile_fields[i], "rules");

		json_set(properties, config_profile_fields[i],
		    schema_ref(rules ? "#/definitions/rules"
				     : "#/definitions/settings"));
	}
	json_set(schema, "additionalProperties", one);
	return schema;
}

static struct json *schema_of_range(void)
{
	static const char *const bounds[] = {"min", "max"};
	static const char *const types[] = {"string", "number"};
	struct json *properties;
	struct json *schema = schema_mapping(NULL, &properties);

	for (size_t i = 0; i < COUNT_OF(bounds); i++) {
		struct json *bound =
		    schema_new(NULL, "a quantity such as 250m or 64Mi");
		struct json *list = json_new_array();

		for (size_t j = 0; j < COUNT_OF(types); j++)
			json_push(list, json_new_text(slice_of(types[j])));
		json_set(bound, "type", list);
		json_set(properties, bounds[i], bound);
	}
	return schema;
}

static struct json *schema_of_classes(const struct program *program)
{
	const struct contract_field *field =
	    profile_field(SLICE("expectedResourcesClass"));
	struct json *properties, *ranges;
	struct json *schema = schema_mapping(
	    "what the containers of a pod request together", &properties);

	(void)program;
	for (size_t i = 0; field->words[i]; i++) {
		struct json *class = schema_mapping(NULL, &ranges);

		json_set(ranges, "cpu", schema_of_range());
		json_set(ranges, "memory", schema_of_range());
		json_set(properties, field->words[i], class);
	}
	return schema;
}

static struct json *schema_of_suppressions(const struct program *program)
{
	struct json *properties;
	struct json *one = schema_mapping(NULL, &properties);

	(void)program;
	for (size_t i = 0; i < SUPPRESSION_FIELDS; i++) {
		struct json *text = schema_text(NULL);

		if (!strcmp(suppression_fields[i], "expires"))
			json_set_text(
			    text, "pattern", "^\\d{4}-\\d{2}-\\d{2}$");
		json_set(properties, suppression_fields[i], text);
	}
	schema_require(one, suppression_fields, 1);
	return schema_list("findings that are held back", one);
}

static struct json *schema_pointer(void)
{
	struct json *text = schema_text(NULL);

	json_set_text(text, "pattern", "^/");
	return text;
}

static struct json *schema_of_evidence(const struct program *program)
{
	static const char *const must[] = {"form", "when"};
	struct json *properties, *words = json_new_array();
	struct json *one = schema_mapping(NULL, &properties);
	struct json *form = schema_text(NULL);
	struct json *numbers = schema_new("object", NULL);

	(void)program;
	for (size_t i = 0; i < TEAM_FORMS; i++)
		json_push(words, json_new_text(slice_of(team_form_names[i])));
	json_set(form, "enum", words);
	json_set(properties, "form", form);
	for (size_t i = 0; i < TEAM_FIELDS; i++)
		json_set(properties, team_fields[i], schema_pointer());
	json_set(properties, "is", schema_text(NULL));
	json_set(properties, "pass", schema_list(NULL, schema_text(NULL)));
	json_set(numbers, "additionalProperties", schema_pointer());
	json_set(properties, "numbers", numbers);
	schema_require(one, must, COUNT_OF(must));
	return schema_list(
	    "where reports have what evidence is judged by", one);
}

static struct json *schema_of_address(const struct program *program)
{
	(void)program;
	return schema_text(NULL);
}

static const struct {
	const char *name;
	struct json *(*make)(const struct program *program);
} parts[] = {
    {"rules", schema_of_rules},
    {"profiles", schema_of_profiles},
    {"settings", schema_of_settings},
    {"resourceClasses", schema_of_classes},
    {"suppressions", schema_of_suppressions},
    {"evidence", schema_of_evidence},
    {"$schema", schema_of_address},
};

/* A field whose value is left out has none. */
static struct json *schema_of_part(const char *name)
{
	struct json *schema = json_new_object();
	struct json *either = json_new_array();
	struct buf place = {0};

	buf_printf(&place, "#/definitions/%s", name);
	json_push(either, schema_ref(buf_text(&place)));
	json_push(either, schema_new("null", NULL));
	json_set(schema, "anyOf", either);
	buf_release(&place);
	return schema;
}

struct json *schema_of_configuration(const struct program *program)
{
	struct json *properties, *definitions = json_new_object();
	struct json *schema =
	    schema_mapping("a configuration of rolloutlint", &properties);

	_Static_assert(
	    COUNT_OF(parts) == CONFIG_FIELDS, "each field has a schema");
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		if (strcmp(parts[i].name, config_fields[i]) != 0)
			BUG("a field of the configuration has no schema");
		json_set(definitions, parts[i].name, parts[i].make(program));
		json_set(
		    properties, parts[i].name, schema_of_part(parts[i].name));
	}
	json_set(definitions, "severity", schema_severity(NULL));
	json_set(schema, "definitions", definitions);
	return schema;
}
