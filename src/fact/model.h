/*
 * The release as facts: what rules compare, kept after the documents are gone.
 *
 * Entities are made by collect from one document each, linked by relate when
 * the stream has ended, and const from then on.  They and their texts live in
 * the arena of the facts they were collected into; each text is kept once.
 */
#ifndef FACT_MODEL_H
#define FACT_MODEL_H

#include "base/map.h"
#include "base/tri.h"
#include "contract/contract.h"
#include "contract/evidence.h"
#include "contract/matrix.h"
#include "contract/scenario.h"
#include "diag/passage.h"
#include "fact/fields.h"
#include "fact/hook_events.h"
#include "fact/settings.h"

/* Whether a field was there, and whether that is known. */
enum fact_state {
	FACT_ABSENT,  /* not written; the value, if any, is the default */
	FACT_KNOWN,   /* written, or worked out */
	FACT_UNKNOWN, /* what was given cannot tell */
};

/* Entities of one kind, which the type of the field names. */
struct entity_list {
	size_t n;
	const void *const *items;
};

struct label {
	const char *key;
	const char *value;
};

/* In place of a Job's name. */
#define ANY_JOB ""

/* Whose pods get labels that no other pods get. */
enum label_maker { MAKER_ANY, MAKER_JOB, MAKER_STATEFUL_SET };

struct label_list {
	size_t n;
	const struct label *items;
	const struct label *const *by_key; /* the same by key, when there are
					      many; or NULL */
	enum label_maker maker;
	const char *maker_name; /* which its labels hold; or NULL, any */
};

struct text_list {
	size_t n;
	const char *const *items;
};

/* One field's value.  All zero: absent, without a default. */
struct fact {
	union {
		int64_t integer;
		bool boolean;
		const char *text;
		const void *entity;
		const struct entity_list *list;
		const struct label_list *labels;
		const struct text_list *texts;
	};
	/* Where it was written: line 0 when nowhere; width in code points. */
	uint32_t line, col, width;
	uint8_t state;	     /* enum fact_state */
	bool has_value;	     /* the union holds a value, if only a default */
	uint16_t file_index; /* index + 1 of the file, when it is not that of
				the entity (a ConfigMap elsewhere); or 0 */
};

enum workload_field { WORKLOAD_FIELDS(FIELD_NUMBER, FIELD_NUMBER) };
enum container_field { CONTAINER_FIELDS(FIELD_NUMBER, FIELD_NUMBER) };
enum probe_field { PROBE_FIELDS(FIELD_NUMBER, FIELD_NUMBER) };

/* A fact that few entities have, of those that one has: no member of each. */
struct rare {
	const struct rare *next;
	unsigned field; /* its FIELD_ number */
	struct fact fact;
};

/* Adds a fact to a list unless it says nothing; what was added last counts. */
void rare_keep(struct arena *arena, const struct rare **list, unsigned field,
    struct fact fact);
