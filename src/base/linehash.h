/*
 * The line hashes that GitHub tells alerts apart by (primaryLocationLineHash,
 * as its upload action computes them): a rolling hash over the 100 UTF-16
 * units from a line's start on that are neither space nor tab.
 */
#ifndef BASE_LINEHASH_H
#define BASE_LINEHASH_H

#include "base/text.h"

enum {
	LINEHASH_WINDOW = 100,
	LINEHASH_BLOCK = 1024, /* units that are rolled in one go */
};

/* Made by linehash_init(); owns nothing. */
struct linehash {
	/* Told of every line, in their order. */
	void (*use)(void *context, uint32_t line, uint64_t hash);
	void *context;
	/* Those that are in the hash, then those that are gathered: a block,
	 * and the second half of a code that did not fit. */
	uint16_t units[LINEHASH_WINDOW + LINEHASH_BLOCK + 1];
	size_t nunits; /* gathered */
	/* Where the windows of the lines end that have no hash yet, counted in
	 * units that are gathered; each has a unit of its own. */
	uint32_t ends[LINEHASH_WINDOW + LINEHASH_BLOCK + 2];
	size_t nends;
	uint64_t hash, power;
	uint32_t line; /* that had its hash last, from 1 */
	bool after_cr;
};

void linehash_init(struct linehash *hash,
    void (*use)(void *context, uint32_t line, uint64_t hash), void *context);

/*
 * Takes the next bytes of the text and returns how many it has used: up to
 * three are left, to be given again with what follows, unless is_last.
 */
size_t linehash_add(struct linehash *hash, struct slice bytes, bool is_last);

/* After the last byte: the lines whose windows are not full yet. */
void linehash_finish(struct linehash *hash);

#endif
