/*
 * The evaluator: a program and the values of its names -> a value.
 *
 * An error or unknown operand makes the whole operation one, except where CEL
 * absorbs it: && and || (and so all() and exists()) when another operand
 * decides, and the branch of ?: that is not taken.
 */
#include "cel/answers.h"
#include "cel/code.h"
#include "cel/function.h"

#include <string.h>

/* Nodes visited, items made or compared: less than a second's work, yet enough
 * to look at each of 100,000 workloads dozens of times. */
#define STEP_BUDGET 10000000

struct evaluation {
	const struct cel_program *program;
	struct cel_patterns *patterns;
	struct cel_answers *answers;
	const struct overload *overloads; /* all there are */
	const struct cel_value *values;	  /* of the scope's vars */
	const void *context;
	struct arena *arena;
	struct cel_value *locals; /* of the macros' variables, by slot */
	uint64_t steps;		  /* left */
};

static struct cel_value eval(
    struct evaluation *evaluation, const struct cel_node *node);

/* The node's children, side by side. */
static const struct cel_node *children(
    const struct evaluation *evaluation, const struct cel_node *node)
{
	return evaluation->program->nodes + node->first;
}

static struct cel_value out_of_steps(struct evaluation *evaluation)
{
	return cel_error(
	    evaluation->arena, "the expression took too many steps");
}

/* What passes through operators: neither has a value to work with. */
static bool is_missing(struct cel_value value)
{
	return value.kind == CEL_ERROR || value.kind == CEL_UNKNOWN;
}

static struct cel_value unknown(void)
{
	return (struct cel_value){.kind = CEL_UNKNOWN};
}

static const struct cel_value *name_value(
    const struct evaluation *evaluation, const struct cel_node *node)
{
	bool is_local = node->kind;

	return is_local ? &evaluation->locals[node->what]
			: &evaluation->values[node->what];
}

static struct slice field_name(
    const struct evaluation *evaluation, const struct cel_node *node)
{
	return evaluation->program->constants[node->what].text;
}

/* The value of a key, or NULL; also when its price cannot be paid. */
static const struct cel_value *find(struct evaluation *evaluation,
    const struct cel_map *map, struct cel_value key)
{
	return cel_steps_take(&evaluation->steps, map->n / CEL_KEYS_A_STEP)
		   ? cel_map_find(map, key)
		   : NULL;
}

/* The field of an entity as get() tells it; false when it is absent. */
static bool get_field(struct evaluation *evaluation,
    const struct cel_node *node, const struct cel_value *operand,
    struct cel_value *ret_value)
{
	const struct cel_class *class = operand->object.class;
	bool is_known = node->kind;
	int index = is_known
			? (int)node->what
			: cel_class_field(class, field_name(evaluation, node));

	if (index < 0) {
		*ret_value =
		    cel_error(evaluation->arena, "'%s' has no field '%.*s'",
			class->name, SLICE_ARGS(field_name(evaluation, node)));
		return false;
	}
	return class->get(evaluation->context, operand->object.self,
	    (size_t)index, evaluation->arena, ret_value);
}

static struct cel_value no_fields(struct evaluation *evaluation,
    const struct cel_node *node, const struct cel_value *operand)
{
	struct buf type = {0};
	struct cel_value error;

	cel_type_spell(cel_type_of(operand->kind), &type);
	error = cel_error(evaluation->arena, "%s has no fields, so no '%.*s'",
	    buf_text(&type), SLICE_ARGS(field_name(evaluation, node)));
	buf_release(&type);
	return error;
}

/* The operand of a selection.  What the checker knows the class of is an
 * object, unless it is missing.  Nearly all are names, whose values are used
 * where they stand; the others are made in *made. */
static const struct cel_value *eval_operand(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *made)
{
	const struct cel_node *child = children(evaluation, node);
	const struct cel_value *operand = made;
	bool is_known = node->kind;

	if (child->op == OP_NAME && evaluation->steps) {
		evaluation->steps--;
		operand = name_value(evaluation, child);
	} else {
		*made = eval(evaluation, child);
	}
	if (is_known && operand->kind != CEL_OBJECT && !is_missing(*operand))
		BUG("a field of a class, and no object of it");
	return operand;
}

