/*
 * Whom pods call by what they are told, and at which port.
 */
#ifndef FACT_CALLED_CALLED_H
#define FACT_CALLED_CALLED_H

#include "fact/facts.h"

/* A host that may be a Service, with a port. */
struct called_port {
	const struct manifest *manifest; /* of the workload */
	const struct workload *workload;
	const char *name, *namespace; /* "": that of the workload */
	int64_t port;
	uint32_t line, col, width;
};

/* What the containers of a pod call, init containers too. */
void collect_called_ports(struct facts *facts, const struct node *pod_spec,
    const struct workload *workload);

/* Finds the Services that lack a port at which a workload calls them. */
void relate_called_ports(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* The facts of the rows in fields.h. */
CALLED_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
