/*
 * One rule on one entity: when it applies and what it requires does not hold,
 * a finding.  What the input cannot tell stays quiet; what fails is said.
 */
#include "rule/checking.h"

#include "fact/entity.h"
#include "fact/namespace.h"
#include "rule/fixit.h"
#include "rule/message.h"

#include <string.h>

/* Notes that one list of places gives; who wants more can evaluate it. */
#define MOST_NOTES 8

/* Where a finding is, and which object and path that is part of. */
struct target {
	struct place place;
	const struct manifest *manifest;
	enum entity_kind kind; /* ON_OBJECT when entity is NULL */
	const void *entity;
};

static struct cel_value evaluate(
    const struct checking *checking, const struct expression *expression)
{
	return context_eval(
	    checking->context, expression->program, checking->values);
}

struct subject manifest_subject(
    const struct release *release, const struct manifest *manifest)
{
	return (struct subject){
	    .group = manifest->group,
	    .version = manifest->version,
	    .kind = manifest->kind,
	    .namespace = release ? manifest_namespace(release, manifest)
				 : manifest->namespace,
	    .name = manifest->shown_name,
	    .source = manifest->source,
	    .file = manifest->origin,
	};
}

/* The place of the rule's entity, without any expression. */
static struct target own_target(const struct checking *checking)
{
	struct target target = {
	    .manifest = checking->manifest,
	    .kind = checking->rule->on,
	    .entity = checking->entity,
	};

	if (checking->entity)
		target.place =
		    entity_place(checking->rule->on, checking->entity);
	else if (checking->manifest)
		target.place =
		    entity_place(ENTITY_manifest, checking->manifest);
	return target;
}

/* A value's place, when it has one: an entity's own, or where it was
 * written. */
static bool value_target(
    const struct cel_value *value, struct target *ret_target)
{
	if (value->kind == CEL_OBJECT) {
		enum entity_kind kind = entity_of_class(value->object.class);
		struct place place =
		    value->object.class->place(value->object.self);

		if (!place_known(place))
			return false;
		*ret_target = (struct target){place,
		    entity_manifest(kind, value->object.self), kind,
		    value->object.self};
		return true;
	}
	if (value->kind == CEL_ERROR || !place_known(value->place))
		return false;
	ret_target->place = value->place;
	return true;
}

/* What the contract demands and the rule is about, when it asks for it. */
static const struct demand *demand_of(const struct checking *checking)
{
	const struct demand *demand =
	    checking->entity
		? entity_demand(checking->rule->on, checking->entity)
		: NULL;

	if (demand || !checking->rule->clause.len)
		return demand;
	demand = profile_demand(checking->context->profile,
	    checking->rule->clause, (struct place){0});
	return demand && demand->asks ? demand : NULL;
}

/* The clause of the contract that asks for the rule, when one does. */
static const struct demand *asking_clause(const struct checking *checking)
{
	return checking->rule->guards ? NULL : demand_of(checking);
}

/* "at", else the entity, else the clause that asks, else the fallback. */
static struct target place_of_rule(const struct checking *checking)
{
	struct target target = own_target(checking);
	const struct demand *demand = asking_clause(checking);
	const struct expression *where = &checking->body->at;
	struct cel_value at;

	if (checking->found && checking->found->at.program)
		where = &checking->found->at;
	if (where->program) {
		at = evaluate(checking, where);
		if (value_target(&at, &target))
			return target;
	}
	if (!place_known(target.place))
		target.place = demand ? demand->place : checking->fallback;
	return target;
}

/* The object that "about" gives has the finding, which stays where it is. */
static struct target target_of(const struct checking *checking)
{
	struct target target = place_of_rule(checking), about;
	struct cel_value value;

	if (!checking->body->about.program)
		return target;
	value = evaluate(checking, &checking->body->about);
	if (value.kind != CEL_OBJECT || !value_target(&value, &about))
		return target;
	about.place = target.place;
	return about;
}

static void report_undecided(
    const struct checking *checking, struct cel_value error)
{
	struct target target = own_target(checking);
	struct subject subject;
	struct buf text = {0};
	struct finding finding = {
	    .kind = own_kind(KIND_RULE_ERROR),
	    .severity = own_kind(KIND_RULE_ERROR)->severity,
	};

	if (!place_known(target.place))
		target.place = checking->fallback;
	if (target.manifest) {
		subject = manifest_subject(
		    checking->context->release, target.manifest);
		finding.subject = &subject;
	}
	buf_printf(&text, "rule '%s' could not be evaluated: %.*s",
	    checking->rule->kind.id, SLICE_ARGS(error.text));
	finding.place = target.place;
	finding.text = buf_text(&text);
	finding_add(checking->findings, &finding);
	buf_release(&text);
}

