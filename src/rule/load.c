/*
 * Rule files into rules: one table of fields, read in its order, so that what
 * a rule is on is known before its expressions are compiled.
 */
#include "rule/expression.h"
#include "rule/fixit.h"

#include "doc/reader.h"

#include <stdlib.h>
#include <string.h>

struct loading {
	struct ruleset *ruleset;
	struct rule *rule;
	struct reader reader;
};

static int read_text(const struct loading *loading, const char *name,
    const struct node *node, const char **ret_text)
{
	return reader_text(&loading->reader, name, node, ret_text);
}

static int read_expression(const struct loading *loading, const char *name,
    const struct node *node, enum cel_kind wanted,
    struct expression *ret_expression)
{
	return expression_read(&loading->rule->scope, &loading->reader, name,
	    node, wanted, ret_expression);
}

static int read_message(const struct loading *loading, const char *name,
    const struct node *node, struct message *ret_message, const char **ret_text)
{
	struct cel_problem problem = {0};

	if (read_text(loading, name, node, ret_text))
		return -1;
	if (memchr(*ret_text, '\n', strlen(*ret_text)))
		return reader_refuse(
		    &loading->reader, node, "%s must be one line", name);
	if (message_compile(loading->ruleset, slice_of(*ret_text),
		&loading->rule->scope.cel, ret_message, &problem))
		return expression_refuse(
		    &loading->reader, name, node, &problem);
	return 0;
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_kebab(const char *text)
{
	if (!is_lower(*text))
		return false;
	for (; *text; text++) {
		bool dash = *text == '-' && text[1] && text[1] != '-';

		if (!is_lower(*text) && !is_digit(*text) && !dash)
			return false;
	}
	return true;
}

/* "some-rule" to "SomeRule". */
static const char *pascal_case(struct arena *arena, const char *id)
{
	char *name = arena_alloc(arena, strlen(id) + 1);
	size_t n = 0;

	for (size_t i = 0; id[i]; i++) {
		bool starts = i == 0 || id[i - 1] == '-';

		if (id[i] != '-')
			name[n++] = starts && is_lower(id[i])
					? (char)(id[i] - 'a' + 'A')
					: id[i];
	}
	return name;
}

/* The name of the rule's file without its folder and ending. */
static struct slice stem_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	return (struct slice){name, dot ? (size_t)(dot - name) : strlen(name)};
}

static int read_id(const struct loading *loading, const struct node *node)
{
	struct diag_kind *kind = &loading->rule->kind;
	struct slice stem = stem_of(loading->reader.origin->name);
	const struct rule *other;

	if (read_text(loading, "id", node, &kind->id))
		return -1;
	if (!is_kebab(kind->id))
		return reader_refuse(&loading->reader, node,
		    "id must be words of lower-case letters and digits with "
		    "'-' between them, not '%s'",
		    kind->id);
	if (!slice_is(stem, kind->id))
		return reader_refuse(&loading->reader, node,
		    "id '%s' must be the name of the file, '%.*s'", kind->id,
		    SLICE_ARGS(stem));
	other = ruleset_find(loading->ruleset, slice_of(kind->id));
	if (other)
		return reader_refuse(&loading->reader, node,
		    "id '%s' is taken by the rule in %s", kind->id,
		    other->origin->name);
	kind->name = pascal_case(&loading->ruleset->arena, kind->id);
	return 0;
}

/* What SARIF validators accept as a rule's id: letters, then digits. */
static bool is_code(const char *text)
{
	size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	size_t digits = strspn(text + letters, "0123456789");

	return letters >= 2 && letters <= 8 && digits >= 3 && digits <= 6 &&
	       !text[letters + digits];
}

static int read_code(const struct loading *loading, const struct node *node)
{
	struct diag_kind *kind = &loading->rule->kind;
	const struct rule *other;

	if (read_text(loading, "code", node, &kind->code))
		return -1;
	if (!is_code(kind->code))
		return reader_refuse(&loading->reader, node,
		    "code must be 2 to 8 capital letters and 3 to 6 digits, "
		    "as in ACME101, not '%s'",
		    kind->code);
	if (loading->rule->origin->name[0] != '<' &&
	    !strncmp(kind->code, "RL", 2) && is_digit(kind->code[2]))
		return reader_refuse(&loading->reader, node,
		    "code '%s' begins with RL, which is kept for the rules of "
		    "rolloutlint itself",
		    kind->code);
	other = map_find(&loading->ruleset->by_code, slice_of(kind->code));
	if (other)
		return reader_refuse(&loading->reader, node,
		    "code '%s' is taken by the rule '%s'", kind->code,
		    other->kind.id);
	return 0;
}

static int refuse_severity(
    const struct loading *loading, const char *name, const struct node *node)
{
	return reader_refuse(&loading->reader, node,
	    "%s must be error, warning, note or off, not %s", name,
	    reader_describe(&loading->reader, node));
}

static int read_severity(const struct loading *loading, const struct node *node)
{
	/* A bare off is a boolean in YAML 1.1, and meant as the word here. */
	if (node->kind == NODE_SCALAR &&
	    severity_parse(node->text, &loading->rule->kind.severity))
		return 0;
	return refuse_severity(loading, "severity", node);
}

