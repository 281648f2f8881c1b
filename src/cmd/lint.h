/*
 * Linting: what the program does when nothing else is asked for.
 */
#ifndef CMD_LINT_H
#define CMD_LINT_H

#include "run/program.h"

/* Lints the program's inputs and reports what was found.  Returns the exit
 * status.  What it came to is added to ret_remark, if any, in a few words. */
int lint(struct program *program, struct buf *ret_remark);

#endif
