/* Programs: source -> a checked tree -> what the evaluator runs. */
#include "cel/layout.h"
#include "cel/parse.h"
#include "cel/typecheck.h"

#include <stdlib.h>

static const struct cel_program *make_program(
    const struct ast_tree *tree, struct cel_owned *owned)
{
	struct cel_program *program =
	    arena_alloc(tree->arena, sizeof(*program));

	cel_lay_out(tree, program);
	program->nlocals = (uint32_t)tree->nlocals;
	program->uses = tree->uses;
	program->type = tree->root->type;
	program->owned = owned;
	return program;
}

static void owned_free(struct cel_owned *owned)
{
	for (size_t i = 0; i < owned->npatterns; i++)
		regex_free(owned->patterns[i]);
	free(owned->patterns);
	arena_release(&owned->arena);
	free(owned);
}

static void hand_over(
    struct cel_programs *owner, const struct cel_program *program)
{
	owner->items =
	    grow(owner->items, owner->n, &owner->cap, sizeof(*owner->items));
	owner->items[owner->n++] = program;
}

const struct cel_program *cel_compile(struct slice source,
    const struct cel_scope *scope, struct cel_problem *problem)
{
	struct cel_owned *owned = xcalloc(1, sizeof(*owned));
	struct ast_tree tree = {.arena = &owned->arena};
	const struct cel_program *program = NULL;

	if (scope->nvars > 64)
		BUG("more variables than a program has bits for");
	/* The tree and the constants point into their source. */
	source = slice_copy(tree.arena, source);
	tree.root = cel_parse(source, scope, tree.arena, problem);
	if (tree.root && !cel_check(&tree, scope, problem))
		program = make_program(&tree, owned);
	owned->patterns = tree.patterns.items;
	owned->npatterns = tree.patterns.n;
	owned->reads_raw = tree.reads_raw;
	owned->is_strict = scope->is_strict;
	if (!program)
		owned_free(owned);
	else if (scope->owner)
		hand_over(scope->owner, program);
	return program;
}

void cel_program_free(const struct cel_program *program)
{
	if (program)
		owned_free(program->owned);
}

void cel_programs_release(struct cel_programs *programs)
{
	for (size_t i = 0; i < programs->n; i++)
		cel_program_free(programs->items[i]);
	free(programs->items);
	*programs = (struct cel_programs){0};
}

bool cel_program_reads_raw(const struct cel_program *program)
{
	return program->owned && program->owned->reads_raw;
}

struct cel_type cel_program_type(const struct cel_program *program)
{
	return program->type;
}

bool cel_program_uses(const struct cel_program *program, size_t var)
{
	return var < 64 && program->uses >> var & 1;
}
