/*
 * --map-lines: the lines of the input with where they come from.
 */
#ifndef CMD_PRINT_MAP_H
#define CMD_PRINT_MAP_H

#include "run/program.h"

/* Prints the rows of print_map_lines() for every input.  Returns the exit
 * status. */
int print_map(struct program *program);

#endif
