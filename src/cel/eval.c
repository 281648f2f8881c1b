/*
 * The evaluator: a checked tree and the values of its names -> a value.
 *
 * An error or unknown operand makes the whole operation one, except where CEL
 * absorbs it: && and || (and so all() and exists()) when another operand
 * decides, and the branch of ?: that is not taken.
 */
#include "cel/ast.h"
#include "cel/cel.h"

#include <string.h>

/* Nodes visited, items made or compared: less than a second's work, yet enough
 * to look at each of 100,000 workloads dozens of times. */
#define STEP_BUDGET 10000000

struct evaluation {
	const struct cel_value *values; /* of the scope's vars */
	const void *context;
	struct arena *arena;
	struct cel_value *locals; /* of the macros' variables, by slot */
	uint64_t steps;		  /* left */
};

static struct cel_value eval(
    struct evaluation *evaluation, const struct ast *ast);

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

static struct cel_value eval_name(
    const struct evaluation *evaluation, const struct ast *ast)
{
	if (ast->name.is_local)
		return evaluation->locals[ast->name.slot];
	return evaluation->values[ast->name.slot];
}

/* The field of an entity as get() tells it; false when it is absent. */
static bool get_field(struct evaluation *evaluation, const struct ast *ast,
    struct cel_value operand, struct cel_value *ret_value)
{
	const struct cel_class *class = operand.object.class;
	int index = ast->select.index;

	if (index < 0)
		index = cel_class_field(class, ast->select.field);
	if (index < 0) {
		*ret_value =
		    cel_error(evaluation->arena, "'%s' has no field '%.*s'",
			class->name, SLICE_ARGS(ast->select.field));
		return false;
	}
	return class->get(evaluation->context, operand.object.self,
	    (size_t)index, evaluation->arena, ret_value);
}

static struct cel_value no_fields(struct evaluation *evaluation,
    const struct ast *ast, struct cel_value operand)
{
	struct buf type = {0};
	struct cel_value error;

	cel_type_spell(cel_type_of(operand.kind), &type);
	error = cel_error(evaluation->arena, "%s has no fields, so no '%.*s'",
	    buf_text(&type), SLICE_ARGS(ast->select.field));
	buf_release(&type);
	return error;
}

static struct cel_value eval_select(
    struct evaluation *evaluation, const struct ast *ast)
{
	struct cel_value operand = eval(evaluation, ast->select.operand);
	const struct cel_value *found;
	struct cel_value value = {0};

	if (is_missing(operand))
		return operand;
	if (operand.kind == CEL_OBJECT) {
		get_field(evaluation, ast, operand, &value);
		return value;
	}
	if (operand.kind != CEL_MAP)
		return no_fields(evaluation, ast, operand);
	found = cel_map_find(operand.map, cel_string(ast->select.field));
	if (found)
		return *found;
	return cel_error(evaluation->arena, "no such key: %.*s",
	    SLICE_ARGS(ast->select.field));
}

static struct cel_value eval_has(
    struct evaluation *evaluation, const struct ast *ast)
{
	struct cel_value operand = eval(evaluation, ast->select.operand);
	struct cel_value value = {0};
	bool has;

	if (is_missing(operand))
		return operand;
	if (operand.kind == CEL_MAP)
		return cel_bool(
		    cel_map_find(operand.map, cel_string(ast->select.field)));
	if (operand.kind != CEL_OBJECT)
		return no_fields(evaluation, ast, operand);
	has = get_field(evaluation, ast, operand, &value);
	return value.kind == CEL_UNKNOWN ? unknown() : cel_bool(has);
}

/* Runs an operation; missing operands pass through, errors first. */
static struct cel_value apply(struct evaluation *evaluation,
    struct overloads overloads, enum form form, const struct regex *pattern,
    const struct cel_value *args, size_t nargs)
{
	const struct call call = {
	    .arena = evaluation->arena,
	    .pattern = pattern,
	    .steps = &evaluation->steps,
	};
	bool is_unknown = false;
	size_t i;

	for (i = 0; i < nargs; i++) {
		if (args[i].kind == CEL_ERROR)
			return args[i];
		is_unknown |= args[i].kind == CEL_UNKNOWN;
	}
	if (is_unknown)
		return unknown();
	return overloads_apply(overloads, form, &call, args, nargs);
}

