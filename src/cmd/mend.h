/*
 * --fix and --diff: the fixes of findings, written into the files they are in.
 */
#ifndef CMD_MEND_H
#define CMD_MEND_H

#include "run/program.h"

/*
 * Lints the program's inputs and makes those fixes that mend their finding and
 * bring no new one of its level or above, which linting the changed texts in
 * memory tells.  Files, or with --chart templates, are replaced as a whole and
 * what is left is reported; with --diff nothing is written, and what would be
 * is printed.  Returns the exit status: with --diff 1 when something would be
 * written.
 */
int mend(struct program *program);

#endif
