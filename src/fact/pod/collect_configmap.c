/* ConfigMaps and Secrets: the settings that containers take from them. */
#include "fact/pod/pod.h"

#include "fact/drain/drain.h"

/* Only what says a drain time is kept, a key or a line of a file, and only maps
 * with such. */
void collect_configmap(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *data = node_get(object, "data");
	size_t n = data && data->kind == NODE_MAPPING ? data->n : 0;
	struct buf drains = {0}, files = {0};

	for (size_t i = 0; i < n; i++) {
		struct slice key;

		collect_mangled(
		    facts, manifest, data->pairs[i].key, data->pairs[i].value);
		if (!node_to_text(data->pairs[i].key, &key))
			continue;
		add_drain_or_hide(facts, key, data->pairs[i].value, &drains);
		collect_file_times(facts, key, data->pairs[i].value, &files);
	}
	if (drains.len || files.len) {
		struct configmap *map =
		    arena_alloc(&facts->arena, sizeof(*map));

		map->manifest = manifest;
		map->drains = facts_keep(facts, &drains);
		map->ndrains = drains.len / sizeof(*map->drains);
		map->files = facts_keep(facts, &files);
		map->nfiles = files.len / sizeof(*map->files);
		vector_add(&facts->configmaps, map);
	}
	buf_release(&drains);
	buf_release(&files);
}

/* What is in data is encoded, and was a text to whoever did it. */
void collect_secret(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *data = node_get(object, "stringData");
	size_t n = data && data->kind == NODE_MAPPING ? data->n : 0;

	for (size_t i = 0; i < n; i++)
		collect_mangled(collection->facts, manifest, data->pairs[i].key,
		    data->pairs[i].value);
}
