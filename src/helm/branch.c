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

int settle_branch(const struct settling *settling, const struct go_scope *scope,
    const struct branch *branch)
{
	enum go_kind control;
	struct slice condition = condition_in(branch->head, &control);

	if (!settling || control == GO_ELSE)
		return -1;
	return settling->decide(settling->context, scope, condition);
}

struct go_scope settle_inside(const struct settling *settling,
    const struct go_scope *scope, const struct branch *branch)
{
	struct go_scope inside = *scope;
	enum go_kind control;
	struct slice condition = condition_in(branch->head, &control);

	if (control == GO_RANGE)
		inside.dot = NULL;
	else if (settling && control == GO_WITH)
		inside.dot =
		    settling->evaluate(settling->context, scope, condition);
	return inside;
}

void settle_variable(const struct settling *settling, struct go_scope *scope,
    struct slice name, struct slice pipeline, struct arena *arena)
{
	struct go_variable *variable;

	if (!settling)
		return;
	variable = arena_alloc(arena, sizeof(*variable));
	variable->up = scope->variables;
	variable->name = name;
	variable->value =
	    settling->evaluate(settling->context, scope, pipeline);
	variable->printed = settling->print(settling->context, scope, pipeline);
	scope->variables = variable;
}

struct go_scope settle_call(const struct settling *settling,
    const struct go_scope *scope, const struct output *output)
{
	struct go_scope inside = {0};

	if (settling && output->argument.len)
		inside.dot = inside.root = settling->evaluate(
		    settling->context, scope, output->argument);
	return inside;
}
