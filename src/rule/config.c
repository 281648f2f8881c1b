/* The configuration file applied: its general part first, then the profile's.
 */
#include "rule/config.h"

#include "base/nearest.h"
#include "doc/file.h"
#include "rule/classes.h"
#include "rule/config_settings.h"
#include "rule/config_suppressions.h"
#include "rule/params.h"

const char *const config_fields[CONFIG_FIELDS] = {"rules", "profiles",
    "settings", "resourceClasses", "suppressions", "evidence", "$schema"};
const char *const config_rule_fields[CONFIG_RULE_FIELDS] = {
    "severity", "params", "locked"};
const char *const config_profile_fields[CONFIG_PROFILE_FIELDS] = {
    "rules", "settings"};

struct configuring {
	struct reader reader;
	struct ruleset *ruleset;
	struct settings *settings;
	struct buf *remarks;
	struct levels *levels;
	const struct diag_kind *const *kinds;
	size_t nkinds;
	const struct contract *contract; /* or NULL */
	bool applies; /* false: only checked, it is for another profile */
};

/* What somebody may have meant: the rule of that code, or one called nearly
 * so; or NULL. */
static const char *meant(
    const struct configuring *configuring, struct slice name)
{
	const char **names = arena_array(
	    configuring->reader.arena, configuring->nkinds, sizeof(*names));

	for (size_t i = 0; i < configuring->nkinds; i++) {
		names[i] = configuring->kinds[i]->id;
		if (slice_is(name, configuring->kinds[i]->code))
			return names[i];
	}
	return nearest(name, names, configuring->nkinds);
}

static int refuse_rule(
    const struct configuring *configuring, const struct node *key)
{
	const struct reader *reader = &configuring->reader;
	const char *near = meant(configuring, key->text);

	if (near)
		return reader_refuse(reader, key,
		    "unknown rule %s; did you mean '%s'?",
		    reader_quote(reader, key->text), near);
	return reader_refuse(reader, key,
	    "unknown rule %s; --list-rules lists all",
	    reader_quote(reader, key->text));
}

/* The rule of that id or alias; a code is refused, so that the file says what
 * it is about. */
static const struct diag_kind *find_kind(
    const struct configuring *configuring, const struct node *key)
{
	const struct diag_kind *kind =
	    kind_find(configuring->kinds, configuring->nkinds, key->text);

	return kind && !slice_is(key->text, kind->code) ? kind : NULL;
}

static int apply_severity(const struct configuring *configuring,
    struct slice name, const struct node *node)
{
	enum severity severity;

	/* A bare off is a boolean in YAML 1.1, and meant as the word here. */
	if (node->kind != NODE_SCALAR || !severity_parse(node->text, &severity))
		return reader_refuse(&configuring->reader, node,
		    "the severity of a rule must be error, warning, note or "
		    "off, not %s",
		    reader_describe(&configuring->reader, node));
	for (size_t i = 0; configuring->applies && i < configuring->nkinds;
	     i++) {
		/* A name that several rules had sets them all. */
		if (kind_is_called(configuring->kinds[i], name))
			levels_set(configuring->levels, configuring->kinds[i],
			    severity);
	}
	return 0;
}

static void remark_setting(const struct configuring *configuring,
    const struct rule *rule, const struct node *name)
{
	const struct setting *setting = params_setting(rule, name->text);

	if (setting && configuring->applies)
		buf_printf(configuring->remarks,
		    "rolloutlint: note: %s:%u:%u: '%.*s' of rule '%s' is now "
		    "the setting '%s': move it to settings\n",
		    configuring->reader.origin->name, name->span.line,
		    name->span.col, SLICE_ARGS(name->text), rule->kind.id,
		    setting->name);
}

static int apply_params(const struct configuring *configuring,
    const struct diag_kind *kind, const struct node *node)
{
	struct rule *rule =
	    ruleset_find(configuring->ruleset, slice_of(kind->id));
	int result = 0;

	if (node->kind != NODE_MAPPING)
		return reader_refuse(&configuring->reader, node,
		    "params must be a mapping of names to values, not %s",
		    reader_describe(&configuring->reader, node));
	for (uint32_t i = 0; i < node->n; i++) {
		const struct pair *pair = &node->pairs[i];

		if (!rule)
			return reader_refuse(&configuring->reader, pair->key,
			    "rule '%s' has no parameters", kind->id);
		if (params_set(rule, &configuring->reader, pair->key,
			pair->value,
			configuring->applies ? configuring->settings : NULL))
			result = -1;
		else
			remark_setting(configuring, rule, pair->key);
	}
	return result;
}

static int apply_lock(const struct configuring *configuring,
    const struct diag_kind *kind, const struct node *node)
{
	struct rule *rule =
	    ruleset_find(configuring->ruleset, slice_of(kind->id));
	bool locked;

	if (!node_to_bool(node, &locked))
		return reader_refuse(&configuring->reader, node,
		    "locked must be true or false, not %s",
		    reader_describe(&configuring->reader, node));
	if (!rule)
		return reader_refuse(&configuring->reader, node,
		    "'%s' is built into the program: whether it is locked "
		    "cannot be set",
		    kind->id);
	if (configuring->applies)
		rule->kind.locked = locked;
	return 0;
}

