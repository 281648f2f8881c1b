/*
 * Profiles into a contract, an install matrix and a configuration to begin
 * with.  They ask for little and say what could be asked for; their comments
 * are made of the tables that the files are read by.
 */
#include "cmd/starter.h"

#include "base/json_quote.h"
#include "contract/field.h"

#include <string.h>

/* The suite that all profiles begin with. */
#define SUITE "release"

enum { COMMENT_COLUMNS = 74 };

/* Words of a profile's name that say what it is for. */
static const char *const prod_words[] = {"prod", "live", "perf"};
static const char *const dev_words[] = {
    "dev", "test", "ci", "kind", "local", "minikube", "sandbox", "example"};

static void add_schema(struct buf *buf, const char *name)
{
	buf_printf(buf,
	    "# yaml-language-server: $schema=" SCHEMADIR "/%s.json\n", name);
}

/* What YAML takes for a text without quotes, whatever it is made of. */
static bool is_plain(const char *text)
{
	static const char *const words[] = {
	    "true", "false", "yes", "no", "on", "off", "null", "y", "n"};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (!strcasecmp(text, words[i]))
			return false;
	}
	return strchr("abcdefghijklmnopqrstuvwxyz", *text | 0x20) && *text &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"
			    "XYZ0123456789_./-") == strlen(text);
}

static void add_text(struct buf *buf, const char *text)
{
	if (is_plain(text))
		buf_add_text(buf, text);
	else
		json_quote(buf, slice_of(text));
}

/* Whether one of the words begins at a letter of the name that follows none. */
static bool has_word(const char *name, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *at = strcasestr(name, words[i]);

		if (at && (at == name || !((at[-1] | 0x20) >= 'a' &&
					     (at[-1] | 0x20) <= 'z')))
			return true;
	}
	return false;
}

static void add_guess(struct buf *buf, const char *id)
{
	bool prod = has_word(id, prod_words, COUNT_OF(prod_words));
	bool dev = has_word(id, dev_words, COUNT_OF(dev_words));

	if (prod != dev)
		buf_printf(buf, "    prod_like: %s  # guessed from the name\n",
		    prod ? "true" : "false");
}

/* A sentence as lines of a comment. */
static void add_comment(struct buf *buf, const char *indent, const char *text)
{
	size_t column = COMMENT_COLUMNS;

	while (*text) {
		size_t len = strcspn(text, " ");

		if (column + len > COMMENT_COLUMNS) {
			buf_printf(buf, "\n%s##", indent);
			column = strlen(indent);
		}
		buf_printf(buf, " %.*s", (int)len, text);
		column += len + 1;
		text += len + (text[len] == ' ');
	}
	buf_add_char(buf, '\n');
}

/* Whether the starter writes the field itself, or it is for experts. */
static bool is_shown(const struct contract_field *field)
{
	static const char *const others[] = {
	    "id", "name", "suite", "values_file", "prod_like"};

	for (size_t i = 0; i < COUNT_OF(others); i++) {
		if (!strcmp(field->name, others[i]))
			return false;
	}
	return true;
}

/* What the chart does today, where that can be told. */
static const char *hint_of(
    const struct chart_hints *hints, const struct contract_field *field)
{
	if (!strcmp(field->name, "rollout_mode") && hints->has_rollout)
		return "rollout";
	if (!strcmp(field->name, "hpaPolicyRequired") && hints->has_autoscaler)
		return "enabled";
	if (!strcmp(field->name, "requiredToggles"))
		return hints->toggles;
	return NULL;
}

static const char *example_of(
    const struct chart_hints *hints, const struct contract_field *field)
{
	const char *hint = hint_of(hints, field);

	if (hint)
		return hint;
	if (field->example)
		return field->example;
	return field->words ? field->words[0] : "true";
}

/* Every field of the record with its meaning, to be taken out of its comment.
 */
static void add_fields(struct buf *buf, const struct chart_hints *hints,
    const struct record *record, const char *indent)
{
	for (size_t i = 0; i < record->n; i++) {
		const struct contract_field *field = &record->fields[i];

		if (!is_shown(field))
			continue;
		add_comment(buf, indent, field->meaning);
		if (field->kind == FIELD_RECORD) {
			buf_printf(buf, "%s# %s:\n", indent, field->name);
			add_fields(buf, hints, field->record, "      ");
		} else {
			buf_printf(buf, "%s# %s: %s\n", indent, field->name,
			    example_of(hints, field));
		}
	}
}

