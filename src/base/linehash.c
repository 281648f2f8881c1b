/*
 * Bytes into GitHub's line hashes.  What its action does is followed to the
 * letter, the unit 65535 that ends every text included: a hash that differs
 * closes an alert and opens another.
 *
 * The hash of a window is the sum of all units up to its end, without what
 * those before it give: sum(end) - 37^100 * sum(start), in 64 bits that wrap.
 * So no unit is kept, and eight bytes of ASCII are taken at once: they are
 * multiplied in lanes of a word that are twice as wide at each step.
 */
#include "base/linehash.h"

#include "base/eight.h"

enum {
	BASE = 37,
	END_OF_TEXT = 65535,
};

/* When the next window is full. */
static void set_end(struct linehash *hash)
{
	hash->units.end = hash->oldest == hash->newest
			      ? UINT64_MAX
			      : hash->lines[hash->oldest % LINEHASH_LINES].end;
}

/* The next unit begins a line. */
static void begin_line(struct linehash *hash)
{
	hash->line++;
	if (hash->line < hash->wanted || hash->line >= hash->end)
		return;
	hash->lines[hash->newest++ % LINEHASH_LINES] = (struct linehash_line){
	    .before = hash->units.sum,
	    .end = hash->units.n + LINEHASH_WINDOW,
	    .number = hash->line,
	};
	set_end(hash);
}

void linehash_init(struct linehash *hash, uint32_t first, uint32_t end,
    void (*use)(void *context, uint32_t line, uint64_t hash), void *context)
{
	*hash = (struct linehash){
	    .use = use,
	    .context = context,
	    .line = first - 1,
	    .end = end,
	    .powers = {1},
	};
	for (int i = 0; i < LINEHASH_WINDOW; i++)
		hash->powers[i + 1] = BASE * hash->powers[i];
	begin_line(hash);
}

/* Tells the line of its hash whose window is full, if one is. */
static void end_window(struct linehash *hash)
{
	const struct linehash_line *line =
	    &hash->lines[hash->oldest % LINEHASH_LINES];

	if (hash->units.n < hash->units.end)
		return;
	hash->use(hash->context, line->number,
	    hash->units.sum - hash->powers[LINEHASH_WINDOW] * line->before);
	hash->oldest++;
	set_end(hash);
}

static void put_unit(struct linehash *hash, uint16_t unit)
{
	hash->units.sum = BASE * hash->units.sum + unit;
	hash->units.n++;
	end_window(hash);
}

static void end_line(struct linehash *hash)
{
	put_unit(hash, '\n');
	begin_line(hash);
}

static void add_code(struct linehash *hash, uint32_t code)
{
	bool second = hash->after_cr && code == '\n';

	hash->after_cr = code == '\r';
	if (code == ' ' || code == '\t' || second)
		return;
	if (code == '\n' || code == '\r') {
		end_line(hash);
	} else if (code < 0x10000) {
		put_unit(hash, (uint16_t)code);
	} else {
		code -= 0x10000;
		put_unit(hash, (uint16_t)(0xD800 + (code >> 10)));
		put_unit(hash, (uint16_t)(0xDC00 + (code & 0x3FF)));
	}
}

/* How many stand before one that is no character of ASCII from '!' on, which
 * borrows or has its top bit. */
static size_t letters_of(uint64_t word)
{
	return zeros_before(((word - EVERY_BYTE * '!') | word) & TOP_BITS);
}

static size_t blanks_of(uint64_t word)
{
	return zeros_before(word ^ (EVERY_BYTE * ' '));
}

/* The sum of eight units, of which the last ones are in the highest places;
 * those that are 0 add nothing before the others. */
static uint64_t sum_of_word(uint64_t word)
{
	uint64_t two, four;

	two = (word & 0x00FF00FF00FF00FF) * BASE +
	      (word >> 8 & 0x00FF00FF00FF00FF);
	four = (two & 0x0000FFFF0000FFFF) * (BASE * BASE) +
	       (two >> 16 & 0x0000FFFF0000FFFF);
	return (four & 0xFFFFFFFF) * (BASE * BASE * BASE * BASE) + (four >> 32);
}

/* Takes letters from a place that has some, until there are none, a window is
 * full, or fewer than eight bytes are left; returns how many. */
static size_t add_letters(struct linehash *hash, const char *bytes, size_t len)
{
	struct linehash_sum units = hash->units;
	size_t used = 0, n = 8;

	while (n == 8 && len - used >= 8) {
		uint64_t word = eight_bytes(bytes + used), left;

		n = letters_of(word);
		left = units.end - units.n;
		n = n < left ? n : (size_t)left;
		if (n) /* shifted by 64 bits it would be undefined */
			units.sum = hash->powers[n] * units.sum +
				    sum_of_word(word << (8 * (8 - n)));
		units.n += n;
		used += n;
	}
	hash->units = units;
	end_window(hash);
	return used;
}

/* Takes ASCII as long as there are eight bytes; returns how many it took. */
static size_t add_plain(struct linehash *hash, struct slice bytes)
{
	size_t used = 0;

	while (bytes.len - used >= 8 && hash->oldest < hash->newest) {
		const char *at = bytes.ptr + used;

		if (*at > ' ') {
			used += add_letters(hash, at, bytes.len - used);
		} else if (*at == ' ') {
			used += blanks_of(eight_bytes(at));
		} else if (*at == '\n' && !(hash->after_cr && !used)) {
			end_line(hash);
			used++;
		} else {
			break;
		}
	}
	if (used)
		hash->after_cr = false;
	return used;
}

/* Passes over what is left of a line when no window has it; returns how many
 * bytes that is, its end not among them. */
static size_t pass_over(struct linehash *hash, struct slice bytes)
{
	const char *lf, *cr;
	size_t n = bytes.len;

	if (hash->oldest < hash->newest)
		return 0;
	lf = memchr(bytes.ptr, '\n', n);
	n = lf ? (size_t)(lf - bytes.ptr) : n;
	cr = memchr(bytes.ptr, '\r', n);
	n = cr ? (size_t)(cr - bytes.ptr) : n;
	if (n)
		hash->after_cr = false;
	return n;
}

size_t linehash_add(struct linehash *hash, struct slice bytes, bool is_last)
{
	size_t used = 0;

	/* With four bytes or the last ones there is no doubt about a code. */
	while (used < bytes.len && (is_last || bytes.len - used >= 4)) {
		struct slice rest = {bytes.ptr + used, bytes.len - used};
		size_t n = pass_over(hash, rest);
		uint32_t code;

		if (!n)
			n = add_plain(hash, rest);
		if (!n) {
			n = utf8_next(rest, &code);
			add_code(hash, code);
		}
		used += n;
	}
	return used;
}

bool linehash_is_done(const struct linehash *hash)
{
	return hash->oldest == hash->newest &&
	       (hash->wanted >= hash->end || hash->line >= hash->end);
}

void linehash_finish(struct linehash *hash)
{
	put_unit(hash, END_OF_TEXT);
	while (hash->oldest < hash->newest)
		put_unit(hash, 0);
}
