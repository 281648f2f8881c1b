/* What a workload mounts, where it must run, and a Job's own
 * fields: from a pod template to what Jobs and workloads are compared by. */
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/handler.h"
#include "fact/kind.h"
#include "fact/problem.h"

#include <string.h>

RARE(workload, ttl_seconds)
RARE(workload, pinned_node)
RARE(workload, ready_gate)

/* What a volume is, by the key beside its name; false for what is only read. */
static bool classify(
    struct facts *facts, const struct node *volume, struct mount *mount)
{
	static const char *const read_only[] = {
	    "configMap", "secret", "projected", "downwardAPI", "image", NULL};
	static const char *const of_pod[] = {"emptyDir", "ephemeral", NULL};
	const struct node *claim = node_get(volume, "persistentVolumeClaim");
	const struct node *name = node_get(claim, "claimName");
	const char *ignored;
	bool value;

	if (handler_of(volume, read_only, &ignored))
		return false;
	mount->kind = MOUNT_OTHER;
	/* A volume of no kind is an emptyDir. */
	if (handler_of(volume, of_pod, &ignored) || volume->n == 1)
		mount->kind = MOUNT_POD;
	if (!claim)
		return true;
	mount->kind = MOUNT_CLAIM;
	mount->claim = facts_name(facts, name);
	if (node_to_bool(node_get(claim, "readOnly"), &value))
		mount->read_only |= value;
	return true;
}

static void place_mount(const struct node *volume, struct mount *mount)
{
	const struct node *at = node_get(volume, "name");
	const struct node *claim =
	    node_find(volume, "persistentVolumeClaim", "claimName", NULL);

	if (claim)
		at = claim;
	if (!at)
		at = volume;
	mount->line = at->span.line;
	mount->col = at->span.col;
	mount->width = facts_width(at);
}

/* The mounts of one pod while they are collected; a pod may have volumes by the
 * thousand. */
struct mounting {
	struct facts *facts;
	struct map volumes; /* by name, to their nodes */
	struct buf mounts;
};

static void index_volumes(struct mounting *mounting, const struct node *volumes)
{
	for (size_t i = 0; i < node_length(volumes); i++) {
		const char *name = facts_name(
		    mounting->facts, node_get(volumes->items[i], "name"));
		void **slot = map_slot(&mounting->volumes, slice_of(name));

		if (!*slot)
			*slot = (void *)(uintptr_t)volumes->items[i];
	}
}

static const char *part_of(struct facts *facts, const struct node *node)
{
	struct slice part = scalar_text(node_get(node, "subPath"));

	if (node_get(node, "subPathExpr") ||
	    (part.len && memchr(part.ptr, '$', part.len)))
		return NULL;
	while (part.len && part.ptr[part.len - 1] == '/')
		part.len--;
	return facts_text(facts, part);
}

/* A volume that the pod does not list is one of volumeClaimTemplates. */
static void add_mount(
    struct mounting *mounting, const struct node *node, uint32_t told)
{
	struct facts *facts = mounting->facts;
	struct mount mount = {
	    .kind = MOUNT_TEMPLATE,
	    .told = told,
	    .volume = facts_name(facts, node_get(node, "name")),
	    .claim = "",
	    .path = facts_name(facts, node_get(node, "mountPath")),
	    .part = part_of(facts, node),
	};
	const struct node *volume =
	    map_find(&mounting->volumes, slice_of(mount.volume));
	bool value;

	if (node_to_bool(node_get(node, "readOnly"), &value))
		mount.read_only = value;
	place_mount(volume ? volume : node, &mount);
	if (!volume || classify(facts, volume, &mount))
		buf_add(&mounting->mounts, &mount, sizeof(mount));
}

static void add_mounts(struct mounting *mounting, const struct node *containers)
{
	const struct settings *settings = mounting->facts->settings;

	for (size_t i = 0; i < node_length(containers); i++) {
		const struct node *list =
		    node_get(containers->items[i], "volumeMounts");
		uint32_t told =
		    node_length(list) && settings && settings->compares
			? digest_told(containers->items[i])
			: 0;

		for (size_t j = 0; j < node_length(list); j++)
			add_mount(mounting, list->items[j], told);
	}
}

static void collect_mounts(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	struct mounting mounting = {.facts = facts};

	index_volumes(&mounting, node_get(pod_spec, "volumes"));
	add_mounts(&mounting, node_get(pod_spec, "containers"));
	add_mounts(&mounting, node_get(pod_spec, "initContainers"));
	workload->mounts = facts_keep(facts, &mounting.mounts);
	workload->nmounts = mounting.mounts.len / sizeof(*workload->mounts);
	buf_release(&mounting.mounts);
	map_release(&mounting.volumes);
}

/* The name of the node that pods must run on; NULL when they may choose. */
static const struct node *pinned_node(const struct node *pod_spec)
{
	const struct node *name = node_get(pod_spec, "nodeName");

	return node_is_null(name) ? node_find(pod_spec, "nodeSelector",
					"kubernetes.io/hostname", NULL)
				  : name;
}

static bool is_bound_to_node(const struct node *pod_spec)
{
	return !node_is_null(pinned_node(pod_spec)) ||
	       node_length(node_find(pod_spec, "affinity", "podAffinity",
		   "requiredDuringSchedulingIgnoredDuringExecution", NULL));
}

/* A condition that somebody else sets before a pod is ready; what OpenKruise
 * asks for is set as soon as no update in place is under way. */
static const struct node *ready_gate(const struct node *pod_spec)
{
	const struct node *gates = node_get(pod_spec, "readinessGates");

	for (size_t i = 0; i < node_length(gates); i++) {
		const struct node *type =
		    node_get(gates->items[i], "conditionType");

		if (!slice_is(scalar_text(type), "InPlaceUpdateReady"))
			return type;
	}
	return NULL;
}

void collect_job(struct facts *facts, const struct node *spec,
    const struct node *pod_spec, struct workload *workload)
{
	if (workload->kind->is_job)
		KEEP_RARE(&facts->arena, workload, ttl_seconds,
		    facts_int_or_none(
			node_get(spec, "ttlSecondsAfterFinished")));
	workload->stays_close = is_bound_to_node(pod_spec);
	KEEP_RARE(&facts->arena, workload, pinned_node,
	    facts_node_text(facts, pinned_node(pod_spec), NULL));
	KEEP_RARE(&facts->arena, workload, ready_gate,
	    facts_node_text(facts, ready_gate(pod_spec), NULL));
	collect_mounts(facts, pod_spec, workload);
}
