/*
 * A checked tree -> nodes in one array, each with its children side by side
 * somewhere behind it, and the constants that they name.
 */
#include "cel/layout.h"

#include <stdlib.h>
#include <string.h>

struct layout {
	struct cel_node *nodes;
	size_t n, cap;
	struct cel_value *constants;
	size_t nconstants, cap_constants;
};

static void lay(struct layout *layout, uint32_t at, const struct ast *ast);

static uint32_t number(size_t n)
{
	if (n > UINT32_MAX)
		BUG("a program of more than four billion nodes");
	return (uint32_t)n;
}

/* Room for n nodes side by side: the number of the first. */
static uint32_t reserve(struct layout *layout, size_t n)
{
	size_t first = layout->n;

	for (size_t i = 0; i < n; i++) {
		layout->nodes = grow(layout->nodes, layout->n, &layout->cap,
		    sizeof(*layout->nodes));
		layout->nodes[layout->n++] = (struct cel_node){0};
	}
	return number(first);
}

/* Room for the children of a node: the number of the first. */
static uint32_t reserve_children(struct layout *layout, uint32_t at, size_t n)
{
	uint32_t first = reserve(layout, n);

	layout->nodes[at].n = number(n);
	layout->nodes[at].first = first;
	return first;
}

static void lay_only(
    struct layout *layout, uint32_t at, const struct ast *child)
{
	lay(layout, reserve_children(layout, at, 1), child);
}

static void lay_list(
    struct layout *layout, uint32_t first, const struct ast_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		lay(layout, first + (uint32_t)i, list->items[i]);
}

static uint32_t add_constant(struct layout *layout, struct cel_value value)
{
	layout->constants = grow(layout->constants, layout->nconstants,
	    &layout->cap_constants, sizeof(*layout->constants));
	layout->constants[layout->nconstants] = value;
	return number(layout->nconstants++);
}

static void set_overloads(struct cel_node *node, struct overloads overloads)
{
	node->row = (uint8_t)(overloads.rows - overloads_all().rows);
	node->nrows = (uint8_t)overloads.n;
}

static void lay_name(struct layout *layout, uint32_t at, const struct ast *ast)
{
	layout->nodes[at].kind = ast->name.is_local;
	layout->nodes[at].what = number(ast->name.slot);
}

static void lay_selection(
    struct layout *layout, uint32_t at, const struct ast *ast)
{
	bool is_known = ast->select.index >= 0;
	uint32_t what =
	    is_known ? (uint32_t)ast->select.index
		     : add_constant(layout, cel_string(ast->select.field));

	layout->nodes[at].kind = is_known;
	layout->nodes[at].what = what;
	lay_only(layout, at, ast->select.operand);
}

static void lay_optional(
    struct layout *layout, uint32_t at, const struct ast *ast)
{
	const struct ast_list *args = &ast->optional.args;

	layout->nodes[at].kind = (uint8_t)ast->optional.kind;
	lay_list(layout, reserve_children(layout, at, args->n), args);
}

static void lay_call(struct layout *layout, uint32_t at, const struct ast *ast)
{
	struct cel_node *node = &layout->nodes[at];

	node->kind = (uint8_t)ast->call.form;
	node->what = number(ast->call.pattern);
	set_overloads(node, ast->call.overloads);
	lay_list(layout, reserve_children(layout, at, ast->call.args.n),
	    &ast->call.args);
}

static void lay_chain(struct layout *layout, uint32_t at, const struct ast *ast)
{
	uint32_t child = reserve_children(layout, at, ast->chain.n + 1);

	lay(layout, child, ast->chain.first);
	for (size_t i = 0; i < ast->chain.n; i++) {
		const struct link *link = &ast->chain.links[i];

		child++;
		layout->nodes[child].op = OP_LINK;
		set_overloads(&layout->nodes[child], link->overloads);
		lay_only(layout, child, link->right);
	}
}

static void lay_logic(struct layout *layout, uint32_t at, const struct ast *ast)
{
	const struct ast_list *operands = &ast->logic.operands;

	layout->nodes[at].kind = ast->logic.absorber;
	lay_list(layout, reserve_children(layout, at, operands->n), operands);
}

