/* What pods cannot do without: a pod template to the ConfigMaps, Secrets,
 * accounts and claims it names, and of a hook the Services it calls. */
#include "fact/hook/calls.h"
#include "fact/hook/hook.h"

#include "fact/problem.h"

#include <string.h>

struct needing {
	struct facts *facts;
	const struct reading *place; /* in the workload */
	struct map *known;	     /* needs of the same pods, "kind/name" */
};

static bool is_optional(const struct node *reference)
{
	bool optional = false;

	node_to_bool(node_get(reference, "optional"), &optional);
	return optional;
}

/* Each object once: the first place that names it. */
static bool is_known(
    const struct needing *needing, const char *kind, const char *name)
{
	struct buf key = {0};
	bool known;

	buf_printf(&key, "%s/%s", kind, name);
	known = map_find(needing->known, buf_slice(&key)) != NULL;
	if (!known)
		*map_slot(needing->known,
		    slice_copy(&needing->facts->arena, buf_slice(&key))) =
		    needing->facts;
	buf_release(&key);
	return known;
}

/* The need of an object that stands at a node, or NULL when it is one already.
 */
static struct need *add_need_at(const struct needing *needing,
    const struct node *at, const char *name, const char *kind,
    const char *role)
{
	struct facts *facts = needing->facts;
	struct need *need;

	if (!*name || is_known(needing, kind, name))
		return NULL;
	need = arena_alloc(&facts->arena, sizeof(*need));
	need->part = part_at(needing->place, at);
	need->kind = fact_text(kind);
	need->name = facts_placed(fact_text(name), at);
	need->role = fact_text(role);
	need->account = NULL;
	vector_add(&facts->lists[ENTITY_need], need);
	return need;
}

static struct need *add_need(const struct needing *needing,
    const struct node *name, const char *kind, const char *role)
{
	return add_need_at(needing, name, facts_name(needing->facts, name),
	    kind, role);
}

/* A reference by a field of it, unless it may be missing. */
static void add_reference(const struct needing *needing,
    const struct node *reference, const char *field, const char *kind,
    const char *role)
{
	if (!is_optional(reference))
		add_need(needing, node_get(reference, field), kind, role);
}

static void add_environment(
    const struct needing *needing, const struct node *container)
{
	const struct node *from = node_get(container, "envFrom");
	const struct node *env = node_get(container, "env");

	for (size_t i = 0; i < node_length(from); i++) {
		add_reference(needing, node_get(from->items[i], "configMapRef"),
		    "name", "ConfigMap", "envFrom");
		add_reference(needing, node_get(from->items[i], "secretRef"),
		    "name", "Secret", "envFrom");
	}
	for (size_t i = 0; i < node_length(env); i++) {
		const struct node *value = node_get(env->items[i], "valueFrom");

		add_reference(needing, node_get(value, "configMapKeyRef"),
		    "name", "ConfigMap", "env");
		add_reference(needing, node_get(value, "secretKeyRef"), "name",
		    "Secret", "env");
	}
}

static void add_containers(
    const struct needing *needing, const struct node *containers)
{
	for (size_t i = 0; i < node_length(containers); i++)
		add_environment(needing, containers->items[i]);
}

static void add_volume(const struct needing *needing, const struct node *volume)
{
	const struct node *sources =
	    node_find(volume, "projected", "sources", NULL);

	add_reference(needing, node_get(volume, "configMap"), "name",
	    "ConfigMap", "volumes");
	add_reference(needing, node_get(volume, "secret"), "secretName",
	    "Secret", "volumes");
	add_reference(needing, node_get(volume, "persistentVolumeClaim"),
	    "claimName", "PersistentVolumeClaim", "volumes");
	for (size_t i = 0; i < node_length(sources); i++) {
		add_reference(needing, node_get(sources->items[i], "configMap"),
		    "name", "ConfigMap", "volumes");
		add_reference(needing, node_get(sources->items[i], "secret"),
		    "name", "Secret", "volumes");
	}
}

static bool is_hook(const struct manifest *manifest)
{
	return manifest->seldom->helm_hook.given ||
	       manifest->seldom->argo_hook.given;
}

/* A hook has the rights of its account as soon as one binding is there. */
static void add_rights(const struct needing *needing, const struct node *name,
    const struct need *account)
{
	struct need *rights;

	if (!account || !is_hook(needing->place->manifest))
		return;
	rights = add_need(needing, name, "RoleBinding", "serviceAccountName");
	if (rights)
		rights->account = account;
}

/* "default" is there before anything else. */
static void add_account(
    const struct needing *needing, const struct node *pod_spec)
{
	const struct node *name = node_get(pod_spec, "serviceAccountName");
	struct slice text;

	if (node_is_null(name))
		name = node_get(pod_spec, "serviceAccount");
	if (node_to_text(name, &text) && !slice_is(text, "default"))
		add_rights(needing, name,
		    add_need(
			needing, name, "ServiceAccount", "serviceAccountName"));
}

static void add_call(
    void *context, struct slice name, const struct node *at)
{
	const struct needing *needing = context;

	add_need_at(needing, at, facts_text(needing->facts, name), "Service",
	    "call");
}

/* Of a hook, which nothing starts again when nobody answers. */
static void add_calls(
    struct needing *needing, const struct node *containers)
{
	struct calls calls = {.namespace = needing->place->manifest->namespace,
	    .found = add_call,
	    .context = needing};

	if (!is_hook(needing->place->manifest))
		return;
	for (size_t i = 0; i < node_length(containers); i++)
		find_calls(&calls, containers->items[i]);
}

static void add_needs(struct needing *needing, const struct node *pod_spec)
{
	const struct node *volumes = node_get(pod_spec, "volumes");
	const struct node *secrets = node_get(pod_spec, "imagePullSecrets");

	add_account(needing, pod_spec);
	add_containers(needing, node_get(pod_spec, "initContainers"));
	add_containers(needing, node_get(pod_spec, "containers"));
	for (size_t i = 0; i < node_length(volumes); i++)
		add_volume(needing, volumes->items[i]);
	add_calls(needing, node_get(pod_spec, "initContainers"));
	add_calls(needing, node_get(pod_spec, "containers"));
	for (size_t i = 0; i < node_length(secrets); i++)
		add_need(needing, node_get(secrets->items[i], "name"), "Secret",
		    "imagePullSecrets");
}

void collect_needs(struct facts *facts, const struct node *object,
    const struct node *pod_spec, const struct workload *workload)
{
	struct reading place = {
	    facts, workload->manifest, workload, object, ""};
	struct map known = {0};
	struct needing needing = {facts, &place, &known};

	add_needs(&needing, pod_spec);
	map_release(&known);
}
