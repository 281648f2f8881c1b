/*
 * Who sends requests to pods: Services, and what scrapes them.
 */
#ifndef FACT_SERVICE_SERVICE_H
#define FACT_SERVICE_SERVICE_H

#include "fact/facts.h"

struct index;

/* A ServiceMonitor or PodMonitor. */
void collect_monitor(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Spells the ports that a Service does not find, after relate_served(). */
void relate_service_ports(struct release *release);

/* Finds which containers requests reach; Services must be linked. */
void relate_served(struct release *release);

/* Finds what monitors select; all templates must be known. */
void relate_monitors(struct release *release, const struct index *index);

/* Which Services send requests; all Services must be known. */
void relate_reach(struct release *release);

void collect_service(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

#endif
