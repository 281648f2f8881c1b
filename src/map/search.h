/*
 * What the two halves of the search share: the way forward (decode.c), which
 * finds the cheapest way, and the way back (margin.c), which finds what else
 * was nearly as cheap.  Only they include it.
 */
#ifndef MAP_SEARCH_H
#define MAP_SEARCH_H

#include "map/decode.h"

#define FAR INT32_MAX
#define NO_RECORD UINT32_MAX

/* An op that can be reached before a line, and the cost of the way to it. */
struct search_state {
	uint32_t op;
	int32_t cost;
};

/* A state that can take the line. */
struct search_step {
	uint32_t state;
	uint32_t to; /* op after it */
	int32_t cost;
};

/* A line taken (or passed as stray) on some way. */
struct search_record {
	uint32_t before; /* record, or NO_RECORD */
	uint32_t op;	 /* that took it, or NO_RECORD: stray */
};

/* Where a line's states and steps begin; one more marks the end. */
struct search_line {
	size_t state, step;
	int32_t stray_cost; /* FAR: not worth a try */
};

/* Fills in what else is about as likely as the leaves in ret_lines. */
void search_margins(struct decoder *decoder,
    const struct decode_request *request, int32_t best,
    struct decoded_line *ret_lines);

/* What the end of a document costs at this op, or how many faults it has
 * there; FAR: it cannot end here. */
static inline int32_t end_cost(const struct op *op, bool counts_faults)
{
	if (op->kind == OP_END || op->kind == OP_SEPARATE)
		return 0;
	if (op->kind != OP_CONTINUE || op->block == BLOCK_FOLLOWS)
		return FAR;
	return counts_faults ? op->form > FORM_PLACED : COST_END_BLOCK;
}

#endif
