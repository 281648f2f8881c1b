/*
 * Rule files into rules: one table of fields, read in its order, so that what
 * a rule is on is known before its expressions are compiled.
 */
#include "rule/expression.h"
#include "rule/fixit.h"
#include "rule/heading.h"
#include "rule/wording.h"

#include "doc/reader.h"
#include "rule/example.h"
#include "rule/message.h"
#include "rule/params.h"

static int read_text(const struct loading *loading, const char *name,
    const struct node *node, const char **ret_text)
{
	return reader_text(&loading->reader, name, node, ret_text);
}

static int read_expression(const struct loading *loading, const char *name,
    const struct node *node, enum cel_kind wanted,
    struct expression *ret_expression)
{
	return expression_read(loading->rule->scope, &loading->reader, name,
	    node, wanted, ret_expression);
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
			CEL_BOOL, &loading->rule->body->raises[severity]))
			return -1;
		loading->rule->may_raise = true;
	}
	return 0;
}

static int read_group(const struct loading *loading, const struct node *node)
{
	const char **group = &loading->rule->kind.group;

	if (read_text(loading, "group", node, group))
		return -1;
	return heading_is_id(*group)
		   ? 0
		   : reader_refuse(&loading->reader, node,
			 "group must be a lower-case word, not "
			 "'%s'",
			 *group);
}

static int read_yields_to(
    const struct loading *loading, const struct node *node)
{
	return read_text(
	    loading, "yields_to", node, &loading->rule->kind.yields_to);
}

static int read_strikes(const struct loading *loading, const struct node *node)
{
	struct buf all = {0};
	const char *word;

	if (read_text(loading, "strikes", node, &word))
		return -1;
	if (strike_parse(slice_of(word), &loading->rule->kind.strikes))
		return 0;
	for (int i = STRIKE_NONE + 1; i < STRIKE_MAX; i++)
		buf_printf(&all, "%s%s", i > 1 ? ", " : "",
		    strike_word((enum strike)i));
	reader_refuse(&loading->reader, node,
	    "unknown moment '%s'; a rule strikes at %s", word, buf_text(&all));
	buf_release(&all);
	return -1;
}

static int read_on(const struct loading *loading, const struct node *node)
{
	struct rule *rule = loading->rule;
	const char *text, *near;
	struct buf all = {0};

	if (read_text(loading, "on", node, &text))
		return -1;
	if (entity_named(slice_of(text), &rule->on, &near)) {
		scope_init(rule->scope, true, rule->on);
		rule->scope->cel.owner = &loading->ruleset->programs;
		return 0;
	}
	if (near)
		return reader_refuse(&loading->reader, node,
		    "unknown entity '%s'; did you mean '%s'?", text, near);
	for (int kind = 0; kind < ENTITY_MAX; kind++)
		buf_printf(
		    &all, "%s, ", entity_class((enum entity_kind)kind)->name);
	reader_refuse(&loading->reader, node,
	    "unknown entity '%s'; a rule can be on %sor object", text,
	    buf_text(&all));
	buf_release(&all);
	return -1;
}

static int read_when(const struct loading *loading, const struct node *node)
{
	return read_expression(
	    loading, "when", node, CEL_BOOL, &loading->rule->body->when);
}

static int read_require(const struct loading *loading, const struct node *node)
{
	return read_expression(
	    loading, "require", node, CEL_BOOL, &loading->rule->body->require);
}

static int read_at(const struct loading *loading, const struct node *node)
{
	return read_expression(
	    loading, "at", node, CEL_DYN, &loading->rule->body->at);
}

static int read_about(const struct loading *loading, const struct node *node)
{
	return read_expression(
	    loading, "about", node, CEL_DYN, &loading->rule->body->about);
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
	    "%s must be a field of the contract's profiles; '%s' is not", key,
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
	return message_read(loading->rule->scope, &loading->reader, "message",
	    node, &loading->rule->body->message, &loading->rule->kind.message);
}

static int read_params(const struct loading *loading, const struct node *node)
{
	return params_read(loading->rule, &loading->reader, node);
}

/* A message that is left out is what the case says. */
static int read_cases(const struct loading *loading, const struct node *node)
{
	struct rule *rule = loading->rule;
	struct cel_problem problem = {0};

	if (!rule->kind.message) {
		rule->kind.message = "{case}";
		if (message_compile(loading->reader.arena, SLICE("{case}"),
			&rule->scope->cel, &rule->body->message, &problem))
			BUG(fault_text(&problem.fault));
	}
	return cases_read(loading->rule, &loading->reader, node);
}

