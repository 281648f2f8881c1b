/*
 * What a run refers to by number, copied with the numbers of another list.
 */
#ifndef MERGE_RENUMBER_H
#define MERGE_RENUMBER_H

#include "input/json_text.h"

/* Of n items, the number that each has in the merged list. */
struct numbers {
	size_t *items;
	size_t n;
};

struct numbering {
	struct numbers rules, notifications, artifacts, logicals;
};

/* Appends the value as it is written but for the numbers in it.  The value that
 * refers to nothing, or to what is unknown, or NULL when all went well. */
const struct json_value *renumber(const struct json_value *value,
    const struct numbering *numbering, struct buf *buf);

#endif
