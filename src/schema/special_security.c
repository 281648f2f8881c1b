/* What keeps pods apart from their nodes: profiles that annotations name, and
 * what pods of Windows do not know, as
 * k8s.io/kubernetes/pkg/apis/core/validation asks it. */
#include "schema/special.h"

#include "schema/form.h"
#include "schema/given.h"
#include "schema/walk.h"

static void report_at(
    const struct checking *checking, const struct node *node, const char *what)
{
	report_condition(checking->frame, checking->condition, REFUSAL_VALUE,
	    node, "%s", what);
}

/* The lists of containers that a pod has. */
static const char *const lists[] = {
    "initContainers", "containers", "ephemeralContainers"};

static bool has_container(const struct node *spec, struct slice name)
{
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *list = given(spec, lists[i]);

		for (uint32_t j = 0; j < given_length(list); j++) {
			if (slice_eq(
				given_text_at(list->items[j], "name"), name))
				return true;
		}
	}
	return false;
}

/* ValidateAppArmorProfileFormat */
static bool is_apparmor_profile(struct slice text)
{
	return !text.len || slice_is(text, "runtime/default") ||
	       slice_is(text, "unconfined") ||
	       slice_starts(text, SLICE("localhost/"));
}

/* ValidateSeccompProfile */
static bool is_seccomp_profile(struct slice text)
{
	struct slice prefix = SLICE("localhost/");

	return slice_is(text, "runtime/default") ||
	       slice_is(text, "docker/default") ||
	       slice_is(text, "unconfined") ||
	       (slice_starts(text, prefix) &&
		   form_local_path(slice_after(text, prefix.len)));
}

/* GetDeletionCostFromPodAnnotations: no "+" and no zeros in front */
static bool is_deletion_cost(struct slice text)
{
	int64_t cost;

	if (text.len &&
	    (*text.ptr == '+' || (*text.ptr == '0' && text.len > 1)))
		return false;
	return slice_to_int(text, &cost) && cost >= INT32_MIN &&
	       cost <= INT32_MAX;
}

static void report_key(const struct checking *checking, const struct node *key)
{
	struct buf text = {0};

	buf_add_text(&text, "has the key ");
	add_shown(&text, key->text);
	buf_add_text(&text, ", but the pod has no container of that name");
	report_text(checking->frame, checking->condition, key, &text);
	buf_release(&text);
}

/* ValidateAppArmorPodAnnotations */
static void check_apparmor(const struct checking *checking,
    const struct pair *pair, struct slice container)
{
	if (!has_container(given(checking->frame->node, "spec"), container))
		report_key(checking, pair->key);
	if (!is_apparmor_profile(given_text(pair->value)))
		report_at(checking, pair->value,
		    "must be runtime/default, unconfined or begin with "
		    "localhost/");
}

static void check_seccomp(
    const struct checking *checking, const struct pair *pair)
{
	if (!is_seccomp_profile(given_text(pair->value)))
		report_at(checking, pair->value,
		    "must be runtime/default, unconfined or a path with "
		    "localhost/ in front");
}

/* The controller of Rollouts does not ask it. */
static void check_deletion_cost(
    const struct checking *checking, const struct pair *pair)
{
	if (!checking->frame->walk->kind->is_custom &&
	    !is_deletion_cost(given_text(pair->value)))
		report_at(
		    checking, pair->value, "must be a whole number of 32 bits");
}

/* ValidatePodSpecificAnnotations */
static void check_annotation(
    const struct checking *checking, const struct pair *pair)
{
	struct slice apparmor =
	    SLICE("container.apparmor.security.beta.kubernetes.io/");
	struct slice seccomp =
	    SLICE("container.seccomp.security.alpha.kubernetes.io/");
	struct slice key = pair->key->text;

	if (slice_starts(key, apparmor))
		check_apparmor(checking, pair, slice_after(key, apparmor.len));
	else if (slice_starts(key, seccomp) ||
		 slice_is(key, "seccomp.security.alpha.kubernetes.io/pod"))
		check_seccomp(checking, pair);
	else if (slice_is(key, "controller.kubernetes.io/pod-deletion-cost"))
		check_deletion_cost(checking, pair);
}

void check_profiles(const struct checking *checking)
{
	const struct node *map =
	    given(given(checking->frame->node, "metadata"), "annotations");
	uint32_t n = map && map->kind == NODE_MAPPING ? map->n : 0;

	for (uint32_t i = 0; i < n; i++) {
		const struct pair *pair = &map->pairs[i];

		if (pair->key->kind == NODE_SCALAR &&
		    pair->value->kind == NODE_SCALAR &&
		    !node_is_null(pair->value))
			check_annotation(checking, pair);
	}
}

static void forbid_fields(const struct checking *checking,
    const struct node *node, const char *const *fields, size_t n,
    const char *what)
{
	for (size_t i = 0; i < n; i++) {
		const struct node *value = given(node, fields[i]);

		if (value)
			report_at(checking, value, what);
	}
}

