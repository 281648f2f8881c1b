/*
 * How a controller replaces pods, what may be disrupted meanwhile, and who
 * claims the same pods.
 */
#ifndef FACT_UPDATE_UPDATE_H
#define FACT_UPDATE_UPDATE_H

#include "fact/facts.h"

struct index;

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
	int64_t full_weight;   /* of a canary: that stands for all traffic */
	int64_t least_pods;    /* of a canary that has any: by revision */
	bool scales_stable;    /* of a canary: old pods by their traffic */
	int64_t preview_pods;  /* of a blueGreen; -1: all */
	int64_t pause_seconds; /* of a blueGreen, before it is promoted */
	bool pauses_for_good;  /* of a blueGreen: until somebody promotes it */
	bool is_gated;	       /* waits for something of unknown length */
	bool is_parallel;      /* of a StatefulSet: podManagementPolicy */
	bool routes_traffic;   /* old pods stay until the end */
	struct fact refusal;   /* why the API takes no such strategy */
	struct fact pause;     /* why nothing is updated until resumed */
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

/* How the workload is updated, by its spec, and what of its pods' spec stands
 * in the way; its strategy is known. */
void collect_update(struct facts *facts, const struct node *spec,
    const struct node *pod_spec, struct workload *workload);

/* What of its node a pod keeps others from. */
void collect_crowding(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);

/* Whether a term of anti-affinity, or a topologySpreadConstraint, looks at the
 * pods of the workload itself; and at those of its other revisions, too. */
bool selects_own_pods(struct facts *facts, const struct node *term,
    const struct workload *workload);
bool minds_other_revisions(const struct node *term);

/* What spreads its pods over nodes; its host_port is known. */
void collect_spread(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);

/* Labels that its pods ask of nodes and no node has; of any workload. */
void collect_node_labels(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);

/* What of its selector and its volumeClaimTemplates follows a version; its
 * containers are known. */
void collect_fixed(
    struct facts *facts, const struct node *object, struct workload *workload);

/* An amount, that of otherwise (or none, when NULL) where nothing is written;
 * and the fact of how it is written. */
struct amount facts_amount(const struct node *node, const char *otherwise);
struct fact facts_amount_text(
    struct facts *facts, const struct node *node, const char *otherwise);

/* The API lets most percentages be no more than all pods. */
void limit_percentage(struct amount *amount);

/* The workloads that have an update, of all workloads. */
struct entity_list list_updates(
    struct arena *arena, const struct entity_list *workloads);

/* Counts the pods of disruption budgets, once the autoscalers are linked. */
void relate_budgets(struct release *release);

/* Finds controllers that claim the same pods; links to autoscalers must be
 * known. */
void relate_rivals(struct release *release, const struct index *index);

/* Counts the pods that a canary has after each of its steps, once autoscalers
 * are linked. */
void relate_canary_pods(struct release *release);

/* A ResourceQuota; and which updates it leaves no room for, once autoscalers
 * are linked. */
void collect_quota(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void relate_quotas(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* What a ResourceQuota asks of each container; and which do not say it, once it
 * is known whether a LimitRange does. */
void collect_quota_demands(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void relate_quota_demands(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* What a LimitRange asks of each container; and which do not keep to it. */
void collect_limit_range(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void relate_limit_ranges(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* A Namespace that enforces a Pod Security Standard; what of a pod each of
 * these does not allow; and the standards of the release by their namespaces.
 */
void collect_pod_standard(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_pod_faults(const struct node *pod_spec, struct workload *workload);
void relate_pod_standards(
    struct release *release, struct facts *const *facts, size_t nfacts);

void collect_pdb(const struct collection *collection, const struct node *object,
    const struct manifest *manifest);

/* The facts of the rows in fields.h. */
UPDATE_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
UPDATE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
PDB_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
