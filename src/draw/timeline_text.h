/*
 * A timeline on a terminal.
 */
#ifndef DRAW_TIMELINE_TEXT_H
#define DRAW_TIMELINE_TEXT_H

#include "base/text.h"
#include "report/timeline.h"

/* Appends one workload's timeline as lines of at most 80 columns, in ASCII but
 * for what names and findings hold. */
void timeline_add_text(struct buf *buf, const struct timeline *timeline);

#endif
