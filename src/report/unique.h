/*
 * Keys of a report that no two entries may share.
 */
#ifndef REPORT_UNIQUE_H
#define REPORT_UNIQUE_H

#include "base/map.h"

/* Keys that must differ.  All zero is empty and ready. */
struct unique {
	struct map numbers; /* how often each key has come */
	struct arena arena;
};

void unique_release(struct unique *unique);

/* Appends separator and a number to what buf holds when that has come before:
 * "x", "x:2", "x:3". */
void unique_number(
    struct unique *unique, struct buf *buf, const char *separator);

#endif
