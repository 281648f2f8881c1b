/*
 * Static types: a tree -> a tree that the evaluator can run.
 */
#ifndef CEL_TYPECHECK_H
#define CEL_TYPECHECK_H

#include "cel/ast.h"
#include "cel/cel.h"

/* Resolves and types program's tree; -1 with *problem set. */
int cel_check(struct cel_program *program, const struct cel_scope *scope,
    struct cel_problem *problem);

#endif
