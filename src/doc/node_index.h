/*
 * The items of a list by the text of one of their fields: volumes by name.
 */
#ifndef DOC_NODE_INDEX_H
#define DOC_NODE_INDEX_H

#include "base/map.h"
#include "doc/tree.h"

/* Borrows the list, which must outlive it. */
struct node_index {
	const struct node *list; /* NULL: no items */
	const char *field;
	struct map by_text; /* empty where the list is short */
};

/* Indexes the items of a sequence by a field's text; what has none is not
 * found.  The list may be NULL or anything else, which has no items. */
void node_index_init(
    struct node_index *index, const struct node *list, const char *field);

/* The first item of that text, or NULL. */
const struct node *node_index_find(
    const struct node_index *index, struct slice text);

void node_index_release(struct node_index *index);

#endif
