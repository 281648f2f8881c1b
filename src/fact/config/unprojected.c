/*
 * A file that containers mount by subPath from a volume of a ConfigMap or
 * Secret whose items leave it out: whatever keys the object has, the volume has
 * the items alone, and an empty directory is mounted in the place of the file.
 */
#include "fact/config/configuration.h"

#include "doc/node_index.h"
#include "fact/computed.h"
#include "fact/problem.h"

RARE(workload, left_out_file)
RARE(workload, left_out_volume)

/* Whether an item is the path, or below it. */
static bool has_path(const struct node *items, struct slice path)
{
	for (size_t i = 0; i < node_length(items); i++) {
		struct slice item =
		    scalar_text(node_get(items->items[i], "path"));

		if (slice_starts(item, path) &&
		    (item.len == path.len || item.ptr[path.len] == '/'))
			return true;
	}
	return false;
}

/* Whether a source of files has the path, or may have it: without items it has
 * one for each key. */
static bool may_have(const struct node *source, struct slice path)
{
	const struct node *items = node_get(source, "items");

	return source && (!node_length(items) || has_path(items, path));
}

/* Of the sources of a projected volume others have files of their own names. */
static bool any_may_have(const struct node *sources, struct slice path)
{
	static const char *const kinds[] = {
	    "configMap", "secret", "downwardAPI"};

	for (size_t i = 0; i < node_length(sources); i++) {
		const struct node *source = sources->items[i];
		const struct node *of = NULL;

		for (size_t j = 0; j < COUNT_OF(kinds) && !of; j++)
			of = node_get(source, kinds[j]);
		if (!of || may_have(of, path))
			return true;
	}
	return false;
}

static bool leaves_out(const struct node *volume, struct slice path)
{
	const struct node *configmap = node_get(volume, "configMap");
	const struct node *secret = node_get(volume, "secret");
	const struct node *sources =
	    node_find(volume, "projected", "sources", NULL);

	if (node_length(sources))
		return !any_may_have(sources, path);
	return (configmap && !may_have(configmap, path)) ||
	       (secret && !may_have(secret, path));
}

/* A path that is what it says, as items spell theirs. */
static bool is_plain(struct slice path)
{
	return path.len && slice_find(path, SLICE("$"), 0) < 0 &&
	       slice_find(path, SLICE("./"), 0) < 0 &&
	       slice_find(path, SLICE("//"), 0) < 0 && *path.ptr != '.' &&
	       path.ptr[path.len - 1] != '/';
}

static void hold_mount(struct facts *facts, const struct node *mount,
    const struct node_index *volumes, struct workload *workload)
{
	const struct node *path = node_get(mount, "subPath");
	const struct node *volume;

	if (!is_plain(scalar_text(path)))
		return;
	volume = node_index_find(volumes, scalar_text(node_get(mount, "name")));
	if (!leaves_out(volume, scalar_text(path)))
		return;
	KEEP_RARE(&facts->arena, workload, left_out_file,
	    facts_placed(fact_text(facts_name(facts, path)), path));
	KEEP_RARE(&facts->arena, workload, left_out_volume,
	    facts_node_text(facts, node_get(volume, "name"), ""));
}

void collect_left_out(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	static const char *const lists[] = {"containers", "initContainers"};
	struct node_index volumes;

	node_index_init(&volumes, node_get(pod_spec, "volumes"), "name");
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *containers = node_get(pod_spec, lists[i]);

		for (size_t j = 0; j < node_length(containers); j++) {
			const struct node *mounts =
			    node_get(containers->items[j], "volumeMounts");

			for (size_t k = 0; k < node_length(mounts); k++)
				hold_mount(facts, mounts->items[k], &volumes,
				    workload);
		}
	}
	node_index_release(&volumes);
}
