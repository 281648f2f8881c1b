/*
 * A timeline as SVG, for a file of its own and for a page.
 */
#ifndef DRAW_TIMELINE_SVG_H
#define DRAW_TIMELINE_SVG_H

#include "base/text.h"
#include "report/timeline.h"

/* In pixels; all timelines are that wide. */
#define TIMELINE_WIDTH 800

/* Appends the style element that all timelines of a document share; each of its
 * classes begins with "tl-". */
void timeline_add_svg_style(struct buf *buf);

/* Appends one workload's timeline as an svg element y pixels below the top of
 * the svg element it is in (0 in a page); returns its height.  All that comes
 * from names and findings is escaped. */
int timeline_add_svg(struct buf *buf, const struct timeline *timeline, int y);

#endif
