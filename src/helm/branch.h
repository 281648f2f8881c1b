/*
 * Which branches of a control structure are taken, and what "." is in them.
 */
#ifndef HELM_BRANCH_H
#define HELM_BRANCH_H

#include "helm/evaluator.h"
#include "helm/template.h"

/* Without an evaluator nothing is known, and all of these say so. */

/* Whether the condition of a branch holds; that of range, whether
 * there is anything to go through. */
enum tri branch_is_taken(const struct evaluator *evaluator,
    const struct go_scope *scope, const struct branch *branch);

/* What a branch asks, without the words "else if" before it and "$x :=";
 * empty for an else. */
struct slice branch_condition(const struct branch *branch);

/* Whether it is the body of a range. */
bool branch_is_loop(const struct branch *branch);

/* The variables that "range $i, $x :=" sets: how many, up to two. */
size_t branch_variables(const struct branch *branch, struct slice names[2]);

/* The scope inside a branch. */
struct go_scope scope_in_branch(const struct evaluator *evaluator,
    const struct go_scope *scope, const struct branch *branch);

/* Puts a variable into the scope, which holds what the pipeline gives. */
void scope_add_variable(const struct evaluator *evaluator,
    struct go_scope *scope, struct slice name, struct slice pipeline,
    struct arena *arena);

/* The scope of a helper that an action includes. */
struct go_scope scope_in_call(const struct evaluator *evaluator,
    const struct go_scope *scope, const struct output *output);

#endif
