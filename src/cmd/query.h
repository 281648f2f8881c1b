/*
 * Trying expressions out: --eval EXPR, with --on ENTITY for every entity.
 */
#ifndef CMD_QUERY_H
#define CMD_QUERY_H

#include "run/run.h"

struct query {
	struct scope scope;
	const struct cel_program *program;
	struct buf out; /* lines of values */
	struct buf warning; /* a sentence: why a rule could not say this */
	size_t nvalues;
	bool failed; /* an evaluation did not give a value */
	const struct profile *profile;
};

/*
 * Compiles an expression over contract and release, or (on not NULL) over the
 * entity of that name.  -1 with a sentence; out then holds lines that show the
 * place in the expression, when it is one line.
 *
 * What only the checks of types refuse and what needs no input is taken all the
 * same when CEL without them, as its specification has it, finds a value:
 * "true || 32".  Then there is a warning.
 */
MUST_CHECK int query_init(struct query *query, const char *expression,
    const char *on, const struct profile *profile, struct fault *fault);
void query_release(struct query *query);

/* Whether the expression needs no manifest: it names none of their facts. */
bool query_is_constant(const struct query *query);

/* Evaluates for a release (NULL when query_is_constant()): appends lines to
 * out, "FILE:LINE:COL: ENTITY: VALUE" or just "VALUE". */
void query_evaluate(struct query *query, const struct release *release);

/* run_options.visit for a query on object: context is the query. */
void query_visit(
    void *context, const struct node *object, const struct manifest *manifest);

#endif
