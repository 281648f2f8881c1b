/* A workload's facts: its template, containers, probes, preStop. */
#include "fact/facts.h"

#include <string.h>

static const char *const template_path[] = {"spec", "template", NULL};
static const char *const cron_path[] = {
    "spec", "jobTemplate", "spec", "template", NULL};
static const char *const own_path[] = {NULL};

/* What is special about each kind; the last row stands for all the others that
 * have a pod template (a Knative Service, an operator's own kinds). */
static const struct workload_kind workload_kinds[] = {
    {.group = "apps",
	.kind = "Deployment",
	.has_replicas = true,
	.has_deadline = true,
	.is_controller = true,
	.has_strategy = true,
	.template_path = template_path},
    {.group = "apps",
	.kind = "StatefulSet",
	.has_replicas = true,
	.is_controller = true,
	.has_strategy = true,
	.template_path = template_path},
    {.group = "apps",
	.kind = "ReplicaSet",
	.has_replicas = true,
	.is_controller = true,
	.template_path = template_path},
    {.group = "apps",
	.kind = "DaemonSet",
	.is_controller = true,
	.has_strategy = true,
	.template_path = template_path},
    {.group = "argoproj.io",
	.kind = "Rollout",
	.has_replicas = true,
	.has_deadline = true,
	.is_controller = true,
	.has_strategy = true,
	.template_path = template_path},
    {.group = "batch",
	.kind = "Job",
	.is_job = true,
	.template_path = template_path},
    {.group = "batch",
	.kind = "CronJob",
	.is_job = true,
	.template_path = cron_path},
    {.group = "", .kind = "Pod", .template_path = own_path},
    {.group = "",
	.kind = "ReplicationController",
	.has_replicas = true,
	.is_controller = true,
	.selector_is_map = true,
	.template_path = template_path},
    {.group = "apps.openshift.io",
	.kind = "DeploymentConfig",
	.has_replicas = true,
	.is_controller = true,
	.has_strategy = true,
	.selector_is_map = true,
	.template_path = template_path},
    {.group = "apps.kruise.io",
	.kind = "CloneSet",
	.has_replicas = true,
	.is_controller = true,
	.template_path = template_path},
    {.group = NULL, .kind = NULL, .template_path = template_path},
};

static const struct node *follow(
    const struct node *node, const char *const *path)
{
	while (node && *path)
		node = node_get(node, *path++);
	return node;
}

static const struct workload_kind *kind_of(const struct manifest *manifest)
{
	const struct workload_kind *kind = workload_kinds;

	while (kind->kind && (strcmp(kind->group, manifest->group) ||
				 strcmp(kind->kind, manifest->kind)))
		kind++;
	return kind;
}

bool is_workload(const struct node *object, const struct manifest *manifest)
{
	const struct node *containers =
	    node_find(object, "spec", "template", "spec", "containers", NULL);

	/* Knative puts a proxy with a probe and a drain of its own in front. */
	if (!strcmp(manifest->group, "serving.knative.dev"))
		return false;
	return kind_of(manifest)->kind ||
	       (containers && containers->kind == NODE_SEQUENCE);
}

const struct node *handler_of(
    const struct node *node, const char *const *names, const char **ret_name)
{
	for (; *names; names++) {
		const struct node *handler = node_get(node, *names);

		if (!node_is_null(handler)) {
			*ret_name = *names;
			return handler;
		}
	}
	return NULL;
}

struct fact handler_fact(const struct node *handler, const char *name)
{
	return facts_placed(fact_text(name), key_of(handler));
}

static void collect_prestop(
    const struct node *node, struct container *container)
{
	static const char *const handlers[] = {
	    "sleep", "exec", "httpGet", "tcpSocket", NULL};
	const char *name;
	const struct node *prestop =
	    node_find(node, "lifecycle", "preStop", NULL);
	const struct node *handler = handler_of(prestop, handlers, &name);
	const struct node *command = node_get(handler, "command");
	int64_t seconds;

	if (!handler)
		return;
	container->prestop = handler_fact(handler, name);
	if (!strcmp(name, "sleep"))
		container->prestop_seconds =
		    facts_int_or_none(node_get(handler, "seconds"));
	else if (!strcmp(name, "exec") && sleep_seconds(command, &seconds))
		container->prestop_seconds =
		    facts_placed(fact_int(seconds), command);
	else
		container->prestop_seconds =
		    facts_placed(fact_unknown(), handler);
}

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

static void collect_container(struct facts *facts, const struct node *node,
    const struct workload *workload, struct container *container)
{
	container->workload = workload;
	container->name = container_name(facts, node, container);
	container->image = facts_node_text(facts, node_get(node, "image"), "");
	collect_image(facts, container);
	container->index = node->index;
	container->fields = facts_fields(facts, node);
	place_container(node, container);
	collect_ports(facts, node_get(node, "ports"), container);
	collect_prestop(node, container);
	collect_environment(facts, node, container);
	container->readiness = collect_probe(
	    facts, container, node_get(node, "readinessProbe"), "readiness");
	if (!container->readiness && node_get(node, "readinessProbe"))
		container->empty_readiness = facts_placed(
		    fact_bool(true), key_of(node_get(node, "readinessProbe")));
	container->liveness = collect_probe(
	    facts, container, node_get(node, "livenessProbe"), "liveness");
	container->startup = collect_probe(
	    facts, container, node_get(node, "startupProbe"), "startup");
	digest_container(node, container);
	vector_add(&facts->lists[ENTITY_container], container);
}

bool is_sidecar(const struct node *init_container)
{
	struct slice policy;

	return node_to_text(
		   node_get(init_container, "restartPolicy"), &policy) &&
	       slice_is(policy, "Always");
}

