/*
 * What autoscalers name: whether it is in the stream, and who else names it.
 *
 * Every autoscaler asks for a few identities, and each object is held against
 * those: the cost is that of the objects, however many share a name.
 */
#include "fact/relate.h"

#include <string.h>

/* In place of a group or namespace: any. */
#define ANY "*"

/* What is asked for under one key. */
struct wish {
	bool granted;
	const struct workload *workload;     /* the first granted, or NULL */
	const struct autoscaler *autoscaler; /* the first that asks */
};

struct wishes {
	struct map map;
	struct arena arena;
	struct buf key;
};

/* The parts of an identity, none of which has a NUL in it. */
struct identity {
	const char *group, *kind, *name, *namespace;
};

static struct slice identity_key(
    struct buf *key, const struct identity *identity)
{
	buf_clear(key);
	buf_printf(key, "%s/%s/%s/%s", identity->group, identity->kind,
	    identity->namespace, identity->name);
	return buf_slice(key);
}

static struct wish *wish_for(
    struct wishes *wishes, const struct identity *identity)
{
	struct slice key = identity_key(&wishes->key, identity);
	struct wish *wish = map_find(&wishes->map, key);

	if (!wish) {
		wish = arena_alloc(&wishes->arena, sizeof(*wish));
		*map_slot(&wishes->map, slice_copy(&wishes->arena, key)) = wish;
	}
	return wish;
}

static void wishes_release(struct wishes *wishes)
{
	map_release(&wishes->map);
	arena_release(&wishes->arena);
	buf_release(&wishes->key);
}

static struct identity target_of(
    const struct release *release, const struct autoscaler *autoscaler)
{
	const char *group = autoscaler->target_group;

	return (struct identity){
	    .group = group ? group : ANY,
	    .kind = autoscaler->target_kind.text,
	    .name = autoscaler->target_name.text,
	    .namespace = manifest_namespace(release, autoscaler->manifest),
	};
}

/* The same, where only the namespace could tell. */
static struct identity elsewhere(struct identity identity)
{
	identity.namespace = *identity.namespace ? "" : ANY;
	return identity;
}

/* The same, whatever its kind. */
static struct identity any_kind(struct identity identity)
{
	identity.group = ANY;
	identity.kind = ANY;
	return identity;
}

static void wish_all(struct wishes *wishes, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_autoscaler];

	for (size_t i = 0; i < list->n; i++) {
		struct identity target = target_of(release, list->items[i]);
		struct identity far = elsewhere(target);
		struct identity namesake = any_kind(target);

		wish_for(wishes, &target);
		wish_for(wishes, &far);
		wish_for(wishes, &namesake);
	}
}

static void grant(struct wishes *wishes, struct identity identity,
    const struct workload *workload)
{
	struct wish *wish =
	    map_find(&wishes->map, identity_key(&wishes->key, &identity));

	if (!wish)
		return;
	wish->granted = true;
	if (!wish->workload)
		wish->workload = workload;
}

static struct identity identity_of(
    const struct release *release, const struct manifest *manifest)
{
	return (struct identity){
	    .group = manifest->group,
	    .kind = manifest->kind,
	    .name = manifest->name,
	    .namespace = manifest_namespace(release, manifest),
	};
}

/* An autoscaler may leave out the group, and not know its namespace. */
static void grant_all(struct wishes *wishes, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		struct identity identity = identity_of(release, list->items[i]);
		const char *const groups[] = {identity.group, ANY};
		const char *const namespaces[] = {identity.namespace, ANY};

		for (size_t j = 0; j < 4; j++) {
			identity.group = groups[j / 2];
			identity.namespace = namespaces[j % 2];
			grant(wishes, identity, NULL);
		}
	}
}

static void grant_namesakes(
    struct wishes *wishes, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		if (workload->kind->is_controller)
			grant(wishes,
			    any_kind(identity_of(release, workload->manifest)),
			    workload);
	}
}

static void find_target(struct wishes *wishes, const struct release *release,
    struct autoscaler *autoscaler)
{
	struct identity target = target_of(release, autoscaler);
	struct identity far = elsewhere(target);
	struct identity namesake = any_kind(target);

	if (autoscaler->targets.sure.n || wish_for(wishes, &target)->granted)
		autoscaler->found = TRI_YES;
	else if (wish_for(wishes, &far)->granted)
		autoscaler->found = TRI_UNKNOWN;
	else
		autoscaler->namesake = wish_for(wishes, &namesake)->workload;
}

/* Two documents of one autoscaler are no rivals. */
static bool is_same(
    const struct autoscaler *autoscaler, const struct autoscaler *other)
{
	return !strcmp(autoscaler->manifest->kind, other->manifest->kind) &&
	       !strcmp(autoscaler->manifest->name, other->manifest->name);
}

static void find_rival(struct wishes *wishes, const struct release *release,
    struct autoscaler *autoscaler)
{
	struct identity target = target_of(release, autoscaler);
	struct wish *wish;

	if (!*target.name)
		return;
	if (autoscaler->targets.sure.n)
		target.group =
		    ((const struct workload *)autoscaler->targets.sure.items[0])
			->manifest->group;
	wish = wish_for(wishes, &target);
	if (!wish->autoscaler)
		wish->autoscaler = autoscaler;
	else if (!is_same(autoscaler, wish->autoscaler))
		autoscaler->rival = wish->autoscaler;
}

void relate_targets(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_autoscaler];
	struct wishes wishes = {0};

	if (!list->n)
		return;
	wish_all(&wishes, release);
	grant_all(&wishes, release);
	grant_namesakes(&wishes, release);
	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct autoscaler *autoscaler =
		    (struct autoscaler *)(uintptr_t)list->items[i];

		find_target(&wishes, release, autoscaler);
		find_rival(&wishes, release, autoscaler);
	}
	wishes_release(&wishes);
}
