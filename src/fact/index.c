/* Posting lists: for each label, each label key and each kind and name the
 * numbers of the workloads that have it. */
#include "fact/index.h"

#include <stdlib.h>

struct posting {
	uint32_t *items;
	size_t n, cap;
};

/* Keys of the one map: a prefix keeps labels, label keys and names apart, and
 * a NUL ends each part, which no text of the facts holds. */
static struct slice posting_key(
    struct buf *buf, char prefix, const char *first, const char *second)
{
	buf_clear(buf);
	buf_add_char(buf, prefix);
	buf_add_text(buf, first);
	buf_add_char(buf, '\0');
	if (second)
		buf_add_text(buf, second);
	return buf_slice(buf);
}

static void post(struct index *index, struct slice key, uint32_t number)
{
	struct posting *posting = map_find(&index->postings, key);

	if (!posting) {
		posting = arena_alloc(&index->arena, sizeof(*posting));
		*map_slot(&index->postings, slice_copy(&index->arena, key)) =
		    posting;
	}
	posting->items = grow(
	    posting->items, posting->n, &posting->cap, sizeof(*posting->items));
	posting->items[posting->n++] = number;
}

void index_init(struct index *index, const struct entity_list *workloads)
{
	struct buf buf = {0};

	*index = (struct index){.workloads = workloads};
	for (size_t i = 0; i < workloads->n; i++) {
		const struct workload *workload = workloads->items[i];
		const struct manifest *manifest = workload->manifest;

		post(index,
		    posting_key(&buf, 'n', manifest->kind, manifest->name),
		    workload->number);
	}
	buf_release(&buf);
}

void index_labels(struct index *index)
{
	struct buf buf = {0};

	for (size_t i = 0; i < index->workloads->n; i++) {
		const struct workload *workload = index->workloads->items[i];
		struct label_list labels = workload->template_owner->labels;

		for (size_t j = 0; j < labels.n; j++) {
			const struct label *label = &labels.items[j];

			post(index,
			    posting_key(&buf, 'l', label->key, label->value),
			    workload->number);
			post(index, posting_key(&buf, 'k', label->key, NULL),
			    workload->number);
		}
	}
	buf_release(&buf);
}

void index_release(struct index *index)
{
	for (size_t i = 0; i < index->postings.n; i++) {
		struct posting *posting = index->postings.entries[i].value;

		free(posting->items);
	}
	map_release(&index->postings);
	arena_release(&index->arena);
}

static struct numbers lookup(const struct index *index, char prefix,
    const char *first, const char *second)
{
	struct buf buf = {0};
	struct posting *posting = map_find(
	    &index->postings, posting_key(&buf, prefix, first, second));

	buf_release(&buf);
	if (!posting)
		return (struct numbers){0};
	return (struct numbers){.items = posting->items, .n = posting->n};
}

struct numbers index_candidates(
    const struct index *index, const struct selector *selector)
{
	struct numbers best = {.n = index->workloads->n, .is_all = true};

	for (size_t i = 0; i < selector->n; i++) {
		const struct requirement *r = &selector->requirements[i];
		struct numbers these;

		if (label_is_added(r->key))
			continue;
		if (r->operator== SELECTOR_IN && r->nvalues == 1)
			these = lookup(index, 'l', r->key, r->values[0]);
		else if (r->operator== SELECTOR_IN || r->operator==
			 SELECTOR_EXISTS)
			these = lookup(index, 'k', r->key, NULL);
		else
			continue;
		if (these.n < best.n)
			best = these;
	}
	return best;
}

struct numbers index_named(
    const struct index *index, const char *kind, const char *name)
{
	return lookup(index, 'n', kind, name);
}
