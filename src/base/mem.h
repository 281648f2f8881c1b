/*
 * Memory that cannot fail, and arenas.
 *
 * Every allocation of the program goes through here.  When memory is gone
 * the program says so in one sentence and exits with status 2, so no caller
 * checks for NULL.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

/* Called when something is wrong, which is seldom: the compiler puts what leads
 * there out of the way. */
#define SELDOM __attribute__((cold))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* For what cannot happen: says where, then abort().  Never for bad input. */
#define BUG(what) bug_at(__FILE__, __LINE__, what)
_Noreturn SELDOM void bug_at(const char *file, int line, const char *what);

/* Prints the one sentence for memory that ran out and exits with status 2.
 * For libraries that report it by themselves (libyaml, json-c, PCRE2). */
_Noreturn SELDOM void out_of_memory(void);

/* As malloc, calloc and realloc, but never NULL.  Caller frees. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);

/*
 * What a function of the C library has made, which is NULL when it could not,
 * or counted, which is -1 then: the same, unless memory was what it lacked.  A
 * file that could not be looked for is not one that is missing.  They go by
 * errno, so nothing may come between.
 */
void *xmade(void *made);
int xcounted(int n);

/* The same array with twice the room. */
void *grow_full(void *items, size_t *cap, size_t size);

/*
 * Makes room for one more item in a growing array of *cap items, n of them
 * used, each size bytes; returns the array, moved if need be.  Doubles, so
 * appending n items costs O(n).
 */
static inline void *grow(void *items, size_t n, size_t *cap, size_t size)
{
	return n < *cap ? items : grow_full(items, cap, size);
}

/*
 * An arena: many allocations, one release.  An arena of all zero bytes is
 * empty and ready.  Nothing taken from it is freed singly.
 */
struct arena_block;
struct arena {
	struct arena_block *first; /* newest block */
	unsigned char *data;	   /* of it */
	size_t size;		   /* bytes of data */
	size_t used;		   /* of them, handed out */
	size_t total;		   /* bytes of all blocks: what it costs */
};

/* Gives back all memory; the arena is empty and ready again. */
void arena_release(struct arena *arena);

/* Forgets all allocations but keeps one block for the next use. */
void arena_reset(struct arena *arena);

/* Hands all of from's memory over to arena, with whatever was taken from it;
 * from is empty and ready. */
void arena_join(struct arena *arena, struct arena *from);

/* What an arena holds, but for text: structs of these. */
union arena_item {
	void *pointer;
	uint64_t integer;
	double number;
};

/* The same as arena_take(), of a new block. */
void *arena_take_new(struct arena *arena, size_t size);

/* size bytes of any content, aligned for structs of pointers and numbers; they
 * live as long as the arena. */
static inline void *arena_take(struct arena *arena, size_t size)
{
	const size_t align = _Alignof(union arena_item);
	size_t at = (arena->used + align - 1) & ~(align - 1);

	/* An arena without a block has none of any size. */
	if (at >= arena->size || arena->size - at < size)
		return arena_take_new(arena, size);
	arena->used = at + size;
	return arena->data + at;
}

/* The same, zeroed. */
static inline void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(arena_take(arena, size), 0, size);
}

/* size bytes of any content, for text: not aligned, so that nothing is lost
 * between two of them. */
static inline char *arena_chars(struct arena *arena, size_t size)
{
	size_t at = arena->used;

	if (at >= arena->size || arena->size - at < size)
		return arena_take_new(arena, size);
	arena->used = at + size;
	return (char *)arena->data + at;
}

/* A copy of size bytes, aligned likewise. */
static inline void *arena_copy(
    struct arena *arena, const void *from, size_t size)
{
	void *copy = arena_take(arena, size);

	return size ? memcpy(copy, from, size) : copy;
}

/* The same as grow_full(), of an array in an arena; the old one stays there
 * unused. */
void *arena_grow_full(
    struct arena *arena, void *items, size_t *cap, size_t size);

/* The same as grow(), likewise. */
static inline void *arena_grow(
    struct arena *arena, void *items, size_t n, size_t *cap, size_t size)
{
	return n < *cap ? items : arena_grow_full(arena, items, cap, size);
}

/* count zeroed items of size bytes. */
void *arena_array(struct arena *arena, size_t count, size_t size);

#endif
