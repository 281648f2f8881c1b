/*
 * Which options go with what the program is told to do: the table of options
 * says of each which tasks take it.
 */
#ifndef CLI_TASK_OPTIONS_H
#define CLI_TASK_OPTIONS_H

#include "cli/option_rows.h"

/* -1 with a sentence that names all options that the task of *options would
 * ignore; given: of each row of the table, whether it was given. */
MUST_CHECK int task_options_check(
    const struct options *options, const bool *given, struct fault *fault);

/* Whether the option says what to do instead of linting, so that others have no
 * use beside it; false for --help and --version, which leave them be. */
bool option_is_task(const struct option_row *row);

/* Whether that task, an option that is one, takes the option: itself, what its
 * row says, and --help and --version. */
bool option_goes_with(
    const struct option_row *row, const struct option_row *task);

#endif
