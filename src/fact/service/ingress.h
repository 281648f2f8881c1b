/*
 * Which requests an Ingress takes: hosts and paths.
 */
#ifndef FACT_SERVICE_INGRESS_H
#define FACT_SERVICE_INGRESS_H

#include "fact/facts.h"

struct ingress_entry {
	const struct manifest *manifest;
	const char *balancer; /* what the load balancer is known by where there
				 may be several; or "" */
	const char *type;     /* pathType; "" when left out */
	ENTRY_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* An entry for each path of an Ingress, unless its annotations choose among the
 * requests for it. */
void collect_ingress_entries(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Finds the first Ingress with the same host, path and controller. */
void relate_ingress_entries(struct release *release);

/* The facts of the rows in fields.h. */
ENTRY_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
