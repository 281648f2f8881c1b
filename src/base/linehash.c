/*
 * Bytes into GitHub's line hashes.  What its action does is followed to the
 * letter, the unit 65535 that ends every text included: a hash that differs
 * closes an alert and opens another.
 *
 * Units are gathered a block at a time and rolled in one go, so that the
 * questions that bytes raise (a blank, an end of line) stay out of the loop
 * that multiplies.
 */
#include "base/linehash.h"

#include <string.h>

enum {
	BASE = 37,
	END_OF_TEXT = 65535,
};

/* The next unit begins a line. */
static void begin_line(struct linehash *hash)
{
	hash->ends[hash->nends++] = (uint32_t)hash->nunits + LINEHASH_WINDOW;
}

void linehash_init(struct linehash *hash,
    void (*use)(void *context, uint32_t line, uint64_t hash), void *context)
{
	*hash = (struct linehash){
	    .use = use,
	    .context = context,
	    .power = 1,
	};
	for (int i = 0; i < LINEHASH_WINDOW; i++)
		hash->power *= BASE;
	begin_line(hash);
}

/* Puts the units up to a number of them in the places of the oldest. */
static void roll(struct linehash *hash, size_t from, size_t to)
{
	const uint16_t *oldest = hash->units;
	const uint16_t *newest = hash->units + LINEHASH_WINDOW;
	uint64_t sum = hash->hash, power = hash->power;

	for (size_t i = from; i < to; i++)
		sum = BASE * sum + (newest[i] - power * oldest[i]);
	hash->hash = sum;
}

/* Rolls all that is gathered; a line whose window is full has its hash. */
static void roll_block(struct linehash *hash)
{
	size_t n = hash->nunits, at = 0, nfull = 0;

	for (; nfull < hash->nends && hash->ends[nfull] < n; nfull++) {
		roll(hash, at, hash->ends[nfull]);
		at = hash->ends[nfull];
		hash->use(hash->context, ++hash->line, hash->hash);
	}
	roll(hash, at, n);
	hash->nends -= nfull;
	for (size_t i = 0; i < hash->nends; i++)
		hash->ends[i] = hash->ends[i + nfull] - (uint32_t)n;
	memmove(hash->units, hash->units + n,
	    LINEHASH_WINDOW * sizeof(*hash->units));
	hash->nunits = 0;
}

static void put_unit(struct linehash *hash, uint16_t unit)
{
	hash->units[LINEHASH_WINDOW + hash->nunits++] = unit;
}

static void add_code(struct linehash *hash, uint32_t code)
{
	bool second = hash->after_cr && code == '\n';

	hash->after_cr = code == '\r';
	if (code == ' ' || code == '\t' || second)
		return;
	if (code == '\n' || code == '\r') {
		put_unit(hash, '\n');
		begin_line(hash);
	} else if (code < 0x10000) {
		put_unit(hash, (uint16_t)code);
	} else {
		code -= 0x10000;
		put_unit(hash, (uint16_t)(0xD800 + (code >> 10)));
		put_unit(hash, (uint16_t)(0xDC00 + (code & 0x3FF)));
	}
}

/* Gathers what stands before the end of the line, of the block, or what is not
 * ASCII; returns how many bytes that were. */
static size_t add_plain(struct linehash *hash, struct slice bytes)
{
	uint16_t *units = hash->units + LINEHASH_WINDOW;
	size_t n = hash->nunits, used = 0;

	while (used < bytes.len && n < LINEHASH_BLOCK) {
		signed char c = (signed char)bytes.ptr[used];

		if (c < ' ' && c != '\t')
			break;
		/* Without a branch: where blanks are is hard to guess. */
		units[n] = (uint16_t)c;
		n += (c != ' ') & (c != '\t');
		used++;
	}
	if (used)
		hash->after_cr = false;
	hash->nunits = n;
	return used;
}

size_t linehash_add(struct linehash *hash, struct slice bytes, bool is_last)
{
	size_t used = 0;

	/* With four bytes or the last ones there is no doubt about a code. */
	while (used < bytes.len && (is_last || bytes.len - used >= 4)) {
		struct slice rest = {bytes.ptr + used, bytes.len - used};
		uint32_t code;

		used += add_plain(hash, rest);
		rest = (struct slice){bytes.ptr + used, bytes.len - used};
		if (hash->nunits < LINEHASH_BLOCK && rest.len &&
		    (is_last || rest.len >= 4)) {
			used += utf8_next(rest, &code);
			add_code(hash, code);
		}
		if (hash->nunits >= LINEHASH_BLOCK)
			roll_block(hash);
	}
	return used;
}

void linehash_finish(struct linehash *hash)
{
	roll_block(hash);
	put_unit(hash, END_OF_TEXT);
	for (int i = 0; i < LINEHASH_WINDOW; i++)
		put_unit(hash, 0);
	roll_block(hash);
}