static struct cel_value eval_call(
    struct evaluation *evaluation, const struct ast *ast)
{
	const struct ast_list *operands = &ast->call.args;
	struct cel_value args[MAX_ARGS];
	size_t i;

	for (i = 0; i < operands->n; i++)
		args[i] = eval(evaluation, operands->items[i]);
	return apply(evaluation, ast->call.overloads, ast->call.form,
	    ast->call.pattern, args, operands->n);
}

static struct cel_value eval_chain(
    struct evaluation *evaluation, const struct ast *ast)
{
	struct cel_value args[2];
	size_t i;

	args[0] = eval(evaluation, ast->chain.first);
	for (i = 0; i < ast->chain.n; i++) {
		const struct link *link = &ast->chain.links[i];

		args[1] = eval(evaluation, link->right);
		args[0] = apply(
		    evaluation, link->overloads, FORM_OPERATOR, NULL, args, 2);
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
    struct evaluation *evaluation, const struct ast *ast)
{
	bool absorber = ast->logic.absorber;
	struct verdict verdict = {0};
	size_t i;

	for (i = 0; i < ast->logic.operands.n; i++) {
		const struct ast *operand = ast->logic.operands.items[i];

		if (verdict_add(evaluation, &verdict, absorber,
			eval(evaluation, operand)))
			return cel_bool(absorber);
	}
	return verdict_value(&verdict, absorber);
}

/* A value that must be bool or missing. */
static struct cel_value eval_condition(
    struct evaluation *evaluation, const struct ast *ast)
{
	struct cel_value value = eval(evaluation, ast);

	if (value.kind == CEL_BOOL || is_missing(value))
		return value;
	return not_bool(evaluation, value);
}

static struct cel_value eval_conditional(
    struct evaluation *evaluation, const struct ast *ast)
{
	struct cel_value condition =
	    eval_condition(evaluation, ast->conditional.condition);

	if (is_missing(condition))
		return condition;
	return eval(evaluation,
	    condition.boolean ? ast->conditional.yes : ast->conditional.no);
}

static struct cel_value make_list(
    struct evaluation *evaluation, const struct cel_value *items, size_t n)
{
	struct cel_list *list = arena_alloc(evaluation->arena, sizeof(*list));

	*list = (struct cel_list){n, items};
	return (struct cel_value){.kind = CEL_LIST, .list = list};
}

static struct cel_value *new_values(struct evaluation *evaluation, size_t n)
{
	return arena_array(evaluation->arena, n, sizeof(struct cel_value));
}

/* Evaluates all of from into values; false and what is missing in *ret_missing
 * when one has no value. */
static bool eval_all(struct evaluation *evaluation, const struct ast_list *from,
    struct cel_value *values, struct cel_value *ret_missing)
{
	size_t i;

	for (i = 0; i < from->n; i++) {
		values[i] = eval(evaluation, from->items[i]);
		if (is_missing(values[i])) {
			*ret_missing = values[i];
			return false;
		}
	}
	return true;
}

static struct cel_value eval_list(
    struct evaluation *evaluation, const struct ast *ast)
{
	struct cel_value *items = new_values(evaluation, ast->list.n);
	struct cel_value missing;

	if (!eval_all(evaluation, &ast->list, items, &missing))
		return missing;
	return make_list(evaluation, items, ast->list.n);
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
    struct evaluation *evaluation, const struct ast *ast)
{
	size_t n = ast->map.keys.n;
	struct cel_value *keys = new_values(evaluation, n);
	struct cel_value *values = new_values(evaluation, n);
	struct cel_value problem;
	struct cel_map *map;

	if (!eval_all(evaluation, &ast->map.keys, keys, &problem) ||
	    !check_keys(evaluation, keys, n, &problem) ||
	    !eval_all(evaluation, &ast->map.values, values, &problem))
		return problem;
	map = arena_alloc(evaluation->arena, sizeof(*map));
	*map = (struct cel_map){n, keys, values};
	return (struct cel_value){.kind = CEL_MAP, .map = map};
}

/* The items a macro visits. */
struct range {
	const struct cel_value *items;
	size_t n;
};

/* all() and exists(): && and || over the items. */
static struct cel_value quantify(
    struct evaluation *evaluation, const struct ast *ast, struct range range)
{
	bool absorber = ast->macro.kind == MACRO_EXISTS;
	struct verdict verdict = {0};
	size_t i;

