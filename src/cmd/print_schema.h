/*
 * --print-schema: the JSON Schemas of the files that the program takes.
 */
#ifndef CMD_PRINT_SCHEMA_H
#define CMD_PRINT_SCHEMA_H

#include "run/program.h"

/* The name of a schema; NULL behind the last. */
const char *schema_name(size_t i);

/* Prints the schema that the option names, "contract", "configuration", "rule"
 * or "matrix"; the rules have been loaded.  Returns the exit status. */
int print_schema(struct program *program);

#endif