static struct cel_value eval_select(
    struct evaluation *evaluation, const struct cel_node *node)
{
	struct cel_value made;
	const struct cel_value *operand = eval_operand(evaluation, node, &made);
	const struct cel_value *found;
	struct cel_value value = {0};
	struct slice name;

	if (is_missing(*operand))
		return *operand;
	if (operand->kind == CEL_OBJECT) {
		get_field(evaluation, node, operand, &value);
		return value;
	}
	if (operand->kind != CEL_MAP)
		return no_fields(evaluation, node, operand);
	name = field_name(evaluation, node);
	found = find(evaluation, operand->map, cel_string(name));
	if (found)
		return *found;
	return cel_error(
	    evaluation->arena, "no such key: %.*s", SLICE_ARGS(name));
}

static struct cel_value eval_has(
    struct evaluation *evaluation, const struct cel_node *node)
{
	struct cel_value made;
	const struct cel_value *operand = eval_operand(evaluation, node, &made);
	struct cel_value value = {0};
	bool has;

	if (is_missing(*operand))
		return *operand;
	if (operand->kind == CEL_MAP)
		return cel_bool(find(evaluation, operand->map,
		    cel_string(field_name(evaluation, node))));
	if (operand->kind != CEL_OBJECT)
		return no_fields(evaluation, node, operand);
	has = get_field(evaluation, node, operand, &value);
	return value.kind == CEL_UNKNOWN ? unknown() : cel_bool(has);
}

/* The error that stands for nothing, until something is done with it. */
static const char none_text[] = "there is no value";

struct cel_value cel_none(void)
{
	return (struct cel_value){.kind = CEL_ERROR, .text = SLICE(none_text)};
}

static bool is_none(struct cel_value value)
{
	return value.kind == CEL_ERROR && value.text.ptr == none_text;
}

/* e.?field: what has() says decides, and null has no fields. */
static struct cel_value eval_ask(
    struct evaluation *evaluation, const struct cel_node *node)
{
	struct cel_value made;
	const struct cel_value *operand = eval_operand(evaluation, node, &made);
	const struct cel_value *found;
	struct cel_value value = {0};
	struct slice name;
	bool is_known = node->kind;

	if (is_missing(*operand))
		return *operand;
	if (operand->kind == CEL_NULL)
		return cel_none();
	if (operand->kind == CEL_OBJECT) {
		bool has = get_field(evaluation, node, operand, &value);

		name = is_known ? SLICE("") : field_name(evaluation, node);
		return has || value.kind == CEL_UNKNOWN ||
			       (!is_known &&
				   cel_class_field(
				       operand->object.class, name) < 0)
			   ? value
			   : cel_none();
	}
	if (operand->kind != CEL_MAP)
		return no_fields(evaluation, node, operand);
	name = field_name(evaluation, node);
	found = find(evaluation, operand->map, cel_string(name));
	return found ? *found : cel_none();
}

/* e[?key] */
static struct cel_value eval_optional_index(struct evaluation *evaluation,
    struct cel_value operand, struct cel_value key)
{
	const struct cel_value *found;

	if (is_missing(operand))
		return operand;
	if (is_missing(key))
		return key;
	if (operand.kind == CEL_NULL)
		return cel_none();
	if (operand.kind == CEL_MAP) {
		found = find(evaluation, operand.map, key);
		return found ? *found : cel_none();
	}
	if (operand.kind != CEL_LIST || key.kind != CEL_INT)
		return cel_error(evaluation->arena,
		    "only a map has keys, and a list items by number");
	if (key.integer < 0 || (uint64_t)key.integer >= operand.list->n)
		return cel_none();
	return operand.list->items[key.integer];
}

static struct cel_value eval_optional(
    struct evaluation *evaluation, const struct cel_node *node)
{
	const struct cel_node *args = children(evaluation, node);
	struct cel_value value = eval(evaluation, args);

	switch ((enum optional_kind)node->kind) {
	case OPTIONAL_INDEX:
		return eval_optional_index(
		    evaluation, value, eval(evaluation, args + 1));
	case OPTIONAL_HAS_VALUE:
		return is_none(value)	   ? cel_bool(false)
		       : is_missing(value) ? value
					   : cel_bool(true);
	case OPTIONAL_VALUE:
		return is_none(value)
			   ? cel_error(evaluation->arena, "%s", none_text)
			   : value;
	case OPTIONAL_OR_VALUE:
	case OPTIONAL_OR:
		return is_none(value) ? eval(evaluation, args + 1) : value;
	}
	BUG("an optional of no kind");
}

