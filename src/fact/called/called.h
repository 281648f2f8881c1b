/*
 * Whom pods call by what they are told, and at which port; and who asks the API
 * server without a token.
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

/* The token of an account in the pods of a workload. */
struct token_use {
	const struct manifest *manifest; /* of the workload */
	const struct workload *workload;
	struct spot account; /* or none: default */
	struct spot at;	     /* what says that no token is mounted */
	struct spot tool;    /* where it is told to run kubectl; or none */
	enum tri mounts;     /* unknown: as the account says */
};

/* What an object says of the rights of accounts. */
enum right_kind {
	RIGHT_QUIET,  /* an account whose token is not mounted by itself */
	RIGHT_SECRET, /* a Secret that holds the token of one */
	RIGHT_ROLE,   /* a role by which something may be asked */
};

struct right {
	const struct manifest *manifest;
	enum right_kind kind;
	const char *name; /* of the account, or the role */
};

/* What the containers of a pod call, init containers too. */
void collect_called_ports(struct facts *facts, const struct node *pod_spec,
    const struct workload *workload);

/* Finds the Services that lack a port at which a workload calls them. */
void relate_called_ports(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* Whether pods mount a token, and run kubectl. */
void collect_token_use(struct facts *facts, const struct node *pod_spec,
    const struct workload *workload);

/* Of a ServiceAccount, a Secret, a Role or ClusterRole. */
void collect_quiet_account(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_token_secret(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_useful_role(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Finds the pods that lack a token that they need. */
void relate_tokens(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* The facts of the rows in fields.h. */
CALLED_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
