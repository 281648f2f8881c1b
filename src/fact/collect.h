/*
 * One document to facts: each of its objects is handed to the collectors of its
 * kind.
 */
#ifndef FACT_COLLECT_H
#define FACT_COLLECT_H

#include "fact/facts.h"

/*
 * Collects the objects of one document (several, for a List or a sequence at
 * its root): their entities go to facts, what is no object to findings.  Calls
 * visit, when not NULL, for each object.
 */
void collect_document(const struct collection *collection,
    const struct node *root,
    void (*visit)(void *context, const struct node *object,
	const struct manifest *manifest),
    void *context);

/* One workload with its containers, of an object known to have a template. */
void collect_workload(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* What is no workload: Services, autoscalers, budgets, network policies,
 * ConfigMaps, ...; nothing for kinds that nobody collects. */
void collect_by_kind(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

#endif
