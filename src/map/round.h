/*
 * Which item of a loop a rendered line was printed for: "range .Values.hosts"
 * prints the same lines in each round, but not the same words.
 */
#ifndef MAP_ROUND_H
#define MAP_ROUND_H

#include "map/chart_map.h"

struct round {
	struct go_scope scope;	   /* at the line, with the item in it */
	const struct value *item;  /* of the innermost loop */
	const struct value *items; /* that it is one of */
	struct slice key;	   /* or its number, from 0 ... */
	bool is_number;		   /* ... in a list */
};

/* What has been looked at for all lines of a run: very many findings in very
 * long loops are to take no longer. */
struct round_effort;

struct round_effort *round_effort_new(void);
void round_effort_free(struct round_effort *effort); /* NULL is none */

/* To be called before the lines of another document. */
void round_effort_next(struct round_effort *effort);

struct round_request {
	const struct mapped_document *mapped;
	const struct mapped_line *line; /* of it */
	struct slice source;		/* of the document */
	struct values_evaluator *values;
	struct round_effort *effort;
};

/*
 * Holds the lines around a line, in the same round, against what each item
 * would print there; what the values do not tell, as the names of the release,
 * says nothing.  False when the line is in no loop over values, when more than
 * one item is possible, or none.
 */
bool round_find(const struct round_request *request, struct round *ret_round);

#endif
