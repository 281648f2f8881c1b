/*
 * Where findings strike.
 */
#ifndef TIMELINE_MARKS_H
#define TIMELINE_MARKS_H

#include "fact/model.h"
#include "report/timeline.h"
#include "timeline/timelines.h"

/* The findings that may strike, for all timelines of a release. */
struct strikes {
	const struct timeline_request *request;
	struct map by_name; /* struct vector: findings, by the name of their
			       object */
	struct map hooks;   /* struct vector: objects that are hooks, by name */
	struct arena arena;
};

void strikes_init(
    struct strikes *strikes, const struct timeline_request *request);
void strikes_release(struct strikes *strikes);

/* Sets the marks of a workload's timeline: of the findings about it, about the
 * template that its pods are made from, and, for the first workload they
 * select, about its Services.  taken has a place for each finding, true for
 * what another timeline shows already.  update NULL: those about hooks. */
void marks_set(struct arena *arena, const struct strikes *strikes,
    const struct workload *update, bool *taken, struct timeline *timeline);

/* Why nothing is applied, by an error among the findings about the workload's
 * own object; NULL when there is none. */
const char *refusal_of(struct arena *arena, const struct strikes *strikes,
    const struct workload *update);

#endif
