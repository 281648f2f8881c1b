/*
 * What a probe or a hook does: the one field of it that is given.
 */
#ifndef FACT_HANDLER_H
#define FACT_HANDLER_H

#include "fact/facts.h"

/* The first of the keys names (ended by NULL) that node has a value for: the
 * value, or NULL; and the fact of its name. */
const struct node *handler_of(
    const struct node *node, const char *const *names, const char **ret_name);
struct fact handler_fact(const struct node *handler, const char *name);

#endif
