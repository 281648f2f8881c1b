/*
 * Lines into GitHub's fingerprints.  The first pass picks the lines that are
 * asked for and finds their hashes; the second counts how often each has come
 * up.  Each part of the source is a thread's, which reads on behind it as far
 * as the windows of its lines reach; it counts in its part only, until what was
 * counted in those before is added.
 */
#include "input/line_hashes.h"

#include "base/linehash.h"
#include "base/parallel.h"
#include "input/picking.h"

#include <stdlib.h>
#include <string.h>

/* A line that is asked for. */
struct mark {
	uint64_t hash;
	uint32_t line;
	uint32_t tally;	 /* the number of its hash */
	uint32_t number; /* the line is the nth of its hash in the part */
	bool is_found;	 /* there is such a line */
};

struct passes;

/* A part, as the thread has it that reads it. */
struct stretch {
	const struct passes *passes;
	struct linehash hash;
	struct picking picking;
	struct arena arena; /* of what the quotes get */
	struct mark *marks; /* in the part, by line, each once */
	size_t nmarks, at;  /* at: the next to come */
	uint32_t *counts;   /* how often each hash came up */
	bool failed;
};

/* All of them, and what the second pass counts. */
struct passes {
	const struct parts *parts;
	struct stretch stretches[PARTS_MAX];
	struct quote *quotes; /* by line */
	size_t nquotes;
	struct mark *marks; /* of all parts */
	size_t nmarks;
	uint64_t *hashes; /* that are asked for, sorted, each once */
	size_t nhashes;
	uint64_t *sieve; /* a bit for each remainder of a hash */
	size_t nbits;	 /* a power of two */
};

/* Bits of the sieve for each hash: one line in so many is looked up in vain. */
#define BITS_FOR_EACH 16

/* Whether line is asked for; they come in order. */
static struct mark *mark_of_line(struct stretch *stretch, uint32_t line)
{
	if (stretch->at == stretch->nmarks ||
	    stretch->marks[stretch->at].line != line)
		return NULL;
	return &stretch->marks[stretch->at++];
}

static void find_hash(void *context, uint32_t line, uint64_t hash)
{
	struct stretch *stretch = context;
	struct mark *mark = mark_of_line(stretch, line);

	if (mark) {
		mark->hash = hash;
		mark->is_found = true;
	}
	stretch->hash.wanted = stretch->at < stretch->nmarks
				   ? stretch->marks[stretch->at].line
				   : UINT32_MAX;
}

/* The number of a hash that is one of those asked for; their count when it is
 * none. */
static size_t find_tally(const struct passes *passes, uint64_t hash)
{
	size_t bit = hash & (passes->nbits - 1);
	size_t low = 0, high = passes->nhashes;

	if (!(passes->sieve[bit / 64] >> bit % 64 & 1))
		return passes->nhashes;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (passes->hashes[middle] <= hash)
			low = middle;
		else
			high = middle;
	}
	return passes->hashes[low] == hash ? low : passes->nhashes;
}

static void count_hash(void *context, uint32_t line, uint64_t hash)
{
	struct stretch *stretch = context;
	struct mark *mark = mark_of_line(stretch, line);
	size_t tally = find_tally(stretch->passes, hash);

	if (tally == stretch->passes->nhashes)
		return;
	stretch->counts[tally]++;
	if (mark) {
		mark->tally = (uint32_t)tally;
		mark->number = stretch->counts[tally];
	}
}

/* Adds what was read, and says how much of it is left. */
static size_t add_block(
    struct linehash *hash, char *block, size_t len, bool is_last)
{
	size_t used = linehash_add(hash, (struct slice){block, len}, is_last);

	memmove(block, block + used, len - used);
	return len - used;
}

/* Whether nothing that follows matters. */
static bool is_done(const struct stretch *stretch)
{
	return linehash_is_done(&stretch->hash) && !stretch->picking.n;
}

