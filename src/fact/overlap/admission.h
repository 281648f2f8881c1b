/*
 * What the NetworkPolicies of one release do to pods of the same or of another.
 */
#ifndef FACT_OVERLAP_ADMISSION_H
#define FACT_OVERLAP_ADMISSION_H

#include "fact/network/network.h"
#include "fact/service/admitted.h"

/* The pods of a workload as a release makes them. */
struct pods {
	const struct release *release;
	const struct workload *owner; /* whose template they are made from */
};

enum direction { DIRECTION_INGRESS, DIRECTION_EGRESS };

/* The pods of a workload, by what it or its workloadRef has as template. */
struct pods pods_made_by(
    const struct release *release, const struct workload *workload);

/* Whether a policy of a release selects them: unknown where their namespaces
 * may differ. */
enum tri policy_selects(const struct release *release,
    const struct networkpolicy *policy, const struct pods *pods);

/* The first policy of the release that surely isolates the pods, or NULL. */
const struct networkpolicy *find_isolating(const struct release *release,
    const struct pods *pods, enum direction direction);

/* The first policy that admits requests to a port of the pods, or may; NULL:
 * surely none does. */
const struct networkpolicy *find_admitting(const struct release *release,
    const struct pods *pods, const struct target *target);

/* How a policy welcomes the others as peers. */
enum welcome policy_welcomes(const struct release *release,
    const struct networkpolicy *policy, enum direction direction,
    const struct pods *others);

/* The most that any policy which may select the pods says of the others. */
enum welcome pods_welcome(const struct release *release,
    const struct pods *pods, enum direction direction,
    const struct pods *others);

/* Whether surely nothing is let out of the pods, which a policy isolates. */
bool lets_nothing_out(const struct release *release, const struct pods *pods);

/* The first peer of the policy that names the others by labels, or NULL. */
const struct peer *find_naming_peer(const struct release *release,
    const struct networkpolicy *policy, enum direction direction,
    const struct pods *others);

#endif
