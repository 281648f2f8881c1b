/* Pods: what must hold between their containers, volumes and ports, as
 * k8s.io/kubernetes/pkg/apis/core/validation asks it. */
#include "schema/special.h"

#include "schema/given.h"
#include "schema/walk.h"

/* Up to so many volumes are looked through. */
#define FEW 16

static bool is_true(const struct node *node, const char *key)
{
	bool value = false;

	return node_to_bool(given(node, key), &value) && value;
}

static void report_value(const struct checking *checking,
    const struct node *node, const char *before, const char *after)
{
	struct buf text = {0};

	buf_add_text(&text, before);
	if (node->kind == NODE_SCALAR)
		add_shown(&text, node->text);
	buf_add_text(&text, after);
	report_text(checking->frame, checking->condition, node, &text);
	buf_release(&text);
}

/* Calls each for every container of the lists that a pod has. */
static void each_container(const struct checking *checking,
    void (*each)(const struct checking *checking, const struct node *container,
	void *context),
    void *context)
{
	static const char *const lists[] = {
	    "initContainers", "containers", "ephemeralContainers"};

	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *list =
		    given(checking->frame->node, lists[i]);

		for (uint32_t j = 0; j < given_length(list); j++)
			each(checking, list->items[j], context);
	}
}

void check_rollout_images(const struct checking *checking)
{
	const struct node *template = given(checking->frame->node, "template");
	const struct node *list = given(given(template, "spec"), "containers");

	for (uint32_t i = 0; i < given_length(list); i++) {
		const struct node *image = given(list->items[i], "image");

		if (image && image->kind == NODE_SCALAR && !image->text.len)
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, image, "must not be empty");
	}
}

/* Whether one of the items is called that. */
static bool has_name(
    const struct node *list, bool in_metadata, struct slice name)
{
	for (uint32_t i = 0; i < given_length(list); i++) {
		const struct node *item = list->items[i];

		if (slice_eq(given_text_at(
				 in_metadata ? given(item, "metadata") : item,
				 "name"),
			name))
			return true;
	}
	return false;
}

/* What may be mounted: few volumes are looked through, of many a map is. */
struct volumes {
	const struct node *own, *claims;
	struct map names; /* unless they are few */
};

static bool has_volume(const struct volumes *volumes, struct slice name)
{
	if (volumes->names.n)
		return map_find(&volumes->names, name);
	return has_name(volumes->own, false, name) ||
	       has_name(volumes->claims, true, name);
}

static void check_mounts_of(const struct checking *checking,
    const struct node *container, const char *field,
    const struct volumes *volumes)
{
	const struct node *mounts = given(container, field);

	for (uint32_t i = 0; i < given_length(mounts); i++) {
		const struct node *name = given(mounts->items[i], "name");

		if (name && name->kind == NODE_SCALAR && name->text.len &&
		    !has_volume(volumes, name->text))
			report_value(checking, name, "is ",
			    ", but the pod has no volume of that name");
	}
}

/* The volume of a pod that is called that; NULL when it has none. */
static const struct node *own_volume(
    const struct volumes *volumes, struct slice name)
{
	for (uint32_t i = 0; i < given_length(volumes->own); i++) {
		const struct node *volume = volumes->own->items[i];

		if (slice_eq(given_text_at(volume, "name"), name))
			return volume;
	}
	return NULL;
}

/* ValidateVolumeDevices: a block device is a claim's, and no directory. */
static void check_devices_of(const struct checking *checking,
    const struct node *container, const struct volumes *volumes)
{
	const struct node *devices = given(container, "volumeDevices");
	const struct node *mounts = given(container, "volumeMounts");

	for (uint32_t i = 0; i < given_length(devices); i++) {
		const struct node *name = given(devices->items[i], "name");
		const struct node *volume =
		    name ? own_volume(volumes, given_text(name)) : NULL;

		if (volume && !given(volume, "persistentVolumeClaim") &&
		    !given(volume, "ephemeral"))
			report_value(checking, name, "is ",
			    ", and only volumes of a claim can be block "
			    "devices");
		else if (name && has_name(mounts, false, given_text(name)))
			report_value(checking, name, "is ",
			    ", which volumeMounts has as well");
	}
}

