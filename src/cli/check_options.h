/*
 * What options do not go together, and what would be ignored.
 */
#ifndef CLI_CHECK_OPTIONS_H
#define CLI_CHECK_OPTIONS_H

#include "run/options.h"

/* -1 with a sentence for the options that nothing would come of, or else the
 * first that needs another or that another contradicts; given: of each row of
 * the table, whether it was given. */
MUST_CHECK int options_check(
    const struct options *options, const bool *given, struct fault *fault);

/* Whether something that is asked for shows timelines of updates. */
bool options_show_timelines(const struct options *options);

#endif
