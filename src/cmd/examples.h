/*
 * The examples of rules as their tests: --test-rules.
 */
#ifndef CMD_EXAMPLES_H
#define CMD_EXAMPLES_H

#include "run/program.h"

/*
 * Runs every example of every rule: a bad one must give that rule's finding at
 * exactly the lines that end in the comment "#!", of the severity that may
 * follow it ("#! warning"), a good one none; neither may hold broken input.  A
 * rule without a bad and a good example fails.  Prints TAP and returns the exit
 * status.
 */
int test_rules(struct program *program);

#endif
