/* Programs: source -> a checked tree with all that it owns. */
#include "cel/parse.h"
#include "cel/typecheck.h"

#include <stdlib.h>

struct cel_program *cel_compile(struct slice source,
    const struct cel_scope *scope, struct cel_problem *problem)
{
	struct cel_program *program = xcalloc(1, sizeof(*program));

	/* The tree points into its source. */
	source = slice_copy(&program->arena, source);
	program->nvars = scope->nvars;
	program->uses =
	    arena_array(&program->arena, scope->nvars, sizeof(bool));
	program->root = cel_parse(source, &program->arena, problem);
	if (!program->root || cel_check(program, scope, problem)) {
		cel_program_free(program);
		return NULL;
	}
	return program;
}

void cel_program_free(struct cel_program *program)
{
	size_t i;

	if (!program)
		return;
	for (i = 0; i < program->patterns.n; i++)
		regex_free(program->patterns.items[i]);
	free(program->patterns.items);
	arena_release(&program->arena);
	free(program);
}

struct cel_type cel_program_type(const struct cel_program *program)
{
	return program->root->type;
}

bool cel_program_uses(const struct cel_program *program, size_t var)
{
	return var < program->nvars && program->uses[var];
}
