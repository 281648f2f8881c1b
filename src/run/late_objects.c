/* Documents that were kept, and the definitions of the whole stream -> what the
 * API server refuses in them. */
#include "run/late_objects.h"

#include "custom/custom.h"
#include "fact/refusal/refusal.h"
#include "input/reread.h"

/* As deep as Lists hold Lists. */
#define LIST_DEPTH 4

/* Bytes that are read again at once. */
#define BLOCK 16384

/* Entries of one document, which is read once for them. */
struct late_document {
	struct facts *facts;
	struct waiting *const *entries;
	size_t n;
	const struct custom_set *definitions;
};

static struct custom_kind *kind_of(
    const struct late_document *document, const struct waiting *entry)
{
	return custom_set_find(document->definitions, entry->manifest->group,
	    entry->manifest->kind);
}

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
		const struct custom_kind *kind =
		    kind_of(document, document->entries[i]);

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

/* A file that is read again, from its start on. */
struct rereading {
	const struct late_input *input;
	const struct origin *origin; /* NULL: none is open */
	struct reread file;
	uint64_t at;
	struct buf text; /* what was read last */
};

static void end_rereading(struct rereading *rereading)
{
	if (rereading->origin)
		reread_close(&rereading->file);
	rereading->origin = NULL;
}

static bool begin_rereading(
    struct rereading *rereading, const struct origin *origin)
{
	end_rereading(rereading);
	if (!reread_open(&rereading->file, origin, rereading->input->kept,
		rereading->input->nkept))
		return false;
	rereading->origin = origin;
	rereading->at = 0;
	return true;
}

/* The next bytes, one block at most, which take the place of the last. */
static bool read_block(struct rereading *rereading, uint64_t size)
{
	char block[BLOCK];
	struct fault fault = {0};
	ssize_t n = source_read(rereading->file.source, block,
	    size < sizeof(block) ? (size_t)size : sizeof(block), &fault);

	fault_release(&fault);
	if (n <= 0)
		return false;
	rereading->at += (uint64_t)n;
	buf_add(&rereading->text, block, (size_t)n);
	return true;
}

/* The text of a document; empty when its file is gone, or shorter now. */
static struct slice text_of(
    struct rereading *rereading, const struct waiting *waiting)
{
	const struct origin *origin = waiting->manifest->origin;
	uint64_t end = waiting->offset + waiting->len;

	if (waiting->text)
		return (struct slice){waiting->text, waiting->len};
	if ((rereading->origin != origin || rereading->at > waiting->offset) &&
	    !begin_rereading(rereading, origin))
		return (struct slice){0};
	while (rereading->at < end) {
		uint64_t to =
		    rereading->at < waiting->offset ? waiting->offset : end;

		if (rereading->at <= waiting->offset)
			buf_clear(&rereading->text);
		if (!read_block(rereading, to - rereading->at))
			return (struct slice){0};
	}
	return buf_slice(&rereading->text);
}

/* Whether any of the entries has a definition, which is prepared then. */
static bool is_described_late(
    const struct late_document *document, struct arena *arena)
{
	bool found = false;

	for (size_t i = 0; i < document->n; i++) {
		struct custom_kind *kind =
		    kind_of(document, document->entries[i]);

		if (!kind)
			continue;
		custom_prepare(kind, arena);
		found = true;
	}
	return found;
}

/* The objects that are not held to their definitions, and why. */
static void tell_gaps(const struct late_document *document, const char *why)
{
	for (size_t i = 0; i < document->n; i++) {
		const struct waiting *entry = document->entries[i];
		const struct custom_kind *kind = kind_of(document, entry);

		if (kind)
			collect_gap(
			    document->facts, entry->manifest, kind, why);
	}
}

/* What is wrong with the YAML was told when it was read first. */
static void hold_text(const struct late_document *document, struct slice text,
    const struct limits *limits)
{
	const struct waiting *first = document->entries[0];
	struct events *events = events_new(text, first->first_line);
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

static void hold_document(
    const struct late_document *document, struct rereading *rereading)
{
	struct slice text;

	if (!document->entries[0]->len) {
		tell_gaps(document,
		    "the stream is too long to be kept until the definition is "
		    "known; pass it with --crds");
		return;
	}
	text = text_of(rereading, document->entries[0]);
	if (text.len)
		hold_text(document, text, rereading->input->limits);
	else
		tell_gaps(document,
		    "the definition is known at the end of the input, and the "
		    "file could not be read again; pass it with --crds");
}

static void hold_waiting(struct facts *facts,
    const struct custom_set *definitions, const struct late_input *input,
    struct arena *arena)
{
	struct waiting *const *entries =
	    (struct waiting *const *)facts->waiting.items;
	struct rereading rereading = {.input = input};
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
			hold_document(&document, &rereading);
	}
	end_rereading(&rereading);
	buf_release(&rereading.text);
}

void hold_late_objects(struct facts *const *facts, size_t nfacts,
    const struct late_input *input, struct arena *arena)
{
	struct custom_set definitions = {0};

	definitions_list(facts, nfacts, &definitions);
	for (size_t i = 0; i < nfacts && definitions.n; i++)
		hold_waiting(facts[i], &definitions, input, arena);
	settle_refusals(facts, nfacts);
	custom_set_release(&definitions);
}
