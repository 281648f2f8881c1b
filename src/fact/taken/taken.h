/*
 * What only one object can have: a Secret that it has written, a port of nodes,
 * an address, a volume; and which objects of the stream ask for the same.
 */
#ifndef FACT_TAKEN_TAKEN_H
#define FACT_TAKEN_TAKEN_H

#include "fact/facts.h"

/* Who has a thing, and by that what it is. */
enum taker {
	TAKER_SECRET,	   /* a Secret of the stream, with data */
	TAKER_CERTIFICATE, /* of cert-manager */
	TAKER_ANNOTATION,  /* an Ingress for which cert-manager makes one */
	TAKER_EXTERNAL,	   /* an ExternalSecret that owns its Secret */
	TAKER_SEALED,	   /* a SealedSecret */
	TAKER_DAEMON_SET,  /* a port of each of its nodes */
	TAKER_POD,	   /* a port of the nodes that its pods are on */
	TAKER_CLUSTER_IP,
	TAKER_BALANCER, /* an address of a load balancer and a port of it */
	TAKER_CLAIM,	/* a volume by name */
	TAKER_MAX,
};

struct taking {
	const struct manifest *manifest;
	const struct workload *workload; /* of host ports; else NULL */
	const char *thing; /* equal texts are one thing, of one namespace where
			      things have any */
	const char *nodes; /* of host ports: those that it asks for, spelled;
			      "" for all */
	bool is_elsewhere; /* its nodes may be ones that others keep off */
	struct text_list hosts; /* of TAKER_ANNOTATION, sorted; of
				   TAKER_CERTIFICATE */
	enum taker taker;
	const struct taking *rival;   /* by relate; or NULL */
	const struct tls_use *passed; /* by relate_tls(); or NULL */
	TAKING_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* A Secret whose certificate an object shows to clients. */
struct tls_use {
	const struct manifest *manifest;
	struct fact secret;
	struct text_list hosts; /* none: unknown */
};

/* Those of Ingresses for which cert-manager makes none, of Gateways and other
 * routes. */
void collect_tls(const struct collection *collection, const struct node *object,
    const struct manifest *manifest);

/* Whether an annotation has cert-manager make the Secrets that it names. */
bool asks_for_certificates(const struct node *object);

/* Finds Certificates that nobody uses though their hosts are served, with a
 * Secret that nothing makes. */
void relate_tls(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* The Secrets that an object is, or has others write. */
void collect_written_secrets(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* The fixed addresses of a Service; the volume that a claim names. */
void collect_addresses(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_named_volume(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* The ports that pods take of their nodes. */
void collect_host_ports(struct facts *facts, const struct node *pod_spec,
    const struct workload *workload);

/* Another thing that an object has, named by a node. */
struct taking *add_taking(struct facts *facts, const struct manifest *manifest,
    enum taker taker, const struct node *name);

/* Finds what is asked for twice; needs the duplicates. */
void relate_takings(struct release *release);

/* The facts of the rows in fields.h. */
TAKING_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
