/*
 * Words -> rules, field by field, in the order in which rule/pack.c writes.
 */
#include "rule/unpack.h"

#include "fact/settings.h"
#include "rule/params.h"

#include <string.h>

/* A section that is being read. */
struct unpacker {
	const struct packed_rules *from;
	const uint32_t *at;
	struct arena *arena;
	const struct origin *origin; /* of the rule's places */
};

static uint32_t take(struct unpacker *unpacker)
{
	return *unpacker->at++;
}

static uint64_t take_long(struct unpacker *unpacker)
{
	uint64_t low = take(unpacker);

	return low | (uint64_t)take(unpacker) << 32;
}

static const char *take_pooled(struct unpacker *unpacker, const char *pool)
{
	uint32_t offset = take(unpacker);

	return offset == NO_TEXT ? NULL : pool + offset;
}

static const char *take_text(struct unpacker *unpacker)
{
	return take_pooled(unpacker, unpacker->from->texts);
}

static const char *take_prose(struct unpacker *unpacker)
{
	return take_pooled(unpacker, unpacker->from->prose);
}

static struct slice take_slice(struct unpacker *unpacker)
{
	uint32_t len = take(unpacker);

	if (!len)
		return SLICE("");
	return (struct slice){unpacker->from->texts + take(unpacker), len};
}

static const char *const *take_list(
    struct unpacker *unpacker, const char *pool, size_t *ret_n)
{
	const char **texts;

	*ret_n = take(unpacker);
	if (!*ret_n)
		return NULL;
	texts = arena_array(unpacker->arena, *ret_n, sizeof(*texts));
	for (size_t i = 0; i < *ret_n; i++)
		texts[i] = take_pooled(unpacker, pool);
	return texts;
}

static struct place take_place(struct unpacker *unpacker)
{
	struct place place = {0};

	if (!take(unpacker))
		return place;
	place.origin = unpacker->origin;
	place.span.line = take(unpacker);
	place.span.col = take(unpacker);
	place.span.end_line = take(unpacker);
	place.span.end_col = take(unpacker);
	return place;
}

static struct cel_value take_value(struct unpacker *unpacker);

static const struct cel_list *take_values(struct unpacker *unpacker)
{
	struct cel_list *list = arena_alloc(unpacker->arena, sizeof(*list));
	struct cel_value *items;

	list->n = take(unpacker);
	items = arena_array(unpacker->arena, list->n, sizeof(*items));
	for (size_t i = 0; i < list->n; i++)
		items[i] = take_value(unpacker);
	list->items = items;
	return list;
}

static struct cel_value take_value(struct unpacker *unpacker)
{
	struct cel_value value = {.kind = (enum cel_kind)take(unpacker)};
	uint64_t bits;

	value.place = take_place(unpacker);
	switch (value.kind) {
	case CEL_NULL: return value;
	case CEL_BOOL: value.boolean = take(unpacker); return value;
	case CEL_INT:
		value.integer = (int64_t)take_long(unpacker);
		return value;
	case CEL_DOUBLE:
		bits = take_long(unpacker);
		memcpy(&value.real, &bits, sizeof(bits));
		return value;
	case CEL_STRING: value.text = take_slice(unpacker); return value;
	case CEL_LIST: value.list = take_values(unpacker); return value;
	case CEL_ERROR:
	case CEL_UNKNOWN:
	case CEL_MAP:
	case CEL_OBJECT:
	case CEL_DYN: break;
	}
	BUG("a value that no rule is made of");
}

static const struct cel_program *take_program(struct unpacker *unpacker)
{
	uint32_t nnodes = take(unpacker);
	struct cel_program *program;
	struct cel_value *constants;

	if (!nnodes)
		return NULL;
	program = arena_alloc(unpacker->arena, sizeof(*program));
	program->nnodes = nnodes;
	program->nodes = unpacker->from->nodes + take(unpacker);
	program->nlocals = take(unpacker);
	program->uses = take_long(unpacker);
	program->nconstants = take(unpacker);
	if (!program->nconstants)
		return program;
	constants = arena_array(
	    unpacker->arena, program->nconstants, sizeof(*constants));
	for (uint32_t i = 0; i < program->nconstants; i++)
		constants[i] = take_value(unpacker);
	program->constants = constants;
	return program;
}

static struct expression take_expression(struct unpacker *unpacker)
{
	return (struct expression){take_program(unpacker)};
}

static struct message take_message(struct unpacker *unpacker)
{
	struct message message = {.n = take(unpacker)};
	struct message_part *parts;

