/*
 * The pods of a workload: containers, probes, environment, mounts, claims.
 */
#ifndef FACT_POD_POD_H
#define FACT_POD_POD_H

#include "doc/node_index.h"
#include "fact/facts.h"

struct reading;

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

struct probe {
	const struct container *container;
	const char *kind; /* "readiness", "liveness", "startup" */
	uint32_t line, col, width;
	struct entity_list asked_services; /* by relate */
	const struct rare *rare;
	PROBE_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
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
	uint32_t told; /* digest of what its container runs and is told: equal
			  ones look in the same places */
	const char *volume; /* its name in the pod */
	const char *claim;  /* of MOUNT_CLAIM */
	const char *path;   /* in the container */
	const char *part;   /* the directory of the volume: subPath; "": all of
			       it; NULL: filled in later */
	bool read_only;
	uint32_t line, col, width; /* of what the volume is */
};

struct mangled {
	const struct manifest *manifest;
	MANGLED_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* A PersistentVolumeClaim. */
struct claim {
	const struct manifest *manifest;
	const char *access; /* "" when several nodes may use it */
	/* By relate: the first that runs on and the first Job that mount it
	 * wherever they run; or NULL. */
	const struct workload *user, *job;
	uint32_t line, col, width;
};

/* Adds the same, or, for such a name without a time that can be told (value is
 * NULL: from elsewhere), that it is given: it hides others of its name. */
void add_drain_or_hide(struct facts *facts, struct slice name,
    const struct node *value, struct buf *drains);

/* What of a container's environment says how long it drains. */
void collect_environment(
    struct facts *facts, const struct node *node, struct container *container);

/* The files of ConfigMaps that it mounts, of a pod with these volumes by their
 * names. */
void collect_files(struct facts *facts, const struct node *node,
    const struct node_index *volumes, struct container *container);

/* Why no kubelet takes a text for an image, as words after "its image"; NULL
 * when it takes it, or when a later step may fill it in ("${IMAGE}"). */
const char *image_fault(struct slice image);

/* Whether a container does nothing but wait; its image must be known. */
bool only_waits(const struct node *node, const struct container *container);

/* What containers of a workload are told of: its waits and, of a hook, its
 * deletes. */
void collect_told(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);

/* What a workload mounts, where it must run, and a Job's own fields. */
void collect_job(struct facts *facts, const struct node *spec,
    const struct node *pod_spec, struct workload *workload);

/* Keeps a value that was a whole number before it was printed as a float, or a
 * text of several settings that has one; and the same of arguments. */
void collect_mangled_arguments(struct facts *facts,
    const struct manifest *manifest, const struct node *list);
void collect_mangled(struct facts *facts, const struct manifest *manifest,
    const struct node *name, const struct node *value);

void collect_claim(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Whether the command of an exec probe succeeds whatever the container does. */
void collect_certain_success(
    struct arena *arena, const struct node *exec, struct probe *probe);

/* The first container that changes the schema of a database as its pod starts.
 */
void collect_migration(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);

/* A heap and a volume over the memory limit, and a variable that is named
 * before it is defined. */
void collect_heap(
    struct facts *facts, const struct node *node, struct container *container);
void collect_tmpfs(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);
void collect_early_variable(
    struct facts *facts, const struct node *node, struct container *container);

/* The variable that its image takes a port from and that it does not set. */
void collect_port_variable(
    struct facts *facts, const struct node *node, struct container *container);

/* The first container that must not run as root and is told to. */
void collect_claim_user(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);
void collect_user(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);

/* What keeps a Job from completing; its containers must be known. */
void collect_unending(struct facts *facts, const struct node *template,
    struct workload *workload);

/* Finds the Services of the names that probes, init containers and others ask;
 * all Services must be there. */
void relate_named_services(struct release *release);

/* Names of Services that init containers wait for, and those that pods on the
 * host's network ask of a resolver that does not know them. */
void collect_asked_hosts(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);

/* The ports a container declares; then, as they may name one of these, its
 * probes.  NULL for none and for one without a handler, which probes nothing.
 */
void collect_ports(
    struct facts *facts, const struct node *ports, struct container *container);
const struct probe *collect_probe(struct facts *facts,
    const struct container *container, const struct node *node,
    const char *kind);

/* Notes which of a container's ports its probes ask; they must be read. */
void note_probed_ports(struct container *container);

/* What the labels and annotations of a pod template say to others: to
 * Prometheus, and to admission webhooks that add containers. */
void collect_template_metadata(
    const struct node *metadata, struct workload *workload);

/* Whether something puts the images of ImageStreams into its template; before
 * its containers. */
void collect_image_triggers(
    const struct node *object, struct workload *workload);

/* For which protocols the ports that probes ask are declared: the pod's
 * containers share one network, so that any of them may serve it. */
void collect_protocols(const struct workload *workload);

/* Which containers declare a port that one before them in the pod has. */
void collect_port_clashes(struct facts *facts, const struct workload *workload);

/* When containers start, told by the first sidecar: those start in order, and
 * the regular ones when all of them have. */
void collect_starts(const struct workload *workload);

/* Digests the image of a container and what it is told. */
uint32_t digest_told(const struct node *container);

/* Digests what a container is compared by. */
void digest_container(
    struct facts *facts, const struct node *node, struct container *container);

/* Makes the claims of what was collected known to the release by name. */
void claims_index(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* The claim that a pod of the workload mounts by that name; NULL when none is
 * surely in its namespace: it may be another one's. */
const struct claim *find_claim(const struct release *release,
    const struct workload *workload, const char *name);

/* Finds the workloads that mount claims for one node; template owners must be
 * known. */
void relate_claim_sharers(struct release *release);

/* Pairs Rollouts with Deployments for the same pods, and compares them; all
 * rivals must be known. */
void relate_twins(struct release *release);

/* The containers of a pod: regular ones, then native sidecars. */
void collect_containers(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);

/* The settings that containers take from a ConfigMap or a Secret. */
void collect_configmap(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);
void collect_secret(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* The facts of the rows in fields.h. */
POD_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
POD_CONTAINER_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
PROBE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
MANGLED_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
