/* Names of SARIF logs -> one log on standard output, a sentence beside it. */
#include "batch/merge_logs.h"

#include "cmd/outcome.h"
#include "merge/merge_sarif.h"

static void tell_counts(
    const struct program *program, const struct merge_counts *counts)
{
	size_t nfiles = program->options.nfiles;
	struct buf line = {0};

	buf_printf(&line,
	    "rolloutlint: %zu file%s merged: %zu run%s, %zu result%s\n", nfiles,
	    nfiles == 1 ? "" : "s", counts->nruns,
	    counts->nruns == 1 ? "" : "s", counts->nresults,
	    counts->nresults == 1 ? "" : "s");
	if (counts->nmost > GITHUB_RESULTS)
		buf_printf(&line,
		    "rolloutlint: a run has %zu results; GitHub takes no more "
		    "than %d: use more categories (--sarif-category)\n",
		    counts->nmost, GITHUB_RESULTS);
	if (counts->nruns > GITHUB_RUNS)
		buf_printf(&line,
		    "rolloutlint: GitHub takes no more than %d runs of a file: "
		    "merge fewer categories into each\n",
		    GITHUB_RUNS);
	complain_lines(buf_text(&line));
	buf_release(&line);
}

/* What is merged, and what came of it. */
struct merging {
	struct program *program;
	struct merge_counts counts;
	struct fault fault;
	int result;
};

static void write_merged(FILE *out, const void *context)
{
	/* Ours, for the result. */
	struct merging *merging = (struct merging *)(uintptr_t)context;
	const struct options *options = &merging->program->options;

	merging->result = merge_sarif_names(out, options->files,
	    options->nfiles, &merging->counts, &merging->fault);
}

int merge_logs(struct program *program)
{
	struct merging merging = {.program = program};
	int status;

	status = print_by(program, write_merged, &merging);
	if (merging.result) {
		complain_trouble(&(struct run_trouble){
		    fault_text(&merging.fault), merging.fault.is_placed});
		status = STATUS_TROUBLE;
	}
	if (status == STATUS_CLEAN && !program->options.quiet)
		tell_counts(program, &merging.counts);
	fault_release(&merging.fault);
	return status;
}
