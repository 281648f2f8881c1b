/*
 * A document's tree to its objects: documents, List items and sequences of
 * objects, each told apart by group and kind and handed to its collector.
 */
#include "fact/collect.h"

#include "doc/canon.h"
#include "fact/apply/apply.h"
#include "fact/change/kept.h"
#include "fact/foreign_pods.h"
#include "fact/hook/hook.h"
#include "fact/kind.h"
#include "fact/refusal/refusal.h"
#include "fact/rollout/rollout.h"
#include "fact/settings.h"

#include <string.h>

/* How deep Lists may hold Lists; real ones never do. */
#define LIST_DEPTH 4

struct walk {
	const struct collection *collection;
	void (*visit)(void *context, const struct node *object,
	    const struct manifest *manifest);
	void *context;
};

/* "apps/v1" to "apps" and "v1"; "v1" alone is of the core group. */
static void split_api_version(struct slice api_version, struct slice *ret_group,
    struct slice *ret_version)
{
	ptrdiff_t slash = slice_find(api_version, SLICE("/"), 0);
	size_t after = slash < 0 ? 0 : (size_t)slash + 1;

	*ret_group =
	    (struct slice){api_version.ptr, slash < 0 ? 0 : (size_t)slash};
	*ret_version =
	    (struct slice){api_version.ptr + after, api_version.len - after};
}

/* Helm 3 names the template in a comment, a Helm 4 post-renderer's input in an
 * annotation. */
static const char *source_of(
    const struct collection *collection, const struct node *annotations)
{
	const struct node *filename =
	    node_get(annotations, "postrenderer.helm.sh/postrender-filename");

	if (filename)
		return facts_name(collection->facts, filename);
	return facts_text(collection->facts, collection->source);
}

/* What an object is: its own apiVersion and kind or, for an item of a typed
 * list (DeploymentList) that leaves them out, those of the list. */
struct type {
	struct slice api_version, kind;
	const struct node *at; /* what the object is shown at */
};

static struct slice text_of(const struct node *node)
{
	struct slice text = {0};

	node_to_text(node, &text);
	return text;
}

static struct type type_of(const struct node *object, const struct type *list)
{
	const struct node *kind = node_get(object, "kind");
	struct type type = {
	    .api_version = text_of(node_get(object, "apiVersion")),
	    .kind = text_of(kind),
	};

	type.at = type.kind.len ? kind : object;

	if (!list || list->kind.len <= strlen("List"))
		return type;
	if (!type.kind.len)
		type.kind = (struct slice){
		    list->kind.ptr, list->kind.len - strlen("List")};
	if (!type.api_version.len)
		type.api_version = list->api_version;
	return type;
}

/* The object whose controller made this one, as an object of a live cluster
 * says (metadata.ownerReferences; one of them at most is the controller). */
static void collect_owner(struct facts *facts, const struct node *metadata,
    struct manifest_seldom *seldom)
{
	const struct node *list = node_get(metadata, "ownerReferences");

	for (size_t i = 0; i < node_length(list); i++) {
		const struct node *owner = list->items[i];
		bool is_controller = false;

		node_to_bool(node_get(owner, "controller"), &is_controller);
		if (!is_controller)
			continue;
		seldom->owner_kind = facts_name(facts, node_get(owner, "kind"));
		seldom->owner_name = facts_name(facts, node_get(owner, "name"));
	}
}

/* The API server makes a name of generateName when it takes the object. */
static const char *shown_name(
    struct facts *facts, const struct node *metadata, const char *name)
{
	const char *prefix =
	    facts_name(facts, node_get(metadata, "generateName"));
	struct buf shown = {0};
	const char *kept;

	if (*name || !*prefix)
		return name;
	buf_printf(&shown, "%s(generated)", prefix);
	kept = facts_text(facts, buf_slice(&shown));
	buf_release(&shown);
	return kept;
}

static bool is_nothing(const struct manifest_seldom *seldom)
{
	return !seldom->helm_hook.given && !seldom->argo_hook.given &&
	       !seldom->owner_kind && !seldom->schedule && !seldom->json_size &&
	       !seldom->grant && !seldom->raw && !seldom->kept &&
	       !seldom->canon;
}

/* What few objects have, and what the run asks of all. */
static void collect_seldom(const struct collection *collection,
    const struct node *object, struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *metadata = node_get(object, "metadata");
	const struct settings *settings = facts->settings;
	struct manifest_seldom seldom = {
	    .schedule = collect_schedule(facts, object),
	    .json_size = collect_json_size(collection, object),
	    .grant = collect_grant(facts, object, slice_of(manifest->group),
		slice_of(manifest->kind)),
	};

	collect_hooks(node_get(metadata, "annotations"), &seldom);
	collect_owner(facts, metadata, &seldom);
	if (settings && settings->keeps_raw)
		seldom.raw = object;
	if (settings && settings->compares)
		seldom.kept = collect_kept(facts, object, manifest);
	if (settings && settings->seals)
		seldom.canon = canon_of(object, &facts->arena);
	if (!is_nothing(&seldom))
		*manifest_seldom(&facts->arena, manifest) = seldom;
}

