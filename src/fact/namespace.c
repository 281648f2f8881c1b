/* Which namespace an object is in, as far as that is known. */
#include "fact/namespace.h"

#include "fact/computed.h"

#include <string.h>

const char *manifest_namespace(
    const struct release *release, const struct manifest *manifest)
{
	if (*manifest->namespace)
		return manifest->namespace;
	return release->namespace ? release->namespace : "";
}

enum tri namespaces_equal(const struct release *release,
    const struct manifest *a, const struct manifest *b)
{
	const char *left = manifest_namespace(release, a);
	const char *right = manifest_namespace(release, b);

	if (!strcmp(left, right))
		return TRI_YES;
	return *left && *right ? TRI_NO : TRI_UNKNOWN;
}

struct slice object_key(
    struct buf *text, const char *name, const char *namespace)
{
	buf_clear(text);
	buf_printf(text, "%s/%s", name, namespace);
	return buf_slice(text);
}

void **object_slot(struct map *map, struct arena *arena, struct buf *text,
    const char *name, const char *namespace)
{
	struct slice key = object_key(text, name, namespace);

	if (!map_find(map, key))
		key = slice_copy(arena, key);
	return map_slot(map, key);
}

/* Of a namespace that is not known nothing is certain. */
struct fact fact_manifest_beside_workloads(
    const struct release *release, const struct manifest *manifest)
{
	const struct map *namespaces = &release->workload_namespaces;
	const char *namespace = manifest_namespace(release, manifest);

	return fact_bool(*namespace
			     ? map_find(namespaces, SLICE("")) ||
				   map_find(namespaces, slice_of(namespace))
			     : namespaces->n > 0);
}
