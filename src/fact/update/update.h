/*
 * How a controller replaces pods, what may be disrupted meanwhile, and who
 * claims the same pods.
 */
#ifndef FACT_UPDATE_UPDATE_H
#define FACT_UPDATE_UPDATE_H

#include "fact/facts.h"

struct index;

/* How the workload is updated, by its spec, and what of its pods' spec stands
 * in the way; its strategy is known. */
void collect_update(struct facts *facts, const struct node *spec,
    const struct node *pod_spec, struct workload *workload);

/* An amount, that of otherwise (or none, when NULL) where nothing is written;
 * and the fact of how it is written. */
struct amount facts_amount(const struct node *node, const char *otherwise);
struct fact facts_amount_text(
    struct facts *facts, const struct node *node, const char *otherwise);

/* The API lets most percentages be no more than all pods. */
void limit_percentage(struct amount *amount);

/* The workloads that have an update, of all workloads. */
struct entity_list list_updates(
    struct arena *arena, const struct entity_list *workloads);

/* Counts the pods of disruption budgets, once the autoscalers are linked. */
void relate_budgets(struct release *release);

/* Finds controllers that claim the same pods; links to autoscalers must be
 * known. */
void relate_rivals(struct release *release, const struct index *index);

void collect_pdb(const struct collection *collection, const struct node *object,
    const struct manifest *manifest);

#endif
