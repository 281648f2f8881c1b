/*
 * Which fixes are made: as many as leave the texts better and no other finding.
 */
#ifndef CMD_CHOOSE_FIXES_H
#define CMD_CHOOSE_FIXES_H

#include "run/program.h"
#include "run/run.h"

/* Fixes of what a run has found, in the texts that it has read. */
struct mending {
	struct program *program;
	const struct run_options *options; /* of the run */
	struct run *run;
	struct buf *texts; /* the inputs */
	bool *is_chosen;   /* by finding: its fixes are to be made */
	size_t nchosen, nleft;
};

/*
 * Fills is_chosen, which the caller frees: all fixes that can be written, but
 * for those with which the texts, linted again, have no fewer findings of the
 * rule or a new one of the level or above.  nleft is the number of these.
 */
void fixes_choose(struct mending *mending);

/*
 * Appends text, which is the file's, with all chosen fixes in it; rendered: of
 * what was moved to a template where it was before.  Returns how many findings
 * that mends.
 */
size_t fixes_make(const struct mending *mending, const struct origin *file,
    bool rendered, struct slice text, struct buf *buf);

#endif
