/*
 * Lines that quotes ask for, picked from a text that goes by.
 */
#ifndef INPUT_PICKING_H
#define INPUT_PICKING_H

#include "input/quote.h"

/* Begun by naming all but the last two. */
struct picking {
	struct quote *quotes; /* by line, those that are still to come */
	size_t n;
	struct arena *arena; /* of the lines */
	uint32_t line;	     /* the number of the one that goes by */
	struct buf begun;    /* of it, where it began in bytes before */
};

/* Takes the next bytes.  Whether more are wanted is whether quotes are left. */
void picking_add(struct picking *picking, struct slice bytes);

/* After the last byte: a line without an end.  Releases what is held. */
void picking_finish(struct picking *picking);

#endif
