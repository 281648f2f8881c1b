/*
 * What happens beside the pods: hooks, and the steps of a Rollout.
 */
#ifndef TIMELINE_BANDS_H
#define TIMELINE_BANDS_H

#include "report/timeline.h"
#include "timeline/course.h"
#include "timeline/sketch.h"

/* Sets the bands of a Rollout's steps, in the seconds that the course came to
 * them. */
void bands_of_steps(struct arena *arena, const struct sketch *sketch,
    const struct course *course, struct timeline *timeline);

/* The hooks of an upgrade as a timeline of their own, without pods; false when
 * there is none. */
bool hooks_draw(struct arena *arena, const struct release *release,
    struct timeline *ret_timeline);

#endif
