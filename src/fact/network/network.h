/*
 * What NetworkPolicies let through.
 */
#ifndef FACT_NETWORK_NETWORK_H
#define FACT_NETWORK_NETWORK_H

#include "fact/facts.h"

/* What a port may be of; all of them when it is unknown. */
enum protocol {
	PROTOCOL_TCP = 1,
	PROTOCOL_UDP = 2,
	PROTOCOL_SCTP = 4,
	PROTOCOL_ALL = 7,
};

/* Ports that a rule for ingress lets in. */
struct admitted_port {
	const char *name;     /* of a container's port; NULL for numbers */
	uint16_t first, last; /* 0 to 65535: all */
	uint8_t protocols;    /* enum protocol */
};

/* The kinds of peers that rules for egress have. */
enum reach {
	REACH_PODS = 1,
	REACH_ADDRESSES = 2,
	REACH_ANY = 4, /* everybody, or whom is unknown */
};

/* Whom a rule names. */
struct peer {
	struct selector pods, namespaces; /* each may not be given */
	bool is_anybody;
	bool is_open;	 /* anybody, at any port */
	bool is_unclear; /* addresses, or it cannot be read */
};

/* Whether a peer is some pods: surely not; perhaps, as they may be among many;
 * or by labels of theirs. */
enum welcome { WELCOME_NOT, WELCOME_PERHAPS, WELCOME_BY_NAME };

struct networkpolicy {
	const struct manifest *manifest;
	struct selector pod_selector;
	struct links workloads;
	const struct admitted_port *admitted; /* of all its rules together */
	size_t nadmitted;
	const struct peer *from, *to; /* of all its rules together */
	size_t nfrom, nto;
	uint8_t reach;	   /* of rules for more than DNS: enum reach */
	uint8_t dns_reach; /* of rules for DNS alone */
	uint8_t dns;	   /* enum protocol: by these DNS is let out */
	uint8_t near_dns; /* by these to pods of the policy's namespace alone */
	uint8_t maybe_dns; /* and by these, depending on a port's name */
	NETWORKPOLICY_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

void collect_networkpolicy(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* The peers of all rules of a direction; key is from or to. */
const struct peer *collect_peers(struct facts *facts, const struct node *rules,
    const char *key, size_t *ret_n);

/* What a peer is to pods with these labels; same_namespace: whether they are in
 * that of the policy. */
enum welcome peer_welcomes(const struct peer *peer,
    const struct label_list *labels, enum tri same_namespace);

/* Whether a NetworkPolicy can hold up a workload's pods: those in the network
 * of their node are out of its reach. */
bool is_on_pod_network(const struct workload *workload);

/* The bits of a protocol by its name, "" being TCP; those of a port. */
uint8_t protocol_bits(struct slice protocol);
uint8_t protocols_of(const struct node *port);

/* The first of the policies that isolate the ingress of a workload, of which
 * there must be one. */
const struct networkpolicy *isolating_policy(const struct workload *workload);

/* A fact as it is written in a policy: where one of its fields is, or the
 * policy itself. */
struct fact fact_of_policy(struct fact fact, const struct networkpolicy *policy,
    const struct fact *written);

/* What the policies of each workload make of its network together, worked out
 * once for each list of them, as many workloads share one.  Policies must be
 * linked. */
void relate_policies(struct release *release);

/* Gathers the workloads that the same rules of NetworkPolicies do the same to.
 */
void relate_shared_rules(struct release *release);

/* The facts of the rows in fields.h. */
NETWORK_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
NETWORKPOLICY_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