static void add_profile(struct buf *buf, const struct starter_profile *profile)
{
	buf_add_text(buf, "  - id: ");
	add_text(buf, profile->id);
	buf_add_text(buf, "\n    suite: " SUITE "\n");
	if (profile->values) {
		buf_add_text(buf, "    values_file: ");
		add_text(buf, profile->values);
		buf_add_char(buf, '\n');
	}
	add_guess(buf, profile->id);
}

void starter_contract(const struct starter *starter, struct buf *buf)
{
	add_schema(buf, "contract");
	buf_add_text(buf,
	    "#\n"
	    "# The rollout safety contract: what a release must hold to, for "
	    "each way this\n"
	    "# chart is installed.  Only an id must be there; what is left out "
	    "asks for\n"
	    "# nothing.  In the first profile is all that can be asked for: "
	    "take the # off a\n"
	    "# line to ask.  rolloutlint-contract(5) says more.\n"
	    "schema_version: 1\n"
	    "profiles:\n");
	for (size_t i = 0; i < starter->n; i++) {
		if (i)
			buf_add_char(buf, '\n');
		add_profile(buf, &starter->profiles[i]);
		if (!i)
			add_fields(
			    buf, &starter->hints, &profile_record, "    ");
	}
}

static void add_scenario(struct buf *buf, const char *kind,
    const struct starter_profile *profile, const char *from, const char *to)
{
	struct buf name = {0};

	buf_printf(&name, "%s-%s", kind, profile->id);
	buf_add_text(buf, "  - name: ");
	add_text(buf, buf_text(&name));
	buf_printf(buf, "\n    kind: %s\n    profile: ", kind);
	add_text(buf, profile->id);
	buf_add_text(buf, "\n    suite: " SUITE "\n");
	if (from)
		buf_printf(buf, "    baseline_ref: %s\n    target_ref: %s\n",
		    from, to);
	buf_release(&name);
}

void starter_matrix(const struct starter *starter, struct buf *buf)
{
	add_schema(buf, "matrix");
	buf_add_text(buf,
	    "#\n"
	    "# The install matrix: which suite installs, upgrades and rolls "
	    "back each profile,\n"
	    "# and from what to what.  --matrix holds it against the "
	    "contract.\n"
	    "schema_version: 1\n"
	    "profiles:\n");
	for (size_t i = 0; i < starter->n; i++) {
		const struct starter_profile *profile = &starter->profiles[i];

		buf_add_text(buf, "  - name: ");
		add_text(buf, profile->id);
		buf_add_text(buf, "\n    values_file: ");
		add_text(
		    buf, profile->values ? profile->values : "values.yaml");
		if (!profile->values)
			buf_add_text(buf, "  # none was found");
		buf_add_text(buf, "\n    suite: " SUITE "\n");
	}
	buf_add_text(buf, "scenarios:\n");
	for (size_t i = 0; i < starter->n; i++) {
		const struct starter_profile *profile = &starter->profiles[i];

		add_scenario(buf, "install", profile, NULL, NULL);
		add_scenario(buf, "upgrade", profile, "previous", "next");
		add_scenario(buf, "rollback", profile, "next", "previous");
	}
}

void starter_configuration(const struct starter *starter, struct buf *buf)
{
	add_schema(buf, "configuration");
	buf_add_text(buf,
	    "#\n"
	    "# Levels and parameters of rules, for every profile and for "
	    "single ones.  Without\n"
	    "# this file all is as `rolloutlint --list-rules` shows it; "
	    "rolloutlint(1), FILES.\n"
	    "rules:\n");
	buf_printf(buf, "  # %s: off\n  # %s: {severity: error}\n",
	    starter->rules[0], starter->rules[1]);
	buf_add_text(buf, "profiles:\n  # ");
	add_text(buf, starter->profiles[0].id);
	buf_printf(buf, ": {rules: {%s: error}}\n", starter->rules[0]);
	buf_add_text(buf,
	    "resourceClasses:\n"
	    "  # small: {cpu: {max: 500m}, memory: {min: 64Mi, max: 1Gi}}\n");
	buf_printf(buf,
	    "suppressions:\n"
	    "  # - {rule: %s, kind: Deployment, name: web, reason: see ...}\n",
	    starter->rules[0]);
}
