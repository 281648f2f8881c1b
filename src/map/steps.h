/*
 * The way into a line of a template: the branches that it is in, the helpers
 * that are called on the way and the variables that are set before it.  What
 * "." is in a loop differs from round to round, so the way can be gone again
 * with an item of each loop chosen.
 */
#ifndef MAP_STEPS_H
#define MAP_STEPS_H

#include "helm/branch.h"
#include "helm/value.h"

/* One of branch, call and variable is set. */
struct step {
	const struct step *up; /* the one before it, or NULL */
	const struct branch *branch;
	const struct template_file *file; /* that the branch is in */
	const struct output *call; /* the action that includes a helper */
	struct slice variable;	   /* that is given ... */
	struct slice pipeline;	   /* ... what this gives */
};

/* An item of a loop. */
struct choice {
	const struct step *loop;
	struct slice key; /* or the number of the item, from 0 */
	bool is_number;
	const struct value *value;
};

struct choices {
	struct choice items[4];
	size_t n;
};

/* Appends a step, which lives in arena; NULL without an evaluator. */
const struct step *step_add(const struct evaluator *evaluator,
    struct arena *arena, const struct step *up, struct step step);

/* Whether the step is that of a loop. */
bool step_is_loop(const struct step *step);

/* Whether a way leads through a step. */
bool steps_have(const struct step *last, const struct step *step);

/*
 * The scope at the end of the way that begins in start; "." of a loop without a
 * choice is unknown.  *is_possible becomes false when a branch on it is not
 * taken then; NULL: not asked.  What is made lives in arena.
 */
struct go_scope steps_scope(const struct evaluator *evaluator,
    struct arena *arena, struct go_scope start, const struct step *last,
    const struct choices *choices, bool *is_possible);

#endif
