/*
 * Which files --fix may replace: what stands in their place afterwards must be
 * what their user thinks of as that file, and nothing else.
 */
#ifndef CMD_MEND_TARGETS_H
#define CMD_MEND_TARGETS_H

#include "base/fault.h"
#include "run/options.h"

/*
 * -1 with a sentence when the file of that name is not to be written: it is no
 * regular file, read-only, has other names that would keep the old text, or a
 * link led to it, out of all folders, files and charts that options name.
 */
MUST_CHECK int mend_target_check(
    const struct options *options, const char *name, struct fault *fault);

#endif