	if (!message.n)
		return message;
	parts = arena_array(unpacker->arena, message.n, sizeof(*parts));
	for (size_t i = 0; i < message.n; i++) {
		parts[i].literal = take_slice(unpacker);
		parts[i].placeholder = take_program(unpacker);
		parts[i].is_case = take(unpacker);
	}
	message.parts = parts;
	return message;
}

static struct rule_notes take_notes(struct unpacker *unpacker)
{
	struct rule_notes notes = {.n = take(unpacker)};
	struct rule_note *items;

	if (!notes.n)
		return notes;
	items = arena_array(unpacker->arena, notes.n, sizeof(*items));
	for (size_t i = 0; i < notes.n; i++) {
		items[i].when = take_expression(unpacker);
		items[i].at = take_expression(unpacker);
		items[i].message = take_message(unpacker);
	}
	notes.items = items;
	return notes;
}

static void take_fixit_text(struct unpacker *unpacker, struct fixit_text *text)
{
	struct fixit_piece *pieces;

	text->key = take_slice(unpacker);
	text->n = take(unpacker);
	pieces = arena_array(unpacker->arena, text->n, sizeof(*pieces));
	for (size_t i = 0; i < text->n; i++) {
		pieces[i].yaml = take_slice(unpacker);
		pieces[i].json = take_slice(unpacker);
		pieces[i].value = take_program(unpacker);
	}
	text->pieces = pieces;
}

static void take_fixit(struct unpacker *unpacker, struct fixit *fixit)
{
	struct fixit_text *texts;

	fixit->when = take_expression(unpacker);
	fixit->at = take_expression(unpacker);
	fixit->kind = (enum fix_kind)take(unpacker);
	fixit->ntexts = take(unpacker);
	texts = arena_array(unpacker->arena, fixit->ntexts, sizeof(*texts));
	for (size_t i = 0; i < fixit->ntexts; i++)
		take_fixit_text(unpacker, &texts[i]);
	fixit->texts = texts;
}

/* What decides; gives the cases, of which the rest is read into. */
static struct rule_case *take_tests(
    struct unpacker *unpacker, struct rule_body *body)
{
	struct rule_case *cases = NULL;

	body->when = take_expression(unpacker);
	body->require = take_expression(unpacker);
	for (int i = 0; i < SEVERITY_MAX; i++)
		body->raises[i] = take_expression(unpacker);
	body->ncases = take(unpacker);
	if (body->ncases)
		cases =
		    arena_array(unpacker->arena, body->ncases, sizeof(*cases));
	for (size_t i = 0; i < body->ncases; i++) {
		cases[i].when = take_expression(unpacker);
		cases[i].has_severity = take(unpacker);
		cases[i].severity = (enum severity)take(unpacker);
	}
	body->cases = cases;
	return cases;
}

static void take_rest(
    struct unpacker *unpacker, struct rule_body *body, struct rule_case *cases)
{
	struct fixit *fixits;

	body->at = take_expression(unpacker);
	body->about = take_expression(unpacker);
	body->message = take_message(unpacker);
	for (size_t i = 0; i < body->ncases; i++) {
		cases[i].at = take_expression(unpacker);
		cases[i].says = take_message(unpacker);
		cases[i].notes = take_notes(unpacker);
	}
	body->notes = take_notes(unpacker);
	body->nfixits = take(unpacker);
	if (!body->nfixits)
		return;
	fixits = arena_array(unpacker->arena, body->nfixits, sizeof(*fixits));
	for (size_t i = 0; i < body->nfixits; i++)
		take_fixit(unpacker, &fixits[i]);
	body->fixits = fixits;
}

static struct unpacker unpacker_of(const struct rule *rule, struct arena *arena)
{
	return (struct unpacker){
	    .from = rule->packed.in,
	    .at = rule->packed.in->tests + rule->packed.tests,
	    .arena = arena,
	    .origin = rule->origin,
	};
}

const struct rule_body *rule_tests(const struct rule *rule, struct arena *arena)
{
	struct unpacker unpacker;
	struct rule_body *body;

	if (rule->body)
		return rule->body;
	unpacker = unpacker_of(rule, arena);
	body = arena_alloc(arena, sizeof(*body));
	take_tests(&unpacker, body);
	return body;
}

static struct rule_body *unpack_body(
    const struct rule *rule, struct arena *arena)
{
	struct unpacker unpacker = unpacker_of(rule, arena);
	struct rule_body *body = arena_alloc(arena, sizeof(*body));
	struct rule_case *cases = take_tests(&unpacker, body);

	unpacker.at = rule->packed.in->rest + rule->packed.rest;
	take_rest(&unpacker, body, cases);
	return body;
}

