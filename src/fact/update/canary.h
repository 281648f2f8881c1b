/*
 * The way of a canary from the old pods to the new ones.
 */
#ifndef FACT_UPDATE_CANARY_H
#define FACT_UPDATE_CANARY_H

#include "fact/model.h"

/* How a canary gets to all pods. */
struct canary_course {
	int64_t fewest; /* pods that are available at any moment */
	int64_t starts; /* times that it waits for new pods to start */
	int64_t canary; /* pods of the new revision at the end */
	bool crowds;	/* a step waits for one pod more than replicas */
};

/* To the end; false when it cannot be told: the replicas, the amounts, a weight
 * are not known. */
bool canary_course(const struct release *release, const struct workload *update,
    struct canary_course *ret_course);

#endif
