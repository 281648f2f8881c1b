/*
 * What leads to Services from outside: Ingresses and routes.
 */
#ifndef FACT_SERVICE_BACKENDS_H
#define FACT_SERVICE_BACKENDS_H

#include "fact/facts.h"

/* A Service that an Ingress or a route sends requests to. */
struct backend {
	const struct manifest *manifest; /* the Ingress or route */
	const char *service;
	const char *namespace; /* the Service's; "": that of the manifest */
	const char *port_name; /* "" when it is not given by name */
	int64_t port;	       /* 0 when it is not given by number */
	struct backend *next;  /* by relate: of the same Service's name */
};

/* Each adds what one kind of object leads to. */
void collect_ingress_backends(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_route_backends(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_openshift_backends(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_traefik_backends(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Makes what was collected known to the release by the Services it is for. */
void backends_index(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* Finds for each port of a Service the first object in the stream that surely
 * leads to it. */
void relate_backends(struct release *release);

#endif
