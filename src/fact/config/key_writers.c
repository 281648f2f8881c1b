/*
 * Objects that say which ConfigMaps and Secrets they have others write: the
 * keys that these have in the end are not those of the stream.
 */
#include "fact/config/configuration.h"

#include "fact/problem.h"

#include <string.h>

static void add_open(const struct collection *collection,
    const struct manifest *manifest, const char *kind, const char *name)
{
	struct facts *facts = collection->facts;
	struct key_set *set = arena_alloc(&facts->linking, sizeof(*set));

	*set = (struct key_set){.manifest = manifest,
	    .kind = kind,
	    .name = name,
	    .is_open = true};
	vector_add(&facts->key_sets, set);
}

static void add_named(const struct collection *collection,
    const struct manifest *manifest, const char *kind, const struct node *name)
{
	if (!node_is_null(name))
		add_open(collection, manifest, kind,
		    facts_name(collection->facts, name));
}

static bool lists_one_of(
    const struct node *list, const char *const *words, size_t n)
{
	for (size_t i = 0; i < node_length(list) * n; i++) {
		if (slice_is(scalar_text(list->items[i / n]), words[i % n]))
			return true;
	}
	return false;
}

/* Of what a rule names each, or without names any. */
static void add_ruled(const struct collection *collection,
    const struct manifest *manifest, const char *kind, const struct node *names)
{
	if (!node_length(names))
		add_open(collection, manifest, kind, NULL);
	for (size_t i = 0; i < node_length(names); i++)
		add_named(collection, manifest, kind, names->items[i]);
}

/* Accounts that may change an object by its name are given that to do it; those
 * that may change any perhaps. */
static void add_writable(const struct collection *collection,
    const struct manifest *manifest, const struct node *rule)
{
	static const char *const verbs[] = {"update", "patch", "*"};
	static const char *const groups[] = {"", "*"};
	static const struct {
		const char *resources[2];
		const char *kind;
	} rows[] = {{{"configmaps", "*"}, "ConfigMap"},
	    {{"secrets", "*"}, "Secret"}};

	if (!lists_one_of(node_get(rule, "verbs"), verbs, COUNT_OF(verbs)) ||
	    !lists_one_of(
		node_get(rule, "apiGroups"), groups, COUNT_OF(groups)))
		return;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (lists_one_of(node_get(rule, "resources"), rows[i].resources,
			COUNT_OF(rows[i].resources)))
			add_ruled(collection, manifest, rows[i].kind,
			    node_get(rule, "resourceNames"));
	}
}

void collect_key_writer(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *rules = node_get(object, "rules");
	const struct node *own = node_find(object, "metadata", "name", NULL);
	const struct node *target =
	    node_find(object, "spec", "target", "name", NULL);

	for (size_t i = 0; i < node_length(rules); i++)
		add_writable(collection, manifest, rules->items[i]);
	if (!strcmp(manifest->kind, "Certificate"))
		target = node_find(object, "spec", "secretName", NULL);
	else if (!strcmp(manifest->kind, "Bundle"))
		add_named(collection, manifest, "ConfigMap", own);
	else if (rules)
		return;
	add_named(collection, manifest, "Secret", target ? target : own);
}
