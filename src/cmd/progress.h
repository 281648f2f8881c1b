/*
 * How far a long run is, on a terminal: one line that is written over.
 */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include "run/run.h"

#include <time.h>

/* All zero shows nothing; as of progress_start() it does. */
struct progress {
	bool is_wanted;
	struct timespec start; /* by a clock that nobody sets */
	int64_t next;	       /* milliseconds after it, when to show more */
	size_t width;	       /* of what stands there now; 0: nothing */
};

/* Starts the clock, when standard error is a terminal that can write over a
 * line, and is_quiet is false. */
void progress_start(struct progress *progress, bool is_quiet);

/* As struct run_options wants it: shows the line from one second on, ten times
 * a second at most, and once more when all is read.  context is a struct
 * progress. */
void progress_tell(void *context, const struct run_progress *so_far);

/* Takes the line away. */
void progress_end(struct progress *progress);

#endif
