/*
 * When objects are applied: hooks of Helm, hooks and waves of Argo CD, and
 * what must be there before.
 */
#ifndef FACT_HOOK_HOOK_H
#define FACT_HOOK_HOOK_H

#include "fact/facts.h"

/* What annotations say of when an object is applied; NULL for nothing. */
const struct schedule *collect_schedule(
    struct facts *facts, const struct node *annotations);

/* What the pods of a workload cannot start without: nothing unless
 * annotations say when it is applied. */
void collect_needs(struct facts *facts, const struct node *object,
    const struct node *pod_spec, const struct workload *workload);

/* When objects of the stream are applied: notes whether it is for Argo CD. */
void relate_schedules(struct release *release);

/* The phase in which an object is applied. */
enum phase manifest_phase(const struct release *release,
    const struct manifest *manifest, enum occasion event);

/* The wave of Argo CD it is in; a hook of Helm's has its weight. */
int64_t manifest_wave(const struct manifest *manifest);

/* Finds what pods need, and which of it comes too late. */
void relate_needs(struct release *release);

#endif
