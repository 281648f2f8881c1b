/* Parameters of rules: read, shown to expressions as "params", changed by the
 * configuration, handed to the facts. */
#include "rule/params.h"
#include "fact/settings.h"

static bool param_get(const void *context, const void *self, size_t field,
    struct arena *arena, struct cel_value *ret_value)
{
	const struct params *params = self;

	(void)context;
	(void)arena;
	*ret_value = params->items[field].value;
	return true;
}

static struct place no_place(const void *self)
{
	(void)self;
	return (struct place){0};
}

static void spell_params(const void *self, struct buf *buf)
{
	(void)self;
	buf_add_text(buf, "the parameters");
}

/* A parameter is a scalar or a list of scalars. */
static bool is_plain_list(const struct node *node)
{
	for (size_t i = 0; i < node_length(node); i++) {
		if (node->items[i]->kind != NODE_SCALAR)
			return false;
	}
	return true;
}

static int read_value(const struct reader *reader, const struct node *node,
    struct cel_value *ret_value)
{
	if (node->kind == NODE_MAPPING || node_is_null(node) ||
	    !is_plain_list(node))
		return reader_refuse(reader, node,
		    "a parameter must be a number, text, true or false, or a "
		    "list of such, not %s",
		    reader_describe(reader, node));
	*ret_value = cel_from_node(reader->arena, reader->origin, node);
	return 0;
}

static int read_setting(
    const struct reader *reader, const struct node *node, struct param *param)
{
	const char *name;

	if (reader_text(reader, "the name of a setting", node, &name))
		return -1;
	param->sets = setting_find(slice_of(name));
	return param->sets
		   ? 0
		   : reader_refuse(reader, node,
			 "unknown setting '%s'; --list-facts lists all", name);
}

/* The value until the configuration has been read.  Words are none that an
 * expression could use. */
static void show_default(struct param *param)
{
	param->shows = true;
	if (!*param->meaning)
		param->meaning = param->sets->meaning;
	if (param->sets->nwords)
		param->value = (struct cel_value){.kind = CEL_STRING};
	else
		param->value = (struct cel_value){
		    .kind = CEL_INT, .integer = param->sets->number};
}

static int read_long_form(
    const struct reader *reader, const struct node *node, struct param *param)
{
	static const char *const names[] = {
	    "default", "meaning", "sets", "setting"};
	const struct node *value = node_get(node, "default");
	const struct node *meaning = node_get(node, "meaning");
	const struct node *sets = node_get(node, "sets");
	const struct node *setting = node_get(node, "setting");

	if (reader_check_keys(
		reader, "a parameter", node, names, COUNT_OF(names)))
		return -1;
	if (!value && !setting)
		return reader_refuse(
		    reader, node, "a parameter must have a 'default'");
	if (setting && (value || sets))
		return reader_refuse(reader, node,
		    "a parameter with 'setting' must have neither 'default' "
		    "nor 'sets'");
	if (setting && read_setting(reader, setting, param))
		return -1;
	if (meaning && reader_text(reader, "meaning", meaning, &param->meaning))
		return -1;
	if (setting) {
		show_default(param);
		return 0;
	}
	if (sets && read_setting(reader, sets, param))
		return -1;
	return read_value(reader, value, &param->value);
}

static int read_param(
    const struct reader *reader, const struct pair *pair, struct param *param)
{
	param->meaning = "";
	param->place = node_place(reader->origin, pair->value);
	if (reader_text(
		reader, "the name of a parameter", pair->key, &param->name))
		return -1;
	if (pair->value->kind == NODE_MAPPING)
		return read_long_form(reader, pair->value, param);
	return read_value(reader, pair->value, &param->value);
}

void params_bind(
    struct rule *rule, struct arena *arena, struct param *items, size_t n)
{
	struct params *params = &rule->params;
	struct cel_field *fields = arena_array(arena, n, sizeof(*fields));
	struct cel_class *class = arena_alloc(arena, sizeof(*class));

	params->items = items;
	params->n = n;
	for (size_t i = 0; i < params->n; i++)
		fields[i] = (struct cel_field){
		    .name = params->items[i].name,
		    .type = cel_type_of(params->items[i].value.kind),
		    .unit = "",
		    .meaning = params->items[i].meaning,
		};
	*class = (struct cel_class){
	    .name = "params",
	    .meaning = "the parameters of the rule",
	    .fields = fields,
	    .nfields = params->n,
	    .get = param_get,
	    .place = no_place,
	    .spell = spell_params,
	};
	params->class = class;
	scope_add_params(rule->scope, class, params);
}

/* The parameters as --explain shows them. */
static void describe(struct rule *rule, struct arena *arena)
{
	struct buf buf = {0};

	for (size_t i = 0; i < rule->params.n; i++) {
		const struct param *param = &rule->params.items[i];

		buf_printf(&buf, "%s = ", param->name);
		if (param->shows)
			buf_printf(&buf, "the setting %s", param->sets->name);
		else
			cel_print(param->value, &buf);
		buf_printf(&buf, "%s%s\n", *param->meaning ? ": " : "",
		    param->meaning);
	}
	rule->kind.params = slice_copy(arena, buf_slice(&buf)).ptr;
	buf_release(&buf);
}

