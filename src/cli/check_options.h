/*
 * What options do not go together, and what would be ignored.
 */
#ifndef CLI_CHECK_OPTIONS_H
#define CLI_CHECK_OPTIONS_H

#include "run/options.h"

/* -1 with a sentence for the first option that needs another, that nothing
 * would come of, or that another contradicts. */
MUST_CHECK int options_check(
    const struct options *options, struct fault *fault);

#endif
