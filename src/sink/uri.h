/*
 * File names as URI references.
 */
#ifndef SINK_URI_H
#define SINK_URI_H

#include "base/text.h"
#include "diag/span.h"

/*
 * Appends the reference of the file: relative to the root of the sources,
 * "file:///..." when its name is absolute, "stdin" for standard input without
 * a name.  Everything that a URI, or one of its readers, could take for
 * something else is percent-encoded.
 */
void uri_add(struct buf *buf, const struct origin *origin);

/* Whether the reference is an absolute one. */
bool uri_is_absolute(const struct origin *origin);

#endif
