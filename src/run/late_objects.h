/*
 * Custom resources whose CustomResourceDefinitions stand in the stream.
 */
#ifndef RUN_LATE_OBJECTS_H
#define RUN_LATE_OBJECTS_H

#include "doc/tree.h"
#include "fact/facts.h"
#include "input/source.h"

/* Where documents are read again, and within which limits. */
struct late_input {
	const struct limits *limits;
	struct source *const *kept; /* those that are still open */
	size_t nkept;
};

/* Reads the documents that have waited for a definition again and holds their
 * objects to it; to be called when the stream has ended.  arena takes what
 * the definitions are prepared with. */
void hold_late_objects(struct facts *const *facts, size_t nfacts,
    const struct late_input *input, struct arena *arena);

#endif