int params_read(
    struct rule *rule, const struct reader *reader, const struct node *node)
{
	struct param *items;

	if (node->kind != NODE_MAPPING)
		return reader_refuse(reader, node,
		    "params must be a mapping of names to values, not %s",
		    reader_describe(reader, node));
	items = arena_array(reader->arena, node->n, sizeof(*items));
	for (uint32_t i = 0; i < node->n; i++) {
		if (read_param(reader, &node->pairs[i], &items[i]))
			return -1;
	}
	params_bind(rule, reader->arena, items, node->n);
	describe(rule, reader->arena);
	return 0;
}

static struct param *find(struct rule *rule, struct slice name)
{
	for (size_t i = 0; i < rule->params.n; i++) {
		if (slice_is(name, rule->params.items[i].name))
			return &rule->params.items[i];
	}
	return NULL;
}

static int refuse_name(const struct rule *rule, const struct reader *reader,
    const struct node *name)
{
	struct buf owner = {0};
	const char **names =
	    arena_array(reader->arena, rule->params.n, sizeof(*names));

	if (!rule->params.n)
		return reader_refuse(
		    reader, name, "rule '%s' has no parameters", rule->kind.id);
	for (size_t i = 0; i < rule->params.n; i++)
		names[i] = rule->params.items[i].name;
	buf_printf(&owner, "rule '%s'", rule->kind.id);
	reader_refuse_unknown(
	    reader, name, buf_text(&owner), names, rule->params.n);
	buf_release(&owner);
	return -1;
}

static int feed(
    const struct param *param, struct settings *settings, struct fault *fault)
{
	struct fault reason = {0};
	int result;

	if (param->value.kind == CEL_INT)
		result = settings_set_int(
		    settings, param->sets, param->value.integer, &reason);
	else
		result = settings_set_pattern(settings, param->sets,
		    param->value.kind == CEL_STRING ? param->value.text
						    : SLICE(""),
		    &reason);
	if (result)
		fault_at(fault, param->place.origin->name,
		    param->place.span.line, param->place.span.col, "%s",
		    fault_text(&reason));
	fault_release(&reason);
	return result;
}

static int refuse_type(const struct rule *rule, const struct reader *reader,
    const struct param *param, const struct node *value)
{
	struct buf wanted = {0};

	cel_type_spell(cel_type_of(param->value.kind), &wanted);
	reader_refuse(reader, value, "%s of rule '%s' must be of type %s",
	    param->name, rule->kind.id, buf_text(&wanted));
	buf_release(&wanted);
	return -1;
}

/* Whether the facts take the value. */
static int try_setting(const struct param *param, struct fault *fault)
{
	struct settings settings = {0};
	int result = param->sets ? feed(param, &settings, fault) : 0;

	settings_release(&settings);
	return result;
}

const struct setting *params_setting(const struct rule *rule, struct slice name)
{
	const struct param *param = find((struct rule *)(uintptr_t)rule, name);

	return param && param->shows ? param->sets : NULL;
}

int params_set(struct rule *rule, const struct reader *reader,
    const struct node *name, const struct node *value,
    struct settings *settings)
{
	struct param *param =
	    name->kind == NODE_SCALAR ? find(rule, name->text) : NULL;
	struct param changed;

	if (!param)
		return refuse_name(rule, reader, name);
	changed = *param;
	changed.place = node_place(reader->origin, value);
	if (read_value(reader, value, &changed.value))
		return -1;
	if (param->value.kind == CEL_DOUBLE && changed.value.kind == CEL_INT)
		changed.value = (struct cel_value){
		    .kind = CEL_DOUBLE, .real = (double)changed.value.integer};
	if (changed.value.kind != param->value.kind)
		return refuse_type(rule, reader, param, value);
	if (!settings)
		return try_setting(&changed, reader->fault);
	*param = changed;
	return param->sets ? feed(param, settings, reader->fault) : 0;
}

int ruleset_settings(const struct ruleset *ruleset, struct settings *settings,
    struct fault *fault)
{
	for (size_t i = 0; i < ruleset->n; i++) {
		const struct params *params = &ruleset->rules[i]->params;

		for (size_t j = 0; j < params->n; j++) {
			if (params->items[j].sets && !params->items[j].shows &&
			    feed(&params->items[j], settings, fault))
				return -1;
		}
	}
	return 0;
}

void ruleset_show_settings(
    struct ruleset *ruleset, const struct settings *settings)
{
	for (size_t i = 0; i < ruleset->n; i++) {
		struct params *params = &ruleset->rules[i]->params;

		for (size_t j = 0; j < params->n; j++) {
			struct param *param = &params->items[j];

			if (param->shows && !param->sets->nwords)
				param->value.integer =
				    settings_int(settings, param->sets);
		}
	}
}
