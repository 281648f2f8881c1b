/*
 * Linting: what the program does when nothing else is asked for.
 */
#ifndef CMD_LINT_H
#define CMD_LINT_H

#include "diag/verdict.h"
#include "run/program.h"

/* Lints the program's inputs and reports what was found.  Returns the exit
 * status.  What it came to is added to ret_remark, if any, in a few words. */
int lint(struct program *program, struct buf *ret_remark);

/* The same without the report: fills run, which is the caller's to release, and
 * verdicts.  *options gets the files that were read meanwhile. */
void lint_judge(struct program *program, struct run_options *options,
    struct run *run, struct verdicts *verdicts);

/* Only the findings that would be reported, at their rendered lines and without
 * verdicts; after lint_judge(). */
void lint_rendered(struct program *program, const struct run_options *options,
    struct run *run);

#endif
