/*
 * The table of verdicts that ends a run over several profiles.
 */
#ifndef BATCH_PROFILE_TABLE_H
#define BATCH_PROFILE_TABLE_H

#include "base/text.h"

#include <stdio.h>

enum profile_verdict {
	PROFILE_PASSES,
	PROFILE_FAILS,	    /* it has findings of the level that fails */
	PROFILE_NOT_JUDGED, /* something kept the run from it */
	PROFILE_LEFT_OUT,   /* nothing is installed by it */
};

/* One profile; owns its remark. */
struct profile_row {
	const char *id;
	enum profile_verdict verdict;
	struct buf remark; /* what was found, or why not */
};

/* Writes a line for each of the n rows and one with their numbers. */
void profile_table_write(FILE *out, const struct profile_row *rows, size_t n);

#endif
