/*
 * A hash map from slices to pointers.
 *
 * Iteration goes in the order of insertion, so nothing that is printed ever
 * depends on hashing.  Lookup and insertion cost O(length of the key) on
 * average; the hash is seeded per run, so a hostile manifest cannot aim at it.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/text.h"

struct map_entry {
	struct slice key; /* borrowed from whoever put it */
	void *value;
	uint64_t hash;
};

/* All zero is empty and ready.  Owns its tables, not its keys or values. */
struct map {
	struct map_entry *entries; /* in order of insertion */
	size_t n, cap;
	uint32_t *slots; /* index into entries plus one; 0 is free */
	size_t nslots;	 /* power of two, or 0 */
	uint64_t seed;
};

void map_release(struct map *map);

/* What no input can know: what the hashes of this run start from. */
uint64_t map_seed(void);

/* The hash of a key, of which all bits depend on all of its bytes. */
uint64_t map_hash(uint64_t seed, struct slice key);

/* The key for an address: the bytes of the pointer to data that is at place,
 * which must stay there as long as the key is used. */
struct slice map_address_key(const void *place);

/* The value stored for key, or NULL. */
void *map_find(const struct map *map, struct slice key);

/*
 * The place where key's value is kept, made (holding NULL) when key is new.
 * The key's bytes must outlive the map.  The place is valid until the next
 * map_slot().
 */
void **map_slot(struct map *map, struct slice key);

#endif
