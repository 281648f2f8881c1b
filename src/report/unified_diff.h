/*
 * Two versions of a text -> a unified diff, as patch(1) reads it.
 */
#ifndef REPORT_UNIFIED_DIFF_H
#define REPORT_UNIFIED_DIFF_H

#include "base/text.h"

/*
 * Appends what makes after of before, both called name, with three lines
 * around each change; nothing when they are equal.  It is right for any two
 * texts, and short where lines were inserted or changed one by one.
 */
void unified_diff_add(
    struct buf *buf, const char *name, struct slice before, struct slice after);

#endif
