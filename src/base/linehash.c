/*
 * Bytes into GitHub's line hashes.  What its action does is followed to the
 * letter, the unit 65535 that ends every text included: a hash that differs
 * closes an alert and opens another.
 */
#include "base/linehash.h"

enum {
	BASE = 37,
	END_OF_TEXT = 65535,
};

void linehash_init(struct linehash *hash,
    void (*use)(void *context, uint32_t line, uint64_t hash), void *context)
{
	*hash = (struct linehash){
	    .use = use,
	    .context = context,
	    .power = 1,
	    .line_ended = true,
	};
	for (int i = 0; i < LINEHASH_WINDOW; i++)
		hash->power *= BASE;
}

/* The line that began a whole window ago has its hash now. */
static void hand_out(struct linehash *hash)
{
	uint32_t line = hash->starts[hash->at];

	hash->starts[hash->at] = 0;
	if (line)
		hash->use(hash->context, line, hash->hash);
}

/* Puts a unit in the place of the oldest. */
static void roll(struct linehash *hash, uint16_t unit)
{
	uint16_t oldest = hash->window[hash->at];

	hash->window[hash->at] = unit;
	hash->hash = BASE * hash->hash + unit - hash->power * oldest;
	hash->at = (hash->at + 1) % LINEHASH_WINDOW;
}

static void add_unit(struct linehash *hash, uint16_t unit)
{
	bool second = hash->after_cr && unit == '\n';

	if (unit == ' ' || unit == '\t' || second) {
		hash->after_cr = false;
		return;
	}
	hash->after_cr = unit == '\r';
	if (unit == '\r')
		unit = '\n';
	hand_out(hash);
	if (hash->line_ended)
		hash->starts[hash->at] = ++hash->line;
	hash->line_ended = unit == '\n';
	roll(hash, unit);
}

static void add_code(struct linehash *hash, uint32_t code)
{
	if (code < 0x10000) {
		add_unit(hash, (uint16_t)code);
		return;
	}
	code -= 0x10000;
	add_unit(hash, (uint16_t)(0xD800 + (code >> 10)));
	add_unit(hash, (uint16_t)(0xDC00 + (code & 0x3FF)));
}

size_t linehash_add(struct linehash *hash, struct slice bytes, bool is_last)
{
	size_t used = 0;

	/* With four bytes or the last ones there is no doubt about a code. */
	while (used < bytes.len && (is_last || bytes.len - used >= 4)) {
		uint32_t code = (unsigned char)bytes.ptr[used];
		size_t step = 1;

		if (code >= 0x80)
			step = utf8_next(
			    (struct slice){bytes.ptr + used, bytes.len - used},
			    &code);
		add_code(hash, code);
		used += step;
	}
	return used;
}

void linehash_finish(struct linehash *hash)
{
	add_unit(hash, END_OF_TEXT);
	for (int i = 0; i < LINEHASH_WINDOW; i++) {
		hand_out(hash);
		roll(hash, 0);
	}
}