static int read_notes(const struct loading *loading, const struct node *node)
{
	return notes_read(loading->rule->scope, &loading->reader, node,
	    &loading->rule->body->notes);
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
	struct rule_field is;
	bool names; /* expressions in what follows can name what it gives */
	int (*read)(const struct loading *loading, const struct node *node);
} fields[] = {
    {{"id", true, RULE_NAME, "the name of the file, which users see as -WID"},
	false, heading_read_id},
    {{"code", true, RULE_TEXT, "stable and unique: the ruleId of SARIF"}, false,
	heading_read_code},
    {{"title", false, RULE_TEXT, "a noun phrase of at most 50 characters"},
	false, heading_read_title},
    {{"aliases", false, RULE_TEXTS, "ids and codes that the rule once had"},
	false, heading_read_aliases},
    {{"suppressed_by", false, RULE_TEXTS,
	 "rules whose suppressions hold this one back, too"},
	false, heading_read_suppressors},
    {{"severity", true, RULE_SEVERITY,
	 "what a finding is without any configuration"},
	false, read_severity},
    {{"group", true, RULE_NAME, "what the rule is about"}, false, read_group},
    {{"yields_to", false, RULE_NAME,
	 "the group whose finding at the same place counts for this one"},
	false, read_yields_to},
    {{"strikes", false, RULE_NAME,
	 "when of an update what it finds strikes, for timelines"},
	false, read_strikes},
    {{"invariant", false, RULE_TEXT, "what the rule keeps true"}, false,
	read_invariant},
    {{"on", true, RULE_TEXT,
	 "the entity it visits, one at a time; --list-facts shows them"},
	true, read_on},
    {{"params", false, RULE_MAPPING,
	 "numbers and words that the configuration may change"},
	true, read_params},
    {{"severity_when", false, RULE_CONDITIONS,
	 "conditions for other severities"},
	false, read_raises},
    {{"when", false, RULE_EXPRESSION, "which entities it is about"}, false,
	read_when},
    {{"require", false, RULE_EXPRESSION, "what must hold of them"}, false,
	read_require},
    {{"at", false, RULE_EXPRESSION, "the fact that a finding is placed at"},
	false, read_at},
    {{"about", false, RULE_EXPRESSION, "the entity that a finding is about"},
	false, read_about},
    {{"clause", false, RULE_TEXT, "the field of the contract that asks for it"},
	false, read_clause},
    {{"guards", false, RULE_TEXT,
	 "the field of the contract that an error breaks"},
	false, read_guards},
    {{"locked", false, RULE_FLAG, "suppressions do not hold it back"}, false,
	read_locked},
    {{"message", false, RULE_TEXT, "the sentence, with {EXPRESSION} in it"},
	false, read_rule_message},
    {{"cases", false, RULE_LIST, "what it finds, the first that holds"}, false,
	read_cases},
    {{"notes", false, RULE_LIST, "further places with a sentence each"}, false,
	read_notes},
    {{"why", false, RULE_TEXT, "what happens otherwise, in Markdown"}, false,
	read_why},
    {{"fix", false, RULE_TEXT, "what to do, in Markdown"}, false, read_fix},
    {{"see", false, RULE_TEXTS, "addresses that the advice rests on"}, false,
	heading_read_see},
    {{"fixit", false, RULE_ANY, "the edits that fix it"}, false, read_fixit},
    {{"examples", false, RULE_MAPPING,
	 "bad and good ones, which are the tests"},
	false, read_examples},
};

const struct rule_field *rule_field_at(size_t i)
{
	return i < COUNT_OF(fields) ? &fields[i].is : NULL;
}

static int refuse_lack(
    const struct loading *loading, const struct node *root, const char *field)
{
	return reader_refuse(
	    &loading->reader, root, "the rule lacks the field '%s'", field);
}

/* Without cases the rule requires something and has a message; with cases the
 * message has a place for what they say, and may be nothing but that. */
static int check_cases(const struct loading *loading, const struct node *root)
{
	const struct rule *rule = loading->rule;

	if (rule->body->ncases)
		return 0;
	if (!rule->body->require.program)
		return refuse_lack(loading, root, "require");
	if (!rule->kind.message)
		return refuse_lack(loading, root, "message");
	if (message_has_case(&rule->body->message))
		return reader_refuse(&loading->reader,
		    node_get(root, "message"),
		    "message: {case} needs 'cases', which the rule does not "
		    "have");
	return 0;
}

static int read_rule(const struct loading *loading, const struct node *root)
{
	const char *names[COUNT_OF(fields)];
	int result;

	for (size_t i = 0; i < COUNT_OF(fields); i++)
		names[i] = fields[i].is.name;
	if (root->kind != NODE_MAPPING)
		return reader_check_keys(
		    &loading->reader, "a rule", root, names, COUNT_OF(names));
	result = reader_check_keys(
	    &loading->reader, "a rule", root, names, COUNT_OF(names));
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		const struct node *node = node_get(root, fields[i].is.name);
		int error = 0;

		if (!node && fields[i].is.required)
			error = refuse_lack(loading, root, fields[i].is.name);
		if (node)
			error = fields[i].read(loading, node);
		if (error && fields[i].names)
			return -1;
		result |= error;
	}
	return result ? -1 : check_cases(loading, root);
}

int ruleset_add_root(struct ruleset *ruleset, const struct origin *origin,
    const struct node *root, struct fault *fault)
{
	struct rule *rule = arena_alloc(&ruleset->arena, sizeof(*rule));
	struct loading loading = {
	    .ruleset = ruleset,
	    .rule = rule,
	    .reader = {origin, &ruleset->arena, fault},
	};

	rule->origin = origin;
	rule->scope = arena_alloc(&ruleset->arena, sizeof(*rule->scope));
	rule->body = arena_alloc(&ruleset->arena, sizeof(*rule->body));
	rule->kind.invariant = rule->kind.why = rule->kind.fix = "";
	if (read_rule(&loading, root))
		return -1;
	ruleset_add_rule(ruleset, rule);
	return 0;
}
