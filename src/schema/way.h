/*
 * From a mapping down a path to the values at its end.
 */
#ifndef SCHEMA_WAY_H
#define SCHEMA_WAY_H

#include "schema/walk.h"

/* Calls visit for each value at the end of the path that is not null, until
 * it says false: then false. */
bool way_visit(const struct frame *frame, const struct path *path,
    bool (*visit)(const struct node *node, void *context), void *context);

/* The same of the nodes one step above the end. */
bool way_visit_above(const struct frame *frame, const struct path *path,
    bool (*visit)(const struct node *node, void *context), void *context);

/* Whether a value is at the end of the path. */
bool way_is_given(const struct frame *frame, const struct path *path);

/* Whether nothing is one step above its end. */
bool way_ends_above(const struct frame *frame, const struct path *path);

/* The node furthest down the path that there is, though it may be null, and
 * short of its end; the rest is what of the path's text is below it. */
const struct node *way_deepest(
    const struct frame *frame, const struct path *path, const char **ret_rest);

/* What the field at the end is when it is left out, or NULL. */
const char *way_otherwise(const struct frame *frame, const struct path *path);

#endif
