/*
 * A pod template -> the keys of ConfigMaps and Secrets that its pods name, and
 * those that they mount whole.
 *
 * Without a key that a variable or an item of a volume names, no container
 * starts (CreateContainerConfigError and MountVolume.SetUp of the kubelet);
 * subPath of what is not there mounts an empty directory.  What may be missing
 * is left out.  What is mounted whole is kept with --previous alone.
 */
#include "fact/config/configuration.h"

#include "fact/problem.h"

#include <stdlib.h>
#include <string.h>

struct key_taking {
	struct facts *facts;
	const struct node *containers, *init;
	struct map mounts; /* struct vector: of nodes, by their volume */
	bool compares; /* there is an earlier release */
	bool is_one_of_several; /* what is read, of the sources of a volume: a
				   file may be of another */
	struct buf uses;
};

static bool may_be_missing(const struct node *reference)
{
	bool optional = false;

	node_to_bool(node_get(reference, "optional"), &optional);
	return optional;
}

static void add_key(struct key_taking *taking, const char *kind,
    const struct node *name, const struct node *key, enum config_way way)
{
	const struct node *at = key ? key : name;
	struct key_use use = {.kind = kind, .way = way};

	if (!name || node_is_null(at) || (!key && !taking->compares))
		return;
	use.name = facts_name(taking->facts, name);
	use.key = key ? facts_name(taking->facts, key) : NULL;
	use.line = at->span.line;
	use.col = at->span.col;
	use.width = facts_width(at);
	buf_add(&taking->uses, &use, sizeof(use));
}

static void add_variables(
    struct key_taking *taking, const struct node *containers)
{
	static const struct {
		const char *field, *kind;
	} rows[] = {
	    {"configMapKeyRef", "ConfigMap"}, {"secretKeyRef", "Secret"}};

	for (size_t i = 0; i < node_length(containers); i++) {
		const struct node *env = node_get(containers->items[i], "env");

		for (size_t j = 0; j < node_length(env) * COUNT_OF(rows); j++) {
			size_t row = j % COUNT_OF(rows);
			const struct node *reference =
			    node_find(env->items[j / COUNT_OF(rows)],
				"valueFrom", rows[row].field, NULL);

			if (node_get(reference, "key") &&
			    !may_be_missing(reference))
				add_key(taking, rows[row].kind,
				    node_get(reference, "name"),
				    node_get(reference, "key"), CONFIG_KEY);
		}
	}
}

/* The file of a volume that one mount is of, when it is one of its keys. */
static const struct node *file_of(const struct node *mount)
{
	const struct node *path = node_get(mount, "subPath");
	struct slice text = {0};

	node_to_text(path, &text);
	return text.len && !slice_is(text, ".") &&
		       slice_find(text, SLICE("/"), 0) < 0
		   ? path
		   : NULL;
}

static void index_mounts(
    struct key_taking *taking, const struct node *containers)
{
	for (size_t i = 0; i < node_length(containers); i++) {
		const struct node *mounts =
		    node_get(containers->items[i], "volumeMounts");

		for (size_t j = 0; j < node_length(mounts); j++) {
			const struct node *mount = mounts->items[j];
			void **place = map_slot(&taking->mounts,
			    scalar_text(node_get(mount, "name")));

			if (!*place)
				*place = xcalloc(1, sizeof(struct vector));
			vector_add(*place, (void *)(uintptr_t)mount);
		}
	}
}

static void release_mounts(struct key_taking *taking)
{
	for (size_t i = 0; i < taking->mounts.n; i++) {
		struct vector *mounts = taking->mounts.entries[i].value;

		free(mounts->items);
		free(mounts);
	}
	map_release(&taking->mounts);
}

/* Of a volume without items, whose files have the names of the keys. */
static void add_files(struct key_taking *taking, struct slice volume,
    const char *kind, const struct node *name)
{
	const struct vector *mounts = map_find(&taking->mounts, volume);

	for (size_t i = 0; mounts && i < mounts->n; i++) {
		const struct node *mount = mounts->items[i];
		const struct node *file = file_of(mount);

		if (file && !taking->is_one_of_several)
			add_key(taking, kind, name, file, CONFIG_COPY);
		else if (is_blank(node_get(mount, "subPath")) &&
			 is_blank(node_get(mount, "subPathExpr")))
			add_key(taking, kind, name, NULL, CONFIG_FILE);
	}
}

static void add_source(struct key_taking *taking, struct slice volume,
    const char *kind, const struct node *source, const char *field)
{
	const struct node *items = node_get(source, "items");
	const struct node *name = node_get(source, field);

	if (!name || may_be_missing(source))
		return;
	for (size_t i = 0; i < node_length(items); i++)
		add_key(taking, kind, name, node_get(items->items[i], "key"),
		    CONFIG_FILE);
	if (node_length(items))
		return;
	add_files(taking, volume, kind, name);
}

static void add_volume(struct key_taking *taking, const struct node *volume)
{
	struct slice name = scalar_text(node_get(volume, "name"));
	const struct node *sources =
	    node_find(volume, "projected", "sources", NULL);

	add_source(
	    taking, name, "ConfigMap", node_get(volume, "configMap"), "name");
	add_source(
	    taking, name, "Secret", node_get(volume, "secret"), "secretName");
	taking->is_one_of_several = node_length(sources) > 1;
	for (size_t i = 0; i < node_length(sources); i++) {
		const struct node *source = sources->items[i];

		add_source(taking, name, "ConfigMap",
		    node_get(source, "configMap"), "name");
		add_source(
		    taking, name, "Secret", node_get(source, "secret"), "name");
	}
	taking->is_one_of_several = false;
}

void collect_keys(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	struct key_taking taking = {.facts = facts,
	    .containers = node_get(pod_spec, "containers"),
	    .init = node_get(pod_spec, "initContainers")};
	const struct node *volumes = node_get(pod_spec, "volumes");

	taking.compares = facts->settings && facts->settings->compares;
	add_variables(&taking, taking.init);
	add_variables(&taking, taking.containers);
	if (node_length(volumes)) {
		index_mounts(&taking, taking.containers);
		index_mounts(&taking, taking.init);
	}
	for (size_t i = 0; i < node_length(volumes); i++)
		add_volume(&taking, volumes->items[i]);
	release_mounts(&taking);
	workload->key_uses = facts_keep(facts, &taking.uses);
	workload->nkey_uses = taking.uses.len / sizeof(*workload->key_uses);
	buf_release(&taking.uses);
}
