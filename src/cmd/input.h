/*
 * The manifests that a command reads: how they are linted, and what makes them
 * no input at all.
 */
#ifndef CMD_INPUT_H
#define CMD_INPUT_H

#include "run/program.h"
#include "run/run.h"

/* Refuses standard input that is closed, or at which a person sits: -1 with
 * the program's fault set. */
MUST_CHECK int input_check(struct program *program);

/* How the program's inputs are to be run over; all of it is the program's. */
struct run_options input_run_options(struct program *program);

/* Adds the trouble of input that holds nothing, unless that is allowed. */
void input_check_emptiness(const struct program *program, struct run *run);

/* Whether a finding of the run is an error. */
bool input_has_error(const struct run *run);

#endif
