/*
 * Layout: a checked tree -> the nodes and constants of a program.
 */
#ifndef CEL_LAYOUT_H
#define CEL_LAYOUT_H

#include "cel/ast.h"
#include "cel/code.h"

/* Sets the program's nodes and constants, in the tree's arena; the constants
 * point into it. */
void cel_lay_out(const struct ast_tree *tree, struct cel_program *program);

#endif