const struct rule_body *rule_body(const struct rule *rule, struct arena *arena)
{
	return rule->body ? rule->body : unpack_body(rule, arena);
}

static void take_kind(struct unpacker *unpacker, struct diag_kind *kind)
{
	const struct packed_rules *from = unpacker->from;

	kind->severity = (enum severity)take(unpacker);
	kind->strikes = (enum strike)take(unpacker);
	kind->locked = take(unpacker);
	kind->id = take_text(unpacker);
	kind->code = take_text(unpacker);
	kind->name = take_text(unpacker);
	kind->group = take_text(unpacker);
	kind->yields_to = take_text(unpacker);
	kind->title = take_prose(unpacker);
	kind->invariant = take_prose(unpacker);
	kind->message = take_prose(unpacker);
	kind->why = take_prose(unpacker);
	kind->fix = take_prose(unpacker);
	kind->edits = take_prose(unpacker);
	kind->params = take_prose(unpacker);
	kind->bad = take_prose(unpacker);
	kind->good = take_prose(unpacker);
	kind->aliases = take_list(unpacker, from->texts, &kind->naliases);
	kind->suppressed_by =
	    take_list(unpacker, from->texts, &kind->nsuppressed_by);
	kind->cases = take_list(unpacker, from->prose, &kind->ncases);
	kind->see = take_list(unpacker, from->prose, &kind->nsee);
}

/* Rules on entities of one kind without parameters share their scope. */
static struct scope *take_scope(
    struct unpacker *unpacker, enum entity_kind on, struct scope **shared)
{
	struct scope scope = {.visits = true, .on = on};

	scope.cel.nvars = take(unpacker);
	for (size_t i = 0; i < scope.cel.nvars; i++)
		scope.kinds[i] = (enum entity_kind)take(unpacker);
	if (!shared[on])
		shared[on] = arena_copy(unpacker->arena, &scope, sizeof(scope));
	return shared[on];
}

static void take_params(struct unpacker *unpacker, struct rule *rule)
{
	size_t n = take(unpacker);
	struct param *items;

	if (!n)
		return;
	items = arena_array(unpacker->arena, n, sizeof(*items));
	for (size_t i = 0; i < n; i++) {
		struct param *param = &items[i];
		uint32_t sets;

		param->name = take_text(unpacker);
		param->meaning = take_prose(unpacker);
		sets = take(unpacker);
		param->sets = sets ? &setting_rows[sets - 1] : NULL;
		param->shows = take(unpacker);
		param->value = take_value(unpacker);
		param->place = take_place(unpacker);
	}
	rule->scope =
	    arena_copy(unpacker->arena, rule->scope, sizeof(*rule->scope));
	params_bind(rule, unpacker->arena, items, n);
}

static struct rule *take_rule(struct unpacker *unpacker, struct scope **scopes)
{
	struct rule *rule = arena_alloc(unpacker->arena, sizeof(*rule));
	struct origin *origin = arena_alloc(unpacker->arena, sizeof(*origin));

	rule->on = (enum entity_kind)take(unpacker);
	origin->name = take_text(unpacker);
	origin->role = (enum origin_role)take(unpacker);
	rule->origin = unpacker->origin = origin;
	take_kind(unpacker, &rule->kind);
	rule->clause = take_slice(unpacker);
	rule->guards = take(unpacker);
	rule->may_raise = take(unpacker);
	rule->scope = take_scope(unpacker, rule->on, scopes);
	take_params(unpacker, rule);
	rule->packed.in = unpacker->from;
	rule->packed.tests = take(unpacker);
	rule->packed.rest = take(unpacker);
	return rule;
}

/* Rules on objects are asked by many threads, and whenever an object was read,
 * so theirs are unpacked once. */
void ruleset_add_packed(
    struct ruleset *ruleset, const struct packed_rules *packed)
{
	struct unpacker unpacker = {
	    .from = packed,
	    .at = packed->heads,
	    .arena = &ruleset->arena,
	};
	struct scope *scopes[ON_OBJECT + 1] = {0};

	for (size_t i = 0; i < packed->n; i++) {
		struct rule *rule = take_rule(&unpacker, scopes);

		if (rule->on == ON_OBJECT)
			rule->body = unpack_body(rule, &ruleset->arena);
		ruleset_add_rule(ruleset, rule);
	}
}