/* From the first byte of part i to where all is known. */
static void walk(struct stretch *stretch, size_t i)
{
	const struct parts *parts = stretch->passes->parts;
	struct part_reading reading = {parts, parts->items[i].from};
	char block[16384];
	size_t len = 0;
	ssize_t n = 1;

	/* The byte order mark, which the source keeps to itself. */
	if (!i && parts->source->marked)
		linehash_add(&stretch->hash, SLICE("\xEF\xBB\xBF"), true);
	while (n > 0 && !is_done(stretch)) {
		n = part_read(&reading, block + len, sizeof(block) - len);
		if (n > 0) {
			picking_add(&stretch->picking,
			    (struct slice){block + len, (size_t)n});
			len += (size_t)n;
		}
		len = linehash_is_done(&stretch->hash)
			  ? 0
			  : add_block(&stretch->hash, block, len, n <= 0);
	}
	linehash_finish(&stretch->hash);
	picking_finish(&stretch->picking);
	stretch->failed = n < 0;
}

/* Hashes lines of part i, those from one on that is wanted. */
static void begin_hash(struct stretch *stretch, size_t i,
    void (*use)(void *context, uint32_t line, uint64_t hash))
{
	const struct part *part = &stretch->passes->parts->items[i];

	stretch->at = 0;
	linehash_init(&stretch->hash, part->line_by_any_end,
	    part[1].line_by_any_end, use, stretch);
}