static void check_container_mounts(const struct checking *checking,
    const struct node *container, void *volumes)
{
	check_mounts_of(checking, container, "volumeMounts", volumes);
	check_mounts_of(checking, container, "volumeDevices", volumes);
	check_devices_of(checking, container, volumes);
}

/* A node that has more than its own volumes: the claims of a StatefulSet. */
static const struct node *claims_of(const struct checking *checking)
{
	const struct frame *above = checking->frame->above;

	above = above ? above->above : NULL;
	return above ? given(above->node, "volumeClaimTemplates") : NULL;
}

static void add_names(
    const struct node *list, bool in_metadata, struct map *names)
{
	for (uint32_t i = 0; i < given_length(list); i++) {
		const struct node *item = list->items[i];

		*map_slot(names,
		    given_text_at(in_metadata ? given(item, "metadata") : item,
			"name")) = names;
	}
}

/* Whether all names of volumes can be read; of others types are told. */
static bool are_named(const struct node *volumes)
{
	if (volumes && volumes->kind != NODE_SEQUENCE)
		return false;
	for (uint32_t i = 0; i < given_length(volumes); i++) {
		const struct node *name = given(volumes->items[i], "name");

		if (name && name->kind != NODE_SCALAR)
			return false;
	}
	return true;
}

void check_mounts(const struct checking *checking)
{
	struct volumes volumes = {
	    .own = given(checking->frame->node, "volumes"),
	    .claims = claims_of(checking),
	};

	if (!are_named(volumes.own))
		return;
	if (given_length(volumes.own) + given_length(volumes.claims) > FEW) {
		add_names(volumes.own, false, &volumes.names);
		add_names(volumes.claims, true, &volumes.names);
	}
	each_container(checking, check_container_mounts, &volumes);
	map_release(&volumes.names);
}

/* The ports of a node that a pod has taken. */
struct taken {
	struct map ports;
	struct arena arena; /* of their names */
	bool on_host;	    /* the pod is on the network of its node */
};

/* The port of the node that a port takes; NULL for none. */
static const struct node *host_port_of(
    const struct node *port, const struct taken *taken)
{
	const struct node *host = given(port, "hostPort");
	int64_t number;

	if (node_to_int(host, &number) && number)
		return host;
	return taken->on_host ? given(port, "containerPort") : NULL;
}

static void take_port(const struct checking *checking, const struct node *port,
    struct taken *taken)
{
	const struct node *host = host_port_of(port, taken);
	struct slice protocol = given_text_at(port, "protocol");
	const struct node *own = given(port, "containerPort");
	int64_t number, own_number;
	struct buf key = {0};
	void **place;

	if (!node_to_int(host, &number))
		return;
	if (taken->on_host && node_to_int(own, &own_number) &&
	    number != own_number)
		report_value(checking, host, "must be the containerPort, not ",
		    ", as hostNetwork is true");
	if (!protocol.len)
		protocol = SLICE("TCP");
	buf_printf(&key, "%lld/%.*s/", (long long)number, SLICE_ARGS(protocol));
	buf_add_slice(&key, given_text_at(port, "hostIP"));
	place =
	    map_slot(&taken->ports, slice_copy(&taken->arena, buf_slice(&key)));
	if (*place)
		report_value(checking, host, "is ",
		    ", a port of the node that another port of the pod uses "
		    "already");
	*place = taken;
	buf_release(&key);
}

static void take_ports(const struct checking *checking,
    const struct node *container, void *context)
{
	const struct node *ports = given(container, "ports");

	for (uint32_t i = 0; i < given_length(ports); i++)
		take_port(checking, ports->items[i], context);
}

