/*
 * What sizes workloads: autoscalers, VerticalPodAutoscalers, requests.
 */
#ifndef FACT_SCALE_SCALE_H
#define FACT_SCALE_SCALE_H

#include "fact/facts.h"

/* What of an autoscaler's metrics is a utilisation. */
void collect_metrics(struct facts *facts, const struct node *spec,
    struct autoscaler *autoscaler);
void collect_triggers(struct facts *facts, const struct node *spec,
    struct autoscaler *autoscaler);

/* What a container, or its pod as a whole, requests. */
void collect_requests(struct facts *facts, const struct node *node,
    const struct node *pod_spec, struct container *container);

/* A VerticalPodAutoscaler. */
void collect_vpa(const struct collection *collection, const struct node *object,
    const struct manifest *manifest);

/* Finds the objects that autoscalers name, and those that name the same; their
 * links must be known. */
void relate_targets(struct release *release);

/* Finds pods whose requests are not of the class that the contract expects;
 * containers must be listed. */
void relate_classes(struct release *release);

/* Finds what may fill requests in. */
void relate_limits(struct release *release);

/* A scaleTargetRef or targetRef: its group; name and kind as facts. */
struct scale_target facts_target(struct facts *facts, const struct node *target,
    const char *kind_otherwise, struct fact *ret_kind, struct fact *ret_name);

/* A HorizontalPodAutoscaler; a ScaledObject of KEDA. */
void collect_hpa(const struct collection *collection, const struct node *object,
    const struct manifest *manifest);
void collect_scaled_object(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

#endif
