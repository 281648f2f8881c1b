/* Open addressing over an array of entries kept in order of insertion. */
#include "base/map.h"

#include "base/eight.h"

#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

/*
 * Kept from a hostile manifest by what the kernel gives every program at its
 * start: 16 random bytes (getauxval(3)).  Where it gives none the hash can be
 * guessed.
 */
uint64_t map_seed(void)
{
	const char *random = (const char *)getauxval(AT_RANDOM);
	uint64_t seed = 0;

	if (random)
		memcpy(&seed, random + 8, sizeof(seed));
	return seed;
}

static uint64_t four_bytes(const char *at)
{
	uint32_t word;

	memcpy(&word, at, sizeof(word));
	return word;
}

/* The last eight bytes of a key, or all of it when it has fewer: some twice,
 * which takes fewer steps than to ask which.  Keys of one length that differ
 * there give different words. */
static uint64_t last_bytes(struct slice key)
{
	const unsigned char *bytes = (const unsigned char *)key.ptr;

	if (key.len >= 8)
		return eight_bytes(key.ptr + key.len - 8);
	if (key.len >= 4)
		return four_bytes(key.ptr) << 32 |
		       four_bytes(key.ptr + key.len - 4);
	if (!key.len)
		return 0;
	return (uint64_t)bytes[0] << 16 | (uint64_t)bytes[key.len / 2] << 8 |
	       bytes[key.len - 1];
}

/* Eight bytes at a time, started from the seed, then mixed (MurmurHash3's
 * finaliser), so that the low bits that pick a slot depend on all. */
uint64_t map_hash(uint64_t seed, struct slice key)
{
	uint64_t h = seed ^ key.len;

	for (size_t i = 0; i + 8 < key.len; i += 8) {
		h = (h ^ eight_bytes(key.ptr + i)) * 0x9e3779b97f4a7c15u;
		h ^= h >> 32;
	}
	h = (h ^ last_bytes(key)) * 0x9e3779b97f4a7c15u;
	h = (h ^ h >> 33) * 0xff51afd7ed558ccdu;
	h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53u;
	return h ^ h >> 33;
}

void map_release(struct map *map)
{
	free(map->entries);
	free(map->slots);
	*map = (struct map){0};
}

/* The slot that holds key, or the free one where it would go. */
static size_t slot_of(const struct map *map, struct slice key, uint64_t hash)
{
	size_t at = hash & (map->nslots - 1);

	while (map->slots[at]) {
		const struct map_entry *e = &map->entries[map->slots[at] - 1];

		if (e->hash == hash && slice_eq(e->key, key))
			break;
		at = (at + 1) & (map->nslots - 1);
	}
	return at;
}

void *map_find(const struct map *map, struct slice key)
{
	size_t at;

	if (!map->n)
		return NULL;
	at = slot_of(map, key, map_hash(map->seed, key));
	return map->slots[at] ? map->entries[map->slots[at] - 1].value : NULL;
}

static void map_widen(struct map *map)
{
	size_t i;

	if (!map->nslots)
		map->seed = map_seed();
	free(map->slots);
	map->nslots = map->nslots ? map->nslots * 2 : 16;
	map->slots = xcalloc(map->nslots, sizeof(*map->slots));
	for (i = 0; i < map->n; i++) {
		size_t at = map->entries[i].hash & (map->nslots - 1);

		while (map->slots[at])
			at = (at + 1) & (map->nslots - 1);
		map->slots[at] = (uint32_t)i + 1;
	}
}

void **map_slot(struct map *map, struct slice key)
{
	uint64_t hash;
	size_t at;

	if ((map->n + 1) * 4 > map->nslots * 3)
		map_widen(map);
	if (map->n >= UINT32_MAX - 1)
		BUG("a map of more than four billion keys");
	hash = map_hash(map->seed, key);
	at = slot_of(map, key, hash);
	if (!map->slots[at]) {
		map->entries = grow(
		    map->entries, map->n, &map->cap, sizeof(*map->entries));
		map->entries[map->n] = (struct map_entry){key, NULL, hash};
		map->slots[at] = (uint32_t)++map->n;
	}
	return &map->entries[map->slots[at] - 1].value;
}

struct slice map_address_key(const void *place)
{
	return (struct slice){place, sizeof(void *)};
}