/* entity is a variable of its own name. */
#define KEEP_RARE(arena, entity, field, fact) \
	rare_keep(arena, &(entity)->rare, FIELD_##entity##_##field, fact)

/* The fact of that number; absent when the list has none. */
struct fact rare_find(const struct rare *list, unsigned field);
#define RARE_FACT(entity, field) \
	rare_find((entity)->rare, FIELD_##entity##_##field)

struct fact fact_int(int64_t value);
struct fact fact_bool(bool value);
struct fact fact_text(const char *text);
/* The entity, or absent when NULL. */
struct fact fact_entity(const void *entity);
struct fact fact_list(const struct entity_list *list);
struct fact fact_texts(const struct text_list *texts);
struct fact fact_unknown(void);

/*
 * What one entity is linked to, by relate.  A link is sure, or possible: the
 * namespaces cannot be compared.
 */
struct links {
	struct entity_list sure;
	bool possible; /* there may be more */
};

/* matchLabels and matchExpressions, flattened; In with one value is equality.
 * All zero: no selector, which selects nothing. */
enum selector_operator {
	SELECTOR_IN,
	SELECTOR_NOT_IN,
	SELECTOR_EXISTS,
	SELECTOR_DOES_NOT_EXIST,
};

struct requirement {
	enum selector_operator operator;
	const char *key;
	const char *const *values;
	size_t nvalues;
};

struct selector {
	const struct requirement *requirements; /* all must hold */
	size_t n;
	bool given;   /* there is a selector, though it may be empty */
	bool invalid; /* the API would refuse it: it selects nothing here */
};

/* A word of an object, and where it stands. */
struct spot {
	const char *text; /* NULL: there is none */
	uint32_t line, col, width;
};

/* Whom a binding of RBAC gives which rights. */
struct grant {
	struct text_list accounts;   /* names of ServiceAccounts, one or more */
	struct text_list namespaces; /* theirs; "": not given */
	const char *role_kind, *role_name; /* whose rights these are; "": not
					      given */
};

/* What few objects have, or all of them only where a run asks for it: all that
 * have none of it share one, which is all zero. */
struct manifest_seldom {
	struct hook_events helm_hook, argo_hook;
	const char *owner_kind, *owner_name; /* of its controller, or NULL */
	const struct schedule *schedule; /* or NULL: no annotation says when */
	int64_t json_size;		 /* see collect_json_size() */
	const struct grant *grant;	 /* or NULL: it gives nobody rights */
	const struct manifest *earlier;	 /* by relate: same identity, or NULL */
	const struct manifest *namesake; /* the same in an earlier file */
	const struct manifest *other;	 /* by relate: the same in the other
					    release; or NULL */
	const struct node *raw;		 /* as it is written; NULL: not kept */
	const struct node *custom; /* a copy of a custom resource, to be held to
				      what it was; NULL: nobody asks */
	const struct custom_kind *definition; /* of a custom resource that was
						 held to it; or NULL */
	const struct manifest *first_use;     /* by relate: of a definition the
						 first of its kind, or NULL */
	const struct canon *canon; /* what it says; NULL: nobody asks */
	const struct kept *kept;   /* to be compared; NULL: there is no other
				      release */
};

/* Any object of the stream. */
struct manifest {
	const struct origin *origin;
	const char *group, *version, *kind;
	const char *namespace; /* "" when the manifest gives none */
	const char *name;      /* "" when it has none, or none yet */
	/* For people: of generateName "x-" it is "x-(generated)". */
	const char *shown_name;
	const char *source;		 /* chart template, "" when unknown */
	const struct referent *referent; /* for relate; NULL: of another kind */
	const struct manifest_seldom *seldom; /* never NULL */
	bool is_live;	  /* it has a uid, which the API server gives */
	bool is_held;	  /* to the schema of a CustomResourceDefinition */
	bool is_refused;  /* by compare_releases(): surely, on the way to the
			     new release */
	bool is_remade;	  /* likewise: deleted first, as an annotation asks */
	bool is_repeated; /* by relate: its owner, which says the same, is in
			     the stream */
	uint32_t line, col, width; /* of the value of kind */
	uint32_t order;		   /* of its document in the stream, from 0 */
};

/* Those of an object by itself, to be written: made when it shares them. */
struct manifest_seldom *manifest_seldom(
    struct arena *arena, struct manifest *manifest);

/* What objects have that have nothing seldom. */
extern const struct manifest_seldom manifest_without_seldom;

/* Whom a port is for, from the least to the most. */
enum audience {
	AUDIENCE_UNSAID,   /* nothing says so, or nobody */
	AUDIENCE_MEMBERS,  /* the pods of a cluster among themselves */
	AUDIENCE_WATCHERS, /* who scrapes metrics or asks for health */
	AUDIENCE_CLIENTS,  /* who waits for an answer */
};

struct port {
	const char *name;     /* "" when it has none */
	int64_t number;	      /* 0 when unknown */
	const char *protocol; /* "TCP", ... */
	int64_t host_port;    /* 0 when it has none, or when unknown */
	bool gates;	      /* the container's readinessProbe asks it */
	bool is_probed;	      /* a probe asks it at a path for probes alone */
};

/* What says that a time is one to drain in, the surest first: that something
 * ends, that something is drained, which may be what the program manages, or
 * only a grace, which may be anybody's. */
enum drain_word { DRAIN_END, DRAIN_DRAIN, DRAIN_GRACE, DRAIN_FLAG };

/* What few containers have; the others share one, which is all zero. */
struct container_seldom {
	const struct node *raw;		 /* as it is written; NULL: not kept */
	const struct container *drifted; /* by relate; or NULL */
	const struct drain_setting *drains; /* of env: what is written out */
	size_t ndrains;
	const struct env_source *env_sources;
	size_t nenv_sources;
	const struct file_source *files; /* that it mounts */
	size_t nfiles;
	const struct file_time *file_time;  /* by relate: or NULL */
	const struct manifest *file_object; /* its ConfigMap */
};

struct container {
	const struct workload *workload;
	const struct container_seldom *seldom; /* never NULL */
	uint32_t line, col, width;
	const char *image_name, *image_tag, *image_digest; /* "" for none */
	uint32_t index;					   /* in its list */
	enum audience audience; /* by relate: whom requests come from */
	bool is_stale; /* by relate: of a warmup, with another version of an
			  image than what it warms */
	bool is_init;  /* of initContainers: a native sidecar */
	bool shares_cpu, shares_memory; /* its request is its pod's */
	bool helps;	    /* others of its pod, by its name or image */
	bool stays;	    /* a helper that is told to go on while they end */
	bool found_by_name; /* by relate: only headless Services do */
	bool is_guessed;    /* by relate: what leads to it may miss it */
	enum drain_word drain_word; /* by relate: of the longest drain time */
	const struct probe *readiness, *liveness, *startup; /* or NULL */
	const struct port *ports;
	size_t nports;
	int64_t probed[3];     /* numbers that its probes ask; 0 for none */
	const char *served_by; /* by relate: what leads them to it, a clause
				  that calls it "it"; or NULL */
	const struct trait *traits; /* by aspect; for relate */
	const struct rare *rare;
	struct fact app_drain; /* by relate: the longest of both */
	int64_t drain_wait;    /* by relate: until its turn to end */
	CONTAINER_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* What is special about a kind of controller; see workload_kinds[]. */
struct workload_kind {
	const char *group, *kind;
	bool is_job;	      /* runs to completion: Job, CronJob */
	bool is_pod;	      /* has no template: it is a pod itself */
	bool has_replicas;    /* spec.replicas, default 1 */
	bool has_deadline;    /* spec.progressDeadlineSeconds, default 600 */
	bool is_controller;   /* owns pods by its selector */
	bool has_strategy;    /* spec.strategy or updateStrategy, as the API
				 of Kubernetes means them */
	bool selector_is_map; /* spec.selector is plain labels */
	const char *const *template_path; /* keys to the pod template */
};

/* What few workloads have; all that have none of it share one, which is all
 * zero. */
struct workload_seldom {
	const struct quota_limit *quota;   /* by relate: that leaves no room for
					      another pod; or NULL */
	const struct quota_demand *demand; /* by relate: that a container
					does not meet; or NULL */
	const struct container *undemanding; /* that container */
	const struct limit_bound *bound;     /* by relate: that a container does
						not keep to; or NULL */
	const struct container *unbounded;   /* that container */
	const char *unbounded_amount;	     /* what it writes */
	const struct key_use *lost_key; /* by relate: that its object has not,
					   or NULL; and the object */
	const struct manifest *lost_from;
	bool lost_may_come;
	struct spot apart; /* the anti-affinity that gives each pod a node */
	struct spot host_port;	  /* the first that its pods take of a node */
	const char *const *waits; /* words of init containers that wait for
				     a Job, among them its name or, where
				     it is unknown, ANY_JOB */
	size_t nwaits;
	bool forgives; /* one of these goes on where there is no such Job */
	bool goes_on;  /* or whatever becomes of it */
	bool upgrades_data; /* an init container's texts speak of an upgrade */
	const char *schema_image;   /* of an init container that waits for the
				       tables of a database; or NULL */
	const char *const *deletes; /* of a hook: words of containers that
				       delete what one of them names */
	size_t ndeletes;
	const struct workload *deleted_by;   /* a Job: the hook that removes it
						in time; or NULL */
	const struct manifest *awaited_hook; /* a Job that it waits for and
						that runs after it; or NULL */
	const struct manifest *ended_job;    /* a Job that it waits for and
						that is deleted when it is
						done; or NULL */
	const struct manifest *schema_hook;  /* that makes the tables it waits
						 for; or NULL */
	const struct warmup *warmup;	     /* that a Job is; or NULL */
	struct fact blocked;		     /* ports, as text */
	struct fact lb_drain;	/* by relate; see service/lb_drain.c */
	struct fact registered; /* the same */
	struct entity_list blocked_services;
	struct entity_list awaited_services, unresolved_services;
};

/* The same of Rollouts, and of what stands beside one. */
struct workload_rollout {
	const char *route_service; /* the first Service that a Rollout leads its
				      users by; or NULL */
	const char *workload_ref_kind; /* "Deployment" when left out */
	struct entity_list steps;      /* of a Rollout's canary */
	const struct sharing *sharing; /* of a Rollout's canary, or NULL */
	const struct workload *twin;   /* the other controller of its pods, one
					  of the two being a Rollout; or NULL */
	struct fact difference;	       /* from the twin's template */
};

/* What link_across() finds, of the other release and, among policies, of its
 * own, with whatever may be in its namespace. */
struct workload_across {
	struct links services, pdbs, policies;
	struct links policies_here;
};

struct workload {
	const struct manifest *manifest;
	const struct workload_kind *kind;
	const struct rare *rare;
	const struct workload_seldom *seldom;	/* never NULL */
	const struct workload_rollout *rollout; /* never NULL */
	struct workload_across *across; /* NULL: there is no other release */
	struct label_list labels;	/* of the pod template */
	struct selector pod_selector;
	const struct container *containers; /* regular, then sidecars */
	size_t ncontainers;
	bool has_template;
	bool shares_files;  /* see workload.shares_files */
	bool refuses_proxy; /* its template keeps the proxy of Istio out */
	bool is_injected;  /* its template asks an admission webhook to add to
			      its pods */
	bool has_triggers; /* OpenShift puts images into its template */
	bool runs_once;	   /* a Pod whose restartPolicy is not Always */
	bool stays_close;  /* required to run where other pods run, or on one
			      node by name */
	bool is_clustered; /* by relate: its pods find each other by a Service
			      or a port */
	uint8_t baseline_fault, restricted_fault; /* see
						     update/pod_standard.c */
	enum audience audience; /* by relate: as of its containers */
	uint32_t number;	/* among the workloads */
	int64_t grace_needed;	/* seconds; by relate, see fact/drain/sum.c */
	int64_t scraped_port;	/* of the annotation prometheus.io/port; or 0 */
	const char *served_by;
	struct update_plan *plan;	/* of what has one; or NULL */
	const struct claim_use *claims; /* that the template mounts */
	size_t nclaims;
	struct configuration *configuration; /* that is not rolled; or NULL */
	const struct key_use *key_uses;
	size_t nkey_uses;
	const struct mount *mounts; /* of all containers, init ones too */
	size_t nmounts;
	struct links services, autoscalers, vpas, pdbs, networkpolicies;
	struct entity_list rivals;
	struct entity_list reached_by; /* of services */
	/* By relate: */
	const struct workload *template_owner; /* whose template its pods are
						  made from: itself, or what
						  its workloadRef names */
	const struct workload *governor;       /* whose workloadRef names it */
	struct fact autoscaled; /* the fewest pods that its autoscalers keep;
				   absent when it has none */
	struct entity_list container_list;     /* the template owner's */
	const struct joint_policies *policies; /* see network/policy.c */
	/* By relate_shared_rules(), or NULL. */
	const struct entity_list *dns_denied, *ports_denied, *mode_sharers;
	WORKLOAD_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* What an object has several of: where each of them is written. */
struct part {
	const struct manifest *manifest;
	const struct workload *workload; /* or NULL: the object is none */
	const char *path;		 /* in the object */
	const char *stable_path;	 /* the same by names of list items */
	uint32_t line, col, width;
};

struct problem {
	struct part part;
	PROBLEM_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* The container of that name, none of the init containers but sidecars; or
 * NULL. */
const struct container *container_named(
    const struct workload *workload, const char *name);

/* Of a workload or container by itself, to be written: made when it shares
 * them. */
struct workload_seldom *workload_seldom(
    struct arena *arena, struct workload *workload);
struct workload_rollout *workload_rollout(
    struct arena *arena, struct workload *workload);
struct container_seldom *container_seldom(
    struct arena *arena, struct container *container);

/* What workloads and containers have that have nothing seldom. */
extern const struct workload_seldom workload_without_seldom;
extern const struct workload_rollout workload_without_rollout;
extern const struct container_seldom container_without_seldom;

/* The kinds of entity: ENTITY_release, ... */
enum entity_kind {
#define KIND_OF(entity, fields, meaning) ENTITY_##entity,
	ENTITIES(KIND_OF)
#undef KIND_OF
	    ENTITY_MAX,
};

/* Which files hold releases of their own; see fact/apart.h.  All zero: none.
 */
struct apart {
	size_t n;	     /* files, by index */
	unsigned char *bits; /* n rows of n; in the release's arena */
};

/* Everything, in the order of the stream. */
struct settings;
struct release {
	const struct settings *settings;
	const char *namespace; /* of --namespace, or NULL */
	const struct profile *profile;
	const struct release *previous; /* that runs now, or NULL */
	struct passage forward, back;	/* with it: from it here, and back */
	bool is_absent; /* there is no input: only the contract is judged */
	struct evidence evidence;
	const struct origin *const *origins;  /* by index */
	struct entity_list lists[ENTITY_MAX]; /* by kind */
	struct entity_list rollouts;	      /* workloads that are Rollouts */
	struct map workload_namespaces;	      /* "" for one that is unknown */
	bool has_repeated; /* manifests whose owner is in the stream */
	bool answers_dns;  /* by relate: a container declares a port of DNS */
	bool uses_argo_cd; /* an annotation of some object is for it */
	const struct workload *main; /* or NULL */
	bool has_limit_range;
	bool has_makers;	 /* custom resources that may make workloads */
	bool may_evict;		 /* an account of the stream may evict pods */
	bool has_kustomization;	 /* of which objects may be patches */
	bool has_other_policies; /* policies that NetworkPolicies add up with */
	struct entity_list repeated; /* manifests with a namesake */
	struct apart apart;
	struct map claims;   /* object_key() to the first struct claim */
	struct map backends; /* object_key() of a Service to what leads to it;
				see fact/service/backends.c */
	struct map scraped;  /* struct scraped_port: those that are scraped */
	struct map lb_policies;	   /* struct lb_policy, by kind and name */
	struct map pod_standards;  /* struct pod_standard, by namespace */
	struct map foreign_labels; /* by "key=value"; see foreign_pods.h */
	/* The first object at which a limit left something out, or NULL. */
	const struct manifest *limited[LIMIT_MAX];
	struct arena arena; /* of relate's links */
};

/* The object that an entity is part of; NULL for the release, the contract and
 * what stands beside it. */
const struct manifest *entity_manifest(
    enum entity_kind kind, const void *entity);

#endif