/* The literal pattern of a call, where it has been compiled. */
static const struct regex *literal_pattern(
    const struct evaluation *evaluation, const struct cel_node *node)
{
	const struct cel_owned *owned = evaluation->program->owned;
	bool has_pattern = node->op == OP_CALL && node->what;

	return has_pattern && owned ? owned->patterns[node->what - 1] : NULL;
}

/* Runs the operation of an OP_CALL or OP_LINK; missing operands pass through,
 * errors first. */
static struct cel_value apply(struct evaluation *evaluation,
    const struct cel_node *node, enum form form, const struct cel_value *args,
    size_t nargs)
{
	const struct overloads overloads = {
	    evaluation->overloads + node->row, node->nrows};
	const struct call call = {
	    .arena = evaluation->arena,
	    .patterns = evaluation->patterns,
	    .pattern = literal_pattern(evaluation, node),
	    .is_literal = node->what,
	    .is_strict = evaluation->program->owned &&
			 evaluation->program->owned->is_strict,
	    .steps = &evaluation->steps,
	};
	bool is_unknown = false;
	size_t i, nbytes = 0;

	for (i = 0; i < nargs; i++) {
		if (args[i].kind == CEL_ERROR)
			return args[i];
		is_unknown |= args[i].kind == CEL_UNKNOWN;
		if (args[i].kind == CEL_STRING)
			nbytes += args[i].text.len;
	}
	if (is_unknown)
		return unknown();
	/* Whatever is done with texts looks at all of them. */
	if (!cel_steps_take(&evaluation->steps, nbytes / CEL_BYTES_A_STEP))
		return out_of_steps(evaluation);
	return overloads_apply(overloads, form, &call, args, nargs);
}

static struct cel_value eval_call(
    struct evaluation *evaluation, const struct cel_node *node)
{
	const struct cel_node *operands = children(evaluation, node);
	struct cel_value args[MAX_ARGS];
	size_t i;

	for (i = 0; i < node->n; i++)
		args[i] = eval(evaluation, &operands[i]);
	return apply(evaluation, node, (enum form)node->kind, args, node->n);
}

static struct cel_value eval_chain(
    struct evaluation *evaluation, const struct cel_node *node)
{
	const struct cel_node *first = children(evaluation, node);
	struct cel_value args[2];
	size_t i;

	args[0] = eval(evaluation, first);
	for (i = 1; i < node->n; i++) {
		const struct cel_node *link = &first[i];

		args[1] = eval(evaluation, children(evaluation, link));
		args[0] = apply(evaluation, link, FORM_OPERATOR, args, 2);
	}
	return args[0];
}

/* What && or || has seen so far, none of it deciding. */
struct verdict {
	bool is_unknown;
	bool is_error;
	struct cel_value error; /* the first */
};

static struct cel_value not_bool(
    struct evaluation *evaluation, struct cel_value value)
{
	struct buf type = {0};
	struct cel_value error;

	cel_type_spell(cel_type_of(value.kind), &type);
	error = cel_error(evaluation->arena,
	    "a condition must be a bool, not %s", buf_text(&type));
	buf_release(&type);
	return error;
}

/* Takes in one operand: whether it is absorber and so decides. */
static bool verdict_add(struct evaluation *evaluation, struct verdict *verdict,
    bool absorber, struct cel_value value)
{
	if (value.kind == CEL_BOOL)
		return value.boolean == absorber;
	if (value.kind == CEL_UNKNOWN) {
		verdict->is_unknown = true;
		return false;
	}
	if (!verdict->is_error)
		verdict->error = value.kind == CEL_ERROR
				     ? value
				     : not_bool(evaluation, value);
	verdict->is_error = true;
	return false;
}

static struct cel_value verdict_value(
    const struct verdict *verdict, bool absorber)
{
	if (verdict->is_unknown)
		return unknown();
	return verdict->is_error ? verdict->error : cel_bool(!absorber);
}

static struct cel_value eval_logic(
    struct evaluation *evaluation, const struct cel_node *node)
{
	bool absorber = node->kind;
	struct verdict verdict = {0};
	size_t i;

