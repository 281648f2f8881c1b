/* What the workers kept of custom resources -> one list of definitions, and
 * refusals and gaps in the order of the stream. */
#include "fact/refusal/refusal.h"

#include "custom/custom.h"

#include <stdlib.h>

static int by_order(const void *left, const void *right)
{
	const struct custom_kind *const *a = left, *const *b = right;

	if ((*a)->order != (*b)->order)
		return (*a)->order < (*b)->order ? -1 : 1;
	return ((*a)->line > (*b)->line) - ((*a)->line < (*b)->line);
}

void definitions_list(
    struct facts *const *facts, size_t nfacts, struct custom_set *set)
{
	struct vector all = {0};

	for (size_t i = 0; i < nfacts; i++) {
		for (size_t j = 0; j < facts[i]->definitions.n; j++)
			vector_add(&all, facts[i]->definitions.items[j]);
	}
	if (all.n)
		qsort(all.items, all.n, sizeof(*all.items), by_order);
	for (size_t i = 0; i < all.n; i++)
		custom_set_add(set, all.items[i]);
	free(all.items);
}

/* Refusals and gaps begin with their part. */
static int by_place(const void *left, const void *right)
{
	const struct part *const *a = left, *const *b = right;
	uint32_t x = (*a)->manifest->order, y = (*b)->manifest->order;

	if (x == y) {
		x = (*a)->line;
		y = (*b)->line;
	}
	if (x == y) {
		x = (*a)->col;
		y = (*b)->col;
	}
	return (x > y) - (x < y);
}

static void sort_list(struct vector *list)
{
	if (list->n)
		qsort(list->items, list->n, sizeof(*list->items), by_place);
}

static bool is_told_before(
    struct facts *const *facts, size_t nfacts, const struct gap *gap)
{
	const struct part *part = &gap->part;

	for (size_t i = 0; i < nfacts; i++) {
		const struct vector *list = &facts[i]->lists[ENTITY_gap];

		for (size_t j = 0; j < list->n; j++) {
			const struct gap *other = list->items[j];
			const struct part *other_part = &other->part;

			if (other->about == gap->about &&
			    by_place(&other_part, &part) < 0)
				return true;
		}
	}
	return false;
}

/* Each worker has told a gap once; the first of them stays.  They are few. */
bool is_refused_on_server(const struct refusal *refusal)
{
	return !strcmp(refusal->class.text, "unknown") ||
	       !strcmp(refusal->class.text, "twice");
}

bool is_refused_everywhere(const struct refusal *refusal)
{
	return !is_refused_on_server(refusal) &&
	       refusal->minors.state != FACT_KNOWN;
}

void settle_refusals(struct facts *const *facts, size_t nfacts)
{
	for (size_t i = 0; i < nfacts; i++) {
		struct vector *gaps = &facts[i]->lists[ENTITY_gap];
		size_t n = 0;

		sort_list(&facts[i]->lists[ENTITY_refusal]);
		sort_list(gaps);
		for (size_t j = 0; j < gaps->n; j++) {
			if (!is_told_before(facts, nfacts, gaps->items[j]))
				gaps->items[n++] = gaps->items[j];
		}
		gaps->n = n;
	}
}
