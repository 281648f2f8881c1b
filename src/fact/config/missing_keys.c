/*
 * A key that pods name and the ConfigMap or Secret of the stream has not: no
 * container starts without it (CreateContainerConfigError, or FailedMount of a
 * volume); of a subPath an empty directory is mounted.
 *
 * Of the keys digests are kept, as nobody but this asks for them.  Objects
 * without any are left out, and those that an annotation or label has others
 * fill: their keys come later.
 */
#include "fact/config/configuration.h"

#include "fact/computed.h"
#include "fact/namespace.h"
#include "fact/problem.h"

#include <string.h>

/* FNV-1a. */
static uint64_t digest(struct slice text)
{
	uint64_t hash = 0xcbf29ce484222325U;

	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.ptr[i]) * 0x100000001b3U;
	return hash;
}

static void add_digests(const struct node *data, struct buf *digests)
{
	size_t n = data && data->kind == NODE_MAPPING ? data->n : 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t key = digest(scalar_text(data->pairs[i].key));

		buf_add(digests, &key, sizeof(key));
	}
}

static bool says_filled(const struct node *notes)
{
	static const char *const words[] = {
	    "inject", "replicat", "reflect", "sync", "generate"};
	size_t n = notes && notes->kind == NODE_MAPPING ? notes->n : 0;

	for (size_t i = 0; i < n * COUNT_OF(words); i++) {
		struct slice key =
		    scalar_text(notes->pairs[i / COUNT_OF(words)].key);

		if (slice_find(key, slice_of(words[i % COUNT_OF(words)]), 0) >=
		    0)
			return true;
	}
	return false;
}

/* Whether somebody else puts keys in: a certificate, a copy of another. */
static bool is_filled_by_others(const struct node *object)
{
	const struct node *metadata = node_get(object, "metadata");

	return says_filled(node_get(metadata, "annotations")) ||
	       says_filled(node_get(metadata, "labels")) ||
	       slice_is(scalar_text(node_get(object, "type")),
		   "kubernetes.io/service-account-token");
}

void collect_key_set(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	struct buf digests = {0};
	struct key_set *set;

	add_digests(node_get(object, "data"), &digests);
	add_digests(node_get(object, "binaryData"), &digests);
	add_digests(node_get(object, "stringData"), &digests);
	if (digests.len && !is_filled_by_others(object)) {
		set = arena_alloc(&facts->linking, sizeof(*set));
		set->manifest = manifest;
		set->kind = manifest->kind;
		set->name = manifest->name;
		set->keys =
		    arena_copy(&facts->linking, digests.ptr, digests.len);
		set->n = digests.len / sizeof(*set->keys);
		vector_add(&facts->key_sets, set);
	}
	buf_release(&digests);
}

static struct slice set_key(struct buf *text, const struct release *release,
    const struct manifest *manifest, const char *kind, const char *name)
{
	buf_clear(text);
	buf_printf(text, "%s/%s/%s", kind, name,
	    manifest_namespace(release, manifest));
	return buf_slice(text);
}

/* The key sets of a stream. */
struct sets {
	struct map by_name; /* struct key_set, by set_key() */
	struct arena arena; /* of its keys */
	/* Some account may change any ConfigMap, any Secret. */
	bool any_configmap, any_secret;
};

/* Those that are told of under one name twice are not: which of them is there
 * is not known. */
static void index_set(const struct release *release, struct sets *sets,
    struct buf *text, struct key_set *set)
{
	struct slice key =
	    set_key(text, release, set->manifest, set->kind, set->name);
	struct key_set *earlier = map_find(&sets->by_name, key);

	if (earlier)
		earlier->is_open = true;
	else
		*map_slot(&sets->by_name, slice_copy(&sets->arena, key)) = set;
}

static void index_sets(struct release *release, struct facts *const *facts,
    size_t nfacts, struct sets *sets)
{
	struct buf text = {0};

	for (size_t i = 0; i < nfacts; i++) {
		for (size_t j = 0; j < facts[i]->key_sets.n; j++) {
			struct key_set *set = facts[i]->key_sets.items[j];

			if (set->name)
				index_set(release, sets, &text, set);
			else if (!strcmp(set->kind, "ConfigMap"))
				sets->any_configmap = true;
			else
				sets->any_secret = true;
		}
	}
	buf_release(&text);
}

static bool has_key(const struct key_set *set, const char *key)
{
	uint64_t wanted = digest(slice_of(key));

	for (size_t i = 0; i < set->n; i++) {
		if (set->keys[i] == wanted)
			return true;
	}
	return false;
}

static void find_missing(struct release *release, const struct sets *sets,
    struct buf *text, struct workload *workload)
{
	struct workload_seldom *seldom;

	for (size_t i = 0; i < workload->nkey_uses; i++) {
		const struct key_use *use = &workload->key_uses[i];
		const struct key_set *set =
		    use->key ? map_find(&sets->by_name,
				   set_key(text, release, workload->manifest,
				       use->kind, use->name))
			     : NULL;

		if (!set || set->is_open || has_key(set, use->key))
			continue;
		seldom = workload_seldom(&release->arena, workload);
		seldom->lost_key = use;
		seldom->lost_from = set->manifest;
		seldom->lost_may_come = !strcmp(use->kind, "ConfigMap")
					    ? sets->any_configmap
					    : sets->any_secret;
		return;
	}
}

void relate_missing_keys(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct sets sets = {0};
	struct buf text = {0};

	index_sets(release, facts, nfacts, &sets);
	for (size_t i = 0; i < list->n; i++)
		find_missing(release, &sets, &text,
		    (struct workload *)(uintptr_t)list->items[i]);
	map_release(&sets.by_name);
	arena_release(&sets.arena);
	buf_release(&text);
}

struct fact fact_workload_lost_key(
    const struct release *release, const struct workload *workload)
{
	const struct key_use *use = workload->seldom->lost_key;

	(void)release;
	if (!use)
		return (struct fact){.state = FACT_ABSENT};
	return fact_at(fact_text(use->key), workload->manifest, use->line,
	    use->col, use->width);
}

struct fact fact_workload_lost_way(
    const struct release *release, const struct workload *workload)
{
	const struct key_use *use = workload->seldom->lost_key;

	(void)release;
	return fact_of_word(use ? config_way_name(use->way) : NULL);
}

SIMPLE(workload, lost_from, fact_entity(workload->seldom->lost_from))
SIMPLE(workload, lost_may_come, fact_bool(workload->seldom->lost_may_come))
