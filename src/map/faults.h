/*
 * Whether a line can come from an op at all: what Helm never does, as a number
 * of faults.
 */
#ifndef MAP_FAULTS_H
#define MAP_FAULTS_H

#include "map/line.h"
#include "map/line_program.h"

/* Where a line is. */
struct line_place {
	bool is_first; /* of its document: Helm has taken its blanks */
	bool is_moved; /* columns tell nothing: something wrote it anew */
};

/* The column that a line stood at before something may have moved it to the
 * left: that which the template expects, if it can be. */
static inline int32_t column(const struct rendered_line *line, int32_t expected)
{
	bool may_be = line->indent < expected &&
		      line->indent >= expected - line->drift &&
		      (expected - line->indent) % 2 == 0;

	return may_be ? expected : line->indent;
}

/* The faults of a line that the op takes; INT32_MAX: its words are others. */
int32_t count_faults(const struct op *op, const struct rendered_line *line,
    struct line_place place);

#endif
