/*
 * Whom containers run as.  Those that must not run as root and are told to: the
 * kubelet does not start them.  Those that write to a claim: files there belong
 * to the user who made them, and no group is set where there is no fsGroup.
 */
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/problem.h"

RARE(workload, claim_user)
RARE(workload, claim_written)
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
		if (slice_is(
			scalar_text(node_get(selector, labels[i])), "windows"))
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

/* A pod, and its volumes that are no claims, by name: what it does not list is
 * of volumeClaimTemplates.  There may be thousands. */
struct claiming {
	const struct node *pod_spec;
	struct map others;
};

static void index_others(struct claiming *claiming)
{
	const struct node *volumes = node_get(claiming->pod_spec, "volumes");

	for (size_t i = 0; i < node_length(volumes); i++) {
		const struct node *volume = volumes->items[i];

		if (!node_get(volume, "persistentVolumeClaim"))
			*map_slot(&claiming->others,
			    scalar_text(node_get(volume, "name"))) = claiming;
	}
}

/* The volume of the first mount that is kept and can be written to. */
static const struct node *written_claim(
    const struct claiming *claiming, const struct node *container)
{
	const struct node *mounts = node_get(container, "volumeMounts");

	for (size_t i = 0; i < node_length(mounts); i++) {
		const struct node *name = node_get(mounts->items[i], "name");
		bool is_read_only = false;

		node_to_bool(
		    node_get(mounts->items[i], "readOnly"), &is_read_only);
		if (!is_read_only && scalar_text(name).len &&
		    !map_find(&claiming->others, scalar_text(name)))
			return name;
	}
	return NULL;
}

/* Whether somebody else may see to it that files can be written: a group that
 * the kubelet gives them, or a container that comes first. */
static bool shares_files(const struct claiming *claiming)
{
	const struct node *init =
	    node_get(claiming->pod_spec, "initContainers");
	const struct node *context =
	    node_get(claiming->pod_spec, "securityContext");

	for (size_t i = 0; i < node_length(init); i++) {
		if (written_claim(claiming, init->items[i]))
			return true;
	}
	return node_get(context, "fsGroup") ||
	       node_get(context, "supplementalGroups") ||
	       node_get(context, "runAsGroup");
}

/* The only container that writes to a claim; NULL when there are several. */
static const struct node *only_writer(const struct claiming *claiming)
{
	const struct node *containers =
	    node_get(claiming->pod_spec, "containers");
	const struct node *found = NULL;

	for (size_t i = 0; i < node_length(containers); i++) {
		if (!written_claim(claiming, containers->items[i]))
			continue;
		if (found)
			return NULL;
		found = containers->items[i];
	}
	return found;
}

static void keep_user(struct facts *facts, const struct claiming *claiming,
    struct workload *workload)
{
	const struct node *writer = only_writer(claiming), *user;
	int64_t number;

	if (!writer || node_find(writer, "securityContext", "runAsGroup", NULL))
		return;
	user = effective(writer, claiming->pod_spec, "runAsUser");
	if (!node_to_int(user, &number))
		return;
	KEEP_RARE(&facts->arena, workload, claim_user,
	    facts_placed(fact_int(number), user));
	KEEP_RARE(&facts->arena, workload, claim_written,
	    facts_node_text(facts, written_claim(claiming, writer), ""));
	workload->shares_files = shares_files(claiming);
}

void collect_claim_user(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	struct claiming claiming = {.pod_spec = pod_spec};

	if (is_for_windows(pod_spec))
		return;
	index_others(&claiming);
	keep_user(facts, &claiming, workload);
	map_release(&claiming.others);
}

SIMPLE(workload, shares_files, fact_bool(workload->shares_files))
