/* What the API refuses in the pods of a workload: a pod template to what is
 * missing, given twice, out of range or named without being there. */
#include "fact/pod/pod.h"

#include "fact/kind.h"
#include "fact/problem.h"

#include <string.h>

/* A pod template while it is read. */
struct pod {
	struct reading reading;
	const struct node *spec;
	struct map containers, volumes; /* names that were seen */
	bool volumes_known;
};

/* Whether that name is the first of its kind. */
static bool is_new(struct map *seen, const struct node *name)
{
	void **place = map_slot(seen, scalar_text(name));
	bool first = !*place;

	*place = seen;
	return first;
}

static bool is_low(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Small letters, digits and inner dashes, as names of DNS. */
static bool is_label(struct slice text, size_t most)
{
	if (!text.len || text.len > most || !is_low(text.ptr[0]) ||
	    !is_low(text.ptr[text.len - 1]))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!is_low(text.ptr[i]) && text.ptr[i] != '-')
			return false;
	}
	return true;
}

/* As the registry of service names has them. */
static bool is_port_name(struct slice text)
{
	bool has_letter = false;

	for (size_t i = 0; i < text.len; i++)
		has_letter |= text.ptr[i] >= 'a' && text.ptr[i] <= 'z';
	return has_letter && is_label(text, 15) &&
	       slice_find(text, SLICE("--"), 0) < 0;
}

/* The name of a volume or container: given, a label, and the only one.  what
 * says which of the two; item is what should have the name. */
static void check_name(struct pod *pod, const struct node *item,
    const char *what, struct map *seen)
{
	const struct node *name = node_get(item, "name");
	struct slice text = scalar_text(name);

	if (item->kind != NODE_MAPPING)
		return;
	if (is_blank(name))
		add_problem(&pod->reading, item, "a %s has no name", what);
	else if (!text.len)
		return;
	else if (!is_label(text, 63))
		add_problem(&pod->reading, name,
		    "'%.*s' cannot be the name of a %s: it may have up to 63 "
		    "small letters, digits and inner dashes",
		    SLICE_ARGS(text), what);
	else if (!is_new(seen, name))
		add_problem(&pod->reading, name, "two %ss are called '%.*s'",
		    what, SLICE_ARGS(text));
}

static void check_port_number(
    struct pod *pod, const struct node *port, const char *field)
{
	const struct node *node = node_get(port, field);
	int64_t number = 0;
	bool is_number = node_to_int(node, &number);

	if (node && (node->kind != NODE_SCALAR ||
			(!is_number && scalar_of(node).type == SCALAR_DOUBLE)))
		return;
	if (is_number ? number < 1 || number > 65535 : is_given(node))
		add_problem(&pod->reading, node,
		    "%s '%.*s' is no number from 1 to 65535", field,
		    SLICE_ARGS(node->text));
}

static void check_protocol(struct pod *pod, const struct node *port)
{
	const struct node *protocol = node_get(port, "protocol");
	struct slice text = scalar_text(protocol);

	if (text.len && !slice_is(text, "TCP") && !slice_is(text, "UDP") &&
	    !slice_is(text, "SCTP"))
		add_problem(&pod->reading, protocol,
		    "the protocol of a port is TCP, UDP or SCTP, not '%.*s'",
		    SLICE_ARGS(text));
}

/* On the network of the node a port of the pod is one of the node. */
static void check_host_port(struct pod *pod, const struct node *port)
{
	const struct node *node = node_get(port, "hostPort");
	int64_t own, of_host;
	bool on_host = false;

	node_to_bool(node_get(pod->spec, "hostNetwork"), &on_host);
	if (on_host && node_to_int(node, &of_host) && of_host &&
	    node_to_int(node_get(port, "containerPort"), &own) &&
	    own != of_host)
		add_problem(&pod->reading, node,
		    "hostPort %lld must be the containerPort %lld, or be left "
		    "out, as hostNetwork is true",
		    (long long)of_host, (long long)own);
}

static void check_port(
    struct pod *pod, const struct node *port, struct map *names)
{
	const struct node *name = node_get(port, "name");
	struct slice text = scalar_text(name);
	int64_t host_port;

