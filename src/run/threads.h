/*
 * How many threads a command may use.
 */
#ifndef RUN_THREADS_H
#define RUN_THREADS_H

#include "run/options.h"

/* What --jobs says; without it one for each processor, up to eight. */
unsigned threads_to_use(const struct options *options);

#endif