/* The first quote of a line or one behind it. */
static size_t find_quote(const struct passes *passes, uint32_t line)
{
	size_t low = 0, high = passes->nquotes;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (passes->quotes[middle].place->span.line < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The first pass over a part. */
static void find_in_part(void *context, unsigned worker, size_t i)
{
	struct passes *passes = context;
	struct stretch *stretch = &passes->stretches[i];
	const struct part *part = &passes->parts->items[i];
	size_t first = find_quote(passes, part->line);

	(void)worker;
	stretch->picking = (struct picking){
	    .quotes = passes->quotes + first,
	    .n = find_quote(passes, part[1].line) - first,
	    .arena = &stretch->arena,
	    .line = part->line,
	};
	begin_hash(stretch, i, find_hash);
	if (!stretch->nmarks)
		stretch->hash.wanted = UINT32_MAX;
	walk(stretch, i);
}

/* The second one. */
static void count_in_part(void *context, unsigned worker, size_t i)
{
	struct passes *passes = context;
	struct stretch *stretch = &passes->stretches[i];

	(void)worker;
	stretch->picking = (struct picking){0};
	stretch->counts = xcalloc(passes->nhashes, sizeof(*stretch->counts));
	begin_hash(stretch, i, count_hash);
	walk(stretch, i);
}

/* False when the source cannot be read to its end. */
static bool pass_over(
    struct passes *passes, unsigned njobs, parallel_fn *read_part)
{
	if (!parts_start_over(passes->parts))
		return false;
	parallel_for(njobs, passes->parts->n, read_part, passes);
	for (size_t i = 0; i < passes->parts->n; i++) {
		if (passes->stretches[i].failed)
			return false;
	}
	return true;
}

/* The lines of which a hash is wanted, and to which part each belongs. */
static void list_marks(struct passes *passes)
{
	const struct part *items = passes->parts->items;
	uint32_t last = 0;
	size_t part = 0;

	for (size_t i = 0; i < passes->nquotes; i++) {
		uint32_t line = passes->quotes[i].place->span.line;

		if (!passes->quotes[i].ret_hash || line == last)
			continue;
		while (line >= items[part + 1].line_by_any_end)
			part++;
		if (!passes->stretches[part].nmarks++)
			passes->stretches[part].marks =
			    &passes->marks[passes->nmarks];
		passes->marks[passes->nmarks++].line = last = line;
	}
}

static int hash_cmp(const void *left, const void *right)
{
	const uint64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

static void list_hashes(struct passes *passes)
{
	size_t n = 0;

	passes->hashes = xcalloc(passes->nmarks, sizeof(*passes->hashes));
	for (size_t i = 0; i < passes->nmarks; i++) {
		if (passes->marks[i].is_found)
			passes->hashes[n++] = passes->marks[i].hash;
	}
	qsort(passes->hashes, n, sizeof(*passes->hashes), hash_cmp);
	for (size_t i = 0; i < n; i++) {
		if (!i || passes->hashes[i] != passes->hashes[i - 1])
			passes->hashes[passes->nhashes++] = passes->hashes[i];
	}
}

static void make_sieve(struct passes *passes)
{
	passes->nbits = 64;
	while (passes->nbits / BITS_FOR_EACH < passes->nhashes)
		passes->nbits *= 2;
	passes->sieve = xcalloc(passes->nbits / 64, sizeof(*passes->sieve));
	for (size_t i = 0; i < passes->nhashes; i++) {
		size_t bit = passes->hashes[i] & (passes->nbits - 1);

		passes->sieve[bit / 64] |= (uint64_t)1 << bit % 64;
	}
}

/* Of each part and hash, what came up in the parts before. */
static void add_up(struct passes *passes)
{
	for (size_t i = 0; i < passes->nhashes; i++) {
		uint32_t before = 0;

		for (size_t j = 0; j < passes->parts->n; j++) {
			uint32_t *count = &passes->stretches[j].counts[i];
			uint32_t own = *count;

			*count = before;
			before += own;
		}
	}
}

/* "54703d4cd895b18:2" */
static const char *new_hash(struct stretch *stretch, const struct mark *mark)
{
	struct buf text = {0};
	const char *copy;

	buf_add_hex(&text, mark->hash, 1);
	buf_add_char(&text, ':');
	buf_add_number(&text, stretch->counts[mark->tally] + mark->number);
	copy = slice_copy(&stretch->arena, buf_slice(&text)).ptr;
	buf_release(&text);
	return copy;
}

/* Quotes of one line share its text. */
static void hand_out_in_part(void *context, unsigned worker, size_t i)
{
	struct passes *passes = context;
	struct stretch *stretch = &passes->stretches[i];
	size_t at = 0;

	(void)worker;
	for (size_t j = 0; j < stretch->nmarks; j++) {
		const struct mark *mark = &stretch->marks[j];
		const char *text;

		/* One that only the first pass saw is of a file that has
		 * changed meanwhile. */
		if (!mark->is_found || !mark->number)
			continue;
		at = at ? at : find_quote(passes, mark->line);
		text = new_hash(stretch, mark);
		for (; at < passes->nquotes &&
		       passes->quotes[at].place->span.line <= mark->line;
		     at++) {
			if (passes->quotes[at].ret_hash)
				*passes->quotes[at].ret_hash = text;
		}
	}
}

/* After the first pass. */
static void number_hashes(struct passes *passes, unsigned njobs)
{
	list_hashes(passes);
	make_sieve(passes);
	if (!passes->nhashes || !pass_over(passes, njobs, count_in_part))
		return;
	add_up(passes);
	parallel_for(njobs, passes->parts->n, hand_out_in_part, passes);
}

static void release(struct passes *passes, struct arena *arena)
{
	for (size_t i = 0; i < passes->parts->n; i++) {
		arena_join(arena, &passes->stretches[i].arena);
		free(passes->stretches[i].counts);
	}
	free(passes->marks);
	free(passes->hashes);
	free(passes->sieve);
	free(passes);
}

void line_hashes_fill(const struct parts *parts, struct quote *quotes, size_t n,
    unsigned njobs, struct arena *arena)
{
	struct passes *passes = xcalloc(1, sizeof(*passes));

	passes->parts = parts;
	passes->quotes = quotes;
	passes->nquotes = n;
	passes->marks = xcalloc(n, sizeof(*passes->marks));
	for (size_t i = 0; i < parts->n; i++)
		passes->stretches[i].passes = passes;
	list_marks(passes);
	if (pass_over(passes, njobs, find_in_part) && passes->nmarks)
		number_hashes(passes, njobs);
	release(passes, arena);
}
