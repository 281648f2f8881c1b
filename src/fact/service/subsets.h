/*
 * Subsets and ports that VirtualServices of Istio send requests to.
 */
#ifndef FACT_SERVICE_SUBSETS_H
#define FACT_SERVICE_SUBSETS_H

#include "fact/facts.h"
#include "fact/kind.h"
#include "fact/service/service.h"

struct destination {
	const struct manifest *manifest; /* the VirtualService */
	/* By relate: */
	const struct manifest *rule_manifest; /* of that host, or NULL */
	const struct service *target;	      /* or NULL */
	bool undefined;		   /* in none of the rules of that host */
	const char *spelled;	   /* labels that no pod has, or NULL */
	const char *ports_spelled; /* of a Service without the port, or NULL */
	bool half_qualified;
	DESTINATION_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* What a VirtualService sends requests to, and what a DestinationRule makes of
 * a host. */
void collect_destinations(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_destination_rule(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Finds what defines each subset, whose pods have its labels, and what the
 * Service lacks. */
void relate_subsets(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* The facts of the rows in fields.h. */
DESTINATION_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