	for (i = 0; i < node->n; i++) {
		const struct cel_node *operand = children(evaluation, node) + i;

		if (verdict_add(evaluation, &verdict, absorber,
			eval(evaluation, operand)))
			return cel_bool(absorber);
	}
	return verdict_value(&verdict, absorber);
}

/* A value that must be bool or missing. */
static struct cel_value eval_condition(
    struct evaluation *evaluation, const struct cel_node *node)
{
	struct cel_value value = eval(evaluation, node);

	if (value.kind == CEL_BOOL || is_missing(value))
		return value;
	return not_bool(evaluation, value);
}

static struct cel_value eval_conditional(
    struct evaluation *evaluation, const struct cel_node *node)
{
	struct cel_value condition =
	    eval_condition(evaluation, children(evaluation, node));

	if (is_missing(condition))
		return condition;
	return eval(evaluation,
	    children(evaluation, node) + (condition.boolean ? 1 : 2));
}

static struct cel_value make_list(
    struct evaluation *evaluation, const struct cel_value *items, size_t n)
{
	struct cel_list *list = arena_alloc(evaluation->arena, sizeof(*list));

	*list = (struct cel_list){.n = n, .items = items};
	return (struct cel_value){.kind = CEL_LIST, .list = list};
}

static struct cel_value *new_values(struct evaluation *evaluation, size_t n)
{
	return arena_array(evaluation->arena, n, sizeof(struct cel_value));
}

/* Evaluates n nodes into values; false and what is missing in *ret_missing when
 * one has no value. */
static bool eval_all(struct evaluation *evaluation,
    const struct cel_node *nodes, size_t n, struct cel_value *values,
    struct cel_value *ret_missing)
{
	size_t i;

	for (i = 0; i < n; i++) {
		values[i] = eval(evaluation, &nodes[i]);
		if (is_missing(values[i])) {
			*ret_missing = values[i];
			return false;
		}
	}
	return true;
}

static struct cel_value eval_list(
    struct evaluation *evaluation, const struct cel_node *node)
{
	struct cel_value *items = new_values(evaluation, node->n);
	struct cel_value missing;

	if (!eval_all(evaluation, children(evaluation, node), node->n, items,
		&missing))
		return missing;
	return make_list(evaluation, items, node->n);
}

/* Whether keys of a literal are keys and differ; else CEL_ERROR. */
static bool check_keys(struct evaluation *evaluation,
    const struct cel_value *keys, size_t n, struct cel_value *ret_error)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct cel_map before = {i, keys, keys};
		struct buf key = {0};

		if (keys[i].kind == CEL_STRING || keys[i].kind == CEL_INT ||
		    keys[i].kind == CEL_BOOL) {
			if (!cel_map_find(&before, keys[i]))
				continue;
		}
		cel_print(keys[i], &key);
		*ret_error = cel_error(evaluation->arena,
		    "%s cannot be the key of a map, or is one twice",
		    buf_text(&key));
		buf_release(&key);
		return false;
	}
	return true;
}

static struct cel_value eval_map(
    struct evaluation *evaluation, const struct cel_node *node)
{
	const struct cel_node *pairs = children(evaluation, node);
	size_t n = node->n / 2;
	struct cel_value *keys = new_values(evaluation, n);
	struct cel_value *values = new_values(evaluation, n);
	struct cel_value problem;
	struct cel_map *map;

	if (!eval_all(evaluation, pairs, n, keys, &problem) ||
	    !check_keys(evaluation, keys, n, &problem) ||
	    !eval_all(evaluation, pairs + n, n, values, &problem))
		return problem;
	map = arena_alloc(evaluation->arena, sizeof(*map));
	*map = (struct cel_map){n, keys, values};
	return (struct cel_value){.kind = CEL_MAP, .map = map};
}

/* The items a macro visits. */
struct range {
	const struct cel_value *items;
	size_t n;
	bool is_kept;
};

