/*
 * Namespaces that enforce one of the Pod Security Standards, and what of a pod
 * these do not allow: Pod Security Admission then refuses each new pod.
 *
 * The controls are those of k8s.io/pod-security-admission/policy that every
 * version has.  What Windows, a runtime class or a user namespace exempts is
 * not held to them.
 */
#include "fact/update/update.h"

#include "fact/computed.h"
#include "fact/namespace.h"
#include "fact/problem.h"

#include <stddef.h>
#include <string.h>

#define ENFORCE "pod-security.kubernetes.io/enforce"

/* A Namespace with its level. */
struct pod_standard {
	const struct manifest *manifest;
	struct fact level; /* baseline or restricted */
};

/* What is not allowed, by the numbers that workloads keep of it; 0: nothing. */
enum {
	NO_FAULT,
	HOST_NAMESPACE,
	PRIVILEGED,
	CAPABILITY,
	HOST_PATH,
	HOST_PORT,
	UNCONFINED,
	VOLUME,
	ESCALATION,
	ROOT_ALLOWED,
	ROOT,
	SECCOMP,
	DROP,
};

static const char *const faults[] = {
    [NO_FAULT] = NULL,
    [HOST_NAMESPACE] = "hostNetwork, hostPID or hostIPC is true",
    [PRIVILEGED] = "a container is privileged",
    [CAPABILITY] = "a container adds capabilities",
    [HOST_PATH] = "a volume is a hostPath",
    [HOST_PORT] = "a container has a hostPort",
    [UNCONFINED] = "a seccompProfile is Unconfined",
    [VOLUME] =
	"a volume is of a type that only the cluster's own pods may have",
    [ESCALATION] = "a container lacks allowPrivilegeEscalation: false",
    [ROOT_ALLOWED] = "a container lacks runAsNonRoot: true",
    [ROOT] = "runAsUser is 0",
    [SECCOMP] = "a container lacks a seccompProfile",
    [DROP] = "a container does not drop the capabilities ALL",
};

void collect_pod_standard(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *level =
	    node_find(object, "metadata", "labels", ENFORCE, NULL);
	struct facts *facts = collection->facts;
	struct pod_standard *standard;

	if (!slice_is(scalar_text(level), "baseline") &&
	    !slice_is(scalar_text(level), "restricted"))
		return;
	standard = arena_alloc(&facts->arena, sizeof(*standard));
	standard->manifest = manifest;
	standard->level =
	    facts_placed(fact_text(facts_name(facts, level)), level);
	vector_add(&facts->pod_standards, standard);
}

static bool is_true(const struct node *node)
{
	bool value = false;

	node_to_bool(node, &value);
	return value;
}

static bool is_false(const struct node *node)
{
	bool value = true;

	node_to_bool(node, &value);
	return !value;
}

static const struct node *security(
    const struct node *of, const char *field, const char *below)
{
	return below ? node_find(of, "securityContext", field, below, NULL)
		     : node_find(of, "securityContext", field, NULL);
}

static bool has_item(const struct node *list, const char *word)
{
	for (size_t i = 0; i < node_length(list); i++) {
		if (slice_is(scalar_text(list->items[i]), word))
			return true;
	}
	return false;
}

/* Whether all items of a list are among n words. */
static bool has_only(
    const struct node *list, const char *const *words, size_t n)
{
	for (size_t i = 0; i < node_length(list); i++) {
		if (!slice_is_among(scalar_text(list->items[i]), words, n))
			return false;
	}
	return true;
}

static bool has_host_port(const struct node *container)
{
	const struct node *ports = node_get(container, "ports");
	int64_t number;

	for (size_t i = 0; i < node_length(ports); i++) {
		if (node_to_int(
			node_get(ports->items[i], "hostPort"), &number) &&
		    number)
			return true;
	}
	return false;
}

/* What the baseline does not allow of a container. */
static unsigned judge_baseline(const struct node *container)
{
	static const char *const allowed[] = {"AUDIT_WRITE", "CHOWN",
	    "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
	    "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID",
	    "SYS_CHROOT"};

	if (is_true(security(container, "privileged", NULL)))
		return PRIVILEGED;
	if (!has_only(security(container, "capabilities", "add"), allowed,
		COUNT_OF(allowed)))
		return CAPABILITY;
	if (has_host_port(container))
		return HOST_PORT;
	return slice_is(
		   scalar_text(security(container, "seccompProfile", "type")),
		   "Unconfined")
		   ? UNCONFINED
		   : 0;
}

static bool is_confined(const struct node *of)
{
	struct slice type = scalar_text(security(of, "seccompProfile", "type"));

	return slice_is(type, "RuntimeDefault") || slice_is(type, "Localhost");
}

/* A field of a container, else of its pod. */
static const struct node *effective(const struct node *container,
    const struct node *pod_spec, const char *field)
{
	const struct node *own = security(container, field, NULL);

	return node_is_null(own) ? security(pod_spec, field, NULL) : own;
}