/* The same for a condition's value, which is no truth.  Of an object whose
 * fields have other types than its kind has, the schema tells; a built-in rule
 * then has nothing to say of it. */
static void report_failure(
    const struct checking *checking, struct cel_value value)
{
	if (!checking->entity && rule_is_builtin(checking->rule))
		return;
	if (value.kind != CEL_ERROR)
		value = cel_error(&checking->context->arena,
		    "its value is not true or false");
	report_undecided(checking, value);
}

/* Whether an expression holds: no, unknown, yes; an error is reported and
 * counts as unknown. */
static enum tri holds(
    const struct checking *checking, const struct expression *expression)
{
	struct cel_value value = context_ask(
	    checking->context, expression->program, checking->values);

	if (value.kind == CEL_BOOL)
		return value.boolean ? TRI_YES : TRI_NO;
	if (value.kind != CEL_UNKNOWN)
		report_failure(checking, value);
	return TRI_UNKNOWN;
}

static enum severity severity_of(const struct checking *checking)
{
	const struct rule_body *body = checking->body;

	if (checking->found && checking->found->has_severity)
		return checking->found->severity;
	for (int i = SEVERITY_MAX - 1; i >= 0; i--) {
		if (body->raises[i].program &&
		    holds(checking, &body->raises[i]) == TRI_YES)
			return (enum severity)i;
	}
	return checking->rule->kind.severity;
}

static void add_note(
    const struct checking *checking, struct place place, const char *text)
{
	finding_note(checking->findings, place, "%s", text);
}

/* One note for each thing that "at" names. */
static void add_rule_note(
    const struct checking *checking, const struct rule_note *note)
{
	struct cel_value at = evaluate(checking, &note->at);
	const struct cel_value *items = &at;
	size_t n = 1;
	struct buf text = {0};

	if (at.kind == CEL_LIST) {
		items = at.list->items;
		n = at.list->n;
	}
	message_print(
	    &note->message, checking->values, checking->context, &text);
	for (size_t i = 0; i < n && i < MOST_NOTES; i++) {
		struct target target = {0};

		if (!value_target(&items[i], &target))
			continue;
		if (i == MOST_NOTES - 1 && n > MOST_NOTES)
			buf_printf(&text, " (and %zu more)", n - MOST_NOTES);
		add_note(checking, target.place, buf_text(&text));
	}
	buf_release(&text);
}

static void add_rule_notes(
    const struct checking *checking, const struct rule_notes *notes)
{
	for (size_t i = 0; i < notes->n; i++) {
		const struct rule_note *note = &notes->items[i];
		struct cel_value when = {.kind = CEL_BOOL, .boolean = true};

		if (note->when.program)
			when = evaluate(checking, &note->when);
		if (when.kind == CEL_BOOL && when.boolean)
			add_rule_note(checking, note);
	}
}

static void add_notes(const struct checking *checking, struct place reported)
{
	const struct demand *demand = asking_clause(checking);

	if (checking->found)
		add_rule_notes(checking, &checking->found->notes);
	add_rule_notes(checking, &checking->body->notes);
	if (demand && !same_start(demand->place, reported))
		finding_note(checking->findings, demand->place,
		    "%s by %s%s%s of profile '%s'",
		    strcmp(demand->field, "forbiddenToggles") ? "required"
							      : "forbidden",
		    demand->field, *demand->value ? ": " : "", demand->value,
		    checking->context->profile->id.text);
}

/* The number of the demand that a finding of that severity breaks, from 1. */
static uint32_t broken_demand(
    const struct checking *checking, enum severity severity)
{
	const struct demand *demand = demand_of(checking);

	if (!demand || (checking->rule->guards && severity < SEVERITY_ERROR))
		return 0;
	return (uint32_t)(demand - checking->context->profile->demands) + 1;
}

