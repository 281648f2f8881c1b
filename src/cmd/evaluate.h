/*
 * --eval: the values of an expression.
 */
#ifndef CMD_EVALUATE_H
#define CMD_EVALUATE_H

#include "run/program.h"

/* Prints the values of the expression of --eval over the input, which is not
 * read when the expression needs none.  Returns the exit status. */
int evaluate(struct program *program);

#endif
