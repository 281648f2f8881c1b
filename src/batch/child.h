/*
 * A program that is run for its output.
 */
#ifndef BATCH_CHILD_H
#define BATCH_CHILD_H

#include "base/words.h"

/*
 * Runs the program words[0], found as a shell finds it, without any shell, and
 * waits for its end.  What it prints goes to the descriptor out, a file, so
 * that no pipe can fill up; it reads nothing, and its standard error is ours.
 *
 * -1 with a sentence when it cannot be started, and when it does not end with
 * status 0.
 */
MUST_CHECK int child_run(
    const struct words *words, int out, struct fault *fault);

#endif