static void collect_containers(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	const struct node *regular = node_get(pod_spec, "containers");
	const struct node *init = node_get(pod_spec, "initContainers");
	size_t nregular = node_length(regular), ninit = node_length(init);
	struct container *containers =
	    arena_array(&facts->arena, nregular + ninit, sizeof(*containers));

	workload->containers = containers;
	for (size_t i = 0; i < nregular; i++) {
		struct container *container =
		    &containers[workload->ncontainers++];

		collect_requests(facts, regular->items[i], pod_spec, container);
		collect_container(
		    facts, regular->items[i], workload, container);
	}
	for (size_t i = 0; i < ninit; i++) {
		if (!is_sidecar(init->items[i]))
			continue;
		containers[workload->ncontainers].is_init = true;
		collect_requests(facts, init->items[i], pod_spec,
		    &containers[workload->ncontainers]);
		collect_container(facts, init->items[i], workload,
		    &containers[workload->ncontainers++]);
	}
}

static void collect_spec(
    struct facts *facts, const struct node *spec, struct workload *workload)
{
	const struct node *selector = node_get(spec, "selector");
	struct buf spelled = {0};

	workload->replicas = facts_int(node_get(spec, "replicas"), 1);
	if (!workload->kind->has_replicas)
		workload->replicas = facts_int_or_none(NULL);
	workload->min_ready_seconds =
	    facts_int(node_get(spec, "minReadySeconds"), 0);
	if (workload->kind->has_deadline)
		workload->progress_deadline_seconds =
		    facts_int(node_get(spec, "progressDeadlineSeconds"), 600);
	workload->pod_selector = workload->kind->selector_is_map
				     ? facts_map_selector(facts, selector)
				     : facts_selector(facts, selector);
	if (workload->pod_selector.given && workload->kind->is_controller) {
		selector_spell(&workload->pod_selector, &spelled);
		workload->selector = facts_placed(
		    fact_text(facts_text(facts, buf_slice(&spelled))),
		    key_of(selector));
	}
	workload->scale_down = facts_node_text(
	    facts, node_find(spec, "workloadRef", "scaleDown", NULL), "never");
	workload->workload_ref_kind = facts_node_text(
	    facts, node_find(spec, "workloadRef", "kind", NULL), "Deployment")
					  .text;
	workload->workload_ref = facts_node_text(
	    facts, node_find(spec, "workloadRef", "name", NULL), NULL);
	buf_release(&spelled);
}

/* The type of strategy or updateStrategy; a Rollout's is the key below.  What
 * such a word means to another controller nobody knows. */
static void collect_strategy(
    struct facts *facts, const struct node *spec, struct workload *workload)
{
	static const char *const forms[] = {"canary", "blueGreen", NULL};
	const struct node *strategy = node_get(spec, "strategy");
	const struct node *type = node_get(strategy, "type");
	const struct node *form;
	const char *name;

	if (!workload->kind->has_strategy)
		return;
	if (is_rollout(workload->manifest)) {
		form = handler_of(strategy, forms, &name);
		if (form)
			workload->strategy = handler_fact(form, name);
		return;
	}
	if (!type)
		type = node_find(spec, "updateStrategy", "type", NULL);
	workload->strategy = facts_node_text(facts, type, "RollingUpdate");
}

static bool pod_runs_once(const struct node *pod_spec)
{
	struct slice policy;

	return node_to_text(node_get(pod_spec, "restartPolicy"), &policy) &&
	       !slice_is(policy, "Always");
}

/* The Jobs of a CronJob are NAME-TIME, those of generateName anything. */
static void name_maker(struct workload *workload)
{
	const struct manifest *manifest = workload->manifest;
	struct label_list *labels = &workload->labels;

	if (workload->kind->is_job)
		labels->maker = MAKER_JOB;
	else if (!strcmp(manifest->kind, "StatefulSet"))
		labels->maker = MAKER_STATEFUL_SET;
	if (*manifest->name && strcmp(manifest->kind, "CronJob") != 0)
		labels->maker_name = manifest->name;
}

void collect_workload(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct workload_kind *kind = kind_of(manifest);
	const struct node *template = follow(object, kind->template_path);
	const struct node *spec = node_get(object, "spec");
	const struct node *pod_spec = node_get(template, "spec");
	struct workload *workload =
	    arena_alloc(&facts->arena, sizeof(*workload));

	workload->manifest = manifest;
	workload->kind = kind;
	workload->has_template = pod_spec != NULL;
	workload->runs_once =
	    kind->template_path == own_path && pod_runs_once(pod_spec);
	workload->labels = facts_labels(
	    facts, node_find(template, "metadata", "labels", NULL));
	name_maker(workload);
	workload->pod_fields = facts_fields(facts, pod_spec);
	workload->grace_seconds =
	    facts_int(node_get(pod_spec, "terminationGracePeriodSeconds"), 30);
	workload->host_network =
	    facts_bool(node_get(pod_spec, "hostNetwork"), false);
	if (kind->template_path != own_path) {
		collect_spec(facts, spec, workload);
		collect_strategy(facts, spec, workload);
		collect_update(facts, spec, pod_spec, workload);
	}
	collect_containers(facts, pod_spec, workload);
	collect_protocols(workload);
	collect_starts(workload);
	collect_job(facts, spec, pod_spec, workload);
	collect_needs(facts, object, pod_spec, workload);
	collect_warmups(facts, object, template, workload);
	find_pod_problems(facts, object, pod_spec, workload);
	collect_rollout(facts, object, workload);
	vector_add(&facts->lists[ENTITY_workload], workload);
}
