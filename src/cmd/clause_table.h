/*
 * The table of verdicts as text.
 */
#ifndef CMD_CLAUSE_TABLE_H
#define CMD_CLAUSE_TABLE_H

#include "diag/verdict.h"
#include "fact/relate.h"

#include <stdio.h>

/* Writes one line for each verdict, aligned, and the sentence. */
void clause_table_write(FILE *out, const struct verdicts *verdicts);

/* Writes whether a release can be applied over the one that runs, and that one
 * again over it; is_whole: all of both could be read. */
void passages_write(FILE *out, const struct release *release, bool is_whole);

#endif
