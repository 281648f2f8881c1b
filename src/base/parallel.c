/* Threads that take the next round nobody has, until there is none. */
#include "base/parallel.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

unsigned parallel_jobs(unsigned wanted)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	if (wanted)
		return wanted;
	return n < 1 ? 1 : n > 8 ? 8 : (unsigned)n;
}

struct loop {
	parallel_fn *run;
	void (*take)(void *context, size_t i); /* or NULL */
	void *context;
	size_t n;
	atomic_size_t next;

	/* Of what is taken in order, under lock. */
	pthread_mutex_t lock;
	pthread_cond_t progress; /* a round was taken */
	bool *done;		 /* by round */
	size_t taken, ahead;
	bool is_taking; /* a thread is */
};

struct worker {
	struct loop *loop;
	unsigned number;
	pthread_t thread;
	bool is_started;
};

static void lock(struct loop *loop)
{
	if (pthread_mutex_lock(&loop->lock))
		BUG("a lock that cannot be taken");
}

static void unlock(struct loop *loop)
{
	if (pthread_mutex_unlock(&loop->lock))
		BUG("a lock that cannot be given back");
}

/* Until the round is not too far ahead.  The first that is not taken never
 * waits, so all go on in the end. */
static void wait_for_turn(struct loop *loop, size_t i)
{
	lock(loop);
	while (i - loop->taken >= loop->ahead) {
		if (pthread_cond_wait(&loop->progress, &loop->lock))
			BUG("a wait that cannot be");
	}
	unlock(loop);
}

/* Takes what is complete now that a round is done, unless another thread is at
 * it, which then takes this one, too. */
static void end_round(struct loop *loop, size_t i)
{
	lock(loop);
	loop->done[i] = true;
	while (!loop->is_taking && loop->taken < loop->n &&
	       loop->done[loop->taken]) {
		loop->is_taking = true;
		unlock(loop);
		loop->take(loop->context, loop->taken);
		lock(loop);
		loop->is_taking = false;
		loop->taken++;
		if (pthread_cond_broadcast(&loop->progress))
			BUG("threads that cannot be told");
	}
	unlock(loop);
}

static void *work(void *argument)
{
	const struct worker *worker = argument;
	struct loop *loop = worker->loop;
	size_t i;

	while ((i = atomic_fetch_add(&loop->next, 1)) < loop->n) {
		if (loop->take)
			wait_for_turn(loop, i);
		loop->run(loop->context, worker->number, i);
		if (loop->take)
			end_round(loop, i);
	}
	return NULL;
}

static void run_loop(struct loop *loop, unsigned njobs)
{
	size_t nworkers = njobs < loop->n ? njobs : loop->n;
	struct worker *workers;

	nworkers = nworkers ? nworkers : 1;
	workers = xcalloc(nworkers, sizeof(*workers));
	for (unsigned i = 0; i < nworkers; i++)
		workers[i] = (struct worker){.loop = loop, .number = i};
	for (size_t i = 1; i < nworkers; i++)
		workers[i].is_started = !pthread_create(
		    &workers[i].thread, NULL, work, &workers[i]);
	work(&workers[0]);
	for (size_t i = 1; i < nworkers; i++) {
		if (workers[i].is_started)
			pthread_join(workers[i].thread, NULL);
	}
	free(workers);
}

void parallel_for(unsigned njobs, size_t n, parallel_fn *run, void *context)
{
	struct loop loop = {.run = run, .context = context, .n = n};

	run_loop(&loop, njobs);
}

void parallel_in_ring(unsigned njobs, size_t n, size_t ahead, parallel_fn *run,
    void (*take)(void *context, size_t i), void *context)
{
	struct loop loop = {.run = run,
	    .take = take,
	    .context = context,
	    .n = n,
	    .ahead = ahead};

	loop.done = xcalloc(n, sizeof(*loop.done));
	if (pthread_mutex_init(&loop.lock, NULL) ||
	    pthread_cond_init(&loop.progress, NULL))
		out_of_memory();
	run_loop(&loop, njobs);
	pthread_cond_destroy(&loop.progress);
	pthread_mutex_destroy(&loop.lock);
	free(loop.done);
}

void parallel_in_order(unsigned njobs, size_t n, parallel_fn *run,
    void (*take)(void *context, size_t i), void *context)
{
	parallel_in_ring(njobs, n, n + 1, run, take, context);
}
