/*
 * Which options go with what the program is told to do: the table of options
 * says of each which tasks take it.
 */
#ifndef CLI_TASK_OPTIONS_H
#define CLI_TASK_OPTIONS_H

#include "run/options.h"

/* -1 with a sentence that names all options that the task of *options would
 * ignore; given: of each row of the table, whether it was given. */
MUST_CHECK int task_options_check(
    const struct options *options, const bool *given, struct fault *fault);

#endif