/* all() and exists(): && and || over the items. */
static struct cel_value ask_items(struct evaluation *evaluation,
    const struct cel_node *node, struct range range)
{
	bool absorber = node->kind == MACRO_EXISTS;
	const struct cel_node *condition = children(evaluation, node) + 1;
	struct verdict verdict = {0};
	size_t i;

	for (i = 0; i < range.n; i++) {
		evaluation->locals[node->what] = range.items[i];
		if (verdict_add(evaluation, &verdict, absorber,
			eval(evaluation, condition)))
			return cel_bool(absorber);
	}
	return verdict_value(&verdict, absorber);
}

/* Whether what is below a node reads no names but the variables of a macro, of
 * those within it, which have higher slots, and one object, whose self is put
 * in *self. */
static bool reads_one(const struct evaluation *evaluation,
    const struct cel_node *node, uint32_t slot, const void **self)
{
	const struct cel_node *child = children(evaluation, node);

	if (node->op == OP_NAME) {
		bool is_local = node->kind;
		struct cel_value value = *name_value(evaluation, node);

		if (is_local && node->what >= slot)
			return true;
		if (value.kind != CEL_OBJECT ||
		    (*self && *self != value.object.self))
			return false;
		*self = value.object.self;
		return true;
	}
	for (size_t i = 0; i < node->n; i++) {
		if (!reads_one(evaluation, &child[i], slot, self))
			return false;
	}
	return true;
}

static struct cel_value pay_again(
    struct evaluation *evaluation, const struct cel_answer *answer)
{
	if (!cel_steps_take(&evaluation->steps, answer->steps) ||
	    answer->holds == ANSWER_NONE) {
		evaluation->steps = 0;
		return out_of_steps(evaluation);
	}
	return answer->holds == ANSWER_UNKNOWN
		   ? unknown()
		   : cel_bool(answer->holds == ANSWER_YES);
}

/* Keeps what was said of the question.  An error is not: the arena of its text
 * is the caller's. */
static void keep_answer(struct evaluation *evaluation,
    struct cel_answer *answer, struct cel_value value)
{
	answer->steps -= evaluation->steps;
	if (!evaluation->steps)
		answer->holds = ANSWER_NONE;
	else if (value.kind == CEL_BOOL)
		answer->holds = value.boolean ? ANSWER_YES : ANSWER_NO;
	else if (value.kind == CEL_UNKNOWN)
		answer->holds = ANSWER_UNKNOWN;
	else
		return;
	cel_answers_keep(evaluation->answers, answer);
}

/* all() and exists().  What depends on the list and one object, such as the
 * parameters of a rule, is asked once. */
static struct cel_value quantify(struct evaluation *evaluation,
    const struct cel_node *node, struct range range)
{
	struct cel_answer answer = {
	    .question = {.macro = node, .items = range.items},
	    .steps = evaluation->steps};
	const struct cel_answer *known;
	struct cel_value value;

	if (!range.is_kept ||
	    !reads_one(evaluation, children(evaluation, node) + 1, node->what,
		&answer.question.self))
		return ask_items(evaluation, node, range);
	known = cel_answers_find(evaluation->answers, &answer);
	if (known &&
	    (known->holds != ANSWER_NONE || known->steps >= evaluation->steps))
		return pay_again(evaluation, known);
	value = ask_items(evaluation, node, range);
	keep_answer(evaluation, &answer, value);
	return value;
}

static struct cel_value count_one(struct evaluation *evaluation,
    const struct cel_node *node, struct range range)
{
	const struct cel_node *condition = children(evaluation, node) + 1;
	size_t i, count = 0;

	for (i = 0; i < range.n; i++) {
		struct cel_value holds;

		evaluation->locals[node->what] = range.items[i];
		holds = eval_condition(evaluation, condition);
		if (is_missing(holds))
			return holds;
		count += holds.boolean;
	}
	return cel_bool(count == 1);
}

/* filter() and map(): the items that hold, transformed or as they are. */
static struct cel_value collect(struct evaluation *evaluation,
    const struct cel_node *node, struct range range)
{
	const struct cel_node *condition = NULL, *transform = NULL;
	struct cel_value holds = cel_bool(true);
	struct cel_value *items;
	size_t i, n = 0;

	if (node->kind != MACRO_MAP || node->n == 3)
		condition = children(evaluation, node) + 1;
	if (node->kind == MACRO_MAP)
		transform = children(evaluation, node) + node->n - 1;
	if (!cel_steps_take(&evaluation->steps, range.n * CEL_STEPS_AN_ITEM))
		return out_of_steps(evaluation);
	items = new_values(evaluation, range.n);
	for (i = 0; i < range.n; i++) {
		evaluation->locals[node->what] = range.items[i];
		if (condition)
			holds = eval_condition(evaluation, condition);
		if (is_missing(holds))
			return holds;
		if (!holds.boolean)
			continue;
		items[n] = range.items[i];
		if (transform)
			items[n] = eval(evaluation, transform);
		if (is_missing(items[n]))
			return items[n];
		n++;
	}
	return make_list(evaluation, items, n);
}

