/*
 * Whether an output would overwrite what the run reads.
 */
#ifndef RUN_HAS_READ_H
#define RUN_HAS_READ_H

#include "run/program.h"

/* Whether the file of that name, under whatever name it was given, is part of
 * what the program reads: its inputs, what the command line names, a file of
 * rules, of definitions or of a chart. */
bool program_has_read(const struct program *program, const char *name);

#endif
