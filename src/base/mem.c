/*
 * The xmalloc family and arenas: the only file besides main.c that may end
 * the program, and only when memory is gone or an invariant is broken.
 */
#include "base/mem.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* What an arena grows by: little at first, then by more, but below what
 * malloc() asks the kernel for one by one. */
#define SMALL_BLOCK ((size_t)16 * 1024)
#define LARGE_BLOCK ((size_t)64 * 1024)

/* What one grows by that has become large.  Where the kernel gives a page of
 * that size, it is one fault instead of 512: of 10 MB linted that was a sixth
 * of the time, in a virtual machine, whose faults are dear. */
#define HUGE_PAGE ((size_t)2 * 1024 * 1024)
#define ENOUGH_FOR_HUGE ((size_t)1024 * 1024)

/* Room of an array that had none. */
#define FIRST_ITEMS 8

struct arena_block {
	struct arena_block *next;
	size_t size; /* bytes in data */
	_Alignas(max_align_t) unsigned char data[];
};

_Noreturn void bug_at(const char *file, int line, const char *what)
{
	fprintf(stderr, "rolloutlint: BUG at %s:%d: %s\n", file, line, what);
	abort();
}

_Noreturn void out_of_memory(void)
{
	fputs("rolloutlint: error: memory ran out\n", stderr);
	exit(2);
}

void *xmalloc(size_t size)
{
	void *new = malloc(size ? size : 1);

	if (!new)
		out_of_memory();
	return new;
}

void *xcalloc(size_t count, size_t size)
{
	void *new = calloc(count ? count : 1, size ? size : 1);

	if (!new)
		out_of_memory();
	return new;
}

void *xrealloc(void *old, size_t size)
{
	void *new = realloc(old, size ? size : 1);

	if (!new)
		out_of_memory();
	return new;
}

void *xmade(void *made)
{
	if (!made && errno == ENOMEM)
		out_of_memory();
	return made;
}

int xcounted(int n)
{
	if (n < 0 && errno == ENOMEM)
		out_of_memory();
	return n;
}

void *grow_full(void *items, size_t *cap, size_t size)
{
	if (*cap > SIZE_MAX / 2 / size)
		out_of_memory();
	*cap = *cap ? *cap * 2 : FIRST_ITEMS;
	return xrealloc(items, *cap * size);
}

/* Memory of that size and alignment, all zero, which may be one page; where it
 * is not, nothing is lost.  aligned_alloc() would take twice as much. */
static void *map_huge_page(void)
{
	unsigned char *all = mmap(NULL, 2 * HUGE_PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t before = -(uintptr_t)all % HUGE_PAGE;

	if (all == MAP_FAILED)
		out_of_memory();
	if (before)
		munmap(all, before);
	munmap(all + before + HUGE_PAGE, HUGE_PAGE - before);
#ifdef MADV_HUGEPAGE
	madvise(all + before, HUGE_PAGE, MADV_HUGEPAGE);
#endif
	return all + before;
}

/* How large a block for size bytes is, its head included; larger the more the
 * arena has already. */
static size_t block_size(const struct arena *arena, size_t size)
{
	size_t least = sizeof(struct arena_block) + size;
	size_t all = arena->total < LARGE_BLOCK ? SMALL_BLOCK : LARGE_BLOCK;

	if (least <= LARGE_BLOCK && arena->total >= ENOUGH_FOR_HUGE)
		return HUGE_PAGE;
	return least < all ? all : least;
}

static struct arena_block *block_new(const struct arena *arena, size_t size)
{
	size_t all = block_size(arena, size);
	struct arena_block *block =
	    all == HUGE_PAGE ? map_huge_page() : xmalloc(all);

	block->next = arena->first;
	block->size = all - sizeof(*block);
	return block;
}

/* Whether a block was mapped; what has not been handed out of it is zero. */
static bool is_mapped(const struct arena_block *block)
{
	return block->size == HUGE_PAGE - sizeof(*block);
}

static void block_free(struct arena_block *block)
{
	if (is_mapped(block))
		munmap(block, HUGE_PAGE);
	else
		free(block);
}

void arena_release(struct arena *arena)
{
	while (arena->first) {
		struct arena_block *next = arena->first->next;

		block_free(arena->first);
		arena->first = next;
	}
	*arena = (struct arena){0};
}

/* The block that is taken from next. */
static void set_first(struct arena *arena, struct arena_block *block)
{
	arena->first = block;
	arena->data = block->data;
	arena->size = block->size;
}

void arena_reset(struct arena *arena)
{
	struct arena_block *keep = arena->first;

	if (keep && keep->size <= LARGE_BLOCK - sizeof(*keep)) {
		arena->first = keep->next;
		arena_release(arena);
		keep->next = NULL;
		set_first(arena, keep);
		arena->total = keep->size;
		return;
	}
	arena_release(arena);
}

void arena_join(struct arena *arena, struct arena *from)
{
	struct arena_block **end = &from->first;
	size_t total = arena->total + from->total;

	if (!arena->first) {
		*arena = *from;
	} else {
		/* Its newest block stays the one that is taken from. */
		while (*end)
			end = &(*end)->next;
		*end = arena->first->next;
		arena->first->next = from->first;
		arena->total = total;
	}
	*from = (struct arena){0};
}

void *arena_take_new(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX - LARGE_BLOCK)
		out_of_memory();
	set_first(arena, block_new(arena, size));
	arena->total += arena->size;
	arena->used = size;
	return arena->data;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	void *taken;

	if (size && count > SIZE_MAX / size)
		out_of_memory();
	taken = arena_take(arena, count * size);
	return is_mapped(arena->first) ? taken : memset(taken, 0, count * size);
}

void *arena_grow_full(
    struct arena *arena, void *items, size_t *cap, size_t size)
{
	size_t used = *cap * size;
	void *larger;

	if (*cap > SIZE_MAX / 2 / size)
		out_of_memory();
	*cap = *cap ? *cap * 2 : FIRST_ITEMS;
	larger = arena_take(arena, *cap * size);
	return used ? memcpy(larger, items, used) : larger;
}
