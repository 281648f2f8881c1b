/* The map: what is found, in which order it is kept. */
#include "base/map.h"

#include <criterion/criterion.h>

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
