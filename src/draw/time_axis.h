/*
 * The axis of a timeline: seconds in words, and where lines stand.
 */
#ifndef DRAW_TIME_AXIS_H
#define DRAW_TIME_AXIS_H

#include "base/text.h"

struct time_axis {
	int32_t span; /* seconds that are drawn, at least 1 */
	int32_t step; /* from one line to the next */
};

/* The axis of a picture that ends in a second, with at most so many lines
 * after the first. */
struct time_axis time_axis_of(int32_t end, int most_lines);

/* "0 s", "90 s", "5 min", "2 h 30 min" */
void time_add(struct buf *buf, int32_t seconds);

/* The place of a second on so many columns; what lies before or after is at the
 * ends. */
int time_column(const struct time_axis *axis, int32_t second, int columns);

#endif
