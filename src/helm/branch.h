/*
 * Which branches of a control structure are taken, and what "." is in them.
 */
#ifndef HELM_BRANCH_H
#define HELM_BRANCH_H

#include "helm/settling.h"
#include "helm/template.h"

/* Without a settling nothing is known, and all of these say so. */

/* Whether the condition of a branch holds: 1, 0, -1; that of range, whether
 * there is anything to go through. */
int settle_branch(const struct settling *settling, const struct go_scope *scope,
    const struct branch *branch);

/* The scope inside a branch. */
struct go_scope settle_inside(const struct settling *settling,
    const struct go_scope *scope, const struct branch *branch);

/* Puts a variable into the scope, which holds what the pipeline gives. */
void settle_variable(const struct settling *settling, struct go_scope *scope,
    struct slice name, struct slice pipeline, struct arena *arena);

/* The scope of a helper that an action includes. */
struct go_scope settle_call(const struct settling *settling,
    const struct go_scope *scope, const struct output *output);

#endif
