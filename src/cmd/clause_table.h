/*
 * The table of verdicts as text.
 */
#ifndef SINK_TABLE_H
#define SINK_TABLE_H

#include "sink/sink.h"

/* Writes one line for each verdict, aligned, and the sentence. */
void table_write(FILE *out, const struct verdicts *verdicts);

#endif
