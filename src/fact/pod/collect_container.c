/* The containers of a pod that run as long as it does. */
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/drain/drain.h"
#include "fact/image.h"
#include "fact/kind.h"
#include "fact/scale/scale.h"

#include <string.h>

RARE(container, empty_readiness)

/* A container is shown at its name when that opens it, else where it starts. */
static void place_container(
    const struct node *node, struct container *container)
{
	const struct node *name = node_get(node, "name");
	bool opens = name && name->span.line == node->span.line;
	const struct node *at = opens ? name : node;

	container->line = at->span.line;
	container->col = at->span.col;
	container->width = facts_width(at);
}

/* One without a name is called after its place in the pod. */
static struct fact container_name(struct facts *facts, const struct node *node,
    const struct container *container)
{
	struct fact name = facts_node_text(facts, node_get(node, "name"), "");
	struct buf place = {0};

	if (*name.text)
		return name;
	buf_printf(&place, "%s[%u]",
	    container->is_init ? "initContainers" : "containers",
	    (unsigned)node->index);
	name.text = facts_text(facts, buf_slice(&place));
	buf_release(&place);
	return name;
}

/* Istio's gateways are written with this image: the webhook puts the proxy's
 * own in its place, and gives it probes. */
static bool is_filled_in(const struct container *container)
{
	return container->workload->is_injected &&
	       container->image.state == FACT_KNOWN &&
	       !strcmp(container->image.text, "auto");
}

/* As the API server fills it in (SetDefaults_Container). */
static struct fact pull_policy(struct facts *facts, const struct node *node,
    const struct container *container)
{
	bool is_newest =
	    !*container->image_digest &&
	    (!*container->image_tag || !strcmp(container->image_tag, "latest"));

	return facts_node_text(facts, node_get(node, "imagePullPolicy"),
	    is_newest ? "Always" : "IfNotPresent");
}

/* The image of what follows an ImageStream is a blank until OpenShift puts one
 * in its place: the API server takes it (validateContainerCommon), as here it
 * is no image. */
static struct fact container_image(struct facts *facts, const struct node *node,
    const struct workload *workload)
{
	const struct node *image = node_get(node, "image");
	struct slice text;

	if (workload->has_triggers && node_to_text(image, &text) &&
	    !slice_trim(text).len)
		image = NULL;
	return facts_node_text(facts, image, "");
}

static void collect_container(struct facts *facts, const struct node *node,
    const struct workload *workload, struct container *container)
{
	container->workload = workload;
	if (workload->manifest->seldom->raw)
		container_seldom(&facts->arena, container)->raw = node;
	container->name = container_name(facts, node, container);
	container->image = container_image(facts, node, workload);
	container->filled_in = fact_bool(is_filled_in(container));
	collect_image(facts, container);
	container->pull_policy = pull_policy(facts, node, container);
	container->only_waits = fact_bool(only_waits(node, container));
	container->index = node->index;
	container->fields = facts_fields(facts, node);
	place_container(node, container);
	collect_help(facts, node, container);
	collect_ports(facts, node_get(node, "ports"), container);
	collect_hook_port(facts, node, container);
	collect_prestop(node, container);
	collect_prestop_stop(facts, node, container);
	collect_signals(facts, node, container);
	collect_environment(facts, node, container);
	collect_heap(facts, node, container);
	collect_early_variable(facts, node, container);
	collect_port_variable(facts, node, container);
	container->readiness = collect_probe(
	    facts, container, node_get(node, "readinessProbe"), "readiness");
	if (!container->readiness &&
	    !node_is_null(node_get(node, "readinessProbe")))
		KEEP_RARE(&facts->arena, container, empty_readiness,
		    facts_placed(fact_bool(true),
			key_of(node_get(node, "readinessProbe"))));
	container->liveness = collect_probe(
	    facts, container, node_get(node, "livenessProbe"), "liveness");
	container->startup = collect_probe(
	    facts, container, node_get(node, "startupProbe"), "startup");
	note_probed_ports(container);
	digest_container(facts, node, container);
	vector_add(&facts->lists[ENTITY_container], container);
}

/* Of an item that is null or a text nothing can be asked; that it is none the
 * refusals say. */
static bool is_container(const struct node *item)
{
	return item->kind == NODE_MAPPING;
}

/* Where containers are put as they are found. */
struct gathering {
	struct facts *facts;
	const struct node *pod_spec;
	struct node_index volumes;
	struct workload *workload;
	struct container *containers; /* the workload's, to be written */
};

static void gather_container(
    struct gathering *gathering, const struct node *node, bool is_init)
{
	struct facts *facts = gathering->facts;
	struct workload *workload = gathering->workload;
	struct container *container =
	    &gathering->containers[workload->ncontainers++];

	container->seldom = &container_without_seldom;
	container->is_init = is_init;
	collect_requests(facts, node, gathering->pod_spec, container);
	collect_files(facts, node, &gathering->volumes, container);
	collect_container(facts, node, workload, container);
}

void collect_containers(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	const struct node *regular = node_get(pod_spec, "containers");
	const struct node *init = node_get(pod_spec, "initContainers");
	size_t nregular = node_length(regular), ninit = node_length(init);
	struct gathering gathering = {
	    .facts = facts,
	    .pod_spec = pod_spec,
	    .workload = workload,
	    .containers = arena_array(
		&facts->arena, nregular + ninit, sizeof(*workload->containers)),
	};

	workload->containers = gathering.containers;
	node_index_init(
	    &gathering.volumes, node_get(pod_spec, "volumes"), "name");
	for (size_t i = 0; i < nregular; i++) {
		if (is_container(regular->items[i]))
			gather_container(&gathering, regular->items[i], false);
	}
	for (size_t i = 0; i < ninit; i++) {
		if (is_sidecar(init->items[i]))
			gather_container(&gathering, init->items[i], true);
	}
	node_index_release(&gathering.volumes);
}
