/*
 * Hosts and paths of Ingresses: which of them another Ingress of the same
 * controller has taken before.
 */
#include "fact/service/ingress.h"

#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/problem.h"

#include <string.h>

/* What annotations are called that tell requests for one path from each other,
 * whoever's they are: nginx.ingress.kubernetes.io/canary, konghq.com/methods.
 */
static bool tells_requests_apart(struct slice key)
{
	static const char *const words[] = {"canary", "conditions.", "methods",
	    "headers", "protocols", "router.", "route-acl", "weight",
	    "blue-green", "mergeable-ingress-type"};
	ptrdiff_t slash = slice_find(key, SLICE("/"), 0);

	for (size_t i = 0; slash >= 0 && i < COUNT_OF(words); i++) {
		if (slice_find(key, slice_of(words[i]), (size_t)slash) >= 0)
			return true;
	}
	return false;
}

static bool has_key(
    const struct node *annotations, bool (*is_meant)(struct slice key))
{
	bool is_map = annotations && annotations->kind == NODE_MAPPING;

	for (size_t i = 0; is_map && i < annotations->n; i++) {
		if (is_meant(scalar_text(annotations->pairs[i].key)))
			return true;
	}
	return false;
}

static bool is_for_alb(struct slice key)
{
	return slice_starts(key, SLICE("alb.ingress.kubernetes.io/"));
}

/* Controllers that make a load balancer for each Ingress, or for each group of
 * them, meet the paths of that alone: what it is known by; or "". */
static const char *balancer_of(const struct collection *collection,
    const struct manifest *manifest, const struct node *annotations,
    const char *class)
{
	const char *group = facts_name(collection->facts,
	    node_get(annotations, "alb.ingress.kubernetes.io/group.name"));

	if (*group)
		return group;
	if (!strcmp(class, "alb") || !strncmp(class, "gce", strlen("gce")) ||
	    has_key(annotations, is_for_alb))
		return manifest->name;
	return "";
}

struct reading_entries {
	const struct collection *collection;
	const struct manifest *manifest;
	const char *class, *balancer;
};

/* Left out, a path is all of them. */
static void add_entry(const struct reading_entries *reading,
    const struct node *host, const struct node *item)
{
	struct facts *facts = reading->collection->facts;
	struct ingress_entry *entry =
	    arena_alloc(&facts->arena, sizeof(*entry));

	entry->manifest = reading->manifest;
	entry->balancer = reading->balancer;
	entry->type = facts_name(facts, node_get(item, "pathType"));
	entry->class = fact_text(reading->class);
	entry->host = facts_node_text(facts, host, "");
	entry->path = facts_node_text(facts, node_get(item, "path"), "/");
	vector_add(&facts->lists[ENTITY_entry], entry);
}

void collect_ingress_entries(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *spec = node_get(object, "spec");
	const struct node *rules = node_get(spec, "rules");
	const struct node *annotations =
	    node_find(object, "metadata", "annotations", NULL);
	const struct node *class = node_get(spec, "ingressClassName");
	struct reading_entries reading = {collection, manifest, "", ""};

	if (has_key(annotations, tells_requests_apart))
		return;
	if (is_blank(class))
		class = node_get(annotations, "kubernetes.io/ingress.class");
	reading.class = facts_name(collection->facts, class);
	reading.balancer =
	    balancer_of(collection, manifest, annotations, reading.class);
	for (size_t i = 0; i < node_length(rules); i++) {
		const struct node *paths =
		    node_find(rules->items[i], "http", "paths", NULL);

		for (size_t j = 0; j < node_length(paths); j++)
			add_entry(&reading, node_get(rules->items[i], "host"),
			    paths->items[j]);
	}
}

static void find_rival(struct release *release, struct map *seen,
    struct buf *key, struct ingress_entry *entry)
{
	struct ingress_entry *first;

	buf_clear(key);
	buf_printf(key, "%s\n%s\n%s\n%s\n%s", entry->class.text,
	    entry->balancer, entry->host.text, entry->path.text, entry->type);
	first = map_find(seen, buf_slice(key));
	if (!first)
		*map_slot(seen, slice_copy(&release->arena, buf_slice(key))) =
		    entry;
	else if (strcmp(first->manifest->name, entry->manifest->name) != 0 &&
		 !are_apart(release, first->manifest, entry->manifest))
		entry->rival = fact_entity(first);
}

void relate_ingress_entries(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_entry];
	struct map seen = {0};
	struct buf key = {0};

	/* Made by collect and const for everybody but relate. */
	for (size_t i = 0; i < list->n; i++)
		find_rival(release, &seen, &key,
		    (struct ingress_entry *)(uintptr_t)list->items[i]);
	map_release(&seen);
	buf_release(&key);
}

SIMPLE(entry, manifest, fact_entity(entry->manifest))