static void lay_conditional(
    struct layout *layout, uint32_t at, const struct ast *ast)
{
	uint32_t first = reserve_children(layout, at, 3);

	lay(layout, first, ast->conditional.condition);
	lay(layout, first + 1, ast->conditional.yes);
	lay(layout, first + 2, ast->conditional.no);
}

static void lay_map(struct layout *layout, uint32_t at, const struct ast *ast)
{
	size_t n = ast->map.keys.n;
	uint32_t first = reserve_children(layout, at, 2 * n);

	lay_list(layout, first, &ast->map.keys);
	lay_list(layout, first + (uint32_t)n, &ast->map.values);
}

static void lay_macro(struct layout *layout, uint32_t at, const struct ast *ast)
{
	const struct ast *children[3] = {ast->macro.range};
	uint32_t first;
	size_t n = 1;

	if (ast->macro.condition)
		children[n++] = ast->macro.condition;
	if (ast->macro.transform)
		children[n++] = ast->macro.transform;
	layout->nodes[at].kind = (uint8_t)ast->macro.kind;
	layout->nodes[at].what = number(ast->macro.slot);
	first = reserve_children(layout, at, n);
	for (size_t i = 0; i < n; i++)
		lay(layout, first + (uint32_t)i, children[i]);
}

static enum cel_op op_of(enum ast_kind kind)
{
	switch (kind) {
	case AST_LITERAL: return OP_LITERAL;
	case AST_NAME: return OP_NAME;
	case AST_SELECT: return OP_SELECT;
	case AST_HAS: return OP_HAS;
	case AST_ASK: return OP_ASK;
	case AST_OPTIONAL: return OP_OPTIONAL;
	case AST_CALL: return OP_CALL;
	case AST_CHAIN: return OP_CHAIN;
	case AST_LOGIC: return OP_LOGIC;
	case AST_CONDITIONAL: return OP_CONDITIONAL;
	case AST_LIST: return OP_LIST;
	case AST_MAP: return OP_MAP;
	case AST_MACRO: return OP_MACRO;
	}
	BUG("a node of no kind");
}

/* Sets the node of that number, with what is below it.  Recursion ends with the
 * height of the tree, which the parser limits. */
static void lay(struct layout *layout, uint32_t at, const struct ast *ast)
{
	layout->nodes[at].op = (uint8_t)op_of(ast->kind);
	switch (ast->kind) {
	case AST_LITERAL:
		layout->nodes[at].what = add_constant(layout, ast->literal);
		return;
	case AST_NAME: lay_name(layout, at, ast); return;
	case AST_SELECT:
	case AST_HAS:
	case AST_ASK: lay_selection(layout, at, ast); return;
	case AST_OPTIONAL: lay_optional(layout, at, ast); return;
	case AST_CALL: lay_call(layout, at, ast); return;
	case AST_CHAIN: lay_chain(layout, at, ast); return;
	case AST_LOGIC: lay_logic(layout, at, ast); return;
	case AST_CONDITIONAL: lay_conditional(layout, at, ast); return;
	case AST_LIST:
		lay_list(layout, reserve_children(layout, at, ast->list.n),
		    &ast->list);
		return;
	case AST_MAP: lay_map(layout, at, ast); return;
	case AST_MACRO: lay_macro(layout, at, ast); return;
	}
}

/* Moves an array of the heap into the arena. */
static const void *move(struct arena *arena, void *items, size_t n, size_t size)
{
	void *moved = arena_array(arena, n, size);

	if (n)
		memcpy(moved, items, n * size);
	free(items);
	return moved;
}

void cel_lay_out(const struct ast_tree *tree, struct cel_program *program)
{
	struct layout layout = {0};

	lay(&layout, reserve(&layout, 1), tree->root);
	program->nnodes = number(layout.n);
	program->nconstants = number(layout.nconstants);
	program->nodes =
	    move(tree->arena, layout.nodes, layout.n, sizeof(*layout.nodes));
	program->constants = move(tree->arena, layout.constants,
	    layout.nconstants, sizeof(*layout.constants));
}