	if (port->kind != NODE_MAPPING)
		return;
	if (!is_given(node_get(port, "containerPort")))
		add_problem(&pod->reading, port, "a port has no containerPort");
	check_port_number(pod, port, "containerPort");
	/* 0 is none. */
	if (!node_to_int(node_get(port, "hostPort"), &host_port) || host_port)
		check_port_number(pod, port, "hostPort");
	check_host_port(pod, port);
	check_protocol(pod, port);
	if (!text.len)
		return;
	if (!is_port_name(text))
		add_problem(&pod->reading, name,
		    "'%.*s' cannot be the name of a port: it may have up to "
		    "15 small letters, digits and single inner dashes, and "
		    "needs a letter",
		    SLICE_ARGS(text));
	else if (!is_new(names, name))
		add_problem(&pod->reading, name,
		    "two ports of one container are called '%.*s'",
		    SLICE_ARGS(text));
}

static void check_ports(struct pod *pod, const struct node *ports)
{
	struct map names = {0};

	for (size_t i = 0; i < node_length(ports); i++)
		check_port(pod, ports->items[i], &names);
	map_release(&names);
}

/* A value must be a text: YAML makes numbers and booleans of some. */
static void check_variable(struct pod *pod, const struct node *variable)
{
	const struct node *name = node_get(variable, "name");
	const struct node *value = node_get(variable, "value");

	if (variable->kind != NODE_MAPPING)
		return;
	if (is_blank(name))
		add_problem(
		    &pod->reading, variable, "a variable of env has no name");
	if (!is_blank(value) && is_given(node_get(variable, "valueFrom")))
		add_problem(&pod->reading, value,
		    "the variable '%.*s' has both value and valueFrom",
		    SLICE_ARGS(scalar_text(name)));
	if (!is_given(value) || value->kind != NODE_SCALAR ||
	    scalar_of(value).type == SCALAR_STRING)
		return;
	add_problem(&pod->reading, value,
	    "the value %.*s of the variable '%.*s' is no text; put it in "
	    "quotes",
	    SLICE_ARGS(value->text), SLICE_ARGS(scalar_text(name)));
}

static void check_variables(struct pod *pod, const struct node *variables)
{
	for (size_t i = 0; i < node_length(variables); i++)
		check_variable(pod, variables->items[i]);
}

static void check_mount(
    struct pod *pod, const struct node *mount, struct map *paths)
{
	const struct node *name = node_get(mount, "name");
	const struct node *path = node_get(mount, "mountPath");
	struct slice text = scalar_text(name);

	if (mount->kind != NODE_MAPPING)
		return;
	if (is_blank(name))
		add_problem(&pod->reading, mount,
		    "a volumeMount does not name its volume");
	if (is_blank(path))
		add_problem(
		    &pod->reading, mount, "a volumeMount has no mountPath");
	else if (scalar_text(path).len && !is_new(paths, path))
		add_problem(&pod->reading, path,
		    "two volumes of one container are mounted at '%.*s'",
		    SLICE_ARGS(scalar_text(path)));
	if (text.len && pod->volumes_known && !map_find(&pod->volumes, text))
		add_problem(&pod->reading, name,
		    "the volume '%.*s' is mounted, but volumes does not have "
		    "it",
		    SLICE_ARGS(text));
}

static void check_mounts(struct pod *pod, const struct node *mounts)
{
	struct map paths = {0};

	for (size_t i = 0; i < node_length(mounts); i++)
		check_mount(pod, mounts->items[i], &paths);
	map_release(&paths);
}

/* A trigger of OpenShift's may fill in the image. */
static bool may_lack_image(const struct pod *pod)
{
	return !strcmp(pod->reading.manifest->kind, "DeploymentConfig");
}

static void check_image(struct pod *pod, const struct node *container)
{
	const struct node *name = node_get(container, "name");
	const struct node *image = node_get(container, "image");
	const struct node *at = scalar_text(name).len ? name : container;

	if (container->kind == NODE_MAPPING && is_blank(image) &&
	    !may_lack_image(pod))
		add_problem(&pod->reading, image ? image : at,
		    "the container '%.*s' has no image",
		    SLICE_ARGS(scalar_text(name)));
}

static void check_containers(
    struct pod *pod, const struct node *containers, bool is_init)
{
	for (size_t i = 0; i < node_length(containers); i++) {
		const struct node *node = containers->items[i];

		check_name(pod, node, "container", &pod->containers);
		check_image(pod, node);
		check_ports(pod, node_get(node, "ports"));
		check_variables(pod, node_get(node, "env"));
		check_mounts(pod, node_get(node, "volumeMounts"));
		find_handler_problems(&pod->reading, node, is_init);
	}
}