static void release_taken(struct taken *taken)
{
	map_release(&taken->ports);
	arena_release(&taken->arena);
}

/* checkHostPortConflicts(): init containers are compared with nobody but
 * themselves, those that stay neither. */
void check_host_ports(const struct checking *checking)
{
	const struct node *pod = checking->frame->node;
	const struct node *containers = given(pod, "containers");
	const struct node *first = given(pod, "initContainers");
	struct taken taken = {.on_host = is_true(pod, "hostNetwork")};

	for (uint32_t i = 0; i < given_length(containers); i++)
		take_ports(checking, containers->items[i], &taken);
	release_taken(&taken);
	for (uint32_t i = 0; i < given_length(first); i++) {
		struct taken own = {.on_host = false};

		take_ports(checking, first->items[i], &own);
		release_taken(&own);
	}
}

/* Sysctls of a namespace that the pod shares with its node. */
void check_sysctls(const struct checking *checking)
{
	const struct node *pod = checking->frame->node;
	const struct node *list =
	    given(given(pod, "securityContext"), "sysctls");

	for (uint32_t i = 0; i < given_length(list); i++) {
		const struct node *name = given(list->items[i], "name");
		struct slice text = given_text_at(list->items[i], "name");

		if (is_true(pod, "hostNetwork") &&
		    (slice_starts(text, SLICE("net.")) ||
			slice_starts(text, SLICE("net/"))))
			report_value(checking, name, "may not be ",
			    " where hostNetwork is true");
		if (is_true(pod, "hostIPC") &&
		    (slice_starts(text, SLICE("kernel.shm")) ||
			slice_starts(text, SLICE("kernel.msg")) ||
			slice_starts(text, SLICE("fs.mqueue.")) ||
			slice_is(text, "kernel.sem")))
			report_value(checking, name, "may not be ",
			    " where hostIPC is true");
	}
}

static bool has_label(const struct node *selector, struct slice key)
{
	const struct node *labels = given(selector, "matchLabels");
	const struct node *list = given(selector, "matchExpressions");

	for (uint32_t i = 0;
	     labels && labels->kind == NODE_MAPPING && i < labels->n; i++) {
		if (slice_eq(labels->pairs[i].key->text, key))
			return true;
	}
	for (uint32_t i = 0; i < given_length(list); i++) {
		if (slice_eq(given_text_at(list->items[i], "key"), key))
			return true;
	}
	return false;
}

static void check_label_keys(
    const struct checking *checking, const struct node *constraint)
{
	const struct node *keys = given(constraint, "matchLabelKeys");
	const struct node *selector = given(constraint, "labelSelector");

	for (uint32_t i = 0; i < given_length(keys); i++) {
		if (keys->items[i]->kind == NODE_SCALAR &&
		    has_label(selector, keys->items[i]->text))
			report_value(checking, keys->items[i], "is ",
			    ", which labelSelector selects, too");
	}
}

void check_spread(const struct checking *checking)
{
	const struct node *list =
	    given(checking->frame->node, "topologySpreadConstraints");
	struct arena arena = {0};
	struct map seen = {0};

	for (uint32_t i = 0; i < given_length(list); i++) {
		const struct node *item = list->items[i];
		struct slice key = given_text_at(item, "topologyKey");
		struct slice when = given_text_at(item, "whenUnsatisfiable");
		void **place =
		    map_slot(&seen, slice_of(arena_printf(&arena, "%.*s/%.*s",
					SLICE_ARGS(key), SLICE_ARGS(when))));

		if (*place && key.len)
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, item,
			    "has the same topologyKey and whenUnsatisfiable as "
			    "an earlier constraint");
		*place = &seen;
		check_label_keys(checking, item);
	}
	map_release(&seen);
	arena_release(&arena);
}

