/*
 * The size of an update, which its facts and its duration are made of.
 */
#ifndef FACT_UPDATE_H
#define FACT_UPDATE_H

#include "fact/relate.h"

/* In place of a number of pods: nobody can tell. */
#define PODS_UNKNOWN (-1)

/* What the controller makes of its amounts; PODS_UNKNOWN is possible. */
struct update_size {
	int64_t replicas, surge, unavailable;
};

struct update_size update_size(
    const struct release *release, const struct workload *update);

/* Of so many pods those that are updated at all: a StatefulSet's partition
 * holds some back. */
int64_t pods_to_update(const struct workload *update, int64_t replicas);

#endif
