/* The files of ConfigMaps that a container mounts. */
#include "fact/pod/pod.h"

#include "fact/drain/drain.h"
#include "fact/problem.h"

/* One volumeMount, while it is read. */
struct mounting {
	struct facts *facts;
	struct slice path; /* subPath: the only file; or empty */
	struct buf *files;
};

static void add_file(const struct mounting *mounting,
    const struct node *configmap, const char *key)
{
	struct file_source source = {
	    .configmap =
		facts_name(mounting->facts, node_get(configmap, "name")),
	    .key = key,
	};

	buf_add(mounting->files, &source, sizeof(source));
}

/* items gives keys other names, and leaves the rest out. */
static void add_source(
    const struct mounting *mounting, const struct node *configmap)
{
	const struct node *items = node_get(configmap, "items");

	if (!configmap)
		return;
	for (size_t i = 0; i < node_length(items); i++) {
		const struct node *item = items->items[i];

		if (!mounting->path.len ||
		    slice_eq(
			mounting->path, scalar_text(node_get(item, "path"))))
			add_file(mounting, configmap,
			    facts_name(mounting->facts, node_get(item, "key")));
	}
	if (!node_length(items))
		add_file(mounting, configmap,
		    mounting->path.len
			? facts_text(mounting->facts, mounting->path)
			: NULL);
}

void collect_files(struct facts *facts, const struct node *node,
    const struct node_index *volumes, struct container *container)
{
	const struct node *mounts = node_get(node, "volumeMounts");
	struct container_seldom *seldom;
	struct buf files = {0};

	for (size_t i = 0; i < node_length(mounts); i++) {
		const struct node *mount = mounts->items[i];
		const struct node *volume = node_index_find(
		    volumes, scalar_text(node_get(mount, "name")));
		const struct node *sources =
		    node_find(volume, "projected", "sources", NULL);
		struct mounting mounting = {
		    facts, scalar_text(node_get(mount, "subPath")), &files};

		add_source(&mounting, node_get(volume, "configMap"));
		for (size_t j = 0; j < node_length(sources); j++)
			add_source(&mounting,
			    node_get(sources->items[j], "configMap"));
	}
	if (files.len) {
		seldom = container_seldom(&facts->arena, container);
		seldom->files = facts_keep(facts, &files);
		seldom->nfiles = files.len / sizeof(*seldom->files);
	}
	buf_release(&files);
}
