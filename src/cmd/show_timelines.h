/*
 * The timelines of a run, where something shows them.
 */
#ifndef CMD_SHOW_TIMELINES_H
#define CMD_SHOW_TIMELINES_H

#include "run/program.h"
#include "run/run.h"

#include <stdio.h>

/* Adds the timelines of all releases of the run to its report; they live in the
 * program's arena. */
void report_add_timelines(
    struct program *program, const struct run *run, struct report *report);

/* Writes them as text, an empty line before each. */
void timelines_write(FILE *out, const struct report *report);

#endif
