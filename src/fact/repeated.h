/*
 * Objects of a live cluster that repeat what their owner says: a ReplicaSet its
 * Deployment, a pod its ReplicaSet.
 */
#ifndef FACT_REPEATED_H
#define FACT_REPEATED_H

#include "fact/model.h"

/* Notes of each object of the release whether it repeats another one of it;
 * the list of manifests must be there. */
void relate_owners(struct release *release);

#endif
