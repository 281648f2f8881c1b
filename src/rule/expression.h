/*
 * Expressions of rule files: read, checked, compiled.
 */
#ifndef RULE_EXPRESSION_H
#define RULE_EXPRESSION_H

#include "rule/rule.h"

/* Places a problem of a scalar's expression in the file, exact to the character
 * where the scalar is on one line; returns -1. */
int expression_refuse(const struct reader *reader, const char *name,
    const struct node *node, struct cel_problem *problem);

/*
 * Compiles the scalar's expression, whose value must be of the kind wanted
 * (CEL_DYN: any); name is what messages call it.  -1 with the fault set.
 */
MUST_CHECK int expression_read(const struct scope *scope,
    const struct reader *reader, const char *name, const struct node *node,
    enum cel_kind wanted, struct expression *ret_expression);

#endif
