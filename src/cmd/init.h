/*
 * --init: the first contract, configuration and install matrix of a chart.
 */
#ifndef CMD_INIT_H
#define CMD_INIT_H

#include "run/program.h"

/*
 * Writes a contract with a profile for each file of values that the chart of
 * --chart or the working directory has, an install matrix and a configuration
 * into the working directory, each only when it is not there, and prints what
 * it wrote and the next command.  Returns the exit status.
 */
int init(struct program *program);

#endif
