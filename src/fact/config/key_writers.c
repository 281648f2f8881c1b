/*
 * Objects that say which ConfigMaps and Secrets they have others write: the
 * keys that these have in the end are not those of the stream.
 */
#include "fact/config/configuration.h"

#include "fact/problem.h"

#include <string.h>

static void add_open(const struct collection *collection,
    const struct manifest *manifest, const char *kind, const struct node *name)
{
	struct facts *facts = collection->facts;
	struct key_set *set;

	if (node_is_null(name))
		return;
	set = arena_alloc(&facts->arena, sizeof(*set));
	*set = (struct key_set){.manifest = manifest,
	    .kind = kind,
	    .name = facts_name(facts, name),
	    .is_open = true};
	vector_add(&facts->key_sets, set);
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

/* Accounts that may change an object by its name are given that to do it. */
static void add_named(const struct collection *collection,
    const struct manifest *manifest, const struct node *rule)
{
	static const char *const verbs[] = {"update", "patch", "*"};
	static const struct {
		const char *resource, *kind;
	} rows[] = {{"configmaps", "ConfigMap"}, {"secrets", "Secret"}};
	const struct node *names = node_get(rule, "resourceNames");

	if (!lists_one_of(node_get(rule, "verbs"), verbs, COUNT_OF(verbs)))
		return;
	for (size_t i = 0; i < node_length(names) * COUNT_OF(rows); i++) {
		size_t row = i % COUNT_OF(rows);

		if (lists_one_of(node_get(rule, "resources"),
			&rows[row].resource, 1))
			add_open(collection, manifest, rows[row].kind,
			    names->items[i / COUNT_OF(rows)]);
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
		add_named(collection, manifest, rules->items[i]);
	if (!strcmp(manifest->kind, "Certificate"))
		target = node_find(object, "spec", "secretName", NULL);
	else if (!strcmp(manifest->kind, "Bundle"))
		add_open(collection, manifest, "ConfigMap", own);
	else if (rules)
		return;
	add_open(collection, manifest, "Secret", target ? target : own);
}
