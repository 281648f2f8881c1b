/*
 * What leads to Services from outside: Ingresses and routes, and what the API
 * server asks; and what StatefulSets name their pods under.
 */
#ifndef FACT_SERVICE_BACKENDS_H
#define FACT_SERVICE_BACKENDS_H

#include "fact/facts.h"
#include "fact/service/service.h"

/* A Service that an Ingress, a route or the API server sends requests to, or
 * that governs a StatefulSet. */
struct backend {
	const struct manifest *manifest; /* the Ingress, route, webhook ... */
	const char *service_namespace;	 /* "": that of the manifest */
	const char *port_name;		 /* "" when it is not given by name */
	int64_t port_number;		 /* 0 when it is not given by number */
	bool is_for_api_server; /* it asks the Service, no client does */
	struct fact lb_drain;	/* of an Ingress; see lb_drain_of() */
	bool is_strict; /* the port is the Service's own, never its target */
	const struct text_list *asked; /* of a webhook: the custom resources
					  that it must admit as they are made,
					  all of them; or NULL */
	const struct manifest *caught_manifest; /* by relate: one, or NULL */
	struct backend *next; /* by relate: of the same Service's name */
	/* By relate, of backends.c's neighbour dangling.c: */
	const struct service *service, *near; /* or NULL */
	const char *ports; /* the Service's, where it lacks the one; or NULL */
	enum tri finds_port;
	bool is_ungranted; /* by relate: another namespace must allow it, and
			      the stream has no such grant */
	const char *bundle; /* of a webhook its caBundle, as PEM; or NULL */
	struct spot bundle_at;
	/* By relate, see relate_trust.c; or NULL. */
	const struct manifest *untrusted_secret, *issued_by, *injected_for;
	const char *uncovered;
	bool is_unclear;   /* a Service of that name may be the one */
	bool repeats;	   /* the object names Service and port before */
	BACKEND_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* Adds what an object leads to by the name of a Service; NULL when there is no
 * name.  Then reads its port, a number or a name, if both are there. */
struct backend *add_backend(const struct collection *collection,
    const struct manifest *manifest, const struct node *name);
void read_backend_port(const struct collection *collection,
    const struct node *port, struct backend *backend);

/* Each adds what one kind of object leads to. */
void collect_ingress_backends(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_route_backends(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_openshift_backends(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_traefik_backends(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

void collect_governing(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_webhooks(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_conversion(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_api_service(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* The namespace of the Service; "" when it is not known. */
const char *backend_namespace(
    const struct release *release, const struct backend *backend);

/* Whether a port of a Service is the one that is named; true when none is. */
bool leads_to_port(
    const struct backend *backend, const struct service_port *port);

/* Makes what leads there from outside known to the release by the Services it
 * is for. */
void backends_index(struct release *release);

/* Finds for each port of a Service the first object in the stream that surely
 * leads to it. */
void relate_backends(struct release *release);

/* Finds the Service of each backend, or the one that may have been meant. */
void relate_dangling(struct release *release);

/* Finds the custom resources that webhooks of the release must admit. */
void relate_caught(struct release *release);

/* Finds the routes that another namespace does not allow; after
 * relate_dangling(). */
void relate_grants(struct release *release);

/* The facts of the rows in fields.h. */
BACKEND_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
