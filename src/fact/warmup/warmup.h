/*
 * What warms a release up, when, and what comes of it.
 */
#ifndef FACT_WARMUP_WARMUP_H
#define FACT_WARMUP_WARMUP_H

#include "fact/facts.h"

/* What a container's command ends in that makes it succeed whatever happens
 * ("|| true", "exit 0", "&"), or NULL; ret_at: where. */
const char *hidden_failure(struct facts *facts, const struct node *container,
    const struct node **ret_at);

/* The warmups of a workload: itself when it is a Job, its init containers
 * otherwise; and those of an AnalysisTemplate. */
void collect_warmups(struct facts *facts, const struct node *object,
    const struct node *template, const struct workload *workload);
void collect_analysis(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* When warmups run; references and schedules must be known. */
void relate_warmups(struct release *release);

/* What Jobs that warm up share with the workloads: claims and images. */
void relate_shares(struct release *release);

#endif
