/*
 * Who sends requests to pods: Services, and what scrapes them.
 */
#ifndef FACT_SERVICE_SERVICE_H
#define FACT_SERVICE_SERVICE_H

#include "fact/facts.h"

struct backend;
struct index;

struct service_port {
	const char *name;	 /* "" when it has none */
	const char *target_name; /* NULL when the target is a number */
	int64_t target_number;
	int64_t number;	   /* its own; 0 when unknown */
	int64_t node_port; /* 0 when the cluster chooses it or has none */
	uint8_t protocols; /* enum protocol */
	uint32_t line, col, width;
	const struct backend *backend; /* by relate: what leads to it from
					  outside; or NULL */
};

/* Whether a load balancer is for clients within the network alone, where an
 * annotation of its cloud says so. */
struct lb_scheme {
	struct fact word;   /* internal or external; or absent */
	bool is_told_apart; /* where nothing says so it is external */
};

struct service {
	const struct manifest *manifest;
	struct label_list labels; /* its own */
	struct selector pod_selector;
	struct links workloads;
	struct fact lb_drain;	      /* see lb_drain_of() */
	struct text_list lb_policies; /* see lb_policies_of() */
	const struct service_port *ports;
	size_t nports;
	const char *also_unresolved; /* by relate; or NULL */
	/* By relate_refused_ports(): a port that some pods do not listen at,
	 * and the first workload that does and that does not; or NULL.  Where
	 * none does, no pods listen at any of its ports. */
	const struct service_port *refused;
	const struct workload *answerer, *refuser;
	/* By relate_node_ports(): a port of nodes that an earlier Service
	 * takes, and that one; or NULL. */
	const struct service_port *taken_port;
	const struct service *port_taker;
	/* By relate_peer_policies(): what has it sent plain text, and what has
	 * its pods refuse that; or NULL. */
	const struct manifest *plain_rule, *strict_policy;
	struct lb_scheme scheme;
	const struct service *other; /* by compare_releases(): the same in the
					other release, or NULL */
	struct links across; /* by link_across(): workloads of that one whose
				pods it selects */
	SERVICE_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* A port that a monitor scrapes. */
struct endpoint {
	const char *port; /* its name; NULL: by number */
	int64_t number;
	uint32_t line, col, width;
};

/* What Prometheus is told to scrape. */
struct monitor {
	const struct manifest *manifest;
	struct selector target_selector; /* of Services, or of pods */
	bool is_for_pods;
	bool everywhere;	       /* namespaceSelector: any */
	const char *const *namespaces; /* matchNames; or its own, when none */
	size_t nnamespaces;
	const struct endpoint *endpoints;
	size_t nendpoints;
	struct links selected; /* struct service, or struct workload */
	MONITOR_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* A ServiceMonitor or PodMonitor. */
void collect_monitor(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Whether a Service that selects the pods of a workload is for them, and what
 * they declare is known. */
bool is_meant_by_service(
    const struct release *release, const struct workload *workload);

/* Whether the proxies that service meshes add to pods have such a port. */
bool is_port_of_proxy(const char *name);

/* Whether the pods of a workload have a port of the name that a Service's port
 * leads to; what a webhook fills in may have any. */
bool has_named_target(
    const struct workload *workload, const struct service_port *target);

/* Spells the ports that a Service does not find, after relate_served(). */
void relate_service_ports(struct release *release);

/* Finds which containers requests reach; Services must be linked. */
void relate_served(struct release *release);

/* Finds the ports of Services that NetworkPolicies let nobody reach; both must
 * be linked. */
void relate_blocked_ports(struct release *release);

/* Finds what monitors select; all templates must be known. */
void relate_monitors(struct release *release, const struct index *index);

/* Notes the numbers that monitors scrape of pods; they must be linked. */
void relate_scraped(struct release *release);

/* Whether Prometheus is told to scrape that port of a workload's pods: by a
 * PodMonitor or by an annotation. */
bool is_scraped(const struct release *release, const struct workload *workload,
    int64_t number);

/* How many seconds an Ingress or Service tells a load balancer to leave
 * requests on a pod that is taken out; absent when it says nothing. */
struct fact lb_drain_of(const struct node *object);

/* Whether annotations have requests sent to pods by their addresses: true, at
 * the annotation's value, or absent. */
struct fact lb_registers_pods(const struct node *object);

/* Whether they send requests to ports of the nodes, which Services must have.
 */
struct fact lb_needs_node_ports(const struct node *object);

struct lb_scheme lb_scheme_of(const struct node *object);

/* What a policy of Google's load balancers tells them of that. */
struct lb_policy {
	const struct manifest *manifest;
	const char *name;
	bool is_of_service; /* the name is that of the Service it is for */
	struct fact drain;
};

/* The BackendConfigs that a Service names. */
struct text_list lb_policies_of(struct facts *facts, const struct node *object);

/* A BackendConfig, and a GCPBackendPolicy. */
void collect_backend_config(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_backend_policy(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Makes these known to the release. */
void lb_policies_index(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* Hands that on to the workloads behind; backends must have their Services. */
void relate_lb_drains(struct release *release);

/* Finds ports that only some pods of a Service listen at; all else about
 * workloads must be known. */
void relate_refused_ports(struct release *release);

/* Finds Services that ask for a port of the nodes which another one takes. */
void relate_node_ports(struct release *release);

/* The ports of a Service, such as 80 ('http'), 9090. */
const char *spell_ports(struct release *release, const struct service *service);

/* Which Services send requests; all Services must be known. */
void relate_reach(struct release *release);

void collect_service(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* The facts of the rows in fields.h. */
SERVICE_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
SERVICE_CONTAINER_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
SERVICE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
MONITOR_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
