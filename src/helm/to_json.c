/*
 * Values to JSON, spelled as Go does: keys sorted, no blanks, and what could
 * be markup in a web page escaped.
 */
#include "helm/to_json.h"

#include "base/json_quote.h"

/* Deeper ones are not known. */
#define MOST_LEVELS 50

static bool add_value(
    const struct value *value, struct buf *out, unsigned level);

static bool add_list(const struct value *list, struct buf *out, unsigned level)
{
	buf_add_char(out, '[');
	for (size_t i = 0; i < list->list.n; i++) {
		if (i)
			buf_add_char(out, ',');
		if (!add_value(list->list.items[i], out, level))
			return false;
	}
	buf_add_char(out, ']');
	return true;
}

/* Its entries are in the order of their keys. */
static bool add_map(const struct value *map, struct buf *out, unsigned level)
{
	if (map->open)
		return false;
	buf_add_char(out, '{');
	for (size_t i = 0; i < map->map.n; i++) {
		const struct value_entry *entry = &map->map.entries[i];

		if (i)
			buf_add_char(out, ',');
		json_quote_as_go(out, entry->key);
		buf_add_char(out, ':');
		if (!add_value(entry->value, out, level))
			return false;
	}
	buf_add_char(out, '}');
	return true;
}

static bool add_value(
    const struct value *value, struct buf *out, unsigned level)
{
	if (level == MOST_LEVELS)
		return false;
	switch (value->kind) {
	case VALUE_BOOL:
	case VALUE_NUMBER: buf_add_slice(out, value->text); return true;
	case VALUE_STRING: json_quote_as_go(out, value->text); return true;
	case VALUE_LIST: return add_list(value, out, level + 1);
	case VALUE_MAP: return add_map(value, out, level + 1);
	/* Whether null takes a key away depends on Helm's version. */
	case VALUE_NULL: return false;
	}
	BUG("unknown kind of value");
}

bool value_to_json(const struct value *value, struct buf *out)
{
	return add_value(value, out, 0);
}
