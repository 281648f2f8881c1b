/* A custom resource -> its refusals, at once or at the end of the stream; a
 * CustomResourceDefinition -> the kind it describes. */
#include "fact/refusal/refusal.h"

#include "custom/custom.h"
#include "fact/computed.h"
#include "fact/settings.h"
#include "schema/schema.h"

#include <string.h>

/* Nodes of custom resources that a worker copies: some 40 MB of them. */
#define MOST_COPIED UINT64_C(300000)

SIMPLE(gap, manifest, fact_entity(gap->part.manifest))

void collect_gap(struct facts *facts, const struct manifest *manifest,
    const void *about, const char *text)
{
	const struct vector *list = &facts->lists[ENTITY_gap];
	struct reading reading = {.facts = facts, .manifest = manifest};
	struct gap *gap;

	for (size_t i = 0; i < list->n; i++) {
		gap = list->items[i];
		if (gap->about == about)
			return;
	}
	gap = arena_alloc(&facts->arena, sizeof(*gap));
	gap->part = part_at(&reading, NULL);
	gap->about = about;
	gap->text = fact_text(facts_text(facts, slice_of(text)));
	vector_add(&facts->lists[ENTITY_gap], gap);
}

static void add_gap(void *context, const void *about, const char *text)
{
	const struct reading *reading = context;

	collect_gap(reading->facts, reading->manifest, about, text);
}

/* Its definition says what was told of it by what is known of its kind. */
static void drop_known(struct facts *facts, const struct manifest *manifest)
{
	struct vector *list = &facts->lists[ENTITY_refusal];
	size_t n = 0;

	if (!schema_kind(manifest->group, manifest->version, manifest->kind))
		return;
	for (size_t i = 0; i < list->n; i++) {
		const struct refusal *refusal = list->items[i];

		if (refusal->part.manifest != manifest)
			list->items[n++] = list->items[i];
	}
	list->n = n;
}

void collect_late(struct facts *facts, const struct node *object,
    struct manifest *manifest, const struct custom_kind *kind)
{
	struct reading reading = {
	    .facts = facts,
	    .manifest = manifest,
	    .object = object,
	};
	struct custom_sink sink = {add_refusal, add_gap, &reading};

	drop_known(facts, manifest);
	manifest->is_held = true;
	manifest_seldom(&facts->arena, manifest)->definition = kind;
	custom_hold(kind, manifest->version, object, &sink);
}

/* Documents of several objects are kept once. */
static const char *keep_text(const struct collection *collection)
{
	const struct vector *list = &collection->facts->waiting;
	const struct waiting *last = list->n ? list->items[list->n - 1] : NULL;

	if (collection->is_in_file || !collection->text.len)
		return NULL;
	if (last && last->manifest->order == collection->order)
		return last->text;
	return slice_copy(&collection->facts->waiting_texts, collection->text)
	    .ptr;
}

static void wait_for_definition(
    const struct collection *collection, struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	struct waiting *waiting =
	    arena_alloc(&facts->waiting_texts, sizeof(*waiting));

	*waiting = (struct waiting){
	    .manifest = manifest,
	    .text = keep_text(collection),
	    .len = collection->text.len,
	    .offset = collection->offset,
	    .first_line = collection->first_line,
	};
	vector_add(&facts->waiting, waiting);
}

/* With an earlier release, rules may ask what the object was. */
static void keep_custom(const struct collection *collection,
    const struct node *object, struct manifest *manifest)
{
	struct facts *facts = collection->facts;

	if (!facts->settings || !facts->settings->compares)
		return;
	if (!collection->is_early || object->weight > MOST_COPIED ||
	    facts->copied > MOST_COPIED - object->weight)
		return;
	facts->copied += object->weight;
	manifest_seldom(&facts->arena, manifest)->custom =
	    node_copy(&facts->arena, object);
}

/* The group of a custom resource is a subdomain, those of the oldest built-in
 * kinds are not. */
void collect_custom(const struct collection *collection,
    const struct node *object, struct manifest *manifest)
{
	const struct settings *settings = collection->facts->settings;
	const struct custom_kind *kind =
	    settings && settings->customs ? custom_set_find(settings->customs,
						manifest->group, manifest->kind)
					  : NULL;

	if (kind ? custom_has_changes(kind, manifest->version)
		 : strchr(manifest->group, '.') != NULL)
		keep_custom(collection, object, manifest);
	if (kind)
		collect_late(collection->facts, object, manifest, kind);
	else if (strchr(manifest->group, '.'))
		wait_for_definition(collection, manifest);
}

static void ignore_gap(void *context, const void *about, const char *text)
{
	(void)context;
	(void)about;
	(void)text;
}

static void collect_defaults(struct facts *facts, const struct node *object,
    const struct manifest *manifest, struct custom_kind *kind)
{
	struct reading reading = {
	    .facts = facts,
	    .manifest = manifest,
	    .object = object,
	};
	struct custom_sink sink = {add_refusal, ignore_gap, &reading};

	custom_hold_defaults(kind, object, &facts->arena, &sink);
}

/* What is wrong with a definition is told as of any object; then it describes
 * nothing. */
void collect_definition(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	struct fault fault = {0};
	struct reader reader = {collection->origin, &facts->arena, &fault};
	struct custom_kind *kind;

	if (strcmp(manifest->kind, "CustomResourceDefinition") != 0 ||
	    strcmp(manifest->group, "apiextensions.k8s.io") != 0 ||
	    strcmp(manifest->version, "v1") != 0)
		return;
	if (!custom_read(&reader, object, &kind)) {
		kind->order = manifest->order;
		kind->owner = manifest;
		collect_defaults(facts, object, manifest, kind);
		vector_add(&facts->definitions, kind);
	}
	fault_release(&fault);
}
