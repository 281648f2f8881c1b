/*
 * The pairs of a mapping while it is built: keys found by their text, merge
 * keys resolved.  Finding a key costs the same however many there are.
 */
#ifndef DOC_MAPPING_H
#define DOC_MAPPING_H

#include "base/map.h"
#include "doc/tree.h"

struct mapping {
	struct arena *arena; /* of pairs */
	struct pair *pairs;  /* in order */
	size_t n, cap;
	struct map index; /* key's text -> its number in pairs, plus one */
	size_t indexed;	  /* pairs that index holds */
};

/* An empty mapping with room for so many pairs, which are the arena's and stay
 * when it is released. */
void mapping_init(struct mapping *mapping, struct arena *arena, size_t room);
void mapping_release(struct mapping *mapping);

/* The pair of that key, valid until the next mapping_add(); NULL when there
 * is none, or when key is no scalar. */
struct pair *mapping_find(struct mapping *mapping, const struct node *key);

/* Appends a pair whose key is not there yet. */
void mapping_add(struct mapping *mapping, struct pair pair);

/* Whether the pair is a merge key: "<<" for a mapping or a list of them. */
bool is_merge(const struct node *key, const struct node *value);

/* Appends what a merge key's value has and the mapping has not. */
void mapping_merge(struct mapping *mapping, const struct node *value);

#endif
