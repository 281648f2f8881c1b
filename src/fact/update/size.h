/*
 * The size of an update, which its facts and its duration are made of.
 */
#ifndef FACT_UPDATE_SIZE_H
#define FACT_UPDATE_SIZE_H

#include "fact/model.h"

struct amount;

/* In place of a number of pods: it is unknown. */
#define PODS_UNKNOWN (-1)

/* What the controller makes of its amounts; PODS_UNKNOWN is possible. */
struct update_size {
	int64_t replicas, surge, unavailable;
};

struct update_size update_size(
    const struct release *release, const struct workload *update);

/* Whether the gate MaxUnavailableStatefulSet is on in the minors that the
 * release is for: on in 1.35.0 to 1.35.3, off in 1.35.4 and 1.36, on from 1.37.
 * Where it is off the API drops a StatefulSet's maxUnavailable. */
enum tri heeds_unavailable(const struct release *release);

/* Of so many pods those that are updated at all: a StatefulSet's partition
 * holds some back. */
int64_t pods_to_update(const struct workload *update, int64_t replicas);

/* The fewest replicas; PODS_UNKNOWN when no count that the API takes. */
int64_t least_replicas(
    const struct release *release, const struct workload *workload);

/* What an amount makes of replicas; PODS_UNKNOWN when either tells nothing. */
int64_t pods_of(const struct amount *amount, int64_t replicas, bool rounds_up);

/* Facts of such numbers: unknown for PODS_UNKNOWN; with the place of another
 * fact of the same document; how an amount is written. */
struct fact pods_or_unknown(int64_t pods);
struct fact placed_as(struct fact fact, const struct fact *other);
struct fact amount_form_fact(
    const struct amount *amount, const struct fact *written);

#endif
