/*
 * A ring of batches of chunks.  The reader puts batches in at one end and takes
 * results out at the other, in the same order; each worker takes the next batch
 * that nobody has and works on it alone.  A batch is worth the change from one
 * thread to another, which costs as much as a small document.
 *
 * Small inputs are linted by the reader itself: starting threads costs more
 * than it gains.
 */
#include "run/workers.h"

#include <pthread.h>
#include <stdlib.h>

/* Threads are worth their start for more bytes than these; when nobody has said
 * how many come, so many are linted before. */
#define ENOUGH_BYTES (256 * 1024)

/* Batches in flight for each worker. */
#define DEPTH 4

/* What makes a batch full. */
#define BATCH_CHUNKS 64
#define BATCH_BYTES (64 * 1024)

/* A chunk and what came of it. */
struct task {
	struct chunk chunk;
	struct chunk_result result;
};

struct batch {
	struct task tasks[BATCH_CHUNKS];
	size_t ntasks;
	size_t nbytes;
	uint32_t order; /* of the first chunk */
	uint64_t steps; /* left when it was taken by a worker */
	bool done;
};

struct workers {
	lint_chunk_fn *lint;
	const void *context;
	unsigned njobs;
	struct facts **facts; /* the reader's, then one for each worker */
	uint64_t nbytes; /* put in so far or to come, until the threads start */

	uint32_t nchunks; /* put in so far */

	pthread_t *threads;
	unsigned nthreads; /* started; 0 while the reader does it all */

	/* Of the ring, under lock; positions only grow.  The batch at put is
	 * the reader's until it is given out. */
	pthread_mutex_t lock;
	pthread_cond_t given; /* a batch was, or there will be none */
	pthread_cond_t done;  /* a batch is */
	struct batch *batches;
	size_t nbatches;
	size_t put;	/* batches that were given out */
	size_t taken;	/* of them, taken by a worker */
	size_t out;	/* of them, results handed out */
	uint64_t steps; /* left behind the results that were handed out */
	bool ended;	/* no more batches will come */
};

/* What a thread is started with. */
struct start {
	struct workers *workers;
	struct facts *facts;
};

static struct batch *batch_at(struct workers *workers, size_t position)
{
	return &workers->batches[position % workers->nbatches];
}

/* Errors of these calls are misuse only, which would be ours. */
static void lock(struct workers *workers)
{
	if (pthread_mutex_lock(&workers->lock))
		BUG("a lock that cannot be taken");
}

static void unlock(struct workers *workers)
{
	if (pthread_mutex_unlock(&workers->lock))
		BUG("a lock that cannot be given back");
}

static void wait_for(struct workers *workers, pthread_cond_t *event)
{
	if (pthread_cond_wait(event, &workers->lock))
		BUG("a condition that cannot be waited for");
}

static void tell_all(pthread_cond_t *event)
{
	if (pthread_cond_broadcast(event))
		BUG("a condition that cannot be told");
}

/* The next batch that no worker has; NULL when there will be none. */
static struct batch *claim_batch(struct workers *workers)
{
	struct batch *batch = NULL;

	lock(workers);
	while (workers->taken == workers->put && !workers->ended)
		wait_for(workers, &workers->given);
	if (workers->taken < workers->put) {
		batch = batch_at(workers, workers->taken++);
		batch->steps = workers->steps;
	}
	unlock(workers);
	return batch;
}

/* Lints a chunk that may take so many steps, and takes off those it took. */
static void lint_chunk(const struct workers *workers, const struct chunk *chunk,
    uint32_t order, struct facts *facts, uint64_t *steps,
    struct chunk_result *result)
{
	result->steps = result->given = *steps;
	workers->lint(workers->context, chunk, order, facts, result);
	*steps = result->steps;
}

static void *work(void *argument)
{
	struct start *start = argument;
	struct workers *workers = start->workers;
	struct batch *batch;

	while ((batch = claim_batch(workers))) {
		for (size_t i = 0; i < batch->ntasks; i++)
			lint_chunk(workers, &batch->tasks[i].chunk,
			    batch->order + (uint32_t)i, start->facts,
			    &batch->steps, &batch->tasks[i].result);
		lock(workers);
		batch->done = true;
		tell_all(&workers->done);
		unlock(workers);
	}
	free(start);
	return NULL;
}

static struct facts *facts_new(const struct settings *settings)
{
	struct facts *facts = xmalloc(sizeof(*facts));

	facts_init(facts, settings);
	return facts;
}

struct workers *workers_new(unsigned njobs, const struct settings *settings,
    lint_chunk_fn *lint, const void *context)
{
	struct workers *workers = xcalloc(1, sizeof(*workers));

	workers->lint = lint;
	workers->context = context;
	workers->njobs = njobs;
	workers->facts = xcalloc(njobs + 1, sizeof(*workers->facts));
	for (unsigned i = 0; i <= njobs; i++)
		workers->facts[i] = facts_new(settings);
	workers->nbatches = (size_t)njobs * DEPTH;
	workers->threads = xcalloc(njobs, sizeof(*workers->threads));
	if (pthread_mutex_init(&workers->lock, NULL) ||
	    pthread_cond_init(&workers->given, NULL) ||
	    pthread_cond_init(&workers->done, NULL))
		out_of_memory();
	return workers;
}

