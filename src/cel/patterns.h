/*
 * Patterns that are compiled when they are first matched, and kept.
 */
#ifndef CEL_PATTERNS_H
#define CEL_PATTERNS_H

#include "base/map.h"
#include "base/regex.h"

/* All zero is empty and ready.  Not for several threads. */
struct cel_patterns {
	struct map by_text;
	struct arena arena; /* the texts */
};

/* The compiled pattern, valid until the next call; NULL with the fault set when
 * it does not compile. */
const struct regex *cel_patterns_get(
    struct cel_patterns *patterns, struct slice text, struct fault *fault);

void cel_patterns_release(struct cel_patterns *patterns);

#endif
