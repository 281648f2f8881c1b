/* Pairs of files -> bits of a table, made when the first pair is met. */
#include "fact/apart.h"

#include "fact/limits.h"

/* The files whose pairs are kept: 2 MiB of bits for 4096.  Of those behind,
 * nothing is held to be apart. */
static size_t count_files(const struct release *release)
{
	size_t most = (size_t)limit_most(release, LIMIT_APART_FILES);
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (manifest->origin->index >= n)
			n = (size_t)manifest->origin->index + 1;
	}
	return n < most ? n : most;
}

static void set_bit(struct apart *apart, size_t row, size_t column)
{
	size_t bit = row * apart->n + column;

	apart->bits[bit / 8] |= (unsigned char)(1u << bit % 8);
}

void apart_keep(
    struct release *release, const struct manifest *a, const struct manifest *b)
{
	struct apart *apart = &release->apart;
	size_t left = a->origin->index, right = b->origin->index;

	if (!apart->n) {
		apart->n = count_files(release);
		apart->bits = arena_array(
		    &release->arena, apart->n * apart->n / 8 + 1, 1);
	}
	if (left >= apart->n || right >= apart->n) {
		limit_reached(release, LIMIT_APART_FILES, left > right ? a : b);
		return;
	}
	set_bit(apart, left, right);
	set_bit(apart, right, left);
}

bool are_apart(const struct release *release, const struct manifest *a,
    const struct manifest *b)
{
	const struct apart *apart = &release->apart;
	size_t left = a->origin->index, right = b->origin->index, bit;

	if (left >= apart->n || right >= apart->n)
		return false;
	bit = left * apart->n + right;
	return apart->bits[bit / 8] >> bit % 8 & 1;
}

unsigned apart_number(
    const struct release *release, const struct manifest *manifest)
{
	return release->apart.n ? manifest->origin->index + 1 : 0;
}
