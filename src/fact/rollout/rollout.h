/*
 * Rollouts and AnalysisTemplates of Argo Rollouts: their strategy, what they
 * name, and what their controller refuses.
 */
#ifndef FACT_ROLLOUT_ROLLOUT_H
#define FACT_ROLLOUT_ROLLOUT_H

#include "fact/facts.h"

/* An argument of an AnalysisTemplate. */
struct argument {
	struct spot name;
	bool has_value;
};

/* Routes of an Istio VirtualService are of these, each a list of its own. */
enum { ROUTES_HTTP, ROUTES_TLS, ROUTES_TCP, ROUTES_MAX };

/* What a route leads to, in order, and what a Rollout chooses it by: its name,
 * or, of tls and tcp, its port and hosts. */
struct route {
	struct spot name;			   /* "" when it has none */
	const char *key;			   /* "": it cannot be chosen */
	const char *const *hosts, *const *subsets; /* "" for none */
	size_t n;
};

struct route_list {
	const struct route *items; /* as written */
	const struct route *const *by_key;
	size_t n;
	bool given; /* though it may be empty */
};

/* What an object has that a Rollout which names it depends on. */
struct referent {
	struct spot at;		     /* of it as a whole */
	struct spot manager;	     /* Service: the Rollout it is for */
	const struct spot *backends; /* Ingress: Services of its rules */
	size_t nbackends;
	struct route_list routes[ROUTES_MAX]; /* VirtualService */
	const struct argument *arguments;     /* AnalysisTemplate, and so on */
	size_t narguments;
	const struct spot *metrics;
	size_t nmetrics;
	struct spot endless; /* the first metric that never ends */
	struct spot subsets; /* DestinationRule: that it has any */
	bool has_more;	     /* than could be read, or in other objects */
};

/* What a Rollout with trafficRouting shares the traffic between. */
struct sharing {
	const char *canary, *stable; /* Services; "" when not given */
	const char *root;	     /* that Ingresses lead to */
	bool by_subset; /* of a DestinationRule, by the names below */
	const char *canary_subset, *stable_subset;
	const char *const *managed_routes; /* sorted */
	size_t nmanaged_routes;
};

/* Of setCanaryScale, when it does not match the traffic. */
struct step_scale {
	struct fact pods, weight;
};

struct step {
	struct part part;
	const struct step_scale *scale; /* never NULL: of the others empty */
	STEP_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* Templates that a Rollout runs together, as one analysis. */
struct analysis {
	struct entity_list templates; /* of references */
	const char *const *arguments; /* that it gives */
	size_t narguments;
	bool known;    /* these are all arguments */
	bool must_end; /* the rollout waits for it */
};

/* Routes of a VirtualService that a Rollout changes: their keys, "" for what
 * is unknown.  None: the only one there is. */
struct choice {
	struct {
		const char *const *keys;
		size_t n;
	} of[ROUTES_MAX];
};

struct reference {
	struct part part;
	const char *const *groups;	 /* the kind's, ended by NULL */
	const char *namespace;		 /* as the name says; or NULL */
	bool is_cluster_wide;		 /* of a kind without namespaces */
	bool must_select;		 /* a Service for the Rollout's pods */
	struct label_list more_labels;	 /* that its pods get for that role */
	const struct analysis *analysis; /* it is a template of; or NULL */
	int64_t served; /* setWeight that a step before it has reached */
	const struct choice *choice; /* of a VirtualService; or NULL */
	/* By relate: */
	enum tri found;
	const struct manifest *object; /* or NULL */
	struct fact refusal;
	const struct service *service; /* or NULL */
	const char *selector;	       /* the Service's, or NULL */
	enum tri selects;
	REFERENCE_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* What is wrong with an AnalysisTemplate by itself. */
void find_analysis_problems(struct facts *facts, const struct node *object,
    const struct manifest *manifest);

/* What Rollouts that name an object of that kind depend on; or NULL. */
const struct referent *collect_referent(struct facts *facts,
    const struct node *object, struct slice group, struct slice kind);

/* The routes of a VirtualService's spec. */
void collect_routes(
    struct facts *facts, const struct node *spec, struct referent *referent);

/* What a tls or tcp route is chosen by, from its matches or from a Rollout's
 * one: "port 443 and sniHosts a, b".  "" when no choice can mean it; NULL when
 * it is to be filled in. */
const char *facts_route_key(
    struct facts *facts, const struct node *const *matches, size_t n);

/* What is special about a Rollout: its strategy, steps, what it names, what is
 * wrong with it.  Nothing for other workloads. */
void collect_rollout(
    struct facts *facts, const struct node *object, struct workload *workload);

/* Finds the objects that Rollouts name; all templates must be known. */
void relate_references(struct release *release);

/* Why Rollouts cannot use the objects they name, once these are found. */
void relate_refusals(struct release *release);

/* The facts of the rows in fields.h. */
ROLLOUT_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
STEP_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
REFERENCE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
