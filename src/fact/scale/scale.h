/*
 * What sizes workloads: autoscalers, VerticalPodAutoscalers, requests.
 */
#ifndef FACT_SCALE_SCALE_H
#define FACT_SCALE_SCALE_H

#include "fact/facts.h"

/* A metric that is a part of what containers request. */
struct utilisation {
	const char *resource;  /* "cpu", "memory" */
	const char *container; /* the only one it looks at, or NULL */
	uint32_t line, col, width;
	struct fact average; /* percent */
	/* Where the container is named. */
	uint32_t container_line, container_col, container_width;
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
	const struct vpa *vpa; /* the same of a VerticalPodAutoscaler that is
				  not Off; only where this is one, too */
};

struct autoscaler {
	const struct manifest *manifest;
	struct scale_target target;
	const struct utilisation *utilisations;
	size_t nutilisations, nmetrics;
	bool keeps_tolerance; /* behavior.scaleUp has none of its own */
	bool takes_over;      /* an autoscaler of its hpa_name that is there */
	const struct autoscaler *name_rival; /* by relate; or NULL */
	const struct auth_use *lost_auth;    /* by relate_auth(); or NULL */
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

/* What of an autoscaler's metrics is a utilisation. */
void collect_metrics(struct facts *facts, const struct node *spec,
    struct autoscaler *autoscaler);

/* Which rule of behavior.scaleUp it follows; behavior may be NULL. */
void collect_behavior(struct facts *facts, const struct node *behavior,
    struct autoscaler *autoscaler);
/* The TriggerAuthentications that triggers name; of a ScaledJob they are only
 * used. */
void collect_auth(struct facts *facts, const struct node *spec,
    struct autoscaler *autoscaler);
void collect_scaled_job(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Finds triggers whose TriggerAuthentication is not there, while another one is
 * there for nobody. */
void relate_auth(
    struct release *release, struct facts *const *facts, size_t nfacts);

void collect_triggers(struct facts *facts, const struct node *spec,
    struct autoscaler *autoscaler);

/* What a container, or its pod as a whole, requests. */
void collect_requests(struct facts *facts, const struct node *node,
    const struct node *pod_spec, struct container *container);

/* A VerticalPodAutoscaler. */
void collect_vpa(const struct collection *collection, const struct node *object,
    const struct manifest *manifest);

/* Finds the fewest pods that autoscalers keep of each workload; their links
 * must be known. */
void relate_floors(struct release *release);

/* Finds the objects that autoscalers name, and those that name the same; their
 * links must be known. */
void relate_targets(struct release *release);

/* Finds pods whose requests are not of the class that the contract expects;
 * containers must be listed. */
void relate_classes(struct release *release);

/* Finds what may fill requests in. */
void relate_limits(struct release *release);

/* A scaleTargetRef or targetRef: its group; name and kind as facts. */
struct scale_target facts_target(struct facts *facts, const struct node *target,
    const char *kind_otherwise, struct fact *ret_kind, struct fact *ret_name);

/* The name of the HorizontalPodAutoscaler that KEDA makes of a ScaledObject. */
void collect_hpa_name(struct facts *facts, const struct node *object,
    struct autoscaler *autoscaler);

/* Finds those that are turned into one of the same name. */
void relate_hpa_names(struct release *release);

/* Whether two manifests are of one autoscaler. */
bool are_one_scaler(
    const struct manifest *manifest, const struct manifest *other);

/* A HorizontalPodAutoscaler; a ScaledObject of KEDA. */
void collect_hpa(const struct collection *collection, const struct node *object,
    const struct manifest *manifest);
void collect_scaled_object(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Finds priority classes that are misspelt. */
void relate_priorities(struct release *release);

/* The facts of the rows in fields.h. */
SCALE_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
SCALE_CONTAINER_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
AUTOSCALER_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
VPA_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
