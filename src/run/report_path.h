/*
 * What files are called in reports that other programs read.
 */
#ifndef RUN_REPORT_PATH_H
#define RUN_REPORT_PATH_H

#include "base/text.h"

/*
 * The name without ".", ".." and doubled slashes: relative to here, the
 * working directory, or else to the repository that here is in, or else
 * absolute.  An alert must not depend on where a checkout happens to be, and
 * no service follows "..".  NULL, the name as it is, when here is not known.
 */
const char *report_path(
    struct arena *arena, const char *here, const char *name);

/* The first folder with a .git from here, an absolute name, upward; it is the
 * start of here, empty when there is none. */
struct slice repository_of(struct arena *arena, struct slice here);

#endif
