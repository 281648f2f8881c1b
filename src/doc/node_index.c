/* A list and a field -> its items by their texts there.  Asking for each item
 * of a long list is linear in it; a short one is looked through. */
#include "doc/node_index.h"

#include "doc/scalar.h"

/* Lists up to here are looked through: real ones have a few items, and a map of
 * these costs more than all that is asked. */
#define SHORT_LIST 8

static bool has_text(
    const struct node_index *index, const struct node *item, struct slice *ret)
{
	return node_to_text(node_get(item, index->field), ret);
}

static size_t length(const struct node_index *index)
{
	const struct node *list = index->list;

	return list && list->kind == NODE_SEQUENCE ? list->n : 0;
}

void node_index_init(
    struct node_index *index, const struct node *list, const char *field)
{
	struct slice text;

	*index = (struct node_index){.list = list, .field = field};
	for (size_t i = 0; length(index) > SHORT_LIST && i < list->n; i++) {
		void **slot;

		if (!has_text(index, list->items[i], &text))
			continue;
		slot = map_slot(&index->by_text, text);
		if (!*slot)
			*slot = (void *)(uintptr_t)list->items[i];
	}
}

const struct node *node_index_find(
    const struct node_index *index, struct slice text)
{
	struct slice other;

	if (length(index) > SHORT_LIST)
		return map_find(&index->by_text, text);
	for (size_t i = 0; i < length(index); i++) {
		const struct node *item = index->list->items[i];

		if (has_text(index, item, &other) && slice_eq(other, text))
			return item;
	}
	return NULL;
}

void node_index_release(struct node_index *index)
{
	map_release(&index->by_text);
}
