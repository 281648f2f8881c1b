/* What a line shows in the place of its only action. */
#include "map/item_index.h"

void item_indexes_release(struct item_indexes *indexes)
{
	for (size_t i = 0; i < indexes->by_action.n; i++) {
		struct item_index *index = indexes->by_action.entries[i].value;

		map_release(&index->by_text);
	}
	map_release(&indexes->by_action);
	arena_release(&indexes->arena);
}

struct item_index *item_index_find(struct item_indexes *indexes,
    const void *loop, const void *items, struct slice action)
{
	const void *parts[] = {loop, items, action.ptr};
	struct slice key = {(const char *)parts, sizeof(parts)};
	struct item_index *index = map_find(&indexes->by_action, key);

	if (index) {
		index->is_new = false;
		return index;
	}
	index = arena_alloc(&indexes->arena, sizeof(*index));
	index->is_new = true;
	*map_slot(&indexes->by_action, slice_copy(&indexes->arena, key)) =
	    index;
	return index;
}

void item_index_add(struct item_index *index, struct slice text, size_t number)
{
	void **slot;

	index->is_incomplete |= !text.len;
	if (!text.len)
		return;
	slot = map_slot(&index->by_text, text);
	*slot = *slot ? index : (void *)(uintptr_t)(number + 1);
}

/* What is left of a line when the text around the action is taken off. */
static struct slice shown_text(const struct mapped_line *line)
{
	struct slice shown = line->text;
	struct slice own =
	    slice_trim(template_file_line(line->inner, line->inner_line));
	ptrdiff_t open = slice_find(own, SLICE("{{"), 0);
	ptrdiff_t close = slice_find(own, SLICE("}}"), 0);
	struct slice front, back;

	if (open < 0 || close < open)
		return (struct slice){0};
	front = (struct slice){own.ptr, (size_t)open};
	back = (struct slice){own.ptr + close + 2, own.len - (size_t)close - 2};
	if (shown.len < front.len + back.len || !slice_starts(shown, front) ||
	    !slice_ends(shown, back))
		return (struct slice){0};
	shown.ptr += front.len;
	shown.len -= front.len + back.len;
	if (shown.len > 1 && (*shown.ptr == '"' || *shown.ptr == '\'') &&
	    shown.ptr[shown.len - 1] == *shown.ptr)
		shown = (struct slice){shown.ptr + 1, shown.len - 2};
	return shown;
}

size_t item_index_get(
    const struct item_index *index, const struct mapped_line *line)
{
	struct slice shown = shown_text(line);
	void *found = shown.len && !index->is_incomplete
			  ? map_find(&index->by_text, shown)
			  : NULL;

	return found == index ? 0 : (uintptr_t)found;
}