/* A thread that cannot be had is done without. */
static void start_threads(struct workers *workers)
{
	workers->batches =
	    xcalloc(workers->nbatches, sizeof(*workers->batches));
	for (unsigned i = 0; i < workers->njobs; i++) {
		struct start *start = xmalloc(sizeof(*start));

		*start = (struct start){workers, workers->facts[i + 1]};
		if (pthread_create(&workers->threads[workers->nthreads], NULL,
			work, start)) {
			free(start);
			return;
		}
		workers->nthreads++;
	}
}

/* Copies, so that a chunk with one finding does not keep an arena. */
static void move_result(struct chunk_result *result, struct chunk_result *from)
{
	uint64_t used = from->given - from->steps;

	for (size_t i = 0; i < from->findings.n; i++)
		finding_add(&result->findings, &from->findings.items[i]);
	for (size_t i = 0; i < from->suppressions.n; i++)
		suppression_add(
		    &result->suppressions, &from->suppressions.items[i]);
	result->steps -= used < result->steps ? used : result->steps;
	for (size_t i = 0; result->steps && i < from->of_rules.n; i++)
		finding_add(&result->findings, &from->of_rules.items[i]);
	result->ndocuments += from->ndocuments;
	finding_list_release(&from->findings);
	finding_list_release(&from->of_rules);
	suppression_list_release(&from->suppressions);
	from->ndocuments = 0;
}

/* Hands out the oldest results once they are there; the lock is held. */
static void remove_oldest(struct workers *workers, struct chunk_result *result)
{
	struct batch *batch = batch_at(workers, workers->out);

	while (!batch->done)
		wait_for(workers, &workers->done);
	for (size_t i = 0; i < batch->ntasks; i++) {
		move_result(result, &batch->tasks[i].result);
		chunk_release(&batch->tasks[i].chunk);
	}
	workers->steps = result->steps;
	batch->ntasks = batch->nbytes = 0;
	batch->done = false;
	workers->out++;
}

/* Makes room for another batch; the lock is held. */
static void remove_done(struct workers *workers, struct chunk_result *result)
{
	while (workers->put - workers->out == workers->nbatches ||
	       (workers->out < workers->put &&
		   batch_at(workers, workers->out)->done))
		remove_oldest(workers, result);
}

void workers_give(struct workers *workers, struct chunk_result *result)
{
	if (!workers->nthreads || !batch_at(workers, workers->put)->ntasks)
		return;
	lock(workers);
	workers->steps = result->steps;
	workers->put++;
	tell_all(&workers->given);
	remove_done(workers, result);
	unlock(workers);
}

static void add_chunk(
    struct workers *workers, struct chunk *chunk, struct chunk_result *result)
{
	struct batch *batch = batch_at(workers, workers->put);

	if (!batch->ntasks)
		batch->order = workers->nchunks;
	batch->tasks[batch->ntasks++] = (struct task){.chunk = *chunk};
	batch->nbytes += chunk->bytes.len;
	workers->nchunks++;
	if (batch->ntasks == BATCH_CHUNKS || batch->nbytes >= BATCH_BYTES)
		workers_give(workers, result);
}

void workers_expect(struct workers *workers, uint64_t nbytes)
{
	if (nbytes > ENOUGH_BYTES)
		workers->nbytes += nbytes;
}

void workers_put(
    struct workers *workers, struct chunk *chunk, struct chunk_result *result)
{
	struct chunk_result own = {0};
	uint64_t steps = result->steps;

	if (!workers->nthreads) {
		workers->nbytes += chunk->bytes.len;
		if (workers->njobs > 1 && workers->nbytes > ENOUGH_BYTES)
			start_threads(workers);
	}
	if (workers->nthreads) {
		add_chunk(workers, chunk, result);
		return;
	}
	lint_chunk(workers, chunk, workers->nchunks++, workers->facts[0],
	    &steps, &own);
	move_result(result, &own);
	chunk_release(chunk);
}

void workers_finish(struct workers *workers, struct chunk_result *result)
{
	workers_give(workers, result);
	lock(workers);
	while (workers->out < workers->put)
		remove_oldest(workers, result);
	workers->ended = true;
	tell_all(&workers->given);
	unlock(workers);
	for (unsigned i = 0; i < workers->nthreads; i++)
		pthread_join(workers->threads[i], NULL);
	workers->nthreads = 0;
}

struct facts *const *workers_facts(const struct workers *workers, size_t *ret_n)
{
	*ret_n = workers->njobs + 1;
	return workers->facts;
}

void workers_free(struct workers *workers)
{
	if (!workers)
		return;
	for (unsigned i = 0; i <= workers->njobs; i++) {
		facts_release(workers->facts[i]);
		free(workers->facts[i]);
	}
	pthread_cond_destroy(&workers->given);
	pthread_cond_destroy(&workers->done);
	pthread_mutex_destroy(&workers->lock);
	free(workers->facts);
	free(workers->threads);
	free(workers->batches);
	free(workers);
}
