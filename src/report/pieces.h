/*
 * A long text made of many items: pieces of it are printed by several threads
 * and taken in their order.
 */
#ifndef REPORT_PIECES_H
#define REPORT_PIECES_H

#include "base/text.h"

/* A text of n items, and how it is made. */
struct pieces {
	size_t n;
	size_t at_once; /* items of a piece, at least 1 */
	/* Appends the items from..to - 1 to the text of their piece; called by
	 * several threads at once, each with pieces of its own. */
	void (*print)(
	    void *context, size_t from, size_t to, struct buf *piece);
	/* Takes the text of a piece, in the order of the items; called by one
	 * thread at a time. */
	void (*take)(void *context, struct slice piece);
	void *context;
};

/* Has all of it printed and taken, by up to njobs threads; 0 is 1. */
void pieces_print(const struct pieces *pieces, unsigned njobs);

#endif
