/*
 * A file replaced as a whole: whoever reads it sees the old one or the new one.
 */
#ifndef RUN_REPLACE_H
#define RUN_REPLACE_H

#include "base/fault.h"

#include <stdio.h>

/*
 * Gives the file of that name new contents, which write() is called for, or
 * makes it; its mode stays, and a symbolic link is followed.  -1 with a
 * sentence and errno, and the old file as it was, when that fails.  Nothing
 * else is left behind, also by a signal where the file system has files without
 * a name.
 */
MUST_CHECK int replace_file(const char *name,
    void (*write)(FILE *out, const void *context), const void *context,
    struct fault *fault);

#endif
