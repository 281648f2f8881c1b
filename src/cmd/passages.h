/*
 * Whether the new release gets over the one that runs now, and that one again
 * over it: what a run knows of both.
 */
#ifndef CMD_PASSAGES_H
#define CMD_PASSAGES_H

#include "diag/passage.h"
#include "run/run.h"

#include <stdio.h>

/* Of a run with a release that runs now (--previous); the texts are that run's.
 */
struct passages run_passages(const struct run *run);

/* Writes a line for each way. */
void passages_write(FILE *out, const struct passages *passages);

#endif
