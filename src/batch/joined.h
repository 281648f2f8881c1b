/*
 * Outputs that several runs write together: each writes its part, and the
 * whole is made of them in the end.
 */
#ifndef BATCH_JOINED_H
#define BATCH_JOINED_H

#include "run/program.h"

/* Of each output of the options, the parts. */
struct joined {
	const struct options *options; /* the user's */
	struct joined_parts *parts;    /* one for each output; in arena */
	struct arena arena;
	size_t nmost; /* runs there will be at most */
};

/*
 * Makes ready for a run over each of the n profiles.  -1 with the fault set for
 * a format of which several reports make no file, when its name has no
 * {profile}, and for two reports that would be one file.
 */
MUST_CHECK int joined_init(struct joined *joined, const struct options *options,
    const struct profile *profiles, size_t n, struct fault *fault);

/* Whether a file is named for each profile. */
bool joined_names_profiles(const struct options *options);

/* Gives the options of one run outputs of its own, in arena; profile takes the
 * place of {profile} in names.  -1 with the fault set. */
MUST_CHECK int joined_outputs(struct joined *joined, const char *profile,
    struct arena *arena, struct options *options, struct fault *fault);

/* Writes the heading of a profile to where text of several comes together. */
void joined_heading(struct joined *joined, const char *profile);

/*
 * Writes what the parts make.  None of the n programs may have read one of the
 * files.  -1 with the fault set.
 */
MUST_CHECK int joined_finish(struct joined *joined,
    const struct program *programs, size_t n, struct fault *fault);

void joined_release(struct joined *joined);

#endif
