/*
 * The command line: from its words to what they ask for.
 */
#ifndef CLI_COMMAND_LINE_H
#define CLI_COMMAND_LINE_H

#include "run/options.h"

/*
 * Reads the command line into *options, all zero, which keeps its texts; the
 * arena of *options is the caller's to release, whatever is returned.  -1 with
 * a sentence for what it does not know.
 */
MUST_CHECK int options_parse(
    struct options *options, int argc, char **argv, struct fault *fault);

/* Adds the text of --help. */
void options_help(struct buf *buf);

#endif
