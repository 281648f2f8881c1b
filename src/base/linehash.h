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
	LINEHASH_LINES = 128, /* at least those whose units are in a window */
};

/* A line whose window is not full yet. */
struct linehash_line {
	uint64_t before; /* the sum of all units before it */
	uint64_t end;	 /* how many units there are when its window is full */
	uint32_t number; /* from 1 */
};

/* The units that have been, but those of lines that were passed over. */
struct linehash_sum {
	uint64_t sum;
	uint64_t n;
	uint64_t end; /* n when the next window is full */
};

/* Made by linehash_init(); owns nothing. */
struct linehash {
	/* Told of the lines that are wanted, in their order. */
	void (*use)(void *context, uint32_t line, uint64_t hash);
	void *context;
	/* Lines before this one are not wanted; use() may raise it to a line
	 * that is still to come.  It saves time, and they may be told of. */
	uint32_t wanted;
	uint32_t end;  /* nor are lines from this one on */
	uint32_t line; /* that is being read, from 1 */
	struct linehash_sum units;
	uint64_t powers[LINEHASH_WINDOW + 1]; /* of what a unit is multiplied
						 by, from 0 on */
	/* A ring: each line has a unit of its own in the window. */
	struct linehash_line lines[LINEHASH_LINES];
	size_t oldest, newest; /* newest: behind the last */
	bool after_cr;
};

/* For the lines from first on, where the text begins, and before end. */
void linehash_init(struct linehash *hash, uint32_t first, uint32_t end,
    void (*use)(void *context, uint32_t line, uint64_t hash), void *context);

/*
 * Takes the next bytes of the text and returns how many it has used: up to
 * three are left, to be given again with what follows, unless is_last.
 */
size_t linehash_add(struct linehash *hash, struct slice bytes, bool is_last);

/* Whether no line is left whose hash is wanted and not told yet. */
bool linehash_is_done(const struct linehash *hash);

/* After the last byte: the lines whose windows are not full yet. */
void linehash_finish(struct linehash *hash);

#endif
