/*
 * Pods that others make, and so labels that are in no pod template.
 */
#ifndef FACT_FOREIGN_PODS_H
#define FACT_FOREIGN_PODS_H

#include "fact/index.h"

/* Adds the labels that an object may give to pods that are not in the stream,
 * and marks facts when it may be what such pods are made of. */
void collect_elsewhere(struct facts *facts, const struct node *object,
    const struct manifest *manifest, bool is_workload);

/* All of them as the keys of a map. */
void elsewhere_init(
    struct map *labels, struct facts *const *facts, size_t nfacts);

/* Whether a selector that selects nothing here may select such pods. */
bool selects_elsewhere(
    const struct index *index, const struct selector *selector);

#endif
