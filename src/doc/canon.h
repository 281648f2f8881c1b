/*
 * What an object says, whatever way it is written: a digest that the order of
 * keys, comments, quotes and anchors do not change.
 */
#ifndef DOC_CANON_H
#define DOC_CANON_H

#include "base/sha256.h"
#include "doc/tree.h"

struct canon {
	unsigned char digest[SHA256_SIZE];
	bool is_whole; /* false: more than is worth reading; it is equal to
			  nothing then */
	const uint64_t *leaves; /* a number for each value and the way to it,
				   sorted */
	size_t nleaves;
};

/* The canon of what a node means to the API server; in arena. */
const struct canon *canon_of(const struct node *node, struct arena *arena);

/* The first value below node that the other has not; else the mapping or list
 * whose length differs; else node. */
const struct node *canon_difference(
    const struct node *node, const struct canon *other);

#endif