/* validateWindows: of a container */
static void forbid_of_container(
    const struct checking *checking, const struct node *security)
{
	static const char *const fields[] = {"allowPrivilegeEscalation",
	    "appArmorProfile", "capabilities", "privileged", "procMount",
	    "readOnlyRootFilesystem", "runAsGroup", "runAsUser",
	    "seLinuxOptions", "seccompProfile"};

	forbid_fields(checking, security, fields, COUNT_OF(fields),
	    "may not be set where os.name is windows");
}

static bool is_true(const struct node *node, const char *key)
{
	bool value = false;

	return node_to_bool(given(node, key), &value) && value;
}

/* validateWindows: of the pod itself */
static void forbid_of_pod(const struct checking *checking)
{
	static const char *const of_spec[] = {
	    "hostUsers", "shareProcessNamespace"};
	static const char *const of_security[] = {"appArmorProfile", "fsGroup",
	    "fsGroupChangePolicy", "runAsGroup", "runAsUser",
	    "seLinuxChangePolicy", "seLinuxOptions", "seccompProfile",
	    "supplementalGroups", "supplementalGroupsPolicy"};
	static const char what[] = "may not be set where os.name is windows";
	const struct node *spec = checking->frame->node;
	const struct node *security = given(spec, "securityContext");
	const struct node *sysctls = given(security, "sysctls");

	forbid_fields(checking, spec, of_spec, COUNT_OF(of_spec), what);
	forbid_fields(
	    checking, security, of_security, COUNT_OF(of_security), what);
	if (given_length(sysctls))
		report_at(checking, sysctls, what);
	if (is_true(spec, "hostPID"))
		report_at(checking, given(spec, "hostPID"), what);
	if (is_true(spec, "hostIPC"))
		report_at(checking, given(spec, "hostIPC"), what);
}

/* validateLinux */
static void forbid_windows(
    const struct checking *checking, const struct node *security)
{
	static const char *const fields[] = {"windowsOptions"};

	forbid_fields(checking, security, fields, COUNT_OF(fields),
	    "may not be set where os.name is linux");
}

/* What a system may not have, of the pod and of each container. */
static void check_system(const struct checking *checking,
    void (*check)(const struct checking *checking, const struct node *security))
{
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *list =
		    given(checking->frame->node, lists[i]);

		for (uint32_t j = 0; j < given_length(list); j++)
			check(
			    checking, given(list->items[j], "securityContext"));
	}
}

static const struct node *host_process(const struct node *owner)
{
	return given(given(given(owner, "securityContext"), "windowsOptions"),
	    "hostProcess");
}

/* How many containers a pod has, and how many are processes of its node. */
struct processes {
	const struct node *of_pod; /* what the pod says for all; or NULL */
	const struct node *first;  /* what says it of the first of them */
	bool is_of_pod;
	uint32_t n, on_node;
};

static void count_process(const struct checking *checking,
    const struct node *container, struct processes *processes)
{
	const struct node *own = host_process(container);
	bool is_on_node = processes->is_of_pod;

	node_to_bool(own, &is_on_node);
	if (processes->of_pod && own && is_on_node != processes->is_of_pod)
		report_at(checking, own,
		    "must be what the securityContext of the pod has");
	if (is_on_node && !processes->first)
		processes->first = own ? own : processes->of_pod;
	processes->n++;
	processes->on_node += is_on_node;
}

static void count_processes(
    const struct checking *checking, struct processes *processes)
{
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *list =
		    given(checking->frame->node, lists[i]);

		for (uint32_t j = 0; j < given_length(list); j++)
			count_process(checking, list->items[j], processes);
	}
}

/* validateWindowsHostProcessPod: on its node is the whole pod, or nothing of
 * it, and on the network of the node. */
static void check_host_process(const struct checking *checking)
{
	const struct node *spec = checking->frame->node;
	const struct node *network = given(spec, "hostNetwork");
	struct processes processes = {.of_pod = host_process(spec)};

	node_to_bool(processes.of_pod, &processes.is_of_pod);
	count_processes(checking, &processes);
	if (!processes.on_node)
		return;
	if (processes.on_node < processes.n && !processes.of_pod)
		report_at(checking, processes.first,
		    "must be true of all containers of the pod, or of none");
	if (!network)
		report_at(checking, processes.first,
		    "needs hostNetwork: true, which the pod has not");
	else if (!is_true(spec, "hostNetwork"))
		report_at(
		    checking, network, "must be true where hostProcess is");
}

void check_windows(const struct checking *checking)
{
	const struct node *spec = checking->frame->node;
	struct slice os = given_text_at(given(spec, "os"), "name");

	check_host_process(checking);
	if (slice_is(os, "windows")) {
		forbid_of_pod(checking);
		check_system(checking, forbid_of_container);
	} else if (slice_is(os, "linux")) {
		forbid_windows(checking, given(spec, "securityContext"));
		check_system(checking, forbid_windows);
	}
}
