/*
 * Several SARIF logs of this program -> one.
 *
 * Runs of one category become one run, whose lists of rules, files and objects
 * hold each item once.  The files are read twice, one at a time: memory holds
 * one file, those lists, and an invocation for each file, but no results.
 */
#ifndef MERGE_MERGE_SARIF_H
#define MERGE_MERGE_SARIF_H

#include "base/fault.h"

#include <stdio.h>

/* What GitHub takes of a file, and of a run in it ("SARIF results exceed one or
 * more limits" in its documentation): of more it refuses the file. */
#define GITHUB_RUNS 20
#define GITHUB_RESULTS 25000

/* What was merged. */
struct merge_counts {
	size_t nruns, nresults;
	size_t nmost; /* results of the run that has most */
};

/*
 * Merges the files of these n names and writes the log to out.  Nothing is
 * written when a file cannot be read or is no log of this program: -1 with all
 * faults of all files, or with that of the first that cannot be read.  Errors
 * of out are left in its error flag.
 */
MUST_CHECK int merge_sarif_names(FILE *out, const char *const *names, size_t n,
    struct merge_counts *ret_counts, struct fault *fault);

/* The same for open files, each read from its start. */
MUST_CHECK int merge_sarif_files(
    FILE *out, FILE *const *files, size_t n, struct fault *fault);

#endif
