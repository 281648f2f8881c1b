/*
 * The folders that a walk is in, so that links do not lead it round for ever.
 */
#ifndef BASE_FOLDER_CHAIN_H
#define BASE_FOLDER_CHAIN_H

#include "base/fault.h"

#include <stdbool.h>
#include <sys/types.h>

/* A folder that is being read; on the stack of who reads it. */
struct folder_chain {
	const struct folder_chain *above; /* the one it is in, or NULL */
	dev_t device;
	ino_t inode;
	unsigned depth; /* 1 for the outermost */
};

/*
 * Begins the folder at path, found in above (NULL: it is the outermost).  1:
 * read it.  0: it is above itself, by a link, so that all of it is being read
 * already.  -1 with a sentence: it cannot be looked at, or more than most
 * folders stand one in the other.
 */
MUST_CHECK int folder_chain_enter(struct folder_chain *folder,
    const struct folder_chain *above, const char *path, unsigned most,
    struct fault *fault);

#endif
