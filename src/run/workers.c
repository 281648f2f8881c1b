/*
 * A ring of chunks.  The reader puts chunks in at one end and takes results
 * out at the other, in the same order; each worker takes the next chunk that
 * nobody has and works on it alone.
 *
 * Small inputs are linted by the reader itself: starting threads costs more
 * than it gains.
 */
#include "run/workers.h"

#include <pthread.h>
#include <stdlib.h>

/* Bytes that are linted before threads are worth their start. */
#define ENOUGH_BYTES (256 * 1024)

/* Chunks in flight for each worker. */
#define DEPTH 8

struct item {
	struct chunk chunk;
	uint32_t order;
	bool done;
	struct chunk_result result;
};

struct workers {
	lint_chunk_fn *lint;
	const void *context;
	unsigned njobs;
	struct facts **facts; /* the reader's, then one for each worker */
	size_t nbytes;	      /* put in so far, until the threads start */

	pthread_t *threads;
	unsigned nthreads; /* started; 0 while the reader does it all */

	/* Of the ring, under lock; positions only grow. */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct item *items;
	size_t nitems;
	size_t put;   /* chunks that were put in */
	size_t taken; /* of them, taken by a worker */
	size_t out;   /* of them, results handed out */
	bool ended;   /* no more chunks will come */
};

/* What a thread is started with. */
struct start {
	struct workers *workers;
	struct facts *facts;
};

static struct item *item_at(struct workers *workers, size_t position)
{
	return &workers->items[position % workers->nitems];
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

static void wait_for_change(struct workers *workers)
{
	if (pthread_cond_wait(&workers->changed, &workers->lock))
		BUG("a condition that cannot be waited for");
}

static void signal_change(struct workers *workers)
{
	if (pthread_cond_broadcast(&workers->changed))
		BUG("a condition that cannot be told");
}

/* The next chunk that no worker has; NULL when there will be none. */
static struct item *claim_item(struct workers *workers)
{
	struct item *item = NULL;

	lock(workers);
	while (workers->taken == workers->put && !workers->ended)
		wait_for_change(workers);
	if (workers->taken < workers->put)
		item = item_at(workers, workers->taken++);
	unlock(workers);
	return item;
}

static void *work(void *argument)
{
	struct start *start = argument;
	struct workers *workers = start->workers;
	struct item *item;

	while ((item = claim_item(workers))) {
		workers->lint(workers->context, &item->chunk, item->order,
		    start->facts, &item->result);
		lock(workers);
		item->done = true;
		signal_change(workers);
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
	workers->nitems = (size_t)njobs * DEPTH;
	workers->items = xcalloc(workers->nitems, sizeof(*workers->items));
	workers->threads = xcalloc(njobs, sizeof(*workers->threads));
	if (pthread_mutex_init(&workers->lock, NULL) ||
	    pthread_cond_init(&workers->changed, NULL))
		out_of_memory();
	return workers;
}

/* A thread that cannot be had is done without. */
static void start_threads(struct workers *workers)
{
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
	for (size_t i = 0; i < from->findings.n; i++)
		finding_add(&result->findings, &from->findings.items[i]);
	for (size_t i = 0; i < from->suppressions.n; i++)
		suppression_add(
		    &result->suppressions, &from->suppressions.items[i]);
	result->ndocuments += from->ndocuments;
	finding_list_release(&from->findings);
	suppression_list_release(&from->suppressions);
	from->ndocuments = 0;
}

/* Hands out the oldest result once it is there; the lock is held. */
static void remove_oldest(struct workers *workers, struct chunk_result *result)
{
	struct item *item = item_at(workers, workers->out);

	while (!item->done)
		wait_for_change(workers);
	move_result(result, &item->result);
	chunk_release(&item->chunk);
	item->done = false;
	workers->out++;
}

static void add_chunk(
    struct workers *workers, struct chunk *chunk, struct chunk_result *result)
{
	struct item *item;

	lock(workers);
	while (workers->put - workers->out == workers->nitems ||
	       (workers->out < workers->put &&
		   item_at(workers, workers->out)->done))
		remove_oldest(workers, result);
	item = item_at(workers, workers->put);
	item->chunk = *chunk;
	item->order = (uint32_t)workers->put;
	workers->put++;
	signal_change(workers);
	unlock(workers);
}

void workers_put(
    struct workers *workers, struct chunk *chunk, struct chunk_result *result)
{
	struct chunk_result own = {0};

	if (!workers->nthreads) {
		workers->nbytes += chunk->bytes.len;
		if (workers->njobs > 1 && workers->nbytes > ENOUGH_BYTES)
			start_threads(workers);
	}
	if (workers->nthreads) {
		add_chunk(workers, chunk, result);
		return;
	}
	workers->lint(workers->context, chunk, (uint32_t)workers->put,
	    workers->facts[0], &own);
	/* All three: the ring begins after what the reader did itself. */
	workers->put = ++workers->taken;
	workers->out = workers->put;
	move_result(result, &own);
	chunk_release(chunk);
}

void workers_finish(struct workers *workers, struct chunk_result *result)
{
	lock(workers);
	while (workers->out < workers->put)
		remove_oldest(workers, result);
	workers->ended = true;
	signal_change(workers);
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
	pthread_cond_destroy(&workers->changed);
	pthread_mutex_destroy(&workers->lock);
	free(workers->facts);
	free(workers->threads);
	free(workers->items);
	free(workers);
}
