/*
 * File names as URI references.
 */
#ifndef REPORT_URI_H
#define REPORT_URI_H

#include "base/text.h"
#include "diag/span.h"

/*
 * Appends the reference of the file, a relative one: to the root of the file
 * system when its name is absolute, else to the root of the sources; "stdin"
 * for standard input without a name.  Everything that a URI, or one of its
 * readers, could take for something else is percent-encoded.
 */
void uri_add(struct buf *buf, const struct origin *origin);

/* The same file as a path, nothing encoded, for formats that name files so. */
struct slice uri_path(const struct origin *origin);

/* Whether it is standard input without a name of a file. */
bool uri_is_nameless(const struct origin *origin);

/* Whether the reference is to the root of the file system: services refuse
 * absolute ones outside of the sources. */
bool uri_is_absolute(const struct origin *origin);

#endif
