/* Posting lists: for each label, each label key and each kind and name of a
 * namespace the numbers of the objects that have it. */
#include "fact/index.h"

#include "fact/namespace.h"
#include "fact/selector.h"

#include <stdlib.h>

struct posting {
	uint32_t *items;
	size_t n, cap;
};

/* What objects are found by; texts that do not matter are "". */
struct feature {
	char sort; /* 'n': kind and name; 'l': label; 'k': key; 'a': all */
	const char *first, *second;
};

/* A NUL ends each part, which no text of the facts holds. */
static struct slice posting_key(
    struct buf *buf, const char *namespace, struct feature feature)
{
	buf_clear(buf);
	buf_add_char(buf, feature.sort);
	buf_add_text(buf, namespace);
	buf_add_char(buf, '\0');
	buf_add_text(buf, feature.first);
	buf_add_char(buf, '\0');
	buf_add_text(buf, feature.second);
	return buf_slice(buf);
}

static void post_key(struct index *index, struct slice key, uint32_t number)
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

static void post(struct index *index, const struct manifest *manifest,
    uint32_t number, struct feature feature)
{
	const char *namespace = manifest_namespace(index->release, manifest);
	struct buf buf = {0};

	post_key(index, posting_key(&buf, namespace, feature), number);
	if (*namespace)
		post_key(index, posting_key(&buf, ANY_KNOWN_NAMESPACE, feature),
		    number);
	buf_release(&buf);
}

static void post_labels(struct index *index, const struct manifest *manifest,
    uint32_t number, const struct label_list *labels)
{
	post(index, manifest, number, (struct feature){'a', "", ""});
	for (size_t i = 0; i < labels->n; i++) {
		const struct label *label = &labels->items[i];

		post(index, manifest, number,
		    (struct feature){'l', label->key, label->value});
		post(index, manifest, number,
		    (struct feature){'k', label->key, ""});
	}
}

void index_init(struct index *index, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	*index = (struct index){.release = release};
	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];
		const struct manifest *manifest = workload->manifest;

		post(index, manifest, workload->number,
		    (struct feature){'n', manifest->kind, manifest->name});
	}
}

void index_labels(struct index *index)
{
	const struct entity_list *list =
	    &index->release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		post_labels(index, workload->manifest, workload->number,
		    &workload->template_owner->labels);
	}
}

void index_start(struct index *index, const struct release *release)
{
	*index = (struct index){.release = release};
}

void index_object(struct index *index, const struct manifest *manifest,
    uint32_t number, const struct label_list *labels)
{
	post_labels(index, manifest, number, labels);
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

static struct numbers lookup(
    const struct index *index, const char *namespace, struct feature feature)
{
	struct buf buf = {0};
	struct posting *posting =
	    map_find(&index->postings, posting_key(&buf, namespace, feature));

	buf_release(&buf);
	if (!posting)
		return (struct numbers){0};
	return (struct numbers){.items = posting->items, .n = posting->n};
}

/* What every object that meets the requirement has; false when they need not
 * have anything in common. */
static bool common_feature(
    const struct requirement *requirement, struct feature *ret_feature)
{
	bool is_in = requirement->operator== SELECTOR_IN;

	if (requirement_is_added(requirement))
		return false;
	if (is_in && requirement->nvalues == 1)
		*ret_feature = (struct feature){
		    'l', requirement->key, requirement->values[0]};
	else
		*ret_feature = (struct feature){'k', requirement->key, ""};
	return is_in || requirement->operator== SELECTOR_EXISTS;
}

struct numbers index_candidates(const struct index *index,
    const char *namespace, const struct selector *selector)
{
	struct numbers best =
	    lookup(index, namespace, (struct feature){'a', "", ""});

	for (size_t i = 0; i < selector->n && best.n; i++) {
		struct feature feature;
		struct numbers these;

		if (!common_feature(&selector->requirements[i], &feature))
			continue;
		these = lookup(index, namespace, feature);
		if (these.n < best.n)
			best = these;
	}
	return best;
}

struct numbers index_named(const struct index *index, const char *namespace,
    const char *kind, const char *name)
{
	return lookup(index, namespace, (struct feature){'n', kind, name});
}

bool index_has_key(const struct index *index, const char *key)
{
	struct feature feature = {'k', key, ""};

	return lookup(index, "", feature).n ||
	       lookup(index, ANY_KNOWN_NAMESPACE, feature).n;
}
