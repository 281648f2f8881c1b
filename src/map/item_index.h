/*
 * The texts that an action prints for each item of a long loop: by what a line
 * shows, its item is found at once.
 */
#ifndef MAP_ITEM_INDEX_H
#define MAP_ITEM_INDEX_H

#include "base/map.h"
#include "map/chart_map.h"

/* All zero is empty and ready. */
struct item_indexes {
	struct arena arena;
	struct map by_action; /* loop and action -> struct item_index */
};

void item_indexes_release(struct item_indexes *indexes);

/* One of a loop and an action in it. */
struct item_index {
	bool is_new;	    /* item_index_add() is to be called for all items */
	bool is_incomplete; /* of some item the text is not known */
	struct map by_text; /* text -> number of the item plus one; the index
			       itself when several print it */
};

/* That of a loop through items, in which the action is. */
struct item_index *item_index_find(struct item_indexes *indexes,
    const void *loop, const void *items, struct slice action);

/* Adds the text that the action prints for an item; borrowed.  Empty: it is
 * not known. */
void item_index_add(struct item_index *index, struct slice text, size_t number);

/* The number of the one item that the line shows, plus one; 0: unknown. */
size_t item_index_get(
    const struct item_index *index, const struct mapped_line *line);

#endif
