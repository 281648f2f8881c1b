/*
 * A loop whose rounds are shared out among threads: for work that is all there
 * before it begins.  Chunks of an input come one by one, see run/workers.
 */
#ifndef BASE_PARALLEL_H
#define BASE_PARALLEL_H

#include <stddef.h>

/* How many threads to use: as many as are wanted or, with 0, one for each
 * processor, up to eight. */
unsigned parallel_jobs(unsigned wanted);

/* Round i, on the worker of that number, from 0 to njobs - 1: what is kept for
 * each worker is for one thread alone. */
typedef void parallel_fn(void *context, unsigned worker, size_t i);

/*
 * Runs all n rounds, each once, in any order, on up to njobs threads; the
 * caller's is one of them, and the only one when others cannot be had.  Returns
 * when all are done.
 */
void parallel_for(unsigned njobs, size_t n, parallel_fn *run, void *context);

/* The same, and take() is called for every round once it and all before it are
 * done: in order, by one thread at a time, while others go on with rounds that
 * follow. */
void parallel_in_order(unsigned njobs, size_t n, parallel_fn *run,
    void (*take)(void *context, size_t i), void *context);

/* The same, where round i begins when round i - ahead has been taken: what it
 * makes can stand where that one's was.  ahead is at least 1. */
void parallel_in_ring(unsigned njobs, size_t n, size_t ahead, parallel_fn *run,
    void (*take)(void *context, size_t i), void *context);

#endif
