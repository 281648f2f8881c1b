/*
 * The members of a tar archive in memory: ustar, the names and sizes of pax
 * (POSIX.1-2001) and the long names of GNU tar.
 */
#ifndef INPUT_TAR_H
#define INPUT_TAR_H

#include "base/fault.h"

enum tar_kind {
	TAR_FILE,
	TAR_FOLDER,
	TAR_LINK,  /* hard or symbolic */
	TAR_OTHER, /* a device, a pipe, what is of nobody's standard */
};

struct tar_member {
	struct slice name; /* in the arena, as the archive has it */
	enum tar_kind kind;
	struct slice bytes; /* of a file; borrowed from the archive */
};

/* Where a reader is. */
struct tar {
	const char *name; /* of the archive, for sentences */
	struct slice bytes;
	size_t at;
	struct arena *arena;
};

/* The next member: 1, 0 behind the last one, -1 with a sentence when the
 * archive is cut off or no tar. */
MUST_CHECK int tar_next(
    struct tar *tar, struct tar_member *ret_member, struct fault *fault);

#endif
