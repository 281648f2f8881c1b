/*
 * A document's object -> its fields that an update may be refused for, and
 * digests of all of them.
 *
 * Values are spelled so that the API server, which compares what it has read
 * and filled in, takes them for equal when their texts are: quantities by
 * their value, defaults as if they were not there, null and empty lists alike
 * (apiequality.Semantic.DeepEqual() of apimachinery).
 */
#include "fact/change/kept.h"

#include "fact/change/spelling.h"
#include "schema/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROW(group, kind, path, how, way) \
	{group, kind, path, KEPT_##how, WAY_##way},
#define WAY_ ""
#define WAY_BINDING \
	"delete the old binding first, or give the new one another name"
#define WAY_CLAIM "create a new claim and copy the data to it"
#define WAY_CLASS                                                              \
	"delete the class first (existing volumes are not affected), or give " \
	"the new one another name"
#define WAY_DELETE_FIRST "delete the object before the upgrade"
#define WAY_JOB                                                             \
	"use a hook, a name that changes with each release, or delete the " \
	"Job before the upgrade"
#define WAY_NEW_GROUP \
	"define a resource of another name and move its objects there"
#define WAY_NEW_NAME "use another name, or delete the object before the upgrade"
#define WAY_ORPHAN                                                         \
	"kubectl delete statefulset --cascade=orphan before the upgrade, " \
	"which keeps its pods and claims"
#define WAY_SELECTOR \
	"keep the old selector, or give the new object another name"
const struct kept_row kept_rows[] = {
#include "fact/change/update.def"
    /* Of what is above all rows. */
    {"", "", "", KEPT_KEPT, ""},
};
#undef ROW
const size_t nkept_rows = COUNT_OF(kept_rows) - 1;

/* Most rows that one kind has. */
#define ROWS_MAX 64

/* How deep values are looked into: deeper documents are refused as a whole. */
#define DEPTH_MAX 100

/* No row leads here. */
#define NO_ROW UINT16_MAX

struct keeping {
	struct facts *facts;
	const struct manifest *manifest;
	size_t first, n;   /* rows of the kind */
	struct buf path;   /* of the value in hand, while a row may be near */
	struct buf text;   /* its spelling */
	struct buf leaves; /* struct kept_leaf */
	struct limits_beside beside;
	uint64_t digest, template;
	bool in_template;
	bool in_metadata; /* where only what rows lead to is anything */
	bool is_secret; /* values may not be shown */
};

/* Where a value is: which rows may still lead to it. */
struct way {
	const struct way *above;
	const struct node *node; /* the mapping that it is in */
	uint64_t near;		 /* rows of the kind, by bit, that begin so */
	uint16_t row;		 /* the longest that is complete, or NO_ROW */
	uint64_t hash;		 /* of the path */
	size_t len; /* of the path as rows have it: [] without numbers */
	unsigned depth, below; /* steps, and those behind the row's path */
};

static uint64_t mix(uint64_t hash, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		hash =
		    (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
	return hash ^ hash >> 29;
}

static void find_rows(struct keeping *keeping)
{
	for (size_t i = 0; i < nkept_rows; i++) {
		if (strcmp(kept_rows[i].kind, keeping->manifest->kind) ||
		    strcmp(kept_rows[i].group, keeping->manifest->group))
			continue;
		if (!keeping->n)
			keeping->first = i;
		keeping->n++;
	}
	if (keeping->n > ROWS_MAX)
		BUG("a kind with too many rows");
}

/* Whether a row's path goes on, behind its first len bytes, with a step;
 * ret_done: and ends there. */
static bool goes_on(
    const char *path, size_t len, struct slice step, bool *ret_done)
{
	const char *rest = path + len;

	if (len && *rest == '.')
		rest++;
	if (strncmp(rest, step.ptr, step.len) ||
	    (rest[step.len] && rest[step.len] != '.' && rest[step.len] != '['))
		return false;
	*ret_done = !rest[step.len];
	return true;
}

/* The way one step down. */
static struct way step_down(struct keeping *keeping, const struct way *above,
    const struct node *node, struct slice step)
{
	struct way way = *above;

	way.above = above;
	way.node = node;
	way.depth++;
	way.below++;
	way.len += step.len + (above->len && *step.ptr != '[');
	way.hash = mix(above->hash, step.ptr, step.len);
	way.near = 0;
	for (uint64_t left = above->near; left; left &= left - 1) {
		unsigned i = (unsigned)__builtin_ctzll(left);
		bool done;

		if (!goes_on(kept_rows[keeping->first + i].path, above->len,
			step, &done))
			continue;
		if (done) {
			way.row = (uint16_t)(keeping->first + i);
			way.below = 0;
		}
		way.near |= UINT64_C(1) << i;
	}
	return way;
}

static bool is_kept(const struct way *way)
{
	if (way->row == NO_ROW)
		return false;
	switch (kept_rows[way->row].how) {
	case KEPT_FREE: return false;
	case KEPT_FIXED:
	case KEPT_KEPT: break;
	case KEPT_SHALLOW: return way->below <= 1;
	case KEPT_BRANCH: return way->below == 0;
	}
	return true;
}

static void add_leaf(struct keeping *keeping, const struct way *way,
    const struct node *node, struct kept_leaf leaf)
{
	const struct node *at =
	    node->kind != NODE_SCALAR && node->key ? node->key : node;

	leaf.path = facts_text(keeping->facts, buf_slice(&keeping->path));
	leaf.line = at->span.line;
	leaf.col = at->span.col;
	leaf.width = facts_width(at);
	leaf.row = way->row == NO_ROW ? (uint16_t)nkept_rows : way->row;
	buf_add(&keeping->leaves, &leaf, sizeof(leaf));
}

/* Longer values are told by their digests. */
static const char *keep_value(struct keeping *keeping)
{
	struct slice text = buf_slice(&keeping->text);
	char digest[24];

	if (text.len <= 60)
		return facts_text(keeping->facts, text);
	snprintf(digest, sizeof(digest), "%016llx",
	    (unsigned long long)mix(text.len, text.ptr, text.len));
	return facts_text(keeping->facts, slice_of(digest));
}

static const char *keep_shown(struct keeping *keeping, const struct node *node)
{
	struct slice text = node->text;

	if (keeping->is_secret)
		return "";
	if (text.len <= 60)
		return facts_text(keeping->facts, text);
	buf_clear(&keeping->text);
	buf_printf(&keeping->text, "%.*s...", 57, text.ptr);
	return facts_text(keeping->facts, buf_slice(&keeping->text));
}

static void keep_scalar(struct keeping *keeping, const struct way *way,
    const struct field *field, const struct node *node, bool is_item)
{
	struct spelling spelling = {
	    .text = &keeping->text, .beside = &keeping->beside};
	struct kept_leaf leaf = {0};
	uint64_t hash;

	buf_clear(&keeping->text);
	spell_value(&spelling, field, node, way->node);
	if (spelling.is_default &&
	    !(is_item && !(field && field->shape == SHAPE_MAP)))
		return;
	hash = mix(way->hash, keeping->text.ptr, keeping->text.len);
	keeping->digest += hash;
	if (keeping->in_template)
		keeping->template += hash;
	if (!is_kept(way))
		return;
	leaf.value = keep_value(keeping);
	leaf.shown = keep_shown(keeping, node);
	leaf.is_numeric = spelling.is_numeric;
	leaf.number = spelling.number;
	add_leaf(keeping, way, node, leaf);
}

static void keep_node(struct keeping *keeping, const struct way *way,
    const struct field *field, enum shape shape, const struct node *node,
    bool is_item);

static const struct field *field_of(
    const struct field *field, enum shape shape, struct slice key)
{
	if (!field || shape != SHAPE_ONE)
		return field;
	return field->of == OF_TYPE
		   ? schema_field(&schema_types[field->type], key)
		   : NULL;
}

static bool is_closed(const struct field *field, enum shape shape)
{
	return field && shape == SHAPE_ONE && field->of == OF_TYPE &&
	       !schema_types[field->type].is_open;
}

static bool is_plain_key(struct slice key)
{
	for (size_t i = 0; i < key.len; i++) {
		if (strchr(".[]\"= ", key.ptr[i]))
			return false;
	}
	return key.len > 0;
}

void kept_add_step(struct buf *path, struct slice key)
{
	if (is_plain_key(key))
		buf_printf(
		    path, "%s%.*s", path->len ? "." : "", SLICE_ARGS(key));
	else
		buf_printf(path, "[\"%.*s\"]", SLICE_ARGS(key));
}

static void keep_pair(struct keeping *keeping, const struct way *above,
    const struct field *field, enum shape shape, const struct node *mapping,
    const struct pair *pair)
{
	size_t len = keeping->path.len;
	const struct field *below;
	bool is_value = field && shape == SHAPE_MAP;
	struct way way;

	struct slice key = pair->key->text;

	if (pair->key->kind != NODE_SCALAR)
		return;
	below = field_of(field, shape, key);
	/* Nothing is stored of a field that the type has not. */
	if (!below && is_closed(field, shape))
		return;
	/* The API server writes it into data. */
	if (keeping->is_secret && !above->depth && slice_is(key, "stringData"))
		key = SLICE("data");
	way = step_down(keeping, above, mapping, key);
	if (keeping->in_metadata && !way.near)
		return;
	if (way.near || is_kept(&way))
		kept_add_step(&keeping->path, key);
	keep_node(keeping, &way, below,
	    is_value || !below ? SHAPE_ONE : (enum shape)below->shape,
	    pair->value, is_value);
	keeping->path.len = len;
}

static void keep_item(struct keeping *keeping, const struct way *above,
    const struct field *field, const struct node *list, uint32_t index)
{
	size_t len = keeping->path.len;
	struct way way = step_down(keeping, above, list, SLICE("[]"));
	char number[16];

	/* Order counts in lists. */
	snprintf(number, sizeof(number), "[%u]", (unsigned)index);
	way.hash = mix(above->hash, number, strlen(number));
	if (way.near || is_kept(&way))
		buf_add_text(&keeping->path, number);
	keep_node(keeping, &way, field, SHAPE_ONE, list->items[index], true);
	keeping->path.len = len;
}

/* Whether an empty mapping of the type of a field is something: a pointer that
 * is not nil, where the API server fills in none (pkg/apis/core/types.go). */
static bool is_something(const struct node *node, const struct way *way)
{
	static const char *const names[] = {"affinity", "capabilities",
	    "dnsConfig", "labelSelector", "lifecycle", "namespaceSelector",
	    "nodeAffinity", "podAffinity", "podAntiAffinity", "securityContext",
	    "selector", "seLinuxOptions", "windowsOptions"};

	if (node->kind != NODE_MAPPING || node->n || !node->key)
		return false;
	/* That of a pod is filled in. */
	if (slice_is(node->key->text, "securityContext") &&
	    node_find(way->node, "containers", NULL))
		return false;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (slice_is(node->key->text, names[i]))
			return true;
	}
	return false;
}

/* An empty item is an item; null stands for one without anything in it. */
static void keep_branch(struct keeping *keeping, const struct way *way,
    const struct field *field, enum shape shape, const struct node *node,
    bool is_item)
{
	bool is_empty = field && field->of == OF_TYPE && shape == SHAPE_ONE &&
			is_something(node, way);
	struct kept_leaf leaf = {.shown = ""};

	if (is_item || is_empty)
		keeping->digest += way->hash;
	if ((is_item || is_empty) && keeping->in_template)
		keeping->template += way->hash;
	if (is_empty) {
		leaf.value = "{}";
		leaf.shown = "{}";
	}
	if (is_kept(way) || (way->depth == 1 && way->near))
		add_leaf(keeping, way, node, leaf);
}

static void keep_null(
    struct keeping *keeping, const struct way *way, const struct node *node)
{
	if (is_kept(way))
		add_leaf(keeping, way, node,
		    (struct kept_leaf){.shown = "null", .is_null = true});
}

static void keep_below(struct keeping *keeping, const struct way *way,
    const struct field *field, enum shape shape, const struct node *node)
{
	for (uint32_t i = 0; node->kind == NODE_MAPPING && i < node->n; i++)
		keep_pair(keeping, way, field, shape, node, &node->pairs[i]);
	for (uint32_t i = 0; node->kind == NODE_SEQUENCE && i < node->n; i++)
		keep_item(keeping, way, field, node, i);
}

/* Recursion is bounded by DEPTH_MAX. */
static void keep_node(struct keeping *keeping, const struct way *way,
    const struct field *field, enum shape shape, const struct node *node,
    bool is_item)
{
	bool was_in_template = keeping->in_template;

	if (way->depth > DEPTH_MAX)
		return;
	if (way->depth == 2 && node->key &&
	    slice_is(node->key->text, "template") && node->kind == NODE_MAPPING)
		keeping->in_template = true;
	if (node_is_null(node) && !is_item) {
		keep_null(keeping, way, node);
	} else if (node->kind == NODE_SCALAR) {
		keep_scalar(keeping, way, field, node, is_item);
	} else {
		keep_branch(keeping, way, field, shape, node, is_item);
		keep_below(keeping, way, field, shape, node);
	}
	keeping->in_template = was_in_template;
}

static int by_path(const void *left, const void *right)
{
	const struct kept_leaf *a = left, *b = right;

	return strcmp(a->path, b->path);
}

static void keep_object(struct keeping *keeping, const struct node *object)
{
	const struct manifest *manifest = keeping->manifest;
	const struct kind *kind = schema_kind_like(
	    manifest->group, manifest->version, manifest->kind);
	struct field root = {.of = OF_TYPE, .shape = SHAPE_ONE};
	struct way way = {
	    .near = keeping->n >= ROWS_MAX ? UINT64_MAX
					   : (UINT64_C(1) << keeping->n) - 1,
	    .row = NO_ROW,
	    .hash = UINT64_C(0xcbf29ce484222325),
	};

	if (kind)
		root.type = kind->type;
	for (uint32_t i = 0; i < object->n; i++) {
		struct slice key = object->pairs[i].key->text;

		if (object->pairs[i].key->kind != NODE_SCALAR ||
		    slice_is(key, "kind") || slice_is(key, "apiVersion"))
			continue;
		keeping->in_metadata = slice_is(key, "metadata");
		keep_pair(keeping, &way, kind ? &root : NULL, SHAPE_ONE, object,
		    &object->pairs[i]);
	}
}

/* Whether an annotation is exactly that word. */
static bool is_annotated(
    const struct node *object, const char *name, const char *word)
{
	struct slice value = {0};

	node_to_text(
	    node_find(object, "metadata", "annotations", name, NULL), &value);
	return slice_is(slice_trim(value), word);
}

/* As cert-manager.io/issuer and kubernetes.io/tls-acme do. */
static bool speaks_of_certificates(const struct node *object)
{
	const struct node *annotations =
	    node_find(object, "metadata", "annotations", NULL);

	if (!annotations || annotations->kind != NODE_MAPPING)
		return false;
	for (size_t i = 0; i < annotations->n; i++) {
		struct slice key = annotations->pairs[i].key->text;

		if (slice_find(key, slice_of("cert"), 0) >= 0 ||
		    slice_find(key, slice_of("acme"), 0) >= 0)
			return true;
	}
	return false;
}

const struct kept *collect_kept(struct facts *facts, const struct node *object,
    const struct manifest *manifest)
{
	static const char flux_ssa[] = "kustomize.toolkit.fluxcd.io/ssa";
	struct keeping keeping = {.facts = facts, .manifest = manifest};
	struct kept *kept = arena_alloc(&facts->arena, sizeof(*kept));

	keeping.is_secret = !strcmp(manifest->kind, "Secret");
	find_rows(&keeping);
	keep_object(&keeping, object);
	*kept = (struct kept){
	    .has_string_data =
		keeping.is_secret && node_get(object, "stringData"),
	    .keeps = is_annotated(object, "helm.sh/resource-policy", "keep"),
	    .flux_keeps = is_annotated(
		object, "kustomize.toolkit.fluxcd.io/prune", "disabled"),
	    .is_certified = speaks_of_certificates(object),
	    .flux_forces = is_annotated(
		object, "kustomize.toolkit.fluxcd.io/force", "enabled"),
	    .flux_leaves = is_annotated(object, flux_ssa, "IfNotPresent") ||
			   is_annotated(object, flux_ssa, "Ignore"),
	    .n = keeping.leaves.len / sizeof(struct kept_leaf),
	    .digest = keeping.digest,
	    .template = keeping.template,
	};
	if (kept->n)
		qsort(keeping.leaves.ptr, kept->n, sizeof(struct kept_leaf),
		    by_path);
	kept->leaves = facts_keep(facts, &keeping.leaves);
	limits_release(&keeping.beside);
	buf_release(&keeping.path);
	buf_release(&keeping.text);
	buf_release(&keeping.leaves);
	return kept;
}

const struct kept_leaf *kept_find(const struct kept *kept, const char *path)
{
	struct kept_leaf key = {.path = path};

	if (!kept || !kept->n)
		return NULL;
	return bsearch(
	    &key, kept->leaves, kept->n, sizeof(*kept->leaves), by_path);
}

size_t kept_from(const struct kept *kept, struct slice path)
{
	size_t first = 0, end = kept->n;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (strncmp(kept->leaves[middle].path, path.ptr, path.len) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

const struct kept_leaf *kept_above(const struct kept *kept, const char *path)
{
	struct buf above = {0};
	const struct kept_leaf *found = NULL;

	for (size_t len = strlen(path); len-- > 1 && !found;) {
		if (path[len] != '.' && path[len] != '[')
			continue;
		buf_clear(&above);
		buf_add_slice(&above, (struct slice){path, len});
		found = kept_find(kept, buf_text(&above));
		if (found && found->value)
			found = NULL;
	}
	buf_release(&above);
	return found;
}

const char *kept_value(const struct kept *kept, const char *path)
{
	const struct kept_leaf *leaf = kept_find(kept, path);

	return leaf && leaf->value && !leaf->is_null ? leaf->value : "";
}

bool kept_has(const struct kept *kept, const char *path)
{
	size_t len = strlen(path);

	if (!kept)
		return false;
	for (size_t i = kept_from(kept, slice_of(path)); i < kept->n; i++) {
		const struct kept_leaf *leaf = &kept->leaves[i];

		if (strncmp(leaf->path, path, len) != 0)
			return false;
		if (leaf->value && !leaf->is_null &&
		    (!leaf->path[len] || leaf->path[len] == '.' ||
			leaf->path[len] == '['))
			return true;
	}
	return false;
}
