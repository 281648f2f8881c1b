/*
 * A gate in a pipe: the manifests go on, unchanged, once nothing in them was
 * found from the level of --fail-on on; else nothing does.
 */
#ifndef CMD_GATE_H
#define CMD_GATE_H

#include "base/fault.h"

/*
 * Makes standard input one that can be read twice: a pipe is copied to a file
 * without a name, which takes its place.  -1 with the fault set when it cannot
 * be read or kept.
 */
MUST_CHECK int gate_keep_input(struct fault *fault);

/* Writes what standard input held to standard output, byte for byte.  -1 with
 * the fault set, or without one when nobody reads it any more; some of it is
 * written perhaps. */
MUST_CHECK int gate_pass_on(struct fault *fault);

#endif
