/* The pairs of a mapping while it is built. */
#include "doc/mapping.h"

/* Up to so many keys a plain search is the faster one. */
#define FEW 16

void mapping_init(struct mapping *mapping, struct arena *arena, size_t room)
{
	*mapping = (struct mapping){
	    .arena = arena,
	    .pairs = arena_array(arena, room, sizeof(*mapping->pairs)),
	    .cap = room,
	};
}

void mapping_release(struct mapping *mapping)
{
	if (mapping->indexed)
		map_release(&mapping->index);
}

static bool is_key(const struct node *node, struct slice text)
{
	return node->kind == NODE_SCALAR && slice_eq(node->text, text);
}

static struct pair *search(struct mapping *mapping, struct slice text)
{
	for (size_t i = 0; i < mapping->n; i++) {
		if (is_key(mapping->pairs[i].key, text))
			return &mapping->pairs[i];
	}
	return NULL;
}

static void update_index(struct mapping *mapping)
{
	while (mapping->indexed < mapping->n) {
		const struct node *key = mapping->pairs[mapping->indexed++].key;

		if (key->kind == NODE_SCALAR)
			*map_slot(&mapping->index, key->text) =
			    (void *)(uintptr_t)mapping->indexed;
	}
}

struct pair *mapping_find(struct mapping *mapping, const struct node *key)
{
	uintptr_t number;

	if (key->kind != NODE_SCALAR)
		return NULL;
	if (mapping->n <= FEW)
		return search(mapping, key->text);
	update_index(mapping);
	number = (uintptr_t)map_find(&mapping->index, key->text);
	return number ? &mapping->pairs[number - 1] : NULL;
}

void mapping_add(struct mapping *mapping, struct pair pair)
{
	mapping->pairs = arena_grow(mapping->arena, mapping->pairs, mapping->n,
	    &mapping->cap, sizeof(*mapping->pairs));
	mapping->pairs[mapping->n++] = pair;
}

bool is_merge(const struct node *key, const struct node *value)
{
	if (!is_key(key, SLICE("<<")) || !key->plain || key->is_string)
		return false;
	if (value->kind != NODE_SEQUENCE)
		return value->kind == NODE_MAPPING;
	for (uint32_t i = 0; i < value->n; i++) {
		if (value->items[i]->kind != NODE_MAPPING)
			return false;
	}
	return true;
}

static void merge_one(struct mapping *mapping, const struct node *from)
{
	for (uint32_t i = 0; i < from->n; i++) {
		if (!mapping_find(mapping, from->pairs[i].key))
			mapping_add(mapping, from->pairs[i]);
	}
}

void mapping_merge(struct mapping *mapping, const struct node *value)
{
	if (value->kind == NODE_MAPPING) {
		merge_one(mapping, value);
		return;
	}
	for (uint32_t i = 0; i < value->n; i++)
		merge_one(mapping, value->items[i]);
}
