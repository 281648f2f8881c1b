/*
 * What a limit left out, said.
 */
#ifndef RUN_REPORT_LIMITS_H
#define RUN_REPORT_LIMITS_H

#include "run/run.h"

/* Adds a limit-reached to the run's findings for each limit that something of
 * this release was left out for, at the first object that was. */
void report_limits(struct run *run, const struct release *release);

/* The same when the steps that a run has for rules were used up; at fallback.
 */
void report_steps(struct run *run, struct place fallback);

/* The same for settings of the run whose pattern took too long in some name;
 * at fallback.  All workers have ended. */
void report_slow_patterns(struct run *run, struct place fallback);

#endif
