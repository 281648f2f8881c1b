/* Kinds of objects: what has pods, and what the controller of each does. */
#include "fact/kind.h"

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
    {.group = "", .kind = "Pod", .is_pod = true, .template_path = own_path},
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

const struct workload_kind *workload_kind_of(const struct manifest *manifest)
{
	const struct workload_kind *kind = workload_kinds;

	while (kind->kind && (!text_eq(kind->kind, manifest->kind) ||
				 !text_eq(kind->group, manifest->group)))
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
	return workload_kind_of(manifest)->kind ||
	       (containers && containers->kind == NODE_SEQUENCE);
}

bool is_rollout(const struct manifest *manifest)
{
	return text_eq(manifest->kind, "Rollout") &&
	       text_eq(manifest->group, "argoproj.io");
}

bool is_hook(const struct manifest *manifest)
{
	return manifest->seldom->helm_hook.given ||
	       manifest->seldom->argo_hook.given;
}

bool is_test_hook(const struct manifest *manifest)
{
	return manifest->seldom->helm_hook.events == EVENT_TEST;
}

bool runs_on(const struct workload *workload)
{
	const struct manifest *manifest = workload->manifest;
	bool is_pod = text_eq(manifest->kind, "Pod") && !*manifest->group;

	if (workload->kind->is_job || is_test_hook(manifest))
		return false;
	return !is_pod ||
	       (!workload->runs_once && !manifest->seldom->helm_hook.given);
}

bool is_sidecar(const struct node *init_container)
{
	struct slice policy;

	return node_to_text(
		   node_get(init_container, "restartPolicy"), &policy) &&
	       slice_is(policy, "Always");
}

/* Kinds without a namespace, whatever a manifest says; those a chart may
 * render. */
bool is_cluster_wide(const struct manifest *manifest)
{
	static const char *const kinds[] = {"Namespace", "ClusterRole",
	    "ClusterRoleBinding", "CustomResourceDefinition",
	    "PersistentVolume", "StorageClass", "PriorityClass", "IngressClass",
	    "RuntimeClass", "APIService", "MutatingWebhookConfiguration",
	    "ValidatingWebhookConfiguration", "ValidatingAdmissionPolicy",
	    "ClusterAnalysisTemplate", "ClusterIssuer"};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (text_eq(manifest->kind, kinds[i]))
			return true;
	}
	return false;
}
