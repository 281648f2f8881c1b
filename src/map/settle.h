/*
 * What is told of a line in the end: the likeliest way through the template,
 * held against all ways that Helm may have gone.
 */
#ifndef MAP_SETTLE_H
#define MAP_SETTLE_H

#include "map/decode.h"

/* How a document was searched. */
struct settlement {
	const struct template_file *file; /* its own */
	bool rewritten; /* something behind Helm has written it anew */
	bool is_proven; /* the ways that Helm may have gone are known */
	int32_t faults; /* that all of them have */
};

/* Fills in where a line comes from; its text and number stay. */
void settle_line(const struct settlement *settlement,
    const struct decoded_line *likeliest, const struct decoded_line *possible,
    struct mapped_line *ret_line);

#endif