static int apply_rule(
    const struct configuring *configuring, const struct pair *pair)
{
	const struct diag_kind *kind = find_kind(configuring, pair->key);
	const struct node *severity, *params, *locked;
	int result;

	if (!kind)
		return refuse_rule(configuring, pair->key);
	if (pair->value->kind == NODE_SCALAR)
		return apply_severity(
		    configuring, pair->key->text, pair->value);
	result = reader_check_keys(&configuring->reader,
	    "the configuration of a rule", pair->value, config_rule_fields,
	    CONFIG_RULE_FIELDS);
	severity = node_get(pair->value, "severity");
	params = node_get(pair->value, "params");
	locked = node_get(pair->value, "locked");
	if (locked)
		result |= apply_lock(configuring, kind, locked);
	if (severity)
		result |=
		    apply_severity(configuring, pair->key->text, severity);
	if (params)
		result |= apply_params(configuring, kind, params);
	return result;
}

static int apply_rules(
    const struct configuring *configuring, const struct node *rules)
{
	int result = 0;

	if (node_is_null(rules))
		return 0;
	if (rules->kind != NODE_MAPPING)
		return reader_refuse(&configuring->reader, rules,
		    "rules must be a mapping of rules to their settings, not "
		    "%s",
		    reader_describe(&configuring->reader, rules));
	for (uint32_t i = 0; i < rules->n; i++)
		result |= apply_rule(configuring, &rules->pairs[i]);
	return result;
}

/* One file may serve several contracts: a profile that this one does not have
 * is for another, unless it is spelled nearly as one that is not set here. */
static int check_profile(const struct configuring *configuring,
    const struct node *profiles, const struct node *key)
{
	const struct contract *contract = configuring->contract;
	const struct reader *reader = &configuring->reader;
	const char **names;
	const char *near;

	if (!contract)
		return 0;
	names = arena_array(reader->arena, contract->nprofiles, sizeof(*names));
	for (size_t i = 0; i < contract->nprofiles; i++) {
		names[i] = contract->profiles[i].id.text;
		if (slice_is(key->text, names[i]))
			return 0;
	}
	near = nearest(key->text, names, contract->nprofiles);
	if (!near || node_get(profiles, near))
		return 0;
	return reader_refuse(reader, key,
	    "the contract has no profile %s; did you mean '%s'?",
	    reader_quote(reader, key->text), near);
}

/* The settings of the file or of one of its profiles. */
static int apply_settings(
    const struct configuring *configuring, const struct node *owner)
{
	return config_settings_read(&configuring->reader,
	    node_get(owner, "settings"),
	    configuring->applies ? configuring->settings : NULL);
}

static int apply_profiles(struct configuring *configuring,
    const struct node *profiles, const char *profile)
{
	int result = 0;

	if (node_is_null(profiles))
		return 0;
	if (profiles->kind != NODE_MAPPING)
		return reader_refuse(&configuring->reader, profiles,
		    "profiles must be a mapping of profiles to their rules, "
		    "not %s",
		    reader_describe(&configuring->reader, profiles));
	for (uint32_t i = 0; i < profiles->n; i++) {
		const struct pair *pair = &profiles->pairs[i];

		configuring->applies = slice_is(pair->key->text, profile);
		result |= check_profile(configuring, profiles, pair->key);
		result |= reader_check_keys(&configuring->reader, "a profile",
		    pair->value, config_profile_fields, CONFIG_PROFILE_FIELDS);
		result |=
		    apply_rules(configuring, node_get(pair->value, "rules"));
		result |= apply_settings(configuring, pair->value);
	}
	return result;
}

int config_apply(const struct origin *origin, const char *profile,
    const struct configured *configured, struct fault *fault)
{
	struct arena *arena = &configured->ruleset->arena;
	struct configuring configuring = {
	    .reader = {origin, arena, fault},
	    .ruleset = configured->ruleset,
	    .settings = configured->settings,
	    .remarks = configured->remarks,
	    .levels = configured->levels,
	    .kinds = configured->kinds,
	    .nkinds = configured->nkinds,
	    .contract = configured->contract,
	    .applies = true,
	};
	const struct node *root;
	int result;

	if (file_load(origin, "configuration", arena, &root, fault))
		return -1;
	result = reader_check_keys(&configuring.reader, "the configuration",
	    root, config_fields, CONFIG_FIELDS);
	result |= apply_rules(&configuring, node_get(root, "rules"));
	result |= apply_settings(&configuring, root);
	result |= classes_read(&configuring.reader,
	    node_get(root, "resourceClasses"), configured->settings);
	result |= config_suppressions_read(&configuring.reader,
	    node_get(root, "suppressions"), configured->suppressions);
	result |= team_forms_read(&configuring.reader,
	    node_get(root, "evidence"), configured->forms);
	return result | apply_profiles(
			    &configuring, node_get(root, "profiles"), profile);
}
