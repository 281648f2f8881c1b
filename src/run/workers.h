/*
 * Workers: chunks linted side by side, their findings in the order of the
 * input whatever the number of threads.
 */
#ifndef RUN_WORKERS_H
#define RUN_WORKERS_H

#include "diag/suppression.h"
#include "fact/facts.h"
#include "input/split.h"

/* What one chunk gave. */
struct chunk_result {
	struct finding_list findings;
	struct suppression_list suppressions;
	size_t ndocuments; /* that hold anything */
	/* What rules on objects found.  Results in their order use up the steps
	 * that the run has for rules; from the chunk on with which they are
	 * used up, such findings are dropped. */
	struct finding_list of_rules;
	uint64_t steps; /* left; a chunk begins with no fewer than the run has
			   left for it */
	uint64_t given; /* what a chunk began with */
};

/*
 * Lints one chunk, the order-th of the input: entities go to facts, the rest to
 * result.  Called by several threads at once, each with its own facts and
 * result; context is shared and must not be written.
 */
typedef void lint_chunk_fn(const void *context, const struct chunk *chunk,
    uint32_t order, struct facts *facts, struct chunk_result *result);

struct workers;

/* No thread is started before there is work for it.  njobs at least 1;
 * settings are those of the facts.  Free with workers_free(). */
struct workers *workers_new(unsigned njobs, const struct settings *settings,
    lint_chunk_fn *lint, const void *context);

/* Of an input of so many bytes, when they are enough to share, the threads
 * start with the first chunk. */
void workers_expect(struct workers *workers, uint64_t nbytes);

/* Takes the chunk over and sees to it that it is linted, soon or after
 * workers_give(); waits while too many chunks are in flight.  Results that are
 * complete, in the order of the chunks, are added to result. */
void workers_put(
    struct workers *workers, struct chunk *chunk, struct chunk_result *result);

/* Has all chunks linted that were put: before the reader waits for more. */
void workers_give(struct workers *workers, struct chunk_result *result);

/* Waits for all chunks and adds their results. */
void workers_finish(struct workers *workers, struct chunk_result *result);

/* What was collected, one set of facts for each thread that may have run;
 * valid until workers_free(). */
struct facts *const *workers_facts(
    const struct workers *workers, size_t *ret_n);

void workers_free(struct workers *workers);

#endif
