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
#include "contract/contract.h"
#include "contract/evidence.h"
#include "contract/matrix.h"
#include "contract/scenario.h"
#include "fact/fields.h"

/* Whether a field was there, and whether anybody can tell. */
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
	enum label_maker maker;
	const char *maker_name; /* which its labels hold; or NULL, any */
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
	};
	/* Where it was written: line 0 when nowhere; width in code points. */
	uint32_t line, col, width;
	uint8_t state;	     /* enum fact_state */
	bool has_value;	     /* the union holds a value, if only a default */
	uint16_t file_index; /* index + 1 of the file, when it is not that of
				the entity (a ConfigMap elsewhere); or 0 */
};

struct fact fact_int(int64_t value);
struct fact fact_bool(bool value);
struct fact fact_text(const char *text);
/* The entity, or absent when NULL. */
struct fact fact_entity(const void *entity);
struct fact fact_list(const struct entity_list *list);
struct fact fact_unknown(void);

/* Facts tell three-valued: no, cannot tell, yes. */
enum tri {
	TRI_NO,
	TRI_UNKNOWN,
	TRI_YES,
};

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

/* What annotations say of when an object is applied: those of Helm, then those
 * of Argo CD. */
enum schedule_note {
	NOTE_HOOK,
	NOTE_WEIGHT,
	NOTE_DELETE_POLICY,
	NOTE_LOG_POLICY,
	NOTE_ARGO_HOOK,
	NOTE_WAVE,
	NOTE_ARGO_DELETE_POLICY,
	NOTE_SYNC_OPTIONS,
	NOTE_MAX,
};

/* When an object is applied, or when a pod starts, told by the ordinary
 * objects of the release: before them, with them, after them, never. */
enum phase {
	PHASE_BEFORE,
	PHASE_WITH,
	PHASE_AFTER,
	PHASE_NEVER,
	PHASE_UNKNOWN,
};

enum occasion { OCCASION_INSTALL, OCCASION_UPGRADE, OCCASION_MAX };

struct schedule {
	struct fact notes[NOTE_MAX];   /* as written, or absent */
	enum phase helm[OCCASION_MAX]; /* of a Helm hook */
	enum phase argo;	       /* of a hook of Argo CD */
	int64_t weight, wave;	       /* 0 when left out, or no number */
	bool weight_valid, wave_valid;
};

/* A word of an object, and where it stands. */
struct spot {
	const char *text; /* NULL: there is none */
	uint32_t line, col, width;
};

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
	bool has_more;	     /* than could be read, or in other objects */
};

/* Any object of the stream. */
struct manifest {
	const struct origin *origin;
	const char *group, *version, *kind;
	const char *namespace; /* "" when the manifest gives none */
	const char *name;
	const char *source;		 /* chart template, "" when unknown */
	const char *hook;		 /* value of helm.sh/hook, or NULL */
	const char *hook_delete_policy;	 /* or NULL */
	const struct schedule *schedule; /* or NULL: no annotation says when */
	const struct referent *referent; /* or NULL: of another kind */
	const struct manifest *earlier;	 /* by relate: same identity, or NULL */
	uint32_t line, col, width;	 /* of the value of kind */
	uint32_t order; /* of its document in the stream, from 0 */
};

#define MEMBER_STORED(entity, field, type, unit, meaning) struct fact field;
#define MEMBER_COMPUTED(entity, field, type, unit, meaning)

