/*
 * Heads of control structures to the pipelines in them, and where "." points
 * behind them.
 */
#include "helm/branch.h"

/* What follows the words "if", "else if", "with", ... */
static struct slice condition_in(struct slice head, enum go_kind *ret_control)
{
	static const struct {
		const char *word;
		enum go_kind control;
	} words[] = {{"if", GO_IF}, {"with", GO_WITH}, {"range", GO_RANGE}};
	struct slice rest = head;
	struct item item;
	bool more = item_next(&rest, &item);

	if (more && slice_is(item.text, "else"))
		more = item_next(&rest, &item);
	*ret_control = GO_ELSE;
	for (size_t i = 0; more && i < COUNT_OF(words); i++) {
		if (slice_is(item.text, words[i].word))
			*ret_control = words[i].control;
	}
	return rest;
}

struct slice branch_condition(const struct branch *branch)
{
	enum go_kind control;
	struct slice condition = condition_in(branch->head, &control);
	struct slice rest = condition;
	struct item item;

	if (control == GO_ELSE)
		return (struct slice){0};
	while (item_next(&rest, &item)) {
		if (item.kind == ITEM_ASSIGN)
			return slice_trim(rest);
		if (item.kind != ITEM_VARIABLE && !slice_is(item.text, ","))
			break;
	}
	return slice_trim(condition);
}

bool branch_is_loop(const struct branch *branch)
{
	enum go_kind control;

	condition_in(branch->head, &control);
	return control == GO_RANGE;
}

size_t branch_variables(const struct branch *branch, struct slice names[2])
{
	enum go_kind control;
	struct slice rest = condition_in(branch->head, &control);
	struct item item;
	size_t n = 0;

	while (n < 2 && item_next(&rest, &item) && item.kind == ITEM_VARIABLE) {
		names[n++] = item.text;
		if (!item_next(&rest, &item))
			return 0;
		if (item.kind == ITEM_ASSIGN)
			return n;
		if (!slice_is(item.text, ","))
			return 0;
	}
	return 0;
}

enum tri branch_is_taken(const struct evaluator *evaluator,
    const struct go_scope *scope, const struct branch *branch)
{
	enum go_kind control;
	struct slice condition = condition_in(branch->head, &control);

	if (!evaluator || control == GO_ELSE)
		return TRI_UNKNOWN;
	return evaluator->decide(evaluator->context, scope, condition);
}

struct go_scope scope_in_branch(const struct evaluator *evaluator,
    const struct go_scope *scope, const struct branch *branch)
{
	struct go_scope inside = *scope;
	enum go_kind control;
	struct slice condition = condition_in(branch->head, &control);

	if (control == GO_RANGE)
		inside.dot = NULL;
	else if (evaluator && control == GO_WITH)
		inside.dot =
		    evaluator->evaluate(evaluator->context, scope, condition);
	return inside;
}

void scope_add_variable(const struct evaluator *evaluator,
    struct go_scope *scope, struct slice name, struct slice pipeline,
    struct arena *arena)
{
	struct go_variable *variable;

	if (!evaluator)
		return;
	variable = arena_alloc(arena, sizeof(*variable));
	variable->up = scope->variables;
	variable->name = name;
	variable->value =
	    evaluator->evaluate(evaluator->context, scope, pipeline);
	variable->printed =
	    evaluator->print(evaluator->context, scope, pipeline);
	scope->variables = variable;
}

struct go_scope scope_in_call(const struct evaluator *evaluator,
    const struct go_scope *scope, const struct output *output)
{
	struct go_scope inside = {0};

	if (evaluator && output->argument.len)
		inside.dot = inside.root = evaluator->evaluate(
		    evaluator->context, scope, output->argument);
	return inside;
}
