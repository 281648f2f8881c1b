/*
 * Quoting: the lines of the input that findings are at, read again at the end,
 * so that the stream need not be kept.
 */
#ifndef INPUT_QUOTE_H
#define INPUT_QUOTE_H

#include "input/source.h"

/* A line somebody wants; what cannot be had is left as it is. */
struct quote {
	const struct place *place; /* borrowed, and known */
	const char **ret_line;
	const char **ret_hash; /* GitHub's fingerprint of it; NULL: unwanted */
	bool *ret_crlf;	       /* whether CR LF ends the line; NULL: unwanted */
};

/*
 * Fills in the lines of all quotes, without their line ends, and their hashes,
 * in arena.  kept are the sources that are still open; other files are opened
 * again, unless they are none that can be.  Lines that are very long, and those
 * of files that are gone, are left out.  Sorts quotes.  Large files are read by
 * up to njobs threads.
 */
void quote_lines(struct quote *quotes, size_t n, struct source *const *kept,
    size_t nkept, unsigned njobs, struct arena *arena);

#endif