/* What the restricted standard does not allow of it besides. */
static unsigned judge_restricted(
    const struct node *container, const struct node *pod_spec)
{
	static const char *const added[] = {"NET_BIND_SERVICE"};
	int64_t user;

	if (!is_false(security(container, "allowPrivilegeEscalation", NULL)))
		return ESCALATION;
	if (!is_true(effective(container, pod_spec, "runAsNonRoot")))
		return ROOT_ALLOWED;
	if (node_to_int(effective(container, pod_spec, "runAsUser"), &user) &&
	    user == 0)
		return ROOT;
	if (!is_confined(container) && !is_confined(pod_spec))
		return SECCOMP;
	if (!has_only(security(container, "capabilities", "add"), added,
		COUNT_OF(added)))
		return CAPABILITY;
	return has_item(security(container, "capabilities", "drop"), "ALL")
		   ? 0
		   : DROP;
}

static unsigned judge_volumes(const struct node *pod_spec, bool is_restricted)
{
	static const char *const kinds[] = {"nfs", "iscsi", "rbd", "cephfs",
	    "glusterfs", "fc", "flexVolume", "flocker", "awsElasticBlockStore",
	    "gcePersistentDisk", "azureDisk", "azureFile", "cinder",
	    "vsphereVolume", "portworxVolume", "quobyte", "scaleIO",
	    "storageos", "photonPersistentDisk", "gitRepo"};
	const struct node *volumes = node_get(pod_spec, "volumes");

	for (size_t i = 0; i < node_length(volumes); i++) {
		if (is_given(node_get(volumes->items[i], "hostPath")))
			return HOST_PATH;
		for (size_t j = 0; is_restricted && j < COUNT_OF(kinds); j++) {
			if (is_given(node_get(volumes->items[i], kinds[j])))
				return VOLUME;
		}
	}
	return 0;
}

static unsigned judge_containers(
    const struct node *pod_spec, bool is_restricted)
{
	static const char *const lists[] = {"initContainers", "containers"};
	unsigned fault = 0;

	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *list = node_get(pod_spec, lists[i]);

		for (size_t j = 0; j < node_length(list) && !fault; j++)
			fault = is_restricted
				    ? judge_restricted(list->items[j], pod_spec)
				    : judge_baseline(list->items[j]);
	}
	return fault;
}

static bool is_exempt(const struct node *pod_spec)
{
	return is_given(node_get(pod_spec, "runtimeClassName")) ||
	       is_false(node_get(pod_spec, "hostUsers")) ||
	       slice_is(scalar_text(node_find(pod_spec, "os", "name", NULL)),
		   "windows") ||
	       slice_is(scalar_text(node_find(pod_spec, "nodeSelector",
			    "kubernetes.io/os", NULL)),
		   "windows");
}

static unsigned judge_pod(const struct node *pod_spec)
{
	if (is_true(node_get(pod_spec, "hostNetwork")) ||
	    is_true(node_get(pod_spec, "hostPID")) ||
	    is_true(node_get(pod_spec, "hostIPC")))
		return HOST_NAMESPACE;
	if (slice_is(scalar_text(security(pod_spec, "seccompProfile", "type")),
		"Unconfined"))
		return UNCONFINED;
	return judge_containers(pod_spec, false);
}

/* What the baseline does not allow the restricted standard does not either. */
void collect_pod_faults(const struct node *pod_spec, struct workload *workload)
{
	unsigned fault;

	if (is_exempt(pod_spec))
		return;
	fault = judge_pod(pod_spec);
	if (!fault)
		fault = judge_volumes(pod_spec, false);
	workload->baseline_fault = (uint8_t)fault;
	if (!fault)
		fault = judge_containers(pod_spec, true);
	if (!fault)
		fault = judge_volumes(pod_spec, true);
	workload->restricted_fault = (uint8_t)fault;
}

static const struct pod_standard *standard_of(
    const struct release *release, const struct workload *workload)
{
	const char *namespace = manifest_namespace(release, workload->manifest);

	return *namespace
		   ? map_find(&release->pod_standards, slice_of(namespace))
		   : NULL;
}

/* The Namespaces by their names; the last of a name counts, as one that is
 * applied again does. */
void relate_pod_standards(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	struct entity_list list = facts_in_order(&release->arena, facts, nfacts,
	    offsetof(struct facts, pod_standards));

	for (size_t i = 0; i < list.n; i++) {
		const struct pod_standard *standard = list.items[i];

		*map_slot(&release->pod_standards,
		    slice_of(standard->manifest->name)) =
		    (void *)(uintptr_t)standard;
	}
}

struct fact fact_workload_forbidden(
    const struct release *release, const struct workload *workload)
{
	const struct pod_standard *standard = standard_of(release, workload);

	if (!standard)
		return (struct fact){.state = FACT_ABSENT};
	return fact_of_word(faults[strcmp(standard->level.text, "baseline")
				       ? workload->restricted_fault
				       : workload->baseline_fault]);
}

struct fact fact_workload_pod_standard(
    const struct release *release, const struct workload *workload)
{
	const struct pod_standard *standard = standard_of(release, workload);

	return standard ? fact_at(standard->level, standard->manifest,
			      standard->level.line, standard->level.col,
			      standard->level.width)
			: (struct fact){.state = FACT_ABSENT};
}
