/*
 * --print-config: what a run would be made from.
 */
#ifndef CMD_PRINT_CONFIG_H
#define CMD_PRINT_CONFIG_H

#include "run/program.h"

/*
 * Prints what the program has read, from where and why there, and what that
 * sets: levels and parameters of rules, settings, classes, suppressions, as far
 * as they are not as without it.  Returns the exit status.
 */
int print_config(struct program *program);

/* Appends the same as text. */
void describe_config(const struct program *program, struct buf *buf);

#endif