void check_single_value(const struct checking *checking)
{
	const struct node *node = checking->frame->node;
	struct slice operator= given_text_at(node, "operator");
	const struct node *values = given(node, "values");

	if (!slice_is(operator, "Gt") && !slice_is(operator, "Lt"))
		return;
	if (values && given_length(values) != 1)
		report_fault(checking->frame, REFUSAL_VALUE, values,
		    "must be one number, as the operator is %.*s",
		    SLICE_ARGS(operator));
	else if (!values)
		report_missing(
		    checking->frame, checking->condition, node, "values");
}

static void take_path(
    const struct checking *checking, const struct node *owner, struct map *seen)
{
	const struct node *path = given(owner, "path");
	void **place;

	if (!path || path->kind != NODE_SCALAR || !path->text.len)
		return;
	place = map_slot(seen, path->text);
	if (*place)
		report_value(checking, path, "is ",
		    ", like that of another file of the volume");
	*place = seen;
}

void check_projected_paths(const struct checking *checking)
{
	static const char *const sources[] = {
	    "secret", "configMap", "downwardAPI"};
	const struct node *list = given(checking->frame->node, "sources");
	struct map seen = {0};

	for (uint32_t i = 0; i < given_length(list); i++) {
		const struct node *source = list->items[i];

		for (size_t j = 0; j < COUNT_OF(sources); j++) {
			const struct node *items =
			    given(given(source, sources[j]), "items");

			for (uint32_t k = 0; k < given_length(items); k++)
				take_path(checking, items->items[k], &seen);
		}
		take_path(checking, given(source, "clusterTrustBundle"), &seen);
	}
	map_release(&seen);
}

/* validatePodDNSConfig(): MaxDNSSearchListChars, with blanks between them. */
void check_search_length(const struct checking *checking)
{
	const struct node *list = given(checking->frame->node, "searches");
	size_t length = 0;

	for (uint32_t i = 0; i < given_length(list); i++)
		length += given_text(list->items[i]).len + (i > 0);
	if (length > 2048)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, list,
		    "may have up to 2048 characters together, not %zu", length);
}

/* validateMatchLabelKeysAndMismatchLabelKeys() */
void check_mismatched_keys(const struct checking *checking)
{
	const struct node *keys =
	    given(checking->frame->node, "mismatchLabelKeys");
	const struct node *matched =
	    given(checking->frame->node, "matchLabelKeys");

	for (uint32_t i = 0; i < given_length(keys); i++) {
		for (uint32_t j = 0; j < given_length(matched); j++) {
			if (slice_eq(given_text(keys->items[i]),
				given_text(matched->items[j])))
				report_value(checking, keys->items[i], "is ",
				    ", which matchLabelKeys has, too");
		}
	}
}

/* The volume that has the file of a variable. */
static void check_env_file(const struct checking *checking,
    const struct node *variable, const struct volumes *volumes)
{
	const struct node *name = given(
	    given(given(variable, "valueFrom"), "fileKeyRef"), "volumeName");
	const struct node *volume =
	    name ? own_volume(volumes, given_text(name)) : NULL;

	if (!given_text(name).len)
		return;
	if (!volume)
		report_value(checking, name, "is ",
		    ", but the pod has no volume of that name");
	else if (!given(volume, "emptyDir"))
		report_value(checking, name, "is ",
		    ", and only an emptyDir volume has files of variables");
}

static void check_env_files_of(const struct checking *checking,
    const struct node *container, void *volumes)
{
	const struct node *env = given(container, "env");

	for (uint32_t i = 0; i < given_length(env); i++)
		check_env_file(checking, env->items[i], volumes);
}

/* validateFileKeyRefVolumes() */
void check_env_files(const struct checking *checking)
{
	struct volumes volumes = {
	    .own = given(checking->frame->node, "volumes"),
	};

	if (are_named(volumes.own))
		each_container(checking, check_env_files_of, &volumes);
}