/* One without a source is an emptyDir. */
static void check_source(struct pod *pod, const struct node *volume)
{
	size_t n = volume->kind == NODE_MAPPING ? volume->n : 0;
	const struct pair *found = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct pair *pair = &volume->pairs[i];

		if (slice_is(pair->key->text, "name") || !is_given(pair->value))
			continue;
		if (found) {
			add_problem(&pod->reading, pair->key,
			    "the volume '%.*s' is both %.*s and %.*s; keep one",
			    SLICE_ARGS(scalar_text(node_get(volume, "name"))),
			    SLICE_ARGS(found->key->text),
			    SLICE_ARGS(pair->key->text));
			return;
		}
		found = pair;
	}
}

/* Claims of a StatefulSet are volumes of its pods, and win over them. */
static void check_volumes(struct pod *pod)
{
	const struct node *volumes = node_get(pod->spec, "volumes");
	const struct node *claims = node_find(
	    pod->reading.object, "spec", "volumeClaimTemplates", NULL);

	pod->volumes_known =
	    !is_given(volumes) || volumes->kind == NODE_SEQUENCE;
	for (size_t i = 0; i < node_length(volumes); i++) {
		check_name(pod, volumes->items[i], "volume", &pod->volumes);
		check_source(pod, volumes->items[i]);
		pod->volumes_known &=
		    scalar_text(node_get(volumes->items[i], "name")).len > 0;
	}
	for (size_t i = 0; i < node_length(claims); i++)
		is_new(&pod->volumes,
		    node_find(claims->items[i], "metadata", "name", NULL));
}

static void check_restarts(struct pod *pod)
{
	const struct workload_kind *kind = pod->reading.workload->kind;
	const struct node *policy = node_get(pod->spec, "restartPolicy");
	struct slice text = scalar_text(policy);
	bool is_always = is_blank(policy) || slice_is(text, "Always");
	bool is_once = slice_is(text, "OnFailure") || slice_is(text, "Never");

	if (!is_blank(policy) && !text.len)
		return;
	if (kind->is_job && !is_once)
		add_problem(&pod->reading, policy ? policy : pod->spec,
		    "restartPolicy must be OnFailure or Never%s",
		    is_blank(policy) ? "; left out, it is Always" : "");
	else if (kind->is_controller && !is_always)
		add_problem(&pod->reading, policy,
		    "restartPolicy must be Always, not '%.*s'",
		    SLICE_ARGS(text));
	else if (!is_always && !is_once)
		add_problem(&pod->reading, policy,
		    "restartPolicy is Always, OnFailure or Never, not '%.*s'",
		    SLICE_ARGS(text));
}

/* Pods that are replaced when they end have no time at which they must. */
static void check_deadline(struct pod *pod)
{
	const struct workload_kind *kind = pod->reading.workload->kind;
	const struct node *deadline =
	    node_get(pod->spec, "activeDeadlineSeconds");

	if (kind->is_controller && !kind->is_job && is_given(deadline))
		add_problem(&pod->reading, key_of(deadline),
		    "activeDeadlineSeconds is for Jobs and single pods; "
		    "remove it");
}

static void check_pod(struct pod *pod)
{
	const struct node *containers = node_get(pod->spec, "containers");

	if (!is_given(containers) ||
	    (containers->kind == NODE_SEQUENCE && !containers->n))
		add_problem(&pod->reading, containers ? containers : pod->spec,
		    "there are no containers");
	check_volumes(pod);
	check_containers(pod, node_get(pod->spec, "initContainers"), true);
	check_containers(pod, containers, false);
	check_restarts(pod);
	check_deadline(pod);
	map_release(&pod->containers);
	map_release(&pod->volumes);
}

void find_pod_problems(struct facts *facts, const struct node *object,
    const struct node *pod_spec, const struct workload *workload)
{
	struct pod pod = {
	    .reading = {facts, workload->manifest, workload, object, "pods"},
	    .spec = pod_spec,
	};

	/* Who knows what an operator fills in; and a template of a Rollout that
	 * must not be there, or is not, has a problem of its own. */
	if (!workload->kind->kind || workload->workload_ref.has_value)
		return;
	if (is_given(pod_spec) && pod_spec->kind == NODE_MAPPING)
		check_pod(&pod);
	else if (!is_given(pod_spec) &&
		 (workload->labels.n || !is_rollout(workload->manifest)))
		add_problem(&pod.reading, NULL, "there are no containers");
}
