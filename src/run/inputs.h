/*
 * The files and folders that the command line names -> the inputs of the run,
 * and which of them are one release.
 */
#ifndef RUN_INPUTS_H
#define RUN_INPUTS_H

#include "run/program.h"

/*
 * Adds all inputs to the program, the release of --previous behind them.  -1
 * with the fault set: a folder that cannot be read or holds no manifest, a
 * pattern that does not compile.
 */
MUST_CHECK int program_add_inputs(struct program *program);

#endif