static struct cel_value eval_macro(
    struct evaluation *evaluation, const struct cel_node *node)
{
	struct cel_value value = eval(evaluation, children(evaluation, node));
	struct range range;

	if (is_missing(value))
		return value;
	if (value.kind == CEL_LIST)
		range = (struct range){
		    value.list->items, value.list->n, value.list->is_kept};
	else if (value.kind == CEL_MAP)
		range = (struct range){value.map->keys, value.map->n, false};
	else
		return cel_error(evaluation->arena,
		    "only a list or a map has items to visit");
	switch ((enum macro_kind)node->kind) {
	case MACRO_ALL:
	case MACRO_EXISTS: return quantify(evaluation, node, range);
	case MACRO_EXISTS_ONE: return count_one(evaluation, node, range);
	case MACRO_FILTER:
	case MACRO_MAP: return collect(evaluation, node, range);
	}
	BUG("a macro of no kind");
}

/* Recursion ends with the height of the tree it was made of, which the parser
 * limits. */
static struct cel_value eval(
    struct evaluation *evaluation, const struct cel_node *node)
{
	if (!evaluation->steps)
		return out_of_steps(evaluation);
	evaluation->steps--;
	switch ((enum cel_op)node->op) {
	case OP_LITERAL: return evaluation->program->constants[node->what];
	case OP_NAME: return *name_value(evaluation, node);
	case OP_SELECT: return eval_select(evaluation, node);
	case OP_HAS: return eval_has(evaluation, node);
	case OP_ASK: return eval_ask(evaluation, node);
	case OP_OPTIONAL: return eval_optional(evaluation, node);
	case OP_CALL: return eval_call(evaluation, node);
	case OP_CHAIN: return eval_chain(evaluation, node);
	case OP_LOGIC: return eval_logic(evaluation, node);
	case OP_CONDITIONAL: return eval_conditional(evaluation, node);
	case OP_LIST: return eval_list(evaluation, node);
	case OP_MAP: return eval_map(evaluation, node);
	case OP_MACRO: return eval_macro(evaluation, node);
	case OP_LINK: break; /* part of its chain */
	}
	BUG("a node of no kind");
}

struct cel_value cel_eval_with(struct cel_patterns *patterns,
    struct cel_answers *answers, uint64_t *steps,
    const struct cel_program *program, const struct cel_value *values,
    const void *context, struct arena *arena)
{
	uint64_t most = *steps < STEP_BUDGET ? *steps : STEP_BUDGET;
	struct evaluation evaluation = {
	    .program = program,
	    .patterns = patterns,
	    .answers = answers,
	    .overloads = overloads_all().rows,
	    .values = values,
	    .context = context,
	    .arena = arena,
	    .steps = most,
	};
	struct cel_value result;

	if (program->nlocals)
		evaluation.locals = new_values(&evaluation, program->nlocals);
	result = eval(&evaluation, program->nodes);
	*steps -= most - evaluation.steps;
	/* Whatever the last steps gave, they may have been cut short. */
	return evaluation.steps ? result : out_of_steps(&evaluation);
}

struct cel_value cel_eval_within(uint64_t *steps,
    const struct cel_program *program, const struct cel_value *values,
    const void *context, struct arena *arena)
{
	struct cel_patterns patterns = {0};
	struct cel_answers answers = {0};
	struct cel_value result = cel_eval_with(
	    &patterns, &answers, steps, program, values, context, arena);

	cel_patterns_release(&patterns);
	cel_answers_release(&answers);
	return result;
}

struct cel_value cel_eval(const struct cel_program *program,
    const struct cel_value *values, const void *context, struct arena *arena)
{
	uint64_t steps = UINT64_MAX;

	return cel_eval_within(&steps, program, values, context, arena);
}
