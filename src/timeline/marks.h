/*
 * Where findings strike.
 */
#ifndef TIMELINE_MARKS_H
#define TIMELINE_MARKS_H

#include "fact/model.h"
#include "report/timeline.h"
#include "timeline/timelines.h"

/* Sets the marks of a workload's timeline: of the findings about it, about the
 * template that its pods are made from, and, for the first workload they
 * select, about its Services.  taken has a place for each finding, true for
 * what another timeline shows already.  update NULL: those about hooks. */
void marks_set(struct arena *arena, const struct timeline_request *request,
    const struct workload *update, bool *taken, struct timeline *timeline);

/* Why nothing is applied, by an error among the findings about the workload's
 * own object; NULL when there is none. */
const char *refusal_of(struct arena *arena,
    const struct timeline_request *request, const struct workload *update);

#endif
