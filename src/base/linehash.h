/*
 * The line hashes that GitHub tells alerts apart by (primaryLocationLineHash,
 * as its upload action computes them): a rolling hash over the 100 UTF-16
 * units from a line's start on that are neither space nor tab.
 */
#ifndef BASE_LINEHASH_H
#define BASE_LINEHASH_H

#include "base/text.h"

enum { LINEHASH_WINDOW = 100 };

/* Made by linehash_init(); owns nothing. */
struct linehash {
	/* Told of every line, in their order. */
	void (*use)(void *context, uint32_t line, uint64_t hash);
	void *context;
	uint16_t window[LINEHASH_WINDOW];
	uint32_t starts[LINEHASH_WINDOW]; /* line that begins there; 0: none */
	size_t at;			  /* of both: the oldest */
	uint64_t hash, power;
	uint32_t line; /* begun last, from 1 */
	bool line_ended, after_cr;
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
