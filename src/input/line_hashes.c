/*
 * Lines into GitHub's fingerprints.  The first pass finds the hashes of the
 * lines that are asked for; the second counts how often each has come up.
 */
#include "input/line_hashes.h"

#include "base/linehash.h"

#include <stdlib.h>
#include <string.h>

/* How often a hash that is asked for has come up so far. */
struct tally {
	uint64_t hash;
	uint32_t count;
};

/* A line that is asked for. */
struct mark {
	uint32_t line;
	uint32_t number; /* the line is the nth of its hash; 0: not known */
	uint64_t hash;
};

struct pass {
	struct linehash hash;
	struct mark *marks; /* by line, each once */
	size_t nmarks, at;  /* at: the next to come */
	struct tally *tallies;
	size_t ntallies; /* by hash, each once */
	uint64_t *sieve; /* a bit for each remainder of a hash */
	size_t nbits;	 /* a power of two */
};

/* Bits of the sieve for each hash: one line in so many is looked up in vain. */
#define BITS_FOR_EACH 16

/* Whether line is asked for; they come in order. */
static struct mark *mark_of_line(struct pass *pass, uint32_t line)
{
	if (pass->at == pass->nmarks || pass->marks[pass->at].line != line)
		return NULL;
	return &pass->marks[pass->at++];
}

static void find_hash(void *context, uint32_t line, uint64_t hash)
{
	struct pass *pass = context;
	struct mark *mark = mark_of_line(pass, line);

	if (mark)
		mark->hash = hash;
	pass->hash.wanted =
	    pass->at < pass->nmarks ? pass->marks[pass->at].line : UINT32_MAX;
}

static int tally_cmp(const void *left, const void *right)
{
	const struct tally *a = left, *b = right;

	return (a->hash > b->hash) - (a->hash < b->hash);
}

static struct tally *find_tally(const struct pass *pass, uint64_t hash)
{
	struct tally key = {hash, 0};
	size_t bit = hash & (pass->nbits - 1);

	if (!(pass->sieve[bit / 64] >> bit % 64 & 1))
		return NULL;
	return bsearch(
	    &key, pass->tallies, pass->ntallies, sizeof(key), tally_cmp);
}

static void count_hash(void *context, uint32_t line, uint64_t hash)
{
	struct pass *pass = context;
	struct mark *mark = mark_of_line(pass, line);
	struct tally *tally = find_tally(pass, hash);

	if (tally)
		tally->count++;
	if (tally && mark)
		mark->number = tally->count;
}

/* Adds what was read, after the byte order mark that the source keeps to
 * itself; returns what is left of it. */
static size_t add_block(struct linehash *hash, const struct source *source,
    char *block, size_t len, bool is_first, bool is_last)
{
	size_t used;

	if (is_first && source->marked)
		linehash_add(hash, SLICE("\xEF\xBB\xBF"), true);
	used = linehash_add(hash, (struct slice){block, len}, is_last);
	memmove(block, block + used, len - used);
	return len - used;
}

/* One pass over the source; false when it cannot be read again. */
static bool walk(struct source *source, struct pass *pass,
    void (*use)(void *context, uint32_t line, uint64_t hash))
{
	struct fault fault = {0};
	char block[16384];
	size_t len = 0;
	ssize_t n = 1;

	if (source_reread(source))
		return false;
	pass->at = 0;
	linehash_init(&pass->hash, use, pass);
	for (bool is_first = true; n > 0; is_first = false) {
		n = source_read(
		    source, block + len, sizeof(block) - len, &fault);
		len += n > 0 ? (size_t)n : 0;
		len = add_block(
		    &pass->hash, source, block, len, is_first, n <= 0);
	}
	linehash_finish(&pass->hash);
	fault_release(&fault);
	return !n;
}

static void list_marks(struct pass *pass, const struct quote *quotes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t line = quotes[i].place.span.line;
		size_t count = pass->nmarks;

		if (quotes[i].ret_hash &&
		    (!count || pass->marks[count - 1].line != line))
			pass->marks[pass->nmarks++].line = line;
	}
}

static void list_tallies(struct pass *pass)
{
	size_t kept = 0;

	for (size_t i = 0; i < pass->at; i++)
		pass->tallies[i].hash = pass->marks[i].hash;
	qsort(pass->tallies, pass->at, sizeof(*pass->tallies), tally_cmp);
	for (size_t i = 1; i < pass->at; i++) {
		if (tally_cmp(&pass->tallies[kept], &pass->tallies[i]))
			pass->tallies[++kept] = pass->tallies[i];
	}
	pass->ntallies = kept + 1;
}

static void make_sieve(struct pass *pass)
{
	pass->nbits = 64;
	while (pass->nbits / BITS_FOR_EACH < pass->ntallies)
		pass->nbits *= 2;
	pass->sieve = xcalloc(pass->nbits / 64, sizeof(*pass->sieve));
	for (size_t i = 0; i < pass->ntallies; i++) {
		size_t bit = pass->tallies[i].hash & (pass->nbits - 1);

		pass->sieve[bit / 64] |= (uint64_t)1 << bit % 64;
	}
}

/* "54703d4cd895b18:2" */
static const char *new_hash(const struct mark *mark, struct arena *arena)
{
	struct buf text = {0};
	const char *copy;

	buf_add_hex(&text, mark->hash, 1);
	buf_add_char(&text, ':');
	buf_add_number(&text, mark->number);
	copy = slice_copy(arena, buf_slice(&text)).ptr;
	buf_release(&text);
	return copy;
}

/* Quotes of one line share its text. */
static void hand_out(const struct pass *pass, struct quote *quotes, size_t n,
    struct arena *arena)
{
	const struct mark *mark = pass->marks, *last = NULL;
	const char *text = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!quotes[i].ret_hash)
			continue;
		while (mark->line != quotes[i].place.span.line)
			mark++;
		if (mark != last && mark->number)
			text = new_hash(mark, arena);
		last = mark;
		if (mark->number)
			*quotes[i].ret_hash = text;
	}
}

void line_hashes_fill(
    struct source *source, struct quote *quotes, size_t n, struct arena *arena)
{
	struct pass pass = {
	    .marks = xcalloc(n, sizeof(*pass.marks)),
	    .tallies = xcalloc(n, sizeof(*pass.tallies)),
	};

	list_marks(&pass, quotes, n);
	if (pass.nmarks && walk(source, &pass, find_hash) && pass.at) {
		list_tallies(&pass);
		make_sieve(&pass);
		if (walk(source, &pass, count_hash))
			hand_out(&pass, quotes, n, arena);
	}
	free(pass.marks);
	free(pass.tallies);
	free(pass.sieve);
}
