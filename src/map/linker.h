/*
 * The last step of the compiler: what it has emitted becomes a program.
 */
#ifndef MAP_LINKER_H
#define MAP_LINKER_H

#include "map/line_program.h"

/* What the compiler has emitted: an OP_JUMP leads to its next, an OP_SPLIT to
 * nways ways from its next on; the last is OP_END. */
struct code {
	struct op *ops;
	size_t n;
	struct way *ways;
	size_t nways;
};

/* Sets the ops and edges of a program, which live in arena.  The code, which
 * stays the caller's, is changed. */
void code_link(
    const struct code *code, struct arena *arena, struct program *program);

#endif
