/* Files and folders -> the CustomResourceDefinitions in them. */
#include "run/load_definitions.h"

#include "base/folder_chain.h"
#include "input/manifest_files.h"
#include "input/source.h"
#include "input/split.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* So many folders may stand in each other. */
#define FOLDERS_MAX 16

/* As deep as Lists hold Lists. */
#define LIST_DEPTH 4

struct loading {
	struct custom_set *set;
	const struct origin_maker *maker;
	struct arena *arena;
	struct fault *fault;
	bool is_lenient; /* files that cannot be used are passed over */
};

static bool is_text(const struct node *node, const char *text)
{
	return node && node->kind == NODE_SCALAR && slice_is(node->text, text);
}

static int add_definition(const struct loading *loading,
    const struct origin *origin, const struct node *node)
{
	const struct reader reader = {origin, loading->arena, loading->fault};
	const struct node *version = node_get(node, "apiVersion");
	struct custom_kind *kind;

	if (!is_text(version, "apiextensions.k8s.io/v1"))
		return reader_refuse(&reader, version ? version : node,
		    "a CustomResourceDefinition must be of "
		    "apiextensions.k8s.io/v1");
	if (custom_read(&reader, node, &kind))
		return -1;
	custom_prepare(kind, loading->arena);
	custom_set_add(loading->set, kind);
	return 0;
}

/* Other objects may stand beside definitions.  Recursion is bounded by
 * depth. */
static int add_node(const struct loading *loading, const struct origin *origin,
    const struct node *node, int depth)
{
	const struct node *items =
	    node->kind == NODE_SEQUENCE ? node : node_get(node, "items");

	if (is_text(node_get(node, "kind"), "CustomResourceDefinition"))
		return add_definition(loading, origin, node);
	if (!items || items->kind != NODE_SEQUENCE || depth == LIST_DEPTH)
		return 0;
	for (uint32_t i = 0; i < items->n; i++) {
		if (add_node(loading, origin, items->items[i], depth + 1))
			return -1;
	}
	return 0;
}

/* The first thing that is wrong with the YAML. */
static int refuse_finding(
    const struct loading *loading, const struct finding *finding)
{
	struct buf text = {0};
	int refused = fault_at(loading->fault, finding->place.origin->name,
	    finding->place.span.line, finding->place.span.col, "%s",
	    finding_text(finding, &text));

	buf_release(&text);
	return refused;
}

static int add_chunk(const struct loading *loading, const struct chunk *chunk)
{
	struct events *events =
	    events_new(buf_slice(&chunk->bytes), chunk->first_line);
	struct finding_list findings = {0};
	struct arena nodes = {0};
	const struct node *root;
	int more, result = 0;

	do {
		root = NULL;
		more = document_load(events, chunk->origin, &default_limits,
		    &nodes, &findings, &root);
		if (findings.n)
			result = refuse_finding(loading, &findings.items[0]);
		else if (root)
			result = add_node(loading, chunk->origin, root, 0);
		arena_reset(&nodes);
	} while (more > 0 && !result);
	finding_list_release(&findings);
	arena_release(&nodes);
	events_free(events);
	return result;
}

static int add_chunks(const struct loading *loading, struct source *source)
{
	struct splitter splitter;
	struct chunk chunk;
	int more, result = 0;

	splitter_init(&splitter, source, default_limits.document_bytes);
	while (!result &&
	       (more = splitter_next(&splitter, &chunk, loading->fault)) != 0) {
		if (more < 0) {
			result = -1;
			break;
		}
		result =
		    chunk.too_large
			? fault_at(loading->fault, chunk.origin->name,
			      chunk.first_line, 1, "this document is too large")
			: add_chunk(loading, &chunk);
		chunk_release(&chunk);
	}
	splitter_release(&splitter);
	return result;
}

static int add_file(const struct loading *loading, const char *path)
{
	const struct origin *origin =
	    loading->maker->make(loading->maker->context, path, NULL);
	struct source source;
	int result;

	if (source_open(&source, origin, false, loading->fault))
		return -1;
	result = add_chunks(loading, &source);
	source_release(&source);
	return result;
}

/* Recursion is bounded by FOLDERS_MAX. */
static int add_folder(const struct loading *loading, const char *folder,
    const struct folder_chain *above)
{
	struct dirent **entries;
	struct folder_chain here;
	int n, result = folder_chain_enter(
		   &here, above, folder, FOLDERS_MAX, loading->fault);
	size_t len = strlen(folder);

	if (result <= 0)
		return loading->is_lenient ? 0 : result;
	n = xcounted(scandir(folder, &entries, NULL, alphasort));
	result = 0;

	if (n < 0 && loading->is_lenient)
		return 0;
	if (n < 0)
		return fault_set(loading->fault, "cannot read '%s': %s", folder,
		    strerror(errno));
	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name;
		const char *path = arena_printf(loading->arena, "%s%s%s",
		    folder, len && folder[len - 1] == '/' ? "" : "/", name);

		if (result || name[0] == '.')
			; /* hidden, or all is over */
		else if (path_is_folder(path))
			result = add_folder(loading, path, &here);
		else if (is_document_name(name))
			result = add_file(loading, path);
		if (loading->is_lenient)
			result = 0;
		free(entries[i]);
	}
	free(entries);
	return result;
}

int definitions_load(struct custom_set *set, const char *path,
    const struct origin_maker *maker, struct arena *arena, struct fault *fault)
{
	const struct loading loading = {set, maker, arena, fault, false};
	size_t before = set->n;
	int result = path_is_folder(path)
			 ? add_folder(&loading, path, NULL)
			 : add_file(&loading, path);

	if (!result && set->n == before)
		result = fault_set(fault,
		    "--crds: there is no CustomResourceDefinition in '%s'",
		    path);
	return result;
}

void definitions_load_chart(struct custom_set *set, const char *chart,
    const struct origin_maker *maker, struct arena *arena)
{
	struct fault fault = {0};
	const struct loading loading = {set, maker, arena, &fault, true};
	const char *folder = arena_printf(arena, "%s/crds", chart);

	if (path_is_folder(folder) && add_folder(&loading, folder, NULL))
		BUG("a fault of what is passed over");
	fault_release(&fault);
}
