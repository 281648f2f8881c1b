/* Which objects their owner repeats: found by the owner's kind, namespace and
 * name among the objects of the stream. */
#include "fact/repeated.h"

#include "fact/namespace.h"

#include <string.h>

/* Controllers whose pods are made from a template of their own. */
static const char *const makers[] = {"Deployment", "ReplicaSet", "StatefulSet",
    "DaemonSet", "Job", "CronJob", "Rollout", "ReplicationController",
    "DeploymentConfig", "CloneSet", NULL};

static bool makes_pods(const char *kind)
{
	const char *const *maker = makers;

	while (*maker && !text_eq(*maker, kind))
		maker++;
	return *maker;
}

static struct slice owner_key(
    struct buf *buf, const char *kind, const char *namespace, struct slice name)
{
	buf_clear(buf);
	buf_printf(buf, "%s/%s/%.*s", kind, namespace, SLICE_ARGS(name));
	return buf_slice(buf);
}

/* A ReplicaSet is called after its Deployment or Rollout, with a hash behind:
 * of such a list the pods may be there and the ReplicaSets not. */
static bool is_made_through(const struct map *owners, struct buf *buf,
    const char *namespace, struct slice replica_set)
{
	size_t len = replica_set.len;

	while (len && replica_set.ptr[len - 1] != '-')
		len--;
	if (!len)
		return false;
	replica_set.len = len - 1;
	return map_find(owners,
		   owner_key(buf, "Deployment", namespace, replica_set)) ||
	       map_find(
		   owners, owner_key(buf, "Rollout", namespace, replica_set));
}

static bool has_owner(const struct release *release, const struct map *owners,
    struct buf *buf, const struct manifest *manifest)
{
	const char *namespace = manifest_namespace(release, manifest);
	const char *kind = manifest->seldom->owner_kind;
	struct slice name;

	if (!kind)
		return false;
	name = slice_of(manifest->seldom->owner_name);
	return map_find(owners, owner_key(buf, kind, namespace, name)) ||
	       (!strcmp(kind, "ReplicaSet") &&
		   is_made_through(owners, buf, namespace, name));
}

/* As those of a running cluster do; charts render none. */
static bool any_names_owner(const struct entity_list *manifests)
{
	for (size_t i = 0; i < manifests->n; i++) {
		const struct manifest *manifest = manifests->items[i];

		if (manifest->seldom->owner_kind)
			return true;
	}
	return false;
}

void relate_owners(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	struct map owners = {0};
	struct arena arena = {0};
	struct buf buf = {0};

	if (!any_names_owner(list))
		return;

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (makes_pods(manifest->kind))
			*map_slot(&owners,
			    slice_copy(&arena,
				owner_key(&buf, manifest->kind,
				    manifest_namespace(release, manifest),
				    slice_of(manifest->name)))) = &owners;
	}
	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct manifest *manifest =
		    (struct manifest *)(uintptr_t)list->items[i];

		manifest->is_repeated =
		    has_owner(release, &owners, &buf, manifest);
		release->has_repeated |= manifest->is_repeated;
	}
	map_release(&owners);
	arena_release(&arena);
	buf_release(&buf);
}
