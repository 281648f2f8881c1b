/*
 * Findings moved from the rendered stream to the templates it was made from:
 * the lines people can edit.
 */
#ifndef RUN_RELOCATE_H
#define RUN_RELOCATE_H

#include "diag/verdict.h"
#include "run/program.h"
#include "run/run.h"

/*
 * Gives every finding, note and verdict that is at a rendered line the place of
 * its template line in a chart of --chart, and notes for what else is to know:
 * the helper, the action, the rendered line, a second line as likely.  What
 * cannot be told stays where it is and says why.  A chart the input was not
 * rendered from is left out, with a finding.  Sorts the findings.
 *
 * What was given and had no effect is a sentence in the program's remarks,
 * which hold nothing else then.
 *
 * -1 with the fault set when a chart cannot be read.  Without --chart it does
 * nothing.
 */
MUST_CHECK int relocate_findings(
    struct program *program, struct run *run, const struct verdicts *verdicts);

#endif
