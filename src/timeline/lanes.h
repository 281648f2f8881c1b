/*
 * From the course of an update to the pods and the capacity that are drawn.
 */
#ifndef TIMELINE_LANES_H
#define TIMELINE_LANES_H

#include "report/timeline.h"
#include "timeline/course.h"
#include "timeline/sketch.h"

/* Sets the pods, their points, the fewest and most, and the end of the picture,
 * of a course; name is that of the workload. */
void lanes_draw(struct arena *arena, const struct sketch *sketch,
    const struct course *course, const char *name, struct timeline *timeline);

#endif
