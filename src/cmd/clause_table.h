/*
 * The table of verdicts as text.
 */
#ifndef CMD_CLAUSE_TABLE_H
#define CMD_CLAUSE_TABLE_H

#include "diag/verdict.h"

#include <stdio.h>

/* Writes one line for each verdict, aligned, and the sentence. */
void clause_table_write(FILE *out, const struct verdicts *verdicts);

#endif
