/* Lists whose items are told apart -> items that are there twice
 * (ValidateListSetsAndMaps() of apiextensions-apiserver).  Unlike those of
 * built-in kinds they are refused however they are applied. */
#include "custom/hold_datum.h"

#include "custom/hold_own.h"

/* Adds what tells a scalar from others; false for what is none. */
static bool add_scalar(struct buf *key, const struct node *node)
{
	struct scalar scalar;

	if (node->kind != NODE_SCALAR)
		return false;
	scalar = scalar_as_sent(node);
	switch (scalar.type) {
	case SCALAR_NULL: buf_add_char(key, '0'); break;
	case SCALAR_BOOL: buf_add_char(key, scalar.boolean ? 't' : 'f'); break;
	case SCALAR_INT:
		buf_printf(key, "i%lld", (long long)scalar.integer);
		break;
	case SCALAR_DOUBLE: buf_printf(key, "d%.17g", scalar.real); break;
	case SCALAR_STRING:
		buf_printf(key, "s%zu:", scalar.text.len);
		buf_add_slice(key, scalar.text);
		break;
	}
	return true;
}

bool add_item_key(
    struct buf *key, const struct structural *schema, const struct datum *item)
{
	bool has_any = false;

	if (schema->list_type == LIST_SET)
		return add_scalar(key, item->node);
	if (item->node->kind != NODE_MAPPING)
		return false;
	for (size_t i = 0; i < schema->list_keys.n; i++) {
		const struct datum *part =
		    datum_member(item, schema->list_keys.items[i]);

		if (part && !add_scalar(key, part->node))
			return false;
		has_any = has_any || part;
		buf_add_char(key, '\n');
	}
	return has_any;
}

static void tell_twice(struct custom_walk *walk,
    const struct structural *schema, const struct datum *item)
{
	const struct datum *shown = item;
	struct buf names = {0};

	if (schema->list_type == LIST_SET) {
		refuse_value(walk, item, false,
		    "is given twice: an earlier item has the same value");
		return;
	}
	for (size_t i = 0; i < schema->list_keys.n; i++)
		buf_printf(&names, "%s%.*s", i ? " and " : "",
		    SLICE_ARGS(schema->list_keys.items[i]));
	if (datum_member(item, schema->list_keys.items[0]))
		shown = datum_member(item, schema->list_keys.items[0]);
	refuse_value(walk, shown->is_default ? item : shown, false,
	    "is given twice: an earlier item has the same %s",
	    buf_text(&names));
	buf_release(&names);
}

void hold_list_keys(struct custom_walk *walk, const struct datum *datum)
{
	const struct structural *schema = datum->schema;
	struct map seen = {0};
	struct buf key = {0};

	if (datum->node->kind != NODE_SEQUENCE || datum->n < 2 ||
	    schema->list_type == LIST_ATOMIC)
		return;
	for (uint32_t i = 0; i < datum->n; i++) {
		const struct datum *item = &datum->items[i];
		void **place;

		buf_clear(&key);
		if (!add_item_key(&key, schema, item))
			continue;
		place =
		    map_slot(&seen, slice_copy(&walk->arena, buf_slice(&key)));
		if (*place)
			tell_twice(walk, schema, item);
		*place = walk;
	}
	map_release(&seen);
	buf_release(&key);
}
