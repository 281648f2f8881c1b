/*
 * --write-evidence: what this run has shown, in a folder that the next stage
 * can hold its own input to.
 */
#ifndef CMD_SEAL_H
#define CMD_SEAL_H

#include "report/report.h"
#include "run/program.h"

/*
 * Writes verdicts.json, verdicts.md, report.sarif and bundle.json, which seals
 * them by their digests, into the folder of --write-evidence, which is made
 * when it is not there.  The same input gives the same files, but for the time
 * in bundle.json.  -1 with a sentence when a file cannot be written, would
 * overwrite an input, or part of the input could not be read.
 */
MUST_CHECK int seal_write(struct program *program, const struct report *report,
    const struct run *run, const struct verdicts *verdicts);

#endif