static int read_raises(const struct loading *loading, const struct node *node)
{
	if (node->kind != NODE_MAPPING)
		return reader_refuse(&loading->reader, node,
		    "severity_when must be a mapping of severities to "
		    "conditions, not %s",
		    reader_describe(&loading->reader, node));
	for (uint32_t i = 0; i < node->n; i++) {
		const struct pair *pair = &node->pairs[i];
		enum severity severity;

		if (pair->key->kind != NODE_SCALAR ||
		    !severity_parse(pair->key->text, &severity))
			return refuse_severity(
			    loading, "a key of severity_when", pair->key);
		if (read_expression(loading, "severity_when", pair->value,
			CEL_BOOL, &loading->rule->raises[severity]))
			return -1;
	}
	return 0;
}

static int read_group(const struct loading *loading, const struct node *node)
{
	const char **group = &loading->rule->kind.group;

	if (read_text(loading, "group", node, group))
		return -1;
	return is_kebab(*group) ? 0
				: reader_refuse(&loading->reader, node,
				      "group must be a lower-case word, not "
				      "'%s'",
				      *group);
}

static int read_on(const struct loading *loading, const struct node *node)
{
	struct rule *rule = loading->rule;
	const char *text, *near;
	struct buf all = {0};

	if (read_text(loading, "on", node, &text))
		return -1;
	if (entity_named(slice_of(text), &rule->on, &near)) {
		scope_init(&rule->scope, true, rule->on);
		return 0;
	}
	if (near)
		return reader_refuse(&loading->reader, node,
		    "there is no entity '%s'; did you mean '%s'?", text, near);
	for (int kind = 0; kind < ENTITY_MAX; kind++)
		buf_printf(
		    &all, "%s, ", entity_class((enum entity_kind)kind)->name);
	reader_refuse(&loading->reader, node,
	    "there is no entity '%s'; rules can be on %sor object", text,
	    buf_text(&all));
	buf_release(&all);
	return -1;
}

static int read_when(const struct loading *loading, const struct node *node)
{
	return read_expression(
	    loading, "when", node, CEL_BOOL, &loading->rule->when);
}

static int read_require(const struct loading *loading, const struct node *node)
{
	return read_expression(
	    loading, "require", node, CEL_BOOL, &loading->rule->require);
}

static int read_at(const struct loading *loading, const struct node *node)
{
	return read_expression(
	    loading, "at", node, CEL_DYN, &loading->rule->at);
}

static int read_about(const struct loading *loading, const struct node *node)
{
	return read_expression(
	    loading, "about", node, CEL_DYN, &loading->rule->about);
}

static int read_field(
    const struct loading *loading, const char *key, const struct node *node)
{
	const char *text;

	if (loading->rule->clause.len)
		return reader_refuse(&loading->reader, node,
		    "a rule has either clause or guards, not both");
	if (read_text(loading, key, node, &text))
		return -1;
	loading->rule->clause = slice_of(text);
	if (profile_has_field(loading->rule->clause))
		return 0;
	return reader_refuse(&loading->reader, node,
	    "%s must be a field of the contract's profiles; '%s' is none", key,
	    text);
}

static int read_clause(const struct loading *loading, const struct node *node)
{
	return read_field(loading, "clause", node);
}

static int read_locked(const struct loading *loading, const struct node *node)
{
	if (node_to_bool(node, &loading->rule->kind.locked))
		return 0;
	return reader_refuse(&loading->reader, node,
	    "locked must be true or false, not %s",
	    reader_describe(&loading->reader, node));
}

static int read_guards(const struct loading *loading, const struct node *node)
{
	loading->rule->guards = true;
	return read_field(loading, "guards", node);
}

static int read_rule_message(
    const struct loading *loading, const struct node *node)
{
	return read_message(loading, "message", node, &loading->rule->message,
	    &loading->rule->kind.message);
}

static int read_params(const struct loading *loading, const struct node *node)
{
	return params_read(loading->rule, &loading->reader, node);
}

static int read_note(const struct loading *loading, const struct node *node,
    struct rule_note *note)
{
	static const char *const names[] = {"when", "at", "message"};
	const struct node *when = node_get(node, "when");
	const struct node *at = node_get(node, "at");
	const struct node *message = node_get(node, "message");
	const char *text;

	if (reader_check_keys(
		&loading->reader, "a note", node, names, COUNT_OF(names)))
		return -1;
	if (!at || !message)
		return reader_refuse(&loading->reader, node,
		    "a note must have 'at' and 'message'");
	if (when &&
	    read_expression(loading, "when", when, CEL_BOOL, &note->when))
		return -1;
	if (read_expression(loading, "at", at, CEL_DYN, &note->at))
		return -1;
	return read_message(loading, "message", message, &note->message, &text);
}

static int check_list(
    const struct loading *loading, const char *name, const struct node *node)
{
	if (node->kind == NODE_SEQUENCE)
		return 0;
	return reader_refuse(&loading->reader, node,
	    "%s must be a list, not %s", name,
	    reader_describe(&loading->reader, node));
}

