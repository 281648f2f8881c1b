/*
 * A tree -> its digest, over values by their types and keys in their order, and
 * a number for each leaf, by which two of them can be told apart.
 */
#include "doc/canon.h"

#include "doc/scalar.h"

#include <stdio.h>
#include <stdlib.h>

/* Aliases may repeat a text; nobody installs objects this large. */
#define MOST_BYTES ((uint64_t)256 << 20)

/* What is visited, and what becomes of it. */
struct canon_walk {
	struct sha256 sha;
	uint64_t nbytes;
	struct buf leaves; /* of uint64_t */
	/* Of a search: what the other has, and what it has not. */
	const struct canon *other;
	const struct node *value, *container;
};

/* FNV-1a: these numbers tell where two objects differ, not whether. */
static uint64_t mix(uint64_t hash, struct slice bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		hash = (hash ^ (unsigned char)bytes.ptr[i]) * 0x100000001b3;
	return hash;
}

static void add(struct canon_walk *walk, struct slice bytes)
{
	walk->nbytes += bytes.len;
	if (!walk->other && walk->nbytes <= MOST_BYTES)
		sha256_add(&walk->sha, bytes);
}

static int compare_numbers(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

/* Keeps a leaf or, in a search, looks it up. */
static void take_leaf(
    struct canon_walk *walk, const struct node *node, uint64_t leaf)
{
	const struct node **found =
	    node->kind == NODE_SCALAR ? &walk->value : &walk->container;

	if (!walk->other)
		buf_add(&walk->leaves, &leaf, sizeof(leaf));
	else if (!*found && !bsearch(&leaf, walk->other->leaves,
				walk->other->nleaves, sizeof(leaf),
				compare_numbers))
		*found = node;
}

/* The text that all spellings of a value share, in room when it is not as
 * written. */
static struct slice spell(const struct scalar *scalar, char room[40])
{
	int len = 0;

	if (scalar->type == SCALAR_NULL)
		return SLICE("");
	if (scalar->type == SCALAR_BOOL)
		return scalar->boolean ? SLICE("true") : SLICE("false");
	if (scalar->type == SCALAR_INT)
		len = snprintf(room, 40, "%lld", (long long)scalar->integer);
	else if (scalar->type == SCALAR_DOUBLE)
		len = snprintf(room, 40, "%.17g", scalar->real);
	else
		return scalar->text;
	return (struct slice){room, (size_t)len};
}

static void walk_scalar(
    struct canon_walk *walk, const struct node *node, uint64_t way)
{
	struct scalar scalar = scalar_as_sent(node);
	char room[40], heading[40];
	struct slice text = spell(&scalar, room);
	int len = snprintf(
	    heading, sizeof(heading), "s%d %zu ", (int)scalar.type, text.len);
	struct slice head = {heading, (size_t)len};

	add(walk, head);
	add(walk, text);
	take_leaf(walk, node, mix(mix(way, head), text));
}

static int compare_keys(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;
	static const struct slice none = {"", 0};

	return slice_cmp(a->key->kind == NODE_SCALAR ? a->key->text : none,
	    b->key->kind == NODE_SCALAR ? b->key->text : none);
}

static void walk_node(
    struct canon_walk *walk, const struct node *node, uint64_t way);

static void walk_pairs(
    struct canon_walk *walk, const struct node *node, uint64_t way)
{
	struct pair *pairs = xcalloc(node->n, sizeof(*pairs));

	for (uint32_t i = 0; i < node->n; i++)
		pairs[i] = node->pairs[i];
	/* A search meets them as they are written. */
	if (!walk->other)
		qsort(pairs, node->n, sizeof(*pairs), compare_keys);
	for (uint32_t i = 0; i < node->n; i++) {
		const struct node *key = pairs[i].key;
		uint64_t next = mix(way, SLICE("."));

		if (key->kind == NODE_SCALAR)
			next = mix(next, key->text);
		walk_node(walk, key, 0);
		walk_node(walk, pairs[i].value, next);
	}
	free(pairs);
}

/* Recursion is bounded: a tree is no deeper than its limits. */
static void walk_node(
    struct canon_walk *walk, const struct node *node, uint64_t way)
{
	char heading[40];
	struct slice head = {heading,
	    (size_t)snprintf(heading, sizeof(heading), "%c%u ",
		node->kind == NODE_MAPPING ? 'm' : 'l', (unsigned)node->n)};

	if (walk->nbytes > MOST_BYTES)
		return;
	if (node->kind == NODE_SCALAR) {
		walk_scalar(walk, node, way);
		return;
	}
	add(walk, head);
	take_leaf(walk, node, mix(way, head));
	if (node->kind == NODE_MAPPING) {
		walk_pairs(walk, node, way);
		return;
	}
	for (uint32_t i = 0; i < node->n; i++) {
		char index[16];
		int len = snprintf(index, sizeof(index), "[%u]", (unsigned)i);

		walk_node(walk, node->items[i],
		    mix(way, (struct slice){index, (size_t)len}));
	}
}

const struct canon *canon_of(const struct node *node, struct arena *arena)
{
	struct canon *canon = arena_alloc(arena, sizeof(*canon));
	struct canon_walk walk = {0};
	uint64_t *leaves;

	sha256_begin(&walk.sha);
	walk_node(&walk, node, 0xcbf29ce484222325);
	sha256_end(&walk.sha, canon->digest);
	canon->is_whole = walk.nbytes <= MOST_BYTES;
	canon->nleaves = walk.leaves.len / sizeof(*leaves);
	leaves = arena_array(arena, canon->nleaves, sizeof(*leaves));
	if (canon->nleaves)
		memcpy(leaves, walk.leaves.ptr, walk.leaves.len);
	qsort(leaves, canon->nleaves, sizeof(*leaves), compare_numbers);
	canon->leaves = leaves;
	buf_release(&walk.leaves);
	return canon;
}

const struct node *canon_difference(
    const struct node *node, const struct canon *other)
{
	struct canon_walk walk = {.other = other};

	walk_node(&walk, node, 0xcbf29ce484222325);
	if (walk.value)
		return walk.value;
	return walk.container ? walk.container : node;
}
