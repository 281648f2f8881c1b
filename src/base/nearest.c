/*
 * The nearest of some names: edit distance with swaps of neighbours (optimal
 * string alignment), three rows of the matrix at a time.
 */
#include "base/nearest.h"

/* Names of options, fields and rules are shorter; nobody wants a guess at
 * something longer, and the cost is the square of it. */
enum { LONGEST = 64 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Both at most LONGEST bytes. */
static size_t distance(struct slice a, struct slice b)
{
	size_t rows[3][LONGEST + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= b.len; j++)
		before[j] = above[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *spare = before;

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			bool same = a.ptr[i - 1] == b.ptr[j - 1];

			row[j] = least(least(above[j], row[j - 1]) + 1,
			    above[j - 1] + !same);
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
			    a.ptr[i - 2] == b.ptr[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = above;
		above = row;
		row = spare;
	}
	return above[b.len];
}

const char *nearest(struct slice word, const char *const *names, size_t n)
{
	size_t best = word.len / 3 > 1 ? word.len / 3 : 1;
	const char *found = NULL;

	if (word.len > LONGEST)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		struct slice name = slice_of(names[i]);
		size_t cost;

		if (name.len > LONGEST)
			continue;
		cost = distance(word, name);
		if (cost < best || (cost == best && !found)) {
			best = cost;
			found = names[i];
		}
	}
	return found;
}

bool is_one_letter_off(struct slice a, struct slice b)
{
	if (a.len > LONGEST || b.len > LONGEST)
		return false;
	if (a.len > b.len + 1 || b.len > a.len + 1)
		return false;
	return distance(a, b) == 1;
}
