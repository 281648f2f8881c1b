/*
 * What NetworkPolicies let through.
 */
#ifndef FACT_NETWORK_NETWORK_H
#define FACT_NETWORK_NETWORK_H

#include "fact/facts.h"

void collect_networkpolicy(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* The bits of a protocol by its name, "" being TCP; those of a port. */
uint8_t protocol_bits(struct slice protocol);
uint8_t protocols_of(const struct node *port);

/* Finds the ports of Services that NetworkPolicies let nobody reach; both must
 * be linked. */
void relate_network(struct release *release);

/* Gathers the workloads that the same rules of NetworkPolicies do the same to.
 */
void relate_shared_rules(struct release *release);

#endif
