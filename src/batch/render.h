/*
 * The command of --render: how the user's own Helm renders a profile.
 */
#ifndef BATCH_RENDER_H
#define BATCH_RENDER_H

#include "base/words.h"

/* What fills the placeholders of that name; NULL: there is none. */
struct render_values {
	const char *release, *chart, *profile, *values_file, *namespace;
};

/* A command, checked. */
struct render {
	struct words words;
	bool needs_values_file; /* it has the placeholder */
	bool tells_apart; /* it has one that is not the same for all profiles */
};

/*
 * Reads the command: words as of words_cut(), in which {release}, {chart},
 * {profile}, {values_file} and {namespace} stand for values, and a doubled
 * brace for itself.  -1 with a sentence for another placeholder.
 */
MUST_CHECK int render_read(struct render *render, const char *command,
    struct arena *arena, struct fault *fault);

/* -1 with a sentence when a value that is the same for all profiles, so neither
 * {profile} nor {values_file}, cannot be filled in. */
MUST_CHECK int render_check(const struct render *render,
    const struct render_values *values, struct fault *fault);

/*
 * Runs it, with output to the descriptor out.  A placeholder stays within its
 * word, whatever it holds.  -1 with a sentence when a value is missing or
 * begins with '-', so that it could be taken for an option, or as of
 * child_run().
 */
MUST_CHECK int render_run(const struct render *render,
    const struct render_values *values, int out, struct fault *fault);

#endif
