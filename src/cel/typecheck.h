/*
 * Static types: a tree -> a tree that a program can be made of.
 */
#ifndef CEL_TYPECHECK_H
#define CEL_TYPECHECK_H

#include "cel/ast.h"
#include "cel/cel.h"

/* Resolves and types the tree; -1 with *problem set. */
int cel_check(struct ast_tree *tree, const struct cel_scope *scope,
    struct cel_problem *problem);

#endif
