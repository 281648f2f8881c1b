/*
 * Sources that were read to their end, to be read once more.
 */
#ifndef INPUT_REREAD_H
#define INPUT_REREAD_H

#include "input/source.h"

struct reread {
	struct source *source; /* at its first byte */
	struct source own;     /* when the file was opened again */
};

/*
 * The source of an origin, from its first byte on: the one among nkept that are
 * still open, which stays the caller's, or its file, opened again.  False when
 * there is none, or none that can be read twice; reread_close() is for the
 * others.
 */
MUST_CHECK bool reread_open(struct reread *reread, const struct origin *origin,
    struct source *const *kept, size_t nkept);

void reread_close(struct reread *reread);

#endif
