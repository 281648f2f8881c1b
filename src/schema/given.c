/* A mapping -> the values of its fields. */
#include "schema/given.h"

#include "schema/form.h"

const struct node *given(const struct node *node, const char *key)
{
	const struct node *value =
	    node && node->kind == NODE_MAPPING ? node_get(node, key) : NULL;

	return node_is_null(value) ? NULL : value;
}

struct slice given_text(const struct node *node)
{
	return node && node->kind == NODE_SCALAR ? node->text
						 : (struct slice){"", 0};
}

struct slice given_text_at(const struct node *node, const char *key)
{
	return given_text(given(node, key));
}

uint32_t given_length(const struct node *list)
{
	return list && list->kind == NODE_SEQUENCE ? list->n : 0;
}

const struct node *given_named(const struct node *map, struct slice name)
{
	uint32_t n = map && map->kind == NODE_MAPPING ? map->n : 0;

	for (uint32_t i = 0; i < n; i++) {
		if (slice_eq(map->pairs[i].key->text, name))
			return map->pairs[i].value;
	}
	return NULL;
}

/* Maps up to here are looked through, which costs less than to index them. */
#define FEW_NAMES 16

static bool is_long(const struct node *map)
{
	return map && map->kind == NODE_MAPPING && map->n > FEW_NAMES;
}

struct named named_of(const struct node *map)
{
	struct named named = {.map = map};

	for (uint32_t i = 0; is_long(map) && i < map->n; i++) {
		const struct pair *pair = &map->pairs[i];

		if (pair->key->kind == NODE_SCALAR)
			*map_slot(&named.values, pair->key->text) =
			    (void *)(uintptr_t)pair->value;
	}
	return named;
}

const struct node *named_find(const struct named *named, struct slice name)
{
	return is_long(named->map) ? map_find(&named->values, name)
				   : given_named(named->map, name);
}

void named_release(struct named *named)
{
	map_release(&named->values);
}

bool given_quantity(const struct node *node, double *ret_value)
{
	*ret_value = 0;
	return node_is_null(node) ||
	       (node->kind == NODE_SCALAR &&
		   form_quantity_value(node->text, ret_value));
}
