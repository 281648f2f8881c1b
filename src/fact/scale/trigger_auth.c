/*
 * TriggerAuthentications of KEDA that triggers name.
 *
 * Where one is not there, KEDA builds no scaler of the trigger ("error getting
 * triggerAuth", pkg/scaling/resolver): the ScaledObject is not ready, and what
 * it scales stays as it is.  Without a kind the name is one of the namespace.
 */
#include "fact/scale/scale.h"

#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/namespace.h"
#include "fact/problem.h"

#include <stddef.h>
#include <string.h>

struct auth_use {
	const struct manifest *manifest;
	struct autoscaler *autoscaler; /* NULL: of a ScaledJob */
	struct fact name;
	bool is_for_cluster;	      /* a ClusterTriggerAuthentication */
	const struct manifest *spare; /* by relate; or NULL */
};

static void add_uses(struct facts *facts, const struct node *triggers,
    const struct manifest *manifest, struct autoscaler *autoscaler)
{
	for (size_t i = 0; i < node_length(triggers); i++) {
		const struct node *ref =
		    node_get(triggers->items[i], "authenticationRef");
		const struct node *name = node_get(ref, "name");
		struct slice kind = scalar_text(node_get(ref, "kind"));
		struct auth_use *use;

		if (!scalar_text(name).len)
			continue;
		use = arena_alloc(&facts->arena, sizeof(*use));
		*use = (struct auth_use){
		    .manifest = manifest,
		    .autoscaler = autoscaler,
		    .name =
			facts_placed(fact_text(facts_name(facts, name)), name),
		    .is_for_cluster =
			slice_is(kind, "ClusterTriggerAuthentication"),
		};
		vector_add(&facts->auth_uses, use);
	}
}

void collect_auth(
    struct facts *facts, const struct node *spec, struct autoscaler *autoscaler)
{
	add_uses(facts, node_get(spec, "triggers"), autoscaler->manifest,
	    autoscaler);
}

void collect_scaled_job(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	add_uses(collection->facts, node_find(object, "spec", "triggers", NULL),
	    manifest, NULL);
}

struct resolving {
	const struct release *release;
	struct map named;   /* by name alone */
	struct map by_name; /* const struct manifest, of the namespaces */
	struct map cluster; /* the same of the cluster, by name */
	struct map spare;   /* by namespace: the one that nobody names, or some
			       object */
	struct arena arena;
	struct buf key;
};

static void put(struct resolving *resolving, struct map *map, const char *name,
    const char *namespace, const struct manifest *manifest)
{
	*object_slot(map, &resolving->arena, &resolving->key, name, namespace) =
	    (void *)(uintptr_t)manifest;
}

static const struct manifest *find(struct resolving *resolving,
    const struct map *map, const char *name, const char *namespace)
{
	return map_find(map, object_key(&resolving->key, name, namespace));
}

/* In place of the only one. */
static const struct manifest several;

static void index_spare(
    struct resolving *resolving, const struct manifest *manifest)
{
	const char *namespace =
	    manifest_namespace(resolving->release, manifest);

	if (find(resolving, &resolving->named, manifest->name, ""))
		return;
	if (find(resolving, &resolving->spare, "", namespace))
		manifest = &several;
	put(resolving, &resolving->spare, "", namespace, manifest);
}

/* Uses must be known. */
static void index_auths(struct resolving *resolving)
{
	const struct entity_list *list =
	    &resolving->release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (strcmp(manifest->group, "keda.sh") != 0)
			continue;
		if (!strcmp(manifest->kind, "ClusterTriggerAuthentication"))
			put(resolving, &resolving->cluster, manifest->name, "",
			    manifest);
		if (!strcmp(manifest->kind, "TriggerAuthentication")) {
			put(resolving, &resolving->by_name, manifest->name, "",
			    manifest);
			index_spare(resolving, manifest);
		}
	}
}

/* One of the name in a namespace that is not known may be the one. */
static const struct manifest *spare_of(
    struct resolving *resolving, const struct auth_use *use)
{
	const char *name = use->name.text;
	const struct manifest *of_cluster =
	    find(resolving, &resolving->cluster, name, "");
	const struct manifest *of_name =
	    find(resolving, &resolving->by_name, name, "");
	const struct manifest *spare = find(resolving, &resolving->spare, "",
	    manifest_namespace(resolving->release, use->manifest));

	if (use->is_for_cluster)
		return of_cluster ? NULL : of_name;
	if (of_name)
		return NULL;
	if (of_cluster)
		return of_cluster;
	return spare == &several ? NULL : spare;
}

static void resolve(struct resolving *resolving, struct auth_use *use)
{
	const struct manifest *spare = spare_of(resolving, use);

	if (!spare || !use->autoscaler || use->autoscaler->lost_auth ||
	    are_apart(resolving->release, spare, use->manifest))
		return;
	use->spare = spare;
	use->autoscaler->lost_auth = use;
}

void relate_auth(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	struct resolving resolving = {.release = release};
	struct entity_list uses = facts_in_order(
	    &resolving.arena, facts, nfacts, offsetof(struct facts, auth_uses));

	for (size_t i = 0; i < uses.n; i++) {
		const struct auth_use *use = uses.items[i];

		put(&resolving, &resolving.named, use->name.text, "",
		    use->manifest);
	}
	if (uses.n)
		index_auths(&resolving);
	for (size_t i = 0; i < uses.n; i++)
		/* Made by collect and const for everybody but relate. */
		resolve(
		    &resolving, (struct auth_use *)(uintptr_t)uses.items[i]);
	map_release(&resolving.named);
	map_release(&resolving.by_name);
	map_release(&resolving.cluster);
	map_release(&resolving.spare);
	arena_release(&resolving.arena);
	buf_release(&resolving.key);
}

struct fact fact_autoscaler_lost_auth(
    const struct release *release, const struct autoscaler *autoscaler)
{
	(void)release;
	return autoscaler->lost_auth ? autoscaler->lost_auth->name
				     : (struct fact){.state = FACT_ABSENT};
}

SIMPLE(autoscaler, spare_auth,
    fact_entity(autoscaler->lost_auth ? autoscaler->lost_auth->spare : NULL))
