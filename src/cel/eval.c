/*
 * The evaluator: a program and the values of its names -> a value.
 *
 * An error or unknown operand makes the whole operation one, except where CEL
 * absorbs it: && and || (and so all() and exists()) when another operand
 * decides, and the branch of ?: that is not taken.
 */
#include "cel/evaluation.h"

#include <string.h>

/* Nodes visited, items made or compared: less than a second's work, yet enough
 * to look at each of 100,000 workloads dozens of times. */
#define STEP_BUDGET 10000000

static struct cel_value node_value(
    struct evaluation *evaluation, const struct cel_node *node);

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
static inline bool get_field(struct evaluation *evaluation,
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
static inline const struct cel_value *selection_operand(
    struct evaluation *evaluation, const struct cel_node *node,
    struct cel_value *made)
{
	const struct cel_node *child = children(evaluation, node);
	const struct cel_value *operand = made;
	bool is_known = node->kind;

	if (child->op == OP_NAME && evaluation->steps) {
		evaluation->steps--;
		operand = name_value(evaluation, child);
	} else {
		*made = node_value(evaluation, child);
	}
	if (is_known && operand->kind != CEL_OBJECT && !is_missing(*operand))
		BUG("a field of a class, and no object of it");
	return operand;
}

static inline struct cel_value eval_select(
    struct evaluation *evaluation, const struct cel_node *node)
{
	struct cel_value made;
	const struct cel_value *operand =
	    selection_operand(evaluation, node, &made);
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

static inline struct cel_value eval_has(
    struct evaluation *evaluation, const struct cel_node *node)
{
	struct cel_value made;
	const struct cel_value *operand =
	    selection_operand(evaluation, node, &made);
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
	return value.kind == CEL_UNKNOWN ? cel_unknown() : cel_bool(has);
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
	const struct cel_value *operand =
	    selection_operand(evaluation, node, &made);
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
	struct cel_value value = node_value(evaluation, args);

	switch ((enum optional_kind)node->kind) {
	case OPTIONAL_INDEX:
		return eval_optional_index(
		    evaluation, value, node_value(evaluation, args + 1));
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
		return is_none(value) ? node_value(evaluation, args + 1)
				      : value;
	}
	BUG("an optional of no kind");
}

static inline struct cel_value eval_call(
    struct evaluation *evaluation, const struct cel_node *node)
{
	const struct cel_node *operands = children(evaluation, node);
	struct cel_value args[MAX_ARGS];
	enum truth truth;
	size_t i;

	if (is_negation(evaluation, node)) {
		truth = negation_truth(evaluation, node, args);
		return truth == TRUTH_NEITHER ? args[0]
					      : cel_bool(truth == TRUTH_YES);
	}
	for (i = 0; i < node->n; i++)
		args[i] = node_value(evaluation, &operands[i]);
	return call_value(evaluation, node, args);
}

static struct cel_value eval_chain(
    struct evaluation *evaluation, const struct cel_node *node)
{
	const struct cel_node *first = children(evaluation, node);
	struct cel_value args[2];
	size_t i;

	args[0] = node_value(evaluation, first);
	for (i = 1; i < node->n; i++) {
		const struct cel_node *link = &first[i];

		args[1] = node_value(evaluation, children(evaluation, link));
		args[0] = apply(evaluation, link, FORM_OPERATOR, args, 2);
	}
	return args[0];
}

static inline struct cel_value eval_logic(
    struct evaluation *evaluation, const struct cel_node *node)
{
	struct cel_value neither;
	enum truth truth = logic_truth(evaluation, node, &neither);

	return truth == TRUTH_NEITHER ? neither : cel_bool(truth == TRUTH_YES);
}

static struct cel_value eval_conditional(
    struct evaluation *evaluation, const struct cel_node *node)
{
	const struct cel_node *operands = children(evaluation, node);
	struct cel_value neither;

	switch (node_truth(evaluation, &operands[0], &neither)) {
	case TRUTH_YES: return node_value(evaluation, &operands[1]);
	case TRUTH_NO: return node_value(evaluation, &operands[2]);
	case TRUTH_NEITHER: break;
	}
	return neither;
}

/* Evaluates n nodes into values; false and what is missing in *ret_missing when
 * one has no value. */
static bool eval_all(struct evaluation *evaluation,
    const struct cel_node *nodes, size_t n, struct cel_value *values,
    struct cel_value *ret_missing)
{
	size_t i;

	for (i = 0; i < n; i++) {
		values[i] = node_value(evaluation, &nodes[i]);
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
	return list_of_values(evaluation, items, node->n);
}

/* Whether keys of a literal are keys and differ; else CEL_ERROR. */
static bool check_keys(struct evaluation *evaluation,
    const struct cel_value *keys, size_t n, struct cel_value *ret_error)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct cel_map before = {.n = i, .keys = keys, .values = keys};
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
	*map = (struct cel_map){.n = n, .keys = keys, .values = values};
	return (struct cel_value){.kind = CEL_MAP, .map = map};
}

/* Recursion ends with the height of the tree it was made of, which the parser
 * limits. */
static struct cel_value node_value(
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
	case OP_MACRO: return macro_value(evaluation, node);
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
	    .value = node_value,
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
	result = node_value(&evaluation, program->nodes);
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