static void report(const struct checking *checking, enum severity severity)
{
	const struct rule_body *body = checking->body;
	struct target target = target_of(checking);
	const struct message *says =
	    checking->found ? &checking->found->says : NULL;
	struct buf args = {0}, path = {0}, stable = {0};
	struct subject subject;
	struct finding finding = {
	    .kind = &checking->rule->kind,
	    .severity = severity,
	    .place = target.place,
	    .which =
		checking->found ? (uint16_t)(checking->found - body->cases) : 0,
	};

	finding.fixes = fixits_print(
	    body, checking->values, checking->context, &finding.nfixes);
	finding.demand = broken_demand(checking, severity);
	finding.is_whole =
	    target.entity &&
	    same_start(target.place, entity_place(target.kind, target.entity));
	if (target.manifest) {
		subject = manifest_subject(
		    checking->context->release, target.manifest);
		finding.subject = &subject;
		finding.subject_lasts = true;
	}
	if (target.entity) {
		entity_path(target.kind, target.entity, &path);
		entity_stable_path(target.kind, target.entity, &stable);
	}
	finding.nargs = message_spell_args(
	    &body->message, says, checking->values, checking->context, &args);
	finding.args = buf_text(&args);
	finding.path = path.len ? buf_text(&path) : NULL;
	finding.stable_path = stable.len ? buf_text(&stable) : NULL;
	finding_add(checking->findings, &finding);
	add_notes(checking, target.place);
	buf_release(&args);
	buf_release(&path);
	buf_release(&stable);
}

/* The rule with what it says, where it was made before or for this finding. */
static const struct rule_body *whole_body(const struct checking *checking)
{
	struct context *context = checking->context;

	if (!checking->whole)
		return rule_body(checking->rule, &context->arena);
	if (!*checking->whole)
		*checking->whole = rule_body(checking->rule, &context->kept);
	return *checking->whole;
}

static void report_unless_silent(const struct checking *checking)
{
	enum severity severity = severity_of(checking);
	struct checking telling = *checking;

	if (severity == SEVERITY_OFF && checking->rule->is_silent)
		return;
	telling.body = whole_body(checking);
	if (checking->found)
		telling.found = telling.body->cases +
				(checking->found - checking->body->cases);
	report(&telling, severity);
}

/* Counts what a rule that stands behind a demand could decide.  That a guard
 * finds nothing does not show that the demand is met. */
static void count(const struct checking *checking, enum tri outcome)
{
	const struct demand *demand = demand_of(checking);
	struct tally *tally;

	if (!demand || !checking->tallies)
		return;
	tally =
	    checking->tallies + (demand - checking->context->profile->demands);
	if (outcome == TRI_UNKNOWN)
		tally->unknown++;
	else if (outcome == TRI_YES && !checking->rule->guards)
		tally->met++;
}

/* Whether one of the cases holds, and which: the first that does.  As with ||,
 * what fails does not count when another case holds. */
static enum tri find_case(
    const struct checking *checking, const struct rule_case **ret_case)
{
	const struct rule_body *body = checking->body;
	struct cel_value failed = {0};
	bool has_failed = false;
	enum tri outcome = TRI_NO;

	for (size_t i = 0; i < body->ncases; i++) {
		const struct expression *when = &body->cases[i].when;
		struct cel_value value = {.kind = CEL_BOOL, .boolean = true};

		*ret_case = &body->cases[i];
		if (when->program)
			value = evaluate(checking, when);
		if (value.kind == CEL_BOOL && value.boolean)
			return TRI_YES;
		if (value.kind == CEL_BOOL)
			continue;
		outcome = TRI_UNKNOWN;
		if (value.kind != CEL_UNKNOWN && !has_failed) {
			failed = value;
			has_failed = true;
		}
	}
	if (has_failed)
		report_failure(checking, failed);
	return outcome;
}

/* Whether what the rule requires holds: always, where it has only cases. */
static enum tri is_kept(struct checking *checking)
{
	const struct rule_body *body = checking->body;
	enum tri outcome = TRI_NO;

	if (body->require.program)
		outcome = holds(checking, &body->require);
	if (outcome != TRI_NO || !body->ncases)
		return outcome;
	switch (find_case(checking, &checking->found)) {
	case TRI_NO: return TRI_YES;
	case TRI_UNKNOWN: return TRI_UNKNOWN;
	case TRI_YES: break;
	}
	return TRI_NO;
}

void checking_run(struct checking *checking)
{
	const struct rule_body *body = checking->body;
	enum tri outcome = TRI_YES;

	if (body->when.program)
		outcome = holds(checking, &body->when);
	if (outcome == TRI_NO)
		return;
	checking->found = NULL;
	if (outcome == TRI_YES)
		outcome = is_kept(checking);
	if (outcome == TRI_NO)
		report_unless_silent(checking);
	count(checking, outcome);
}

bool checking_is_in_vain(const struct checking *checking)
{
	const struct rule *rule = checking->rule;

	return rule->is_silent && rule->kind.severity == SEVERITY_OFF &&
	       !rule->may_raise && !demand_of(checking);
}
