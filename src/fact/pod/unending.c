/* Jobs that never complete: a sidecar that is no native one goes on when the
 * work is done, and a Job waits for all regular containers. */
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/problem.h"
#include "fact/shell.h"

#include <string.h>

RARE(workload, unending)
RARE(workload, unending_mesh)

/* What a pod says when something ends its sidecars: Envoy's and
 * cloud-sql-proxy's endpoint, Linkerd's, a signal, a file to wait for. */
static const char *const endings[] = {
    "quitquitquit", "/shutdown", "/quit", "kill", "linkerd-await", "on-eof",
    "one-time", "onetime", "run-once"};

static bool says_ending(struct slice text)
{
	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		if (slice_find(text, slice_of(endings[i]), 0) >= 0)
			return true;
	}
	return false;
}

static bool is_ended(const struct node *containers)
{
	for (size_t i = 0; i < node_length(containers); i++) {
		struct arguments arguments = {
		    node_get(containers->items[i], "command"),
		    node_get(containers->items[i], "args")};

		/* What it waits for in a loop may be the end of the work. */
		if (slice_find(scalar_text(shell_script(arguments, NULL)),
			SLICE("while"), 0) >= 0)
			return true;
		for (size_t j = 0; argument_at(arguments, j); j++) {
			if (says_ending(argument_text(arguments, j)))
				return true;
		}
	}
	return false;
}

/* The sidecar among the regular containers, when there is work beside it. */
static const struct container *sidecar_of(const struct workload *workload)
{
	const struct container *sidecar = NULL;
	bool has_work = false;

	for (size_t i = 0; i < workload->ncontainers; i++) {
		const struct container *container = &workload->containers[i];

		if (container->helps && !sidecar)
			sidecar = container;
		has_work |= !container->helps && !container->is_init;
	}
	return has_work ? sidecar : NULL;
}

static bool says(const struct node *fields, const char *key, const char *value)
{
	return slice_is(scalar_text(node_get(fields, key)), value);
}

/* What asks a webhook for an agent that goes on; Vault's ends when it is told
 * to fill the files once. */
static const struct node *agent_of(const struct node *metadata)
{
	const struct node *annotations = node_get(metadata, "annotations");

	if (!says(annotations, "vault.hashicorp.com/agent-inject", "true") ||
	    says(annotations, "vault.hashicorp.com/agent-pre-populate-only",
		"true"))
		return NULL;
	return node_get(annotations, "vault.hashicorp.com/agent-inject");
}

/* The same of the proxy of a service mesh, which newer meshes make a native
 * sidecar. */
static const struct node *proxy_of(const struct node *metadata)
{
	const struct node *annotations = node_get(metadata, "annotations");
	const struct node *labels = node_get(metadata, "labels");

	if (says(labels, "sidecar.istio.io/inject", "true"))
		return node_get(labels, "sidecar.istio.io/inject");
	if (says(annotations, "sidecar.istio.io/inject", "true"))
		return node_get(annotations, "sidecar.istio.io/inject");
	if (says(annotations, "linkerd.io/inject", "enabled"))
		return node_get(annotations, "linkerd.io/inject");
	return NULL;
}

void collect_unending(
    struct facts *facts, const struct node *template, struct workload *workload)
{
	const struct node *metadata = node_get(template, "metadata");
	const struct node *pod_spec = node_get(template, "spec");
	const struct container *sidecar = sidecar_of(workload);
	bool shares = false;

	node_to_bool(node_get(pod_spec, "shareProcessNamespace"), &shares);
	if (!workload->kind->is_job || shares ||
	    is_ended(node_get(pod_spec, "containers")))
		return;
	if (sidecar)
		KEEP_RARE(&facts->arena, workload, unending, sidecar->name);
	if (agent_of(metadata))
		KEEP_RARE(&facts->arena, workload, unending,
		    facts_placed(fact_text("vault-agent"), agent_of(metadata)));
	if (proxy_of(metadata))
		KEEP_RARE(&facts->arena, workload, unending_mesh,
		    facts_placed(fact_bool(true), proxy_of(metadata)));
}