struct probe {
	const struct container *container;
	const char *kind; /* "readiness", "liveness", "startup" */
	uint32_t line, col, width;
	PROBE_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

struct port {
	const char *name;     /* "" when it has none */
	int64_t number;	      /* 0 when nobody can tell */
	const char *protocol; /* "TCP", ... */
};

/* How long the application says it drains, found in env or a ConfigMap. */
struct drain_setting {
	const char *name; /* of the variable or key */
	int64_t seconds;  /* rounded up; -1: given, but nobody can tell */
	bool by_name;	  /* its own name says that it is one */
	uint32_t line, col, width;
};

/* A ConfigMap that a container's environment comes from: whole (key NULL:
 * envFrom, with a prefix before each key) or one key. */
struct env_source {
	const char *configmap;
	const char *key;
	const char *prefix; /* "" for none */
	bool by_name;	    /* the variable's name says a drain time */
};

/* What two containers of one name are compared by. */
enum aspect {
	ASPECT_STARTUP,
	ASPECT_READINESS,
	ASPECT_LIVENESS,
	ASPECT_LIFECYCLE,
	ASPECT_PORTS,
	ASPECT_ENV,
	ASPECT_ENV_FROM,
	ASPECT_MAX,
};

/* A digest, and where what it is of was written; see pod/drift.c. */
struct trait {
	uint64_t digest;
	uint32_t line, col, width; /* line 0 when nowhere */
};

struct container {
	const struct workload *workload;
	uint32_t line, col, width;
	const struct container *drifted; /* by relate; or NULL */
	const char *image_name, *image_tag, *image_digest; /* "" for none */
	uint32_t index;					   /* in its list */
	bool is_stale; /* by relate: of a warmup, with another version of an
			  image than what it warms */
	bool is_init;  /* of initContainers: a native sidecar */
	bool targeted; /* by relate: a port of a Service leads into it */
	bool offers;   /* by relate: a port that is not only watched */
	bool shares_cpu, shares_memory; /* its request is its pod's */
	const struct probe *readiness, *liveness, *startup; /* or NULL */
	const struct port *ports;
	size_t nports;
	const struct drain_setting *drains; /* of env: what is written out */
	size_t ndrains;
	const struct env_source *env_sources;
	size_t nenv_sources;
	struct trait traits[ASPECT_MAX];
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

/* maxSurge, maxUnavailable: so many pods, or a part of them. */
enum amount_form {
	AMOUNT_NONE, /* the controller has no such field */
	AMOUNT_NUMBER,
	AMOUNT_PERCENTAGE,
	AMOUNT_INVALID, /* the API refuses it, or a Rollout misreads it */
};

struct amount {
	enum amount_form form;
	int64_t value; /* 0 to INT32_MAX */
};

/* Something of the pod template by its name or selector, and where. */
struct claim_use {
	const char *name;
	uint32_t line, col, width;
};

/* Where containers mount what they may write to. */
enum mount_kind {
	MOUNT_CLAIM,	/* a PersistentVolumeClaim */
	MOUNT_TEMPLATE, /* of volumeClaimTemplates */
	MOUNT_POD,	/* dies with its pod: emptyDir, ephemeral */
	MOUNT_OTHER,	/* a host's, a file server's, a driver's */
};

struct mount {
	enum mount_kind kind;
	const char *volume; /* its name in the pod */
	const char *claim;  /* of MOUNT_CLAIM */
	const char *path;   /* in the container */
	bool read_only;
	uint32_t line, col, width; /* of what the volume is */
};

enum update_way {
	UPDATE_NONE,	/* no controller that updates */
	UPDATE_BY_HAND, /* OnDelete, or nothing the controller knows */
	UPDATE_AT_ONCE, /* Recreate */
	UPDATE_ROLLING, /* of a Deployment or DeploymentConfig */
	UPDATE_ORDERED, /* of a StatefulSet */
	UPDATE_BY_NODE, /* of a DaemonSet */
	UPDATE_CANARY,
	UPDATE_BLUE_GREEN,
};

/* How a controller replaces its pods, by collect_update(). */
struct update_plan {
	enum update_way way;
	struct amount surge, unavailable;
	const int64_t *weights; /* of canary steps, in order */
	size_t nweights;
	int64_t full_weight;   /* that stands for all traffic */
	size_t nscales;	       /* steps that only scale the canary */
	int64_t pause_seconds; /* of all steps together */
	bool pauses_for_good;  /* until somebody resumes it */
	bool is_gated;	       /* waits for something of unknown length */
	bool routes_traffic;   /* old pods stay until the end */
	struct fact refusal;   /* why the API takes no such strategy */
	struct fact pause;     /* why nothing is updated until resumed */
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

struct workload {
	const struct manifest *manifest;
	const struct workload_kind *kind;
	struct label_list labels; /* of the pod template */
	struct selector pod_selector;
	const struct container *containers; /* regular, then sidecars */
	size_t ncontainers;
	bool has_template;
	bool has_target; /* by relate: one of the containers is targeted */
	bool requested;	 /* by relate: by a Service that does more than watch */
	const char *workload_ref_kind; /* "Deployment" when left out */
	bool runs_once; /* a Pod whose restartPolicy is not Always */
	struct update_plan plan;
	const struct claim_use *claims; /* that the template mounts */
	size_t nclaims;
	struct spot apart; /* the anti-affinity that gives each pod a node */
	struct spot host_port;	    /* the first that its pods take of a node */
	const struct mount *mounts; /* of all containers, init ones too */
	size_t nmounts;
	const char *const *waits; /* words of init containers that wait for
				     a Job, among them its name or, where
				     nobody can tell it, ANY_JOB */
	size_t nwaits;
	bool stays_close; /* required to run where other pods run, or on one
			     node by name */
	struct links services, autoscalers, vpas, pdbs, networkpolicies;
	struct entity_list rivals;
	struct entity_list reached_by; /* of services */
	struct entity_list steps;      /* of a Rollout's canary */
	const struct sharing *sharing; /* of a Rollout's canary, or NULL */
	/* By relate: */
	const struct workload *template_owner; /* whose template its pods are
						  made from: itself, or what
						  its workloadRef names */
	const struct workload *governor;       /* whose workloadRef names it */
	struct entity_list container_list;     /* the template owner's */
	uint32_t number;		       /* among the workloads */
	const struct warmup *warmup;	       /* that a Job is; or NULL */
	const struct workload *twin; /* the other controller of its pods, one
					of the two being a Rollout; or NULL */
	struct fact difference;	     /* from the twin's template */
	struct fact blocked;	     /* ports, as text */
	struct entity_list blocked_services;
	struct entity_list dns_denied, ports_denied, mode_sharers;
	WORKLOAD_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

struct warmup {
	const struct manifest *manifest;
	const char *form; /* "Job", "init container", "postStart hook",
			     "analysis" */
	const struct workload *workload; /* NULL for an analysis */
	/* By relate: */
	struct fact phases[OCCASION_MAX];
	int64_t served;	 /* setWeight before the analysis; 0: none */
	bool is_awaited; /* an init container waits for the Job by name */
	struct fact discarded;
	struct fact claim, access; /* shared with user */
	const struct workload *user;
	const struct container *stale, *fresh; /* of one image name */
	WARMUP_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* What an object has several of: where each of them is written. */
struct part {
	const struct manifest *manifest;
	const struct workload *workload; /* or NULL: the object is none */
	const char *path;		 /* in the object */
	const char *stable_path;	 /* the same by names of list items */
	uint32_t line, col, width;
};

struct step {
	struct part part;
	STEP_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

struct problem {
	struct part part;
	PROBLEM_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
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
 * nobody can tell.  None: the only one there is. */
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

/* What a port may be of; all of them when nobody can tell. */
enum protocol {
	PROTOCOL_TCP = 1,
	PROTOCOL_UDP = 2,
	PROTOCOL_SCTP = 4,
	PROTOCOL_ALL = 7,
};

/* An object that a pod cannot start without. */
struct need {
	struct part part;
	/* By relate: */
	const struct need *next, *next_anywhere; /* that want the same */
	const struct manifest *provider;	 /* that object, or NULL */
	enum tri late[OCCASION_MAX];
	bool by_name; /* late only when hooks of one weight go by name */
	NEED_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

struct service_port {
	const char *name;	 /* "" when it has none */
	const char *target_name; /* NULL when the target is a number */
	int64_t target_number;
	uint8_t protocols; /* enum protocol */
	uint32_t line, col, width;
};

struct service {
	const struct manifest *manifest;
	struct label_list labels; /* its own */
	struct selector pod_selector;
	struct links workloads;
	const struct service_port *ports;
	size_t nports;
	const char *also_unresolved; /* by relate; or NULL */
	SERVICE_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* A port that a monitor scrapes, by its name. */
struct endpoint {
	const char *port;
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

/* A metric that is a part of what containers request. */
struct utilisation {
	const char *resource;  /* "cpu", "memory" */
	const char *container; /* the only one it looks at, or NULL */
	uint32_t line, col, width;
};

/* What an object names to be scaled. */
struct scale_target {
	const char *group; /* NULL when not given */
	struct links workloads;
	/* By relate: */
	enum tri found;
	const struct workload *namesake;     /* or NULL */
	const struct autoscaler *autoscaler; /* the first that names it, when
						that is another one; or NULL */
};

struct autoscaler {
	const struct manifest *manifest;
	struct scale_target target;
	const struct utilisation *utilisations;
	size_t nutilisations;
	AUTOSCALER_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* What a VerticalPodAutoscaler sets in containers of one name, or in all that
 * have no policy of their own: name NULL. */
struct vpa_policy {
	const char *name;
	bool sets_cpu, sets_memory;
};

struct vpa {
	const struct manifest *manifest;
	struct scale_target target;
	const struct vpa_policy *policies;
	size_t npolicies;
	VPA_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

struct pdb {
	const struct manifest *manifest;
	struct selector pod_selector;
	struct links workloads;
	struct amount least, most; /* available, unavailable */
	/* By relate: */
	int64_t expected;		 /* pods, or PODS_UNKNOWN */
	const struct workload *unscaled; /* the first without a scale */
	PDB_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
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
	REACH_ANY = 4, /* everybody, or nobody can tell whom */
};

struct networkpolicy {
	const struct manifest *manifest;
	struct selector pod_selector;
	struct links workloads;
	const struct admitted_port *admitted; /* of all its rules together */
	size_t nadmitted;
	uint8_t reach;	   /* of rules for more than DNS: enum reach */
	uint8_t dns_reach; /* of rules for DNS alone */
	uint8_t dns;	   /* enum protocol: by these DNS is let out */
	uint8_t maybe_dns; /* and by these, depending on a port's name */
	NETWORKPOLICY_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

struct mangled {
	const struct manifest *manifest;
	MANGLED_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* An item of requiredToggles or forbiddenToggles, held against the values. */
struct held_toggle {
	const struct demand *demand;
	struct place place; /* of the value that decided, else of the item */
	TOGGLE_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* A field that both the contract and the install matrix give. */
struct agreement {
	const struct demand *demand;
	struct place place; /* in the matrix */
	AGREEMENT_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* A ConfigMap with at least one drain setting; others are not kept. */
struct configmap {
	const struct manifest *manifest;
	const struct drain_setting *drains;
	size_t ndrains;
};

/* A PersistentVolumeClaim. */
struct claim {
	const struct manifest *manifest;
	const char *access; /* "" when several nodes may use it */
	uint32_t line, col, width;
};

#undef MEMBER_STORED
#undef MEMBER_COMPUTED

/* The kinds of entity: ENTITY_release, ... */
enum entity_kind {
#define KIND_OF(entity, fields, meaning) ENTITY_##entity,
	ENTITIES(KIND_OF)
#undef KIND_OF
	    ENTITY_MAX,
};

/* Everything, in the order of the stream. */
struct settings;
struct release {
	const struct settings *settings;
	const char *namespace; /* of --namespace, or NULL */
	const struct profile *profile;
	bool is_absent; /* there is no input: only the contract is judged */
	struct evidence evidence;
	const struct origin *const *origins;  /* by index */
	struct entity_list lists[ENTITY_MAX]; /* by kind */
	struct entity_list rollouts;	      /* workloads that are Rollouts */
	bool uses_argo_cd; /* an annotation of some object is for it */
	const struct workload *main; /* or NULL */
	bool has_limit_range;
	struct map claims;	   /* object_key() to the first struct claim */
	struct map foreign_labels; /* by "key=value"; see foreign_pods.h */
	struct arena arena;	   /* of relate's links */
};

/* The struct behind each entity: the contract is one of its profiles, an
 * install and a scenario are of the matrix, a drain is a container seen from
 * its end, an update a workload seen in time. */
#define STRUCT_release struct release
#define STRUCT_contract struct profile
#define STRUCT_manifest struct manifest
#define STRUCT_workload struct workload
#define STRUCT_container struct container
#define STRUCT_probe struct probe
#define STRUCT_drain struct container
#define STRUCT_update struct workload
#define STRUCT_warmup struct warmup
#define STRUCT_step struct step
#define STRUCT_problem struct problem
#define STRUCT_reference struct reference
#define STRUCT_need struct need
#define STRUCT_service struct service
#define STRUCT_monitor struct monitor
#define STRUCT_autoscaler struct autoscaler
#define STRUCT_vpa struct vpa
#define STRUCT_pdb struct pdb
#define STRUCT_networkpolicy struct networkpolicy
#define STRUCT_mangled struct mangled
#define STRUCT_toggle struct held_toggle
#define STRUCT_agreement struct agreement
#define STRUCT_install struct matrix_profile
#define STRUCT_scenario struct matrix_scenario
#define STRUCT_asset struct asset

/* fact_workload_served(release, workload), ...: one for each COMPUTED row, of
 * which meaning says what it gives; any place in it is in the entity's file
 * unless file_index says otherwise. */
#define PROTOTYPE_STORED(entity, field, type, unit, meaning)
#define PROTOTYPE_COMPUTED(entity, field, type, unit, meaning) \
	struct fact fact_##entity##_##field(                   \
	    const struct release *, const STRUCT_##entity *);
#define PROTOTYPES(entity, fields, meaning) \
	fields(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
ENTITIES(PROTOTYPES)
#undef PROTOTYPE_STORED
#undef PROTOTYPE_COMPUTED
#undef PROTOTYPES

/* The place of an entity (none for the release) and the object it is part of
 * (NULL for the release, the contract and what stands beside it). */
struct place entity_place(enum entity_kind kind, const void *entity);
const struct manifest *entity_manifest(
    enum entity_kind kind, const void *entity);

/* What the profile demands that the entity is about alone: a toggle's item, a
 * field of both; NULL for other entities. */
const struct demand *entity_demand(enum entity_kind kind, const void *entity);

/* The path of an entity in its document, "" when it is the object itself. */
void entity_path(enum entity_kind kind, const void *entity, struct buf *buf);

/* The same with the names of list items in place of their indexes, so that it
 * stays when one is inserted: spec.template.spec.containers[name=web].env[2].
 * Of a number that was mangled: what it is the value of. */
void entity_stable_path(
    enum entity_kind kind, const void *entity, struct buf *buf);

/* A short name: "Deployment web", "container app of Deployment web". */
void entity_spell(enum entity_kind kind, const void *entity, struct buf *buf);

/* The place of a fact of an entity; none when it was not written. */
struct place fact_place(const struct release *release, enum entity_kind kind,
    const void *entity, struct fact fact);

#endif
