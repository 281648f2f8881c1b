/*
 * Nodes of a rule file -> the messages, notes and cases that are compiled from
 * them, or the sentence that says what is wrong with them.
 */
#include "rule/wording.h"

#include "rule/expression.h"
#include "rule/message.h"

#include <string.h>

int message_read(const struct scope *scope, const struct reader *reader,
    const char *name, const struct node *node, struct message *ret_message,
    const char **ret_text)
{
	struct cel_problem problem = {0};

	if (reader_text(reader, name, node, ret_text))
		return -1;
	if (memchr(*ret_text, '\n', strlen(*ret_text)))
		return reader_refuse(reader, node, "%s must be one line", name);
	if (message_compile(reader->arena, slice_of(*ret_text), &scope->cel,
		ret_message, &problem))
		return expression_refuse(reader, name, node, &problem);
	return 0;
}

/* The same for a message that no case is part of. */
static int read_plain(const struct scope *scope, const struct reader *reader,
    const char *name, const struct node *node, struct message *ret_message,
    const char **ret_text)
{
	if (message_read(scope, reader, name, node, ret_message, ret_text))
		return -1;
	if (message_has_case(ret_message))
		return reader_refuse(reader, node,
		    "%s: only the message of the rule may contain {case}",
		    name);
	return 0;
}

static int read_note(const struct scope *scope, const struct reader *reader,
    const struct node *node, struct rule_note *note)
{
	static const char *const names[] = {"when", "at", "message"};
	const struct node *when = node_get(node, "when");
	const struct node *at = node_get(node, "at");
	const struct node *message = node_get(node, "message");
	const char *text;

	if (reader_check_keys(reader, "a note", node, names, COUNT_OF(names)))
		return -1;
	if (!at || !message)
		return reader_refuse(
		    reader, node, "a note must have 'at' and 'message'");
	if (when &&
	    expression_read(scope, reader, "when", when, CEL_BOOL, &note->when))
		return -1;
	if (expression_read(scope, reader, "at", at, CEL_DYN, &note->at))
		return -1;
	return read_plain(
	    scope, reader, "message", message, &note->message, &text);
}

static int check_list(
    const struct reader *reader, const char *name, const struct node *node)
{
	if (node->kind == NODE_SEQUENCE)
		return 0;
	return reader_refuse(reader, node, "%s must be a list, not %s", name,
	    reader_describe(reader, node));
}

int notes_read(const struct scope *scope, const struct reader *reader,
    const struct node *node, struct rule_notes *ret_notes)
{
	struct rule_note *notes;

	if (check_list(reader, "notes", node))
		return -1;
	notes = arena_array(reader->arena, node->n, sizeof(*notes));
	for (uint32_t i = 0; i < node->n; i++) {
		if (read_note(scope, reader, node->items[i], &notes[i]))
			return -1;
	}
	*ret_notes = (struct rule_notes){notes, node->n};
	return 0;
}

/* What the message is in this case, for catalogues. */
static const char *whole_message(
    const struct rule *rule, const struct reader *reader, const char *says)
{
	struct buf buf = {0};
	const char *text;

	message_expand(slice_of(rule->kind.message), slice_of(says), &buf);
	text = slice_copy(reader->arena, buf_slice(&buf)).ptr;
	buf_release(&buf);
	return text;
}

static int read_says(const struct rule *rule, const struct reader *reader,
    const struct node *node, struct rule_case *ret_case, const char **ret_text)
{
	const struct node *says = node_get(node, "says");
	bool wanted = message_has_case(&rule->body->message);
	const char *text = "";

	if (wanted && !says)
		return reader_refuse(reader, node,
		    "a case must have 'says', unless the message has no "
		    "{case}");
	if (says && !wanted)
		return reader_refuse(reader, says,
		    "the message has no {case} for the text of 'says'");
	if (says && read_plain(rule->scope, reader, "says", says,
			&ret_case->says, &text))
		return -1;
	*ret_text = whole_message(rule, reader, text);
	return 0;
}

static int read_severity(const struct reader *reader, const struct node *node,
    struct rule_case *ret_case)
{
	ret_case->has_severity = true;
	if (node->kind == NODE_SCALAR &&
	    severity_parse(node->text, &ret_case->severity) &&
	    ret_case->severity != SEVERITY_OFF)
		return 0;
	return reader_refuse(reader, node,
	    "the severity of a case must be error, warning or note, not %s",
	    reader_describe(reader, node));
}

/* ret_text: what the message is in that case, for catalogues. */
static int read_case(const struct rule *rule, const struct reader *reader,
    const struct node *node, struct rule_case *ret_case, const char **ret_text)
{
	static const char *const names[] = {
	    "when", "at", "says", "severity", "notes"};
	const struct scope *scope = rule->scope;
	const struct node *when = node_get(node, "when");
	const struct node *at = node_get(node, "at");
	const struct node *severity = node_get(node, "severity");
	const struct node *notes = node_get(node, "notes");

	if (reader_check_keys(reader, "a case", node, names, COUNT_OF(names)))
		return -1;
	if (when && expression_read(
			scope, reader, "when", when, CEL_BOOL, &ret_case->when))
		return -1;
	if (at &&
	    expression_read(scope, reader, "at", at, CEL_DYN, &ret_case->at))
		return -1;
	if (read_says(rule, reader, node, ret_case, ret_text))
		return -1;
	if (severity && read_severity(reader, severity, ret_case))
		return -1;
	return notes ? notes_read(scope, reader, notes, &ret_case->notes) : 0;
}

int cases_read(
    struct rule *rule, const struct reader *reader, const struct node *node)
{
	struct rule_case *cases;
	const char **texts;

	if (check_list(reader, "cases", node))
		return -1;
	if (!node->n)
		return reader_refuse(
		    reader, node, "cases must have a case, or be left out");
	cases = arena_array(reader->arena, node->n, sizeof(*cases));
	texts = arena_array(reader->arena, node->n, sizeof(*texts));
	rule->body->cases = cases;
	rule->body->ncases = node->n;
	for (uint32_t i = 0; i < node->n; i++) {
		if (i && !cases[i - 1].when.program)
			return reader_refuse(reader, node->items[i],
			    "this case is never reached: the one before it has "
			    "no 'when' and so always holds");
		if (read_case(
			rule, reader, node->items[i], &cases[i], &texts[i]))
			return -1;
		rule->may_raise |= cases[i].has_severity;
	}
	if (message_has_case(&rule->body->message)) {
		rule->kind.cases = texts;
		rule->kind.ncases = node->n;
	}
	return 0;
}
