/*
 * Hosts and paths by which requests come from outside: of Ingresses, routes of
 * the Gateway API, VirtualServices with a gateway, Routes of OpenShift; and the
 * hosts of Contour's HTTPProxies and Traefik's IngressRoutes.
 */
#ifndef FACT_CUT_ENTRANCES_H
#define FACT_CUT_ENTRANCES_H

#include "fact/facts.h"

struct entrance {
	const struct manifest *manifest;
	const char *service; /* that it leads to, of the namespace of the
				object; "" when that is not told.  Of several
				each has an entrance, but in a rule of the
				Gateway API only the first */
	bool is_exact;	     /* the path is the whole one, not its beginning */
	bool is_pattern;     /* it may match whatever */
	struct fact class;   /* of an Ingress; "" when it has none */
	ENTRANCE_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* Each adds what one kind of object takes; nothing when there is no other
 * release to compare with. */
void collect_ingress_entrances(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_gateway_entrances(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_istio_entrances(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_openshift_entrances(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_contour_entrances(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_traefik_entrances(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Whether all requests that an entrance takes are taken by another as well; of
 * the host alone with by_host. */
bool entrance_covers(
    const struct entrance *wide, const struct entrance *narrow, bool by_host);

/* The facts of the rows in fields.h. */
ENTRANCE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
