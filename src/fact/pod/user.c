/* Containers that must not run as root and are told to: the kubelet does not
 * start them. */
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/problem.h"

RARE(workload, refused_root)

/* A field of the securityContext of a container, else of its pod: as
 * DetermineEffectiveSecurityContext of pkg/securitycontext/util.go. */
static const struct node *effective(const struct node *container,
    const struct node *pod_spec, const char *field)
{
	const struct node *own =
	    node_find(container, "securityContext", field, NULL);

	return node_is_null(own)
		   ? node_find(pod_spec, "securityContext", field, NULL)
		   : own;
}

/* verifyRunAsNonRoot of pkg/kubelet/kuberuntime/security_context.go. */
static const struct node *refused_user(
    const struct node *container, const struct node *pod_spec)
{
	const struct node *user = effective(container, pod_spec, "runAsUser");
	bool must_not = false;
	int64_t number = -1;

	node_to_bool(effective(container, pod_spec, "runAsNonRoot"), &must_not);
	return must_not && node_to_int(user, &number) && number == 0 ? user
								     : NULL;
}

/* Pods that only nodes with Windows take, where the kubelet looks at another
 * field: security_context_windows.go. */
static bool is_for_windows(const struct node *pod_spec)
{
	static const char *const labels[] = {
	    "kubernetes.io/os", "beta.kubernetes.io/os"};
	const struct node *selector = node_get(pod_spec, "nodeSelector");

	for (size_t i = 0; i < COUNT_OF(labels); i++) {
		if (slice_is(scalar_text(node_get(selector, labels[i])),
			"windows"))
			return true;
	}
	return slice_is(
	    scalar_text(node_find(pod_spec, "os", "name", NULL)), "windows");
}

void collect_user(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	static const char *const lists[] = {"initContainers", "containers"};

	if (is_for_windows(pod_spec))
		return;
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *containers = node_get(pod_spec, lists[i]);

		for (size_t j = 0; j < node_length(containers); j++) {
			const struct node *container = containers->items[j];
			const struct node *user =
			    refused_user(container, pod_spec);

			if (user && RARE_FACT(workload, refused_root).state ==
					FACT_ABSENT)
				KEEP_RARE(&facts->arena, workload, refused_root,
				    facts_placed(
					fact_text(facts_name(facts,
					    node_get(container, "name"))),
					user));
		}
	}
}
