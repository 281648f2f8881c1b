/*
 * Routes of the Gateway API and the listeners of Gateways: which route no
 * listener takes.  VirtualServices and Gateways of Istio are read alike: each
 * host of a server is a listener.
 */
#ifndef FACT_ATTACH_ATTACH_H
#define FACT_ATTACH_ATTACH_H

#include "fact/facts.h"

/* Whose routes a listener takes, by their namespaces. */
enum listener_from {
	FROM_SAME,   /* those of the Gateway's own, the default */
	FROM_OTHERS, /* others, too: all, or what a selector says */
	FROM_NONE,
};

struct listener {
	const char *name;
	const char *host;	/* "": all, or one that is filled in later */
	int64_t port;		/* 0: unknown */
	struct text_list kinds; /* none: all that its protocol carries */
	const char *protocol;	/* "": unknown */
	enum listener_from from;
};

struct gateway {
	const struct manifest *manifest;
	const struct listener *listeners;
	size_t n;	      /* 0: it takes whatever there is */
	struct gateway *next; /* by relate: of the same name */
	bool is_named;	      /* by relate: a route names it */
};

struct attachment {
	const struct manifest *manifest; /* the route */
	const char *namespace;	/* of the Gateway; "": that of the route */
	struct text_list hosts; /* of the route; none: all, or some unknown */
	/* By relate: */
	const struct gateway *gateway; /* or NULL */
	const struct gateway *unnamed; /* or NULL */
	const char *lacks;	       /* or NULL */
	ATTACHMENT_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* The listeners of a Gateway, or none when one of them cannot be read. */
void collect_gateway(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* The Gateways that a route names. */
void collect_attachments(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* The same of Istio's. */
void collect_istio_gateway(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_istio_attachments(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* The texts of a list; none where one of them is filled in later. */
struct text_list final_texts(struct facts *facts, const struct node *list);

/* Finds the Gateways, and what their listeners lack. */
void relate_attachments(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* Whether a request can be for both hosts: equal ones, or one that a wildcard
 * stands for (Gateway API, HTTPRouteSpec.hostnames); "" is all hosts. */
bool hosts_meet(const char *a, const char *b);

/* Whether a text is what it says: not empty, and no place to be filled in, as
 * "${HOST}" is. */
bool is_final(struct slice text);

/* The facts of the rows in fields.h. */
ATTACHMENT_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
