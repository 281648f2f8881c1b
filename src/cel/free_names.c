/* An expression -> the names that it takes from its scope. */
#include "cel/cel.h"

#include "cel/parse.h"

/* A variable of a macro around. */
struct local {
	struct slice name;
	const struct local *above;
};

struct naming {
	cel_visit_name *visit;
	void *context;
};

static void walk(const struct naming *naming, const struct ast *ast,
    const struct local *locals);

static void walk_all(const struct naming *naming, const struct ast_list *list,
    const struct local *locals)
{
	for (size_t i = 0; i < list->n; i++)
		walk(naming, list->items[i], locals);
}

static void tell(const struct naming *naming, struct slice name,
    struct slice field, const struct local *locals)
{
	for (; locals; locals = locals->above) {
		if (slice_eq(locals->name, name))
			return;
	}
	naming->visit(name, field, naming->context);
}

static void walk_select(const struct naming *naming, const struct ast *ast,
    const struct local *locals)
{
	const struct ast *operand = ast->select.operand;

	if (operand->kind == AST_NAME)
		tell(naming, operand->name.text, ast->select.field, locals);
	else
		walk(naming, operand, locals);
}

/* Arguments from i on.  A name that stands alone may be a variable of a macro
 * that we have not, as in list.transformList(i, v, v + 1). */
static void walk_arguments(const struct naming *naming,
    const struct ast_list *args, size_t i, const struct local *locals)
{
	struct local local = {.above = locals};

	while (i < args->n && args->items[i]->kind != AST_NAME)
		i++;
	if (i < args->n) {
		local.name = args->items[i]->name.text;
		walk_arguments(naming, args, i + 1, &local);
		return;
	}
	for (size_t j = 1; j < args->n; j++)
		walk(naming, args->items[j], locals);
}

/* A name before a method may be that of a library: math.greatest(1, 2). */
static void walk_call(const struct naming *naming, const struct ast *ast,
    const struct local *locals)
{
	const struct ast_list *args = &ast->call.args;

	if (ast->call.form != FORM_METHOD) {
		walk_all(naming, args, locals);
		return;
	}
	if (args->items[0]->kind != AST_NAME)
		walk(naming, args->items[0], locals);
	walk_arguments(naming, args, 1, locals);
}

static void walk_macro(const struct naming *naming, const struct ast *ast,
    const struct local *locals)
{
	const struct local local = {ast->macro.variable, locals};

	walk(naming, ast->macro.range, locals);
	if (ast->macro.condition)
		walk(naming, ast->macro.condition, &local);
	if (ast->macro.transform)
		walk(naming, ast->macro.transform, &local);
}

static void walk_chain(const struct naming *naming, const struct ast *ast,
    const struct local *locals)
{
	walk(naming, ast->chain.first, locals);
	for (size_t i = 0; i < ast->chain.n; i++)
		walk(naming, ast->chain.links[i].right, locals);
}

static void walk_conditional(const struct naming *naming, const struct ast *ast,
    const struct local *locals)
{
	walk(naming, ast->conditional.condition, locals);
	walk(naming, ast->conditional.yes, locals);
	walk(naming, ast->conditional.no, locals);
}

/* Recursion ends with MAX_DEPTH. */
static void walk(const struct naming *naming, const struct ast *ast,
    const struct local *locals)
{
	switch (ast->kind) {
	case AST_LITERAL: break;
	case AST_NAME:
		tell(naming, ast->name.text, (struct slice){"", 0}, locals);
		break;
	case AST_SELECT:
	case AST_HAS:
	case AST_ASK: walk_select(naming, ast, locals); break;
	case AST_OPTIONAL: walk_all(naming, &ast->optional.args, locals); break;
	case AST_CALL: walk_call(naming, ast, locals); break;
	case AST_CHAIN: walk_chain(naming, ast, locals); break;
	case AST_LOGIC: walk_all(naming, &ast->logic.operands, locals); break;
	case AST_CONDITIONAL: walk_conditional(naming, ast, locals); break;
	case AST_LIST: walk_all(naming, &ast->list, locals); break;
	case AST_MAP:
		walk_all(naming, &ast->map.keys, locals);
		walk_all(naming, &ast->map.values, locals);
		break;
	case AST_MACRO: walk_macro(naming, ast, locals); break;
	}
}

bool cel_visit_names(
    struct slice source, cel_visit_name *visit, void *context)
{
	static const struct cel_scope nothing = {.vars = NULL};
	const struct naming naming = {visit, context};
	struct cel_problem problem = {0};
	struct arena arena = {0};
	const struct ast *root = cel_parse(source, &nothing, &arena, &problem);

	if (root)
		walk(&naming, root, NULL);
	fault_release(&problem.fault);
	arena_release(&arena);
	return root;
}
