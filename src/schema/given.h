/*
 * What a mapping gives: its fields by their names, without what is null.
 */
#ifndef SCHEMA_GIVEN_H
#define SCHEMA_GIVEN_H

#include "base/map.h"
#include "doc/scalar.h"

/* The value of a key; NULL when it is null, is not there, or node is no
 * mapping or NULL. */
const struct node *given(const struct node *node, const char *key);

/* The text of a scalar, or of the one at a key; "" for anything else. */
struct slice given_text(const struct node *node);
struct slice given_text_at(const struct node *node, const char *key);

/* The number of items of a list; 0 for anything else. */
uint32_t given_length(const struct node *list);

/* The value of a map under the name that another key is. */
const struct node *given_named(const struct node *map, struct slice name);

/* The same of a map that is asked for many names.  Borrows the map, which may
 * be NULL or anything else: it has no names then. */
struct named {
	const struct node *map;
	struct map values; /* by name; empty where there are few */
};

struct named named_of(const struct node *map);
const struct node *named_find(const struct named *named, struct slice name);
void named_release(struct named *named);

/* A quantity; null stands for 0, as it does in a map of them. */
bool given_quantity(const struct node *node, double *ret_value);

#endif