static int read_notes(const struct loading *loading, const struct node *node)
{
	struct rule *rule = loading->rule;

	if (check_list(loading, "notes", node))
		return -1;
	rule->notes = arena_array(
	    &loading->ruleset->arena, node->n, sizeof(*rule->notes));
	rule->nnotes = node->n;
	for (uint32_t i = 0; i < node->n; i++) {
		if (read_note(loading, node->items[i], &rule->notes[i]))
			return -1;
	}
	return 0;
}

static int read_invariant(
    const struct loading *loading, const struct node *node)
{
	return read_text(
	    loading, "invariant", node, &loading->rule->kind.invariant);
}

static int read_why(const struct loading *loading, const struct node *node)
{
	return read_text(loading, "why", node, &loading->rule->kind.why);
}

static int read_fix(const struct loading *loading, const struct node *node)
{
	return read_text(loading, "fix", node, &loading->rule->kind.fix);
}

static int read_examples(const struct loading *loading, const struct node *node)
{
	return examples_read(loading->rule, &loading->reader, node);
}

static int read_fixit(const struct loading *loading, const struct node *node)
{
	return fixits_read(loading->rule, &loading->reader, node);
}

/* The fields of a rule, in the order they are read. */
static const struct {
	const char *name;
	bool required;
	int (*read)(const struct loading *loading, const struct node *node);
} fields[] = {
    {"id", true, read_id},
    {"code", true, read_code},
    {"severity", true, read_severity},
    {"group", true, read_group},
    {"invariant", false, read_invariant},
    {"on", true, read_on},
    {"params", false, read_params},
    {"severity_when", false, read_raises},
    {"when", false, read_when},
    {"require", true, read_require},
    {"at", false, read_at},
    {"about", false, read_about},
    {"clause", false, read_clause},
    {"guards", false, read_guards},
    {"locked", false, read_locked},
    {"message", true, read_rule_message},
    {"notes", false, read_notes},
    {"why", false, read_why},
    {"fix", false, read_fix},
    {"fixit", false, read_fixit},
    {"examples", false, read_examples},
};

static int read_rule(const struct loading *loading, const struct node *root)
{
	const char *names[COUNT_OF(fields)];

	for (size_t i = 0; i < COUNT_OF(fields); i++)
		names[i] = fields[i].name;
	if (reader_check_keys(
		&loading->reader, "a rule", root, names, COUNT_OF(names)))
		return -1;
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		const struct node *node = node_get(root, fields[i].name);

		if (!node && fields[i].required)
			return reader_refuse(&loading->reader, root,
			    "the rule lacks the field '%s'", fields[i].name);
		if (node && fields[i].read(loading, node))
			return -1;
	}
	return 0;
}

static void message_free(struct message *message)
{
	for (size_t i = 0; i < message->n; i++)
		cel_program_free(message->parts[i].placeholder);
	free(message->parts);
}

static void rule_free(struct rule *rule)
{
	expression_free(&rule->when);
	expression_free(&rule->require);
	expression_free(&rule->at);
	expression_free(&rule->about);
	for (int i = 0; i < SEVERITY_MAX; i++)
		expression_free(&rule->raises[i]);
	message_free(&rule->message);
	for (size_t i = 0; i < rule->nnotes; i++) {
		expression_free(&rule->notes[i].when);
		expression_free(&rule->notes[i].at);
		message_free(&rule->notes[i].message);
	}
	fixits_free(rule);
	free(rule);
}

static void add_rule(struct ruleset *ruleset, struct rule *rule)
{
	ruleset->rules =
	    grow(ruleset->rules, ruleset->n, &ruleset->cap, sizeof(rule));
	ruleset->rules[ruleset->n++] = rule;
	*map_slot(&ruleset->by_id, slice_of(rule->kind.id)) = rule;
	*map_slot(&ruleset->by_code, slice_of(rule->kind.code)) = rule;
}

int ruleset_add_root(struct ruleset *ruleset, const struct origin *origin,
    const struct node *root, struct fault *fault)
{
	struct rule *rule = xcalloc(1, sizeof(*rule));
	struct loading loading = {
	    .ruleset = ruleset,
	    .rule = rule,
	    .reader = {origin, &ruleset->arena, fault},
	};

	rule->origin = origin;
	rule->kind.invariant = rule->kind.why = rule->kind.fix = "";
	if (read_rule(&loading, root)) {
		rule_free(rule);
		return -1;
	}
	add_rule(ruleset, rule);
	return 0;
}

void ruleset_release(struct ruleset *ruleset)
{
	for (size_t i = 0; i < ruleset->n; i++)
		rule_free(ruleset->rules[i]);
	free(ruleset->rules);
	map_release(&ruleset->by_id);
	map_release(&ruleset->by_code);
	arena_release(&ruleset->arena);
	*ruleset = (struct ruleset){0};
}

const struct rule *ruleset_find(const struct ruleset *ruleset, struct slice id)
{
	return map_find(&ruleset->by_id, id);
}
