/* Arenas, growing arrays, and what happens when memory is gone. */
#include "base/mem.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool is_zero(const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i])
			return false;
	}
	return true;
}

Test(base_mem, an_arena_hands_out_zeroed_aligned_memory)
{
	struct arena arena = {0};

	for (size_t size = 1; size < 300; size++) {
		unsigned char *bytes = arena_alloc(&arena, size);

		cr_assert_eq((uintptr_t)bytes % _Alignof(union arena_item), 0);
		cr_assert(is_zero(bytes, size));
		memset(bytes, 0xFF, size);
	}
	arena_release(&arena);
}

Test(base_mem, allocations_do_not_overlap)
{
	enum { MANY = 400 };
	struct arena arena = {0};
	unsigned char *all[MANY];

	for (size_t i = 0; i < MANY; i++) {
		all[i] = arena_alloc(&arena, 100 + i);
		memset(all[i], (int)(i % 251), 100 + i);
	}
	for (size_t i = 0; i < MANY; i++) {
		for (size_t j = 0; j < 100 + i; j++)
			cr_assert_eq(all[i][j], i % 251);
	}
	arena_release(&arena);
}

Test(base_mem, a_large_allocation_has_a_block_of_its_own)
{
	struct arena arena = {0};
	size_t size = 1000 * 1000;
	unsigned char *large = arena_alloc(&arena, size);

	cr_assert(is_zero(large, size));
	large[size - 1] = 1;
	cr_assert_geq(arena.total, size);
	cr_assert_not_null(arena_alloc(&arena, 0));
	arena_release(&arena);
	cr_assert_eq(arena.total, 0);
	cr_assert_null(arena.first);
}

/* Through blocks of all sizes; what is left over at the end is one of them. */
Test(base_mem, a_large_arena_hands_out_each_byte_once)
{
	enum { ITEMS = 6000, SIZE = 1000 };
	struct arena arena = {0};
	unsigned char **all = xcalloc(ITEMS, sizeof(*all));

	for (int i = 0; i < ITEMS; i++) {
		all[i] = arena_alloc(&arena, SIZE);
		cr_assert(is_zero(all[i], SIZE));
		memset(all[i], i % 255 + 1, SIZE);
	}
	for (int i = 0; i < ITEMS; i++) {
		cr_assert_eq(all[i][0], i % 255 + 1);
		cr_assert_eq(all[i][SIZE - 1], i % 255 + 1);
	}
	cr_assert_geq(arena.total, ITEMS * SIZE);
	cr_assert_leq(arena.total, ITEMS * (SIZE + 32) + (2 << 20));
	free(all);
	arena_release(&arena);
}

/* A block of the size of a large page is one page fault instead of 512: what
 * is beyond the first megabyte is made of such. */
Test(base_mem, a_large_arena_is_a_few_large_blocks)
{
	enum { MEGABYTES = 9, SIZE = 1024 };
	struct arena arena = {0};
	const unsigned char *last = arena_alloc(&arena, SIZE);
	int nblocks = 1;

	for (int i = 1; i < MEGABYTES * 1024; i++) {
		const unsigned char *next = arena_alloc(&arena, SIZE);

		nblocks += next != last + SIZE;
		last = next;
	}
	/* Of 64 KB each it would be 144. */
	cr_assert_leq(nblocks, 32, "%d blocks", nblocks);
	arena_release(&arena);
}

/* Memory that was used before a reset is zero again after it. */
Test(base_mem, a_reset_arena_is_as_new)
{
	struct arena arena = {0};
	size_t total;

	for (int i = 0; i < 100; i++)
		memset(arena_alloc(&arena, 1000), 0xFF, 1000);
	arena_reset(&arena);
	total = arena.total;
	cr_assert_gt(total, 0, "one block is kept");
	cr_assert_lt(total, 100 * 1000, "only one block is kept");
	for (int i = 0; i < 10; i++)
		cr_assert(is_zero(arena_alloc(&arena, 1000), 1000));
	cr_assert_eq(arena.total, total, "the kept block is used");
	arena_release(&arena);
}

Test(base_mem, a_reset_gives_back_a_large_block)
{
	struct arena arena = {0};

	arena_alloc(&arena, 1000 * 1000);
	arena_reset(&arena);
	cr_assert_lt(arena.total, 1000 * 1000);
	arena_reset(&arena);
	arena_release(&arena);
}

Test(base_mem, growing_keeps_what_is_there)
{
	size_t n = 0, cap = 0;
	int *items = NULL;

	for (int i = 0; i < 1000; i++) {
		size_t before = cap;

		items = grow(items, n, &cap, sizeof(*items));
		cr_assert_gt(cap, n);
		cr_assert(cap == before || cap >= 2 * before, "it doubles");
		items[n++] = i;
	}
	for (int i = 0; i < 1000; i++)
		cr_assert_eq(items[i], i);
	free(items);
}