static struct manifest *manifest_new(const struct collection *collection,
    const struct node *object, const struct type *type)
{
	struct facts *facts = collection->facts;
	const struct node *metadata = node_get(object, "metadata");
	const struct node *annotations = node_get(metadata, "annotations");
	struct manifest *manifest =
	    arena_alloc(&facts->arena, sizeof(*manifest));
	struct slice group, version;

	split_api_version(type->api_version, &group, &version);
	*manifest = (struct manifest){
	    .origin = collection->origin,
	    .group = facts_text(facts, group),
	    .version = facts_text(facts, version),
	    .kind = facts_text(facts, type->kind),
	    .namespace = facts_name(facts, node_get(metadata, "namespace")),
	    .name = facts_name(facts, node_get(metadata, "name")),
	    .source = source_of(collection, annotations),
	    .referent = collect_referent(facts, object, group, type->kind),
	    .seldom = &manifest_without_seldom,
	    .line = type->at->span.line,
	    .col = type->at->span.col,
	    .width = facts_width(type->at),
	    .order = collection->order,
	};
	manifest->is_live = *facts_name(facts, node_get(metadata, "uid"));
	manifest->shown_name = shown_name(facts, metadata, manifest->name);
	collect_seldom(collection, object, manifest);
	vector_add(&facts->lists[ENTITY_manifest], manifest);
	return manifest;
}

static const char *missing_of(const struct type *type)
{
	if (type->kind.len && type->api_version.len)
		return NULL;
	return type->kind.len	       ? "apiVersion"
	       : type->api_version.len ? "kind"
				       : "apiVersion and kind";
}

/* Whether the field is there, but a list or a mapping. */
static bool is_no_text(const struct node *node, const char *field)
{
	const struct node *value = node_get(node, field);

	return value && value->kind != NODE_SCALAR;
}

static void report_no_object(const struct collection *collection,
    const struct node *node, const struct type *type, bool is_item)
{
	struct place place = node_place(collection->origin, node);
	const char *what = is_item ? "item" : "document";

	if (node->kind == NODE_MAPPING && is_no_text(node, missing_of(type)))
		finding_own(collection->findings, KIND_NOT_AN_OBJECT, place,
		    "this %s has no %s that is text, so it is not a Kubernetes "
		    "object",
		    what, missing_of(type));
	else if (node->kind == NODE_MAPPING)
		finding_own(collection->findings, KIND_NOT_AN_OBJECT, place,
		    "this %s has no %s, so it is not a Kubernetes object", what,
		    missing_of(type));
	else
		finding_own(collection->findings, KIND_NOT_AN_OBJECT, place,
		    "this %s is %s, not a Kubernetes object", what,
		    node->kind == NODE_SEQUENCE ? "a list"
		    : node_is_null(node)	? "empty"
						: "plain text");
}

/* What holds objects of its own: kind List, the typed ones (DeploymentList),
 * a sequence at the root.  NULL for anything else. */
static const struct node *items_of(
    const struct node *node, const struct type *type, int depth)
{
	const struct node *items = node_get(node, "items");

	if (node->kind == NODE_SEQUENCE)
		return depth == 0 && node->n ? node : NULL;
	if (depth >= LIST_DEPTH || !items || items->kind != NODE_SEQUENCE ||
	    !slice_ends(type->kind, SLICE("List")))
		return NULL;
	return items;
}

static void collect_object(
    const struct walk *walk, const struct node *object, const struct type *type)
{
	struct manifest *manifest =
	    manifest_new(walk->collection, object, type);
	bool has_pods = is_workload(object, manifest);

	if (has_pods)
		collect_workload(walk->collection, object, manifest);
	else
		collect_by_kind(walk->collection, object, manifest);
	collect_refusals(walk->collection, object, manifest);
	collect_elsewhere(walk->collection->facts, object, manifest, has_pods);
	if (walk->visit)
		walk->visit(walk->context, object, manifest);
}

/* A List whose objects are under another key is applied by nobody. */
static bool lacks_items(const struct node *node, const struct type *type)
{
	return slice_is(type->kind, "List") &&
	       slice_is(type->api_version, "v1") && !node_get(node, "items");
}

static void report_no_items(
    const struct collection *collection, const struct node *node)
{
	for (uint32_t i = 0; i < node->n; i++) {
		if (node->pairs[i].value->kind != NODE_SEQUENCE)
			continue;
		finding_own(collection->findings, KIND_NOT_AN_OBJECT,
		    node_place(collection->origin, node->pairs[i].key),
		    "this List has no 'items', so none of its objects is "
		    "applied; did you mean 'items' by '%.*s'?",
		    SLICE_ARGS(node->pairs[i].key->text));
		return;
	}
	finding_own(collection->findings, KIND_NOT_AN_OBJECT,
	    node_place(collection->origin, node),
	    "this List has no 'items', so it holds no object");
}

/* list: what node is an item of, or NULL. */
static void collect_node(const struct walk *walk, const struct node *node,
    const struct type *list, int depth)
{
	struct type type = type_of(node, list);
	const struct node *items = items_of(node, &type, depth);

	if (items) {
		for (uint32_t i = 0; i < items->n; i++)
			collect_node(walk, items->items[i], &type, depth + 1);
	} else if (lacks_items(node, &type)) {
		report_no_items(walk->collection, node);
	} else if (node->kind == NODE_MAPPING && !missing_of(&type)) {
		collect_object(walk, node, &type);
	} else {
		report_no_object(walk->collection, node, &type, depth > 0);
	}
}

void collect_document(const struct collection *collection,
    const struct node *root,
    void (*visit)(void *context, const struct node *object,
	const struct manifest *manifest),
    void *context)
{
	struct walk walk = {collection, visit, context};

	if (!node_is_null(root))
		collect_node(&walk, root, NULL, 0);
}
