/* What pods need: whether it is in the stream, for those that start with the
 * rest of a release as well as for hooks. */
#include "fact/hook/hook.h"

#include "fact/computed.h"
#include "fact/namespace.h"

#include <string.h>

/* In place of a namespace: any. */
#define ANY "*"

static struct slice object_of(
    struct buf *buf, const char *kind, const char *name, const char *namespace)
{
	buf_clear(buf);
	buf_printf(buf, "%s/%s/%s", kind, name, namespace);
	return buf_slice(buf);
}

/* Kinds that are needed by name, and not for what they do. */
static bool is_needed_by_name(const char *kind)
{
	static const char *const kinds[] = {
	    "ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim"};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!strcmp(kind, kinds[i]))
			return true;
	}
	return false;
}

/* The objects that there are, while needs are held against them. */
struct rendered {
	struct map map; /* by object_of() */
	struct arena arena;
	struct buf key;
};

static void put(struct rendered *rendered, const struct manifest *manifest,
    const char *namespace)
{
	struct slice key = object_of(
	    &rendered->key, manifest->kind, manifest->name, namespace);

	if (!map_find(&rendered->map, key))
		*map_slot(&rendered->map, slice_copy(&rendered->arena, key)) =
		    (void *)(uintptr_t)manifest;
}

static void put_all(const struct release *release, struct rendered *rendered)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (*manifest->group || !is_needed_by_name(manifest->kind))
			continue;
		put(rendered, manifest, manifest_namespace(release, manifest));
		put(rendered, manifest, ANY);
	}
}

static bool has(
    struct rendered *rendered, const struct need *need, const char *namespace)
{
	return map_find(
	    &rendered->map, object_of(&rendered->key, need->kind.text,
				need->name.text, namespace));
}

static struct fact find_rendered(const struct release *release,
    struct rendered *rendered, const struct need *need)
{
	const char *namespace =
	    manifest_namespace(release, need->part.workload->manifest);

	if (!is_needed_by_name(need->kind.text))
		return fact_unknown();
	if (has(rendered, need, namespace))
		return fact_bool(true);
	return has(rendered, need, *namespace ? "" : ANY) ? fact_unknown()
							  : fact_bool(false);
}

void relate_rendered(struct release *release)
{
	const struct entity_list *needs = &release->lists[ENTITY_need];
	struct rendered rendered = {0};

	if (needs->n)
		put_all(release, &rendered);
	for (size_t i = 0; i < needs->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct need *need = (struct need *)(uintptr_t)needs->items[i];

		need->rendered = find_rendered(release, &rendered, need);
	}
	map_release(&rendered.map);
	arena_release(&rendered.arena);
	buf_release(&rendered.key);
}
