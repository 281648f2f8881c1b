/*
 * Subsets and ports that VirtualServices of Istio send requests to.
 */
#ifndef FACT_SERVICE_SUBSETS_H
#define FACT_SERVICE_SUBSETS_H

#include "fact/facts.h"
#include "fact/kind.h"
#include "fact/service/service.h"

/* A subset of a DestinationRule. */
struct subset {
	const char *name;
	struct selector labels;
};

struct destination_rule {
	const struct manifest *manifest;
	const char *host;
	const struct subset *subsets;
	size_t nsubsets;
	bool is_plain; /* tls.mode DISABLE, for all ports and clients */
	struct destination_rule *next; /* by relate: of the same host */
};

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

/* A PeerAuthentication: what the proxies of a namespace take. */
void collect_peer_authentication(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* A Service by its name and namespace, as a short name is of the namespace of
 * the object that has it; any other host as it is. */
struct slice host_key(struct buf *text, const struct release *release,
    const struct manifest *manifest, const char *host);

/* Finds Services that are sent plain text and refuse it. */
void relate_peer_policies(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* Finds what defines each subset, whose pods have its labels, and what the
 * Service lacks. */
void relate_subsets(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* The facts of the rows in fields.h. */
DESTINATION_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
