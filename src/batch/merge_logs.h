/*
 * --merge-sarif: the SARIF logs of several runs, as one, on standard output.
 */
#ifndef BATCH_MERGE_LOGS_H
#define BATCH_MERGE_LOGS_H

#include "run/program.h"

/* Merges the files of the options.  Returns the exit status. */
int merge_logs(struct program *program);

#endif
