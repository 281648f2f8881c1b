/*
 * The pipeline: sources in, findings out, in the order of the input.
 */
#ifndef RUN_RUN_H
#define RUN_RUN_H

#include "map/template_uses.h"
#include "rule/check.h"
#include "run/workers.h"

/* Inputs that are one release, n of them from the index first on. */
struct run_inputs {
	const char *name; /* of the file, or of the folder they are in */
	size_t first, n;
};

/* How far a run is. */
struct run_progress {
	uint64_t nbytes;   /* read, of all inputs so far */
	size_t ndocuments; /* linted, of those */
	size_t nfindings;  /* in them alone, before any rule */
	bool is_all;	   /* all that a release is of was read */
};

struct run_options {
	const struct origin *const *inputs; /* indexes are their positions */
	size_t ninputs;
	/* The files of the release that runs now, of origins; none: NULL. */
	const struct origin *const *previous;
	size_t nprevious;
	struct slice previous_text; /* as text below */
	struct slice text; /* when not empty: what the one input holds */
	/* What the inputs hold, by index, instead of their files; or NULL. */
	const struct buf *texts;
	const struct ruleset *ruleset;
	const struct settings *settings; /* of the facts */
	const struct profile *profile;
	struct evidence evidence; /* beside the manifests */
	/* All files that were read, by index, the inputs first; NULL when there
	 * are no others. */
	const struct origin *const *origins;
	const char *namespace; /* of the release, or NULL */
	/* The releases that the inputs are; NULL: all are one. */
	const struct run_inputs *releases;
	size_t nreleases;
	const struct limits *limits;
	unsigned njobs;	   /* threads to lint with; 0 is 1 */
	size_t read_size;  /* bytes asked of a source at once; 0: as fits */
	bool keep_sources; /* so that run_quote() can show a pipe's lines */
	/* For every object while its document is there, or NULL; with more than
	 * one job it is called by several threads. */
	void (*visit)(void *context, const struct node *object,
	    const struct manifest *manifest);
	void *visit_context;
	/* Told by the reader's own thread after each chunk, and when a release
	 * was read whole; or NULL. */
	void (*progress)(void *context, const struct run_progress *so_far);
	void *progress_context;
};

/* One release: that of all inputs, or of some when they are separate. */
struct run_part {
	const struct origin *input; /* the first of it, or NULL */
	const char *name;	    /* as in struct run_inputs, or NULL */
	size_t first, n;	    /* its inputs */
	struct workers *workers;    /* that hold the release's facts */
	struct release *release;
};

/* What kept a run from seeing everything. */
struct run_trouble {
	const char *text; /* as of a fault; in the run's arena */
	bool is_placed;	  /* lines that begin with FILE:LINE:COL */
};

/* What a run found.  All zero is empty and ready for run_lint(). */
struct run {
	const struct run_options *options;
	struct run_part previous; /* of options->previous; else all zero */
	struct run_part *parts;	  /* none: there has been no run */
	size_t nparts;
	struct chunk_result result; /* its findings sorted */
	uint64_t steps; /* left for rules on entities, as result.steps are for
			   those on objects; 0: some were not asked */
	struct tally *tallies; /* of the profile's demands; in arena */
	uint64_t nbytes;       /* read so far */
	struct arena arena;
	struct template_uses uses; /* with --chart, where fixes depend on it */
	struct run_trouble *troubles;
	size_t ntroubles, cap_troubles;
	size_t ngone; /* items of the baseline that nothing is equal to */
	struct source **kept; /* what cannot be opened again, for run_quote() */
	size_t nkept, cap_kept;
};

/*
 * Reads all inputs, collects and relates facts, applies the rules.  Findings
 * of all inputs are there even when one could not be read: what kept the run
 * from seeing everything is in troubles.  options must outlive the run.
 */
void run_lint(struct run *run, const struct run_options *options);

/* How many objects the parts hold together. */
size_t run_object_count(const struct run *run);

/* Of these, how many are of kinds whose fields the program does not know. */
size_t run_undescribed_count(const struct run *run);

/* Adds one sentence to the troubles. */
void run_add_trouble(struct run *run, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* The same for a fault; what was told in the same words is not told again. */
void run_add_fault(struct run *run, struct fault *fault);

/* Gives every finding and note the line it is at, for sinks that show it, and
 * findings GitHub's hash of the line: all, or those that are of no object,
 * which nothing else tells apart; makes the fixes exact, or drops them. */
void run_quote(struct run *run, bool all_hashes);

void run_release(struct run *run);

#endif
