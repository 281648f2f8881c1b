/*
 * An object while it is read: where its parts are, and what is wrong in it.
 */
#ifndef FACT_PROBLEM_H
#define FACT_PROBLEM_H

#include "fact/facts.h"

struct reading {
	struct facts *facts;
	const struct manifest *manifest;
	const struct workload *workload; /* or NULL: it is none */
	const struct node *object;
	const char *area; /* of the problems that are found */
};

/* Whether something was written: not NULL, not null. */
bool is_given(const struct node *node);

/* Whether nothing was: not there, null, or an empty text.  What is no text at
 * all was written by somebody, whatever it means. */
bool is_blank(const struct node *node);

/* The text of a scalar, "" for anything else. */
struct slice scalar_text(const struct node *node);

/* Where a node is shown, and how its path in the object is spelled; the
 * object itself for NULL. */
struct part part_at(const struct reading *reading, const struct node *node);

/* The first ${NAME} of a text, which is filled in before the object is applied
 * (Flux's postBuild, envsubst); without a name there: "". */
struct slice unfilled_variable(struct slice text);

/* Adds a problem at a node: a sentence without its subject, the object.  None
 * where the node is still to be filled in: what it will be is not known. */
void add_problem(const struct reading *reading, const struct node *at,
    const char *format, ...) PRINTF_LIKE(3, 4);
void add_problem_list(const struct reading *reading, const struct node *at,
    const char *format, va_list args);

#endif
