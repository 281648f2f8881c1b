/* A node -> a copy that outlives its document. */
#include "doc/tree.h"

static struct node *copy_below(
    struct arena *arena, const struct node *node, const struct node *parent);

static void copy_items(
    struct arena *arena, const struct node *node, struct node *copy)
{
	copy->items = arena_array(arena, node->n, sizeof(struct node *));
	for (uint32_t i = 0; i < node->n; i++) {
		struct node *item = copy_below(arena, node->items[i], copy);

		item->index = i;
		copy->items[i] = item;
	}
}

static void copy_pairs(
    struct arena *arena, const struct node *node, struct node *copy)
{
	copy->pairs = arena_array(arena, node->n, sizeof(struct pair));
	for (uint32_t i = 0; i < node->n; i++) {
		const struct pair *pair = &node->pairs[i];
		struct node *key = copy_below(arena, pair->key, copy);
		struct node *value = copy_below(arena, pair->value, copy);

		value->key = key;
		copy->pairs[i] = (struct pair){key, value};
	}
}

/* Recursion ends where document_load() limits depth. */
static struct node *copy_below(
    struct arena *arena, const struct node *node, const struct node *parent)
{
	struct node *copy = arena_alloc(arena, sizeof(*copy));

	*copy = *node;
	copy->parent = parent;
	copy->key = NULL;
	switch (node->kind) {
	case NODE_SCALAR: copy->text = slice_copy(arena, node->text); break;
	case NODE_SEQUENCE: copy_items(arena, node, copy); break;
	case NODE_MAPPING: copy_pairs(arena, node, copy); break;
	}
	return copy;
}

const struct node *node_copy(struct arena *arena, const struct node *node)
{
	return copy_below(arena, node, NULL);
}
