/* Documents that were kept, and the definitions of the whole stream -> what the
 * API server refuses in them. */
#include "run/late_objects.h"

#include "custom/custom.h"
#include "fact/refusal/refusal.h"

/* As deep as Lists hold Lists. */
#define LIST_DEPTH 4

/* Entries of one document, which is read once for them. */
struct late_document {
	struct facts *facts;
	struct waiting *const *entries;
	size_t n;
	const struct custom_set *definitions;
};

/* Whether it is the object of that manifest, which is shown at its kind or
 * at its start. */
static bool is_of(const struct manifest *manifest, const struct node *object)
{
	const struct node *kind = node_get(object, "kind");
	const struct span *span = kind ? &kind->span : &object->span;

	return manifest->line == span->line && manifest->col == span->col;
}

static void hold_object(
    const struct late_document *document, const struct node *object)
{
	for (size_t i = 0; i < document->n; i++) {
		struct manifest *manifest = document->entries[i]->manifest;
		const struct custom_kind *kind = custom_set_find(
		    document->definitions, manifest->group, manifest->kind);

		if (kind && is_of(manifest, object))
			collect_late(document->facts, object, manifest, kind);
	}
}

/* Recursion is bounded by depth. */
static void hold_node(
    const struct late_document *document, const struct node *node, int depth)
{
	const struct node *items =
	    node->kind == NODE_SEQUENCE ? node : node_get(node, "items");

	if (node->kind == NODE_MAPPING)
		hold_object(document, node);
	if (!items || items->kind != NODE_SEQUENCE || depth == LIST_DEPTH)
		return;
	for (uint32_t i = 0; i < items->n; i++)
		hold_node(document, items->items[i], depth + 1);
}

/* What is wrong with the YAML was told when it was read first. */
static void hold_document(
    const struct late_document *document, const struct limits *limits)
{
	const struct waiting *first = document->entries[0];
	struct events *events = events_new(first->text, first->first_line);
	struct finding_list told = {0};
	struct arena nodes = {0};
	const struct node *root;
	int more;

	do {
		root = NULL;
		more = document_load(events, first->manifest->origin, limits,
		    &nodes, &told, &root);
		if (root)
			hold_node(document, root, 0);
		arena_reset(&nodes);
	} while (more > 0);
	finding_list_release(&told);
	arena_release(&nodes);
	events_free(events);
}

/* Whether any of the entries has a definition; those that were not kept are
 * told instead. */
static bool is_described_late(
    const struct late_document *document, struct arena *arena)
{
	bool found = false;

	for (size_t i = 0; i < document->n; i++) {
		const struct waiting *entry = document->entries[i];
		struct custom_kind *kind =
		    custom_set_find(document->definitions,
			entry->manifest->group, entry->manifest->kind);

		if (!kind)
			continue;
		if (!entry->text.len) {
			collect_gap(document->facts, entry->manifest, kind,
			    "the stream is too long to be kept until the "
			    "definition is known; pass it with --crds");
			continue;
		}
		custom_prepare(kind, arena);
		found = true;
	}
	return found;
}

static void hold_waiting(struct facts *facts,
    const struct custom_set *definitions, const struct limits *limits,
    struct arena *arena)
{
	struct waiting *const *entries =
	    (struct waiting *const *)facts->waiting.items;
	size_t n = facts->waiting.n;

	for (size_t i = 0; i < n;) {
		struct late_document document = {
		    .facts = facts,
		    .entries = &entries[i],
		    .definitions = definitions,
		};
		uint32_t order = entries[i]->manifest->order;

		for (; i < n && entries[i]->manifest->order == order; i++)
			document.n++;
		if (is_described_late(&document, arena))
			hold_document(&document, limits);
	}
}

void hold_late_objects(struct facts *const *facts, size_t nfacts,
    const struct limits *limits, struct arena *arena)
{
	struct custom_set definitions = {0};

	definitions_list(facts, nfacts, &definitions);
	for (size_t i = 0; i < nfacts && definitions.n; i++)
		hold_waiting(facts[i], &definitions, limits, arena);
	settle_refusals(facts, nfacts);
	custom_set_release(&definitions);
}
