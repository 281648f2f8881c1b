/* The map: what is found, in which order it is kept. */
#include "base/map.h"

#include <criterion/criterion.h>
#include <string.h>

Test(base_map, an_empty_map_holds_nothing)
{
	struct map map = {0};

	cr_assert_null(map_find(&map, SLICE("a")));
	cr_assert_null(map_find(&map, (struct slice){0}));
	map_release(&map);
}

Test(base_map, a_slot_keeps_its_value)
{
	int values[3];
	struct map map = {0};

	cr_assert_null(*map_slot(&map, SLICE("a")));
	*map_slot(&map, SLICE("a")) = &values[0];
	*map_slot(&map, SLICE("b")) = &values[1];
	cr_assert_eq(map_find(&map, SLICE("a")), &values[0]);
	cr_assert_eq(*map_slot(&map, SLICE("b")), &values[1]);
	*map_slot(&map, SLICE("a")) = &values[2];
	cr_assert_eq(map_find(&map, SLICE("a")), &values[2]);
	cr_assert_eq(map.n, 2);
	cr_assert_null(map_find(&map, SLICE("c")));
	map_release(&map);
	cr_assert_null(map_find(&map, SLICE("a")));
}

/* Keys are bytes: NUL, no byte at all, and one key that begins another. */
Test(base_map, keys_are_bytes)
{
	int values[4];
	struct map map = {0};

	*map_slot(&map, SLICE("a\0x")) = &values[0];
	*map_slot(&map, SLICE("a\0y")) = &values[1];
	*map_slot(&map, SLICE("a")) = &values[2];
	*map_slot(&map, SLICE("")) = &values[3];
	cr_assert_eq(map_find(&map, SLICE("a\0x")), &values[0]);
	cr_assert_eq(map_find(&map, SLICE("a\0y")), &values[1]);
	cr_assert_eq(map_find(&map, SLICE("a")), &values[2]);
	cr_assert_eq(map_find(&map, (struct slice){0}), &values[3]);
	cr_assert_null(map_find(&map, SLICE("a\0")));
	map_release(&map);
}

Test(base_map, many_keys_stay_in_the_order_of_insertion, .timeout = 60)
{
	enum { MANY = 5000 };
	struct arena arena = {0};
	struct map map = {0};

	for (uintptr_t i = 0; i < MANY; i++)
		*map_slot(&map, slice_of(arena_printf(&arena, "key-%zu",
				    (size_t)(i * 7919 % MANY)))) =
		    (void *)(i + 1);
	cr_assert_eq(map.n, MANY);
	for (uintptr_t i = 0; i < MANY; i++) {
		const char *key =
		    arena_printf(&arena, "key-%zu", (size_t)(i * 7919 % MANY));

		cr_assert_eq(map_find(&map, slice_of(key)), (void *)(i + 1));
		cr_assert(slice_is(map.entries[i].key, key));
	}
	cr_assert_null(map_find(&map, SLICE("key-5000")));
	map_release(&map);
	arena_release(&arena);
}

/* Not what is found depends on it, but how long that takes. */
Test(base_map, keys_that_differ_in_a_byte_differ_in_their_hash)
{
	const uint64_t seed = 1;
	char one[32], other[32];

	memset(one, 'a', sizeof(one));
	for (size_t len = 1; len <= sizeof(one); len++) {
		uint64_t hash = map_hash(seed, (struct slice){one, len});

		cr_expect_neq(
		    hash, map_hash(seed, (struct slice){one, len - 1}));
		for (size_t at = 0; at < len; at++) {
			memcpy(other, one, sizeof(one));
			other[at] = 'b';
			cr_expect_neq(hash,
			    map_hash(seed, (struct slice){other, len}),
			    "%zu of %zu", at, len);
		}
	}
}
