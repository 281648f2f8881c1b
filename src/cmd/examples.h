/*
 * The examples of rules as their tests: --test-rules.
 */
#ifndef CMD_EXAMPLES_H
#define CMD_EXAMPLES_H

#include "run/run.h"

/* What running all examples gave: TAP, and how many lines were "not ok". */
struct examples_result {
	struct buf tap;
	size_t ntests, nfailed;
};

/*
 * Runs every example of every rule: a bad one must give that rule's finding at
 * exactly the lines that end in the comment "#!", of the severity that may
 * follow it ("#! warning"), a good one none; neither may hold broken input.  A
 * rule without a bad and a good example fails.  ret_result->tap is the
 * caller's to release.
 */
void examples_run(const struct ruleset *ruleset,
    const struct settings *settings, struct examples_result *ret_result);

#endif
