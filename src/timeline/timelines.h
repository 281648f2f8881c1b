/*
 * The timelines of a release: one for each workload that has an update.
 */
#ifndef TIMELINE_TIMELINES_H
#define TIMELINE_TIMELINES_H

#include "fact/model.h"
#include "report/timeline.h"

struct timeline_request {
	const struct release *release;	/* related */
	const struct finding *findings; /* that may strike; sorted */
	size_t nfindings;
	int nodes; /* that a DaemonSet runs on; 0: unknown */
};

/*
 * Makes the timelines, in the order of the stream, in the arena.  Texts of
 * findings are borrowed.  Returns an array of *ret_n.
 */
const struct timeline *timelines_make(
    struct arena *arena, const struct timeline_request *request, size_t *ret_n);

#endif