Test(base_mem, growing_in_an_arena_keeps_what_is_there)
{
	struct arena arena = {0};
	size_t n = 1000, cap = 0;
	size_t *items = NULL;

	for (size_t i = 0; i < n; i++) {
		items = arena_grow(&arena, items, i, &cap, sizeof(*items));
		items[i] = i;
		arena_chars(&arena, 1);
	}
	cr_assert_geq(cap, n);
	for (size_t i = 0; i < n; i++) {
		cr_assert_eq(items[i], i);
	}
	arena_release(&arena);
}

Test(base_mem, nothing_is_still_something)
{
	void *a = xmalloc(0), *b = xcalloc(0, 8), *c = xrealloc(NULL, 0);

	cr_assert_not_null(a);
	cr_assert_not_null(b);
	cr_assert_not_null(c);
	free(a);
	free(b);
	free(c);
}

Test(base_mem, an_array_too_large_for_a_number, .exit_code = 2)
{
	struct arena arena = {0};

	arena_array(&arena, SIZE_MAX / 4, 8);
}

Test(base_mem, an_allocation_too_large_for_a_block, .exit_code = 2)
{
	struct arena arena = {0};
	volatile size_t size = SIZE_MAX - 8; /* which gcc would refuse */

	arena_alloc(&arena, size);
}

Test(base_mem, growing_past_all_memory, .exit_code = 2)
{
	size_t cap = SIZE_MAX / 8;

	grow(NULL, cap, &cap, 8);
}

Test(base_mem, a_call_that_lacked_memory_ends_the_program, .exit_code = 2)
{
	errno = ENOMEM;
	xmade(NULL);
}

Test(base_mem, a_count_that_lacked_memory_ends_the_program, .exit_code = 2)
{
	errno = ENOMEM;
	xcounted(-1);
}

Test(base_mem, a_call_that_failed_otherwise_is_handed_on)
{
	int made = 1;

	errno = ENOENT;
	cr_assert_null(xmade(NULL));
	cr_assert_eq(xcounted(-1), -1);
	errno = ENOMEM;
	cr_assert_eq(xmade(&made), &made);
	cr_assert_eq(xcounted(0), 0);
}

Test(base_mem, a_bug_aborts, .signal = SIGABRT)
{
	BUG("what the test wants");
}

/* Takes from both before and after, so that each has more than one block. */
Test(base_mem, a_joined_arena_keeps_what_both_held)
{
	struct arena arena = {0}, from = {0}, none = {0};
	size_t total;
	char *a, *b, *c;

	arena_join(&arena, &none);
	cr_assert_null(arena.first);
	b = strcpy(arena_alloc(&from, 100000), "b");
	arena_alloc(&from, 1);
	arena_join(&arena, &from);
	cr_assert_null(from.first);
	cr_assert_eq(from.total, 0);
	a = strcpy(arena_alloc(&arena, 2), "a");
	c = strcpy(arena_alloc(&from, 2), "c");
	total = arena.total + from.total;
	arena_join(&arena, &from);
	cr_assert_eq(arena.total, total);
	for (int i = 0; i < 100; i++)
		memset(arena_alloc(&arena, 1000), 'x', 1000);
	cr_assert_str_eq(a, "a");
	cr_assert_str_eq(b, "b");
	cr_assert_str_eq(c, "c");
	arena_release(&arena);
}

/* Nothing is handed out behind a block's end, and nothing is still a place. */
Test(base_mem, blocks_are_not_left)
{
	struct arena arena = {0};

	cr_assert_not_null(arena_take(&arena, 0));
	arena_release(&arena);
	cr_assert_not_null(arena_chars(&arena, 0));
	for (size_t i = 0; i < 100000; i++) {
		arena_chars(&arena, 1 + i % 7);
		cr_assert_leq(arena.used, arena.size);
		if (i % 5)
			arena_take(&arena, 1 + i % 40);
		cr_assert_leq(arena.used, arena.size);
	}
	arena_release(&arena);
}

Test(base_mem, characters_stand_side_by_side)
{
	struct arena arena = {0};
	char *first = arena_chars(&arena, 3), *second = arena_chars(&arena, 1);
	void *aligned = arena_alloc(&arena, 1);

	cr_assert_eq(second, first + 3);
	cr_assert_eq((uintptr_t)aligned % _Alignof(union arena_item), 0);
	for (int i = 0; i < 100000; i++)
		*arena_chars(&arena, 1) = 'x';
	cr_assert_leq(
	    arena.total, 100000 + 64 * 1024, "one to a byte, and a tail");
	arena_release(&arena);
}

Test(base_mem, copies_in_arenas_are_aligned_and_their_own)
{
	struct arena arena = {0};
	char from[] = "abc";
	char *odd = arena_alloc(&arena, 1);
	char *copy = arena_copy(&arena, from, sizeof(from));

	from[0] = 'x';
	cr_assert_str_eq(copy, "abc");
	cr_assert_eq((uintptr_t)copy % _Alignof(union arena_item), 0);
	cr_assert_neq(copy, odd);
	arena_release(&arena);
}
