/* Threads that take the next round nobody has, until there is none. */
#include "base/parallel.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct loop {
	parallel_fn *run;
	void *context;
	size_t n;
	atomic_size_t next;
};

struct worker {
	struct loop *loop;
	unsigned number;
	pthread_t thread;
	bool is_started;
};

static void *work(void *argument)
{
	const struct worker *worker = argument;
	struct loop *loop = worker->loop;
	size_t i;

	while ((i = atomic_fetch_add(&loop->next, 1)) < loop->n)
		loop->run(loop->context, worker->number, i);
	return NULL;
}

void parallel_for(unsigned njobs, size_t n, parallel_fn *run, void *context)
{
	struct loop loop = {.run = run, .context = context, .n = n};
	size_t nworkers = njobs < n ? njobs : n;
	struct worker *workers;

	if (!n)
		return;
	nworkers = nworkers ? nworkers : 1;
	workers = xcalloc(nworkers, sizeof(*workers));
	for (unsigned i = 0; i < nworkers; i++)
		workers[i] = (struct worker){.loop = &loop, .number = i};
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