	for (i = 0; i < range.n; i++) {
		evaluation->locals[ast->macro.slot] = range.items[i];
		if (verdict_add(evaluation, &verdict, absorber,
			eval(evaluation, ast->macro.condition)))
			return cel_bool(absorber);
	}
	return verdict_value(&verdict, absorber);
}

static struct cel_value count_one(
    struct evaluation *evaluation, const struct ast *ast, struct range range)
{
	size_t i, count = 0;

	for (i = 0; i < range.n; i++) {
		struct cel_value holds;

		evaluation->locals[ast->macro.slot] = range.items[i];
		holds = eval_condition(evaluation, ast->macro.condition);
		if (is_missing(holds))
			return holds;
		count += holds.boolean;
	}
	return cel_bool(count == 1);
}

/* filter() and map(): the items that hold, transformed or as they are. */
static struct cel_value collect(
    struct evaluation *evaluation, const struct ast *ast, struct range range)
{
	struct cel_value holds = cel_bool(true);
	struct cel_value *items;
	size_t i, n = 0;

	if (range.n > evaluation->steps)
		return out_of_steps(evaluation);
	evaluation->steps -= range.n;
	items = new_values(evaluation, range.n);
	for (i = 0; i < range.n; i++) {
		evaluation->locals[ast->macro.slot] = range.items[i];
		if (ast->macro.condition)
			holds =
			    eval_condition(evaluation, ast->macro.condition);
		if (is_missing(holds))
			return holds;
		if (!holds.boolean)
			continue;
		items[n] = range.items[i];
		if (ast->macro.transform)
			items[n] = eval(evaluation, ast->macro.transform);
		if (is_missing(items[n]))
			return items[n];
		n++;
	}
	return make_list(evaluation, items, n);
}

static struct cel_value eval_macro(
    struct evaluation *evaluation, const struct ast *ast)
{
	struct cel_value value = eval(evaluation, ast->macro.range);
	struct range range;

	if (is_missing(value))
		return value;
	if (value.kind == CEL_LIST)
		range = (struct range){value.list->items, value.list->n};
	else if (value.kind == CEL_MAP)
		range = (struct range){value.map->keys, value.map->n};
	else
		return cel_error(evaluation->arena,
		    "only a list or a map has items to visit");
	switch (ast->macro.kind) {
	case MACRO_ALL:
	case MACRO_EXISTS: return quantify(evaluation, ast, range);
	case MACRO_EXISTS_ONE: return count_one(evaluation, ast, range);
	case MACRO_FILTER:
	case MACRO_MAP: return collect(evaluation, ast, range);
	}
	BUG("a macro of no kind");
}

/* Recursion ends with the height of the tree, which the parser limits. */
static struct cel_value eval(
    struct evaluation *evaluation, const struct ast *ast)
{
	if (!evaluation->steps)
		return out_of_steps(evaluation);
	evaluation->steps--;
	switch (ast->kind) {
	case AST_LITERAL: return ast->literal;
	case AST_NAME: return eval_name(evaluation, ast);
	case AST_SELECT: return eval_select(evaluation, ast);
	case AST_HAS: return eval_has(evaluation, ast);
	case AST_CALL: return eval_call(evaluation, ast);
	case AST_CHAIN: return eval_chain(evaluation, ast);
	case AST_LOGIC: return eval_logic(evaluation, ast);
	case AST_CONDITIONAL: return eval_conditional(evaluation, ast);
	case AST_LIST: return eval_list(evaluation, ast);
	case AST_MAP: return eval_map(evaluation, ast);
	case AST_MACRO: return eval_macro(evaluation, ast);
	}
	BUG("a node of no kind");
}

struct cel_value cel_eval(const struct cel_program *program,
    const struct cel_value *values, const void *context, struct arena *arena)
{
	struct evaluation evaluation = {
	    .values = values,
	    .context = context,
	    .arena = arena,
	    .steps = STEP_BUDGET,
	};
	struct cel_value result;

	if (program->nlocals)
		evaluation.locals = new_values(&evaluation, program->nlocals);
	result = eval(&evaluation, program->root);
	/* Whatever the last steps gave, they may have been cut short. */
	return evaluation.steps ? result : out_of_steps(&evaluation);
}
