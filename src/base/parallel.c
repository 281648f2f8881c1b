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
	bool *done; /* by round */
	size_t taken;
};

struct worker {
	struct loop *loop;
	unsigned number;
	pthread_t thread;
	bool is_started;
};

/* Takes what is complete now that a round is done. */
static void end_round(struct loop *loop, size_t i)
{
	if (pthread_mutex_lock(&loop->lock))
		BUG("a lock that cannot be taken");
	loop->done[i] = true;
	while (loop->taken < loop->n && loop->done[loop->taken])
		loop->take(loop->context, loop->taken++);
	if (pthread_mutex_unlock(&loop->lock))
		BUG("a lock that cannot be given back");
}

static void *work(void *argument)
{
	const struct worker *worker = argument;
	struct loop *loop = worker->loop;
	size_t i;

	while ((i = atomic_fetch_add(&loop->next, 1)) < loop->n) {
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

void parallel_in_order(unsigned njobs, size_t n, parallel_fn *run,
    void (*take)(void *context, size_t i), void *context)
{
	struct loop loop = {
	    .run = run, .take = take, .context = context, .n = n};

	loop.done = xcalloc(n, sizeof(*loop.done));
	if (pthread_mutex_init(&loop.lock, NULL))
		out_of_memory();
	run_loop(&loop, njobs);
	pthread_mutex_destroy(&loop.lock);
	free(loop.done);
}
