/* What collecting is made of: texts kept once, facts of nodes. */
#include "fact/facts.h"

#include "custom/custom.h"
#include "fact/computed.h"
#include "fact/settings.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

void vector_add(struct vector *vector, void *item)
{
	vector->items = grow(
	    vector->items, vector->n, &vector->cap, sizeof(*vector->items));
	vector->items[vector->n++] = item;
}

void vector_release(struct vector *vector)
{
	free(vector->items);
	*vector = (struct vector){0};
}

struct entity_list vector_to_list(struct arena *arena, struct vector *vector)
{
	const void **items = arena_array(arena, vector->n, sizeof(*items));
	struct entity_list list = {vector->n, items};

	for (size_t i = 0; i < vector->n; i++)
		items[i] = vector->items[i];
	vector_release(vector);
	return list;
}

void facts_init(struct facts *facts, const struct settings *settings)
{
	*facts = (struct facts){.settings = settings};
}

void facts_close(struct facts *facts)
{
	map_release(&facts->texts);
	name_answers_release(&facts->drains);
	arena_release(&facts->waiting_texts);
	vector_release(&facts->waiting);
}

void facts_forget_links(struct facts *facts)
{
	arena_release(&facts->linking);
	vector_release(&facts->key_sets);
	vector_release(&facts->served_certificates);
	vector_release(&facts->issued_certificates);
	vector_release(&facts->called_ports);
	vector_release(&facts->token_uses);
	vector_release(&facts->rights);
	vector_release(&facts->gateways);
}

void facts_release(struct facts *facts)
{
	facts_forget_links(facts);
	facts_close(facts);
	for (int i = 0; i < ENTITY_MAX; i++)
		free(facts->lists[i].items);
	free(facts->configmaps.items);
	free(facts->changing.items);
	free(facts->lb_policies.items);
	free(facts->quotas.items);
	free(facts->quota_demands.items);
	free(facts->pod_standards.items);
	free(facts->destination_rules.items);
	free(facts->peer_policies.items);
	free(facts->tls_uses.items);
	free(facts->auth_uses.items);
	free(facts->limit_bounds.items);
	free(facts->claims.items);
	free(facts->foreign_labels.items);
	for (size_t i = 0; i < facts->definitions.n; i++)
		custom_release(facts->definitions.items[i]);
	free(facts->definitions.items);
	arena_release(&facts->arena);
	arena_release(&facts->nodes);
}

/* A NUL would end the text for C: what has one is no name of anything. */
static struct slice without_nul(struct buf *buf, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i])
			buf_add_char(buf, text.ptr[i]);
		else
			buf_add_text(buf, "\xEF\xBF\xBD");
	}
	return buf_slice(buf);
}

const char *facts_text(struct facts *facts, struct slice text)
{
	struct buf clean = {0};
	const char *kept;

	if (!text.len)
		return "";
	if (memchr(text.ptr, '\0', text.len))
		text = without_nul(&clean, text);
	kept = map_find(&facts->texts, text);
	if (!kept) {
		struct slice copy = slice_copy(&facts->arena, text);

		*map_slot(&facts->texts, copy) = (void *)(uintptr_t)copy.ptr;
		kept = copy.ptr;
	}
	buf_release(&clean);
	return kept;
}

const void *facts_keep(struct facts *facts, const struct buf *structs)
{
	return arena_copy(&facts->arena, structs->ptr, structs->len);
}

size_t node_length(const struct node *sequence)
{
	return sequence && sequence->kind == NODE_SEQUENCE ? sequence->n : 0;
}

const struct node *key_of(const struct node *node)
{
	return node->key ? node->key : node;
}

uint32_t facts_width(const struct node *node)
{
	if (node->span.end_line == node->span.line &&
	    node->span.end_col > node->span.col)
		return node->span.end_col - node->span.col;
	return 1;
}

struct fact facts_placed(struct fact fact, const struct node *node)
{
	fact.line = node->span.line;
	fact.col = node->span.col;
	fact.width = facts_width(node);
	return fact;
}

/* Not there, or null, which stands where a value is to be written. */
static struct fact facts_absent(const struct node *node)
{
	struct fact fact = {.state = FACT_ABSENT};

	return node ? facts_placed(fact, key_of(node)) : fact;
}

/* The value counts, but nobody wrote it. */
static struct fact by_default(struct fact fact, const struct node *node)
{
	struct fact absent = facts_absent(node);

	fact.state = FACT_ABSENT;
	fact.line = absent.line;
	fact.col = absent.col;
	fact.width = absent.width;
	return fact;
}

struct fact facts_int_or_none(const struct node *node)
{
	int64_t value;

	if (node_to_int(node, &value))
		return facts_placed(fact_int(value), node);
	/* Written, but no number: the API refuses it or a later step fills it
	 * in; either way the value is unknown here. */
	if (!node_is_null(node))
		return facts_placed(fact_unknown(), node);
	return facts_absent(node);
}

struct fact facts_int(const struct node *node, int64_t otherwise)
{
	struct fact fact = facts_int_or_none(node);

	return fact.state == FACT_ABSENT ? by_default(fact_int(otherwise), node)
					 : fact;
}

struct fact facts_bool(const struct node *node, bool otherwise)
{
	bool value;

	if (node_to_bool(node, &value))
		return facts_placed(fact_bool(value), node);
	if (!node_is_null(node))
		return facts_placed(fact_unknown(), node);
	return by_default(fact_bool(otherwise), node);
}

struct fact facts_node_text(
    struct facts *facts, const struct node *node, const char *otherwise)
{
	struct slice text;
	bool is_text = node_to_text(node, &text);

	/* Where a field has a default, "" is as if it were left out. */
	if (is_text && (text.len || !otherwise))
		return facts_placed(fact_text(facts_text(facts, text)), node);
	if (otherwise)
		return by_default(fact_text(otherwise),
		    is_text || node_is_null(node) ? node : NULL);
	return (struct fact){.state = FACT_ABSENT};
}

const char *facts_name(struct facts *facts, const struct node *node)
{
	struct slice text;

	return node_to_text(node, &text) ? facts_text(facts, text) : "";
}

struct spot facts_spot(struct facts *facts, const struct node *node)
{
	return (struct spot){facts_name(facts, node), node->span.line,
	    node->span.col, facts_width(node)};
}

int compare_texts(const void *left, const void *right)
{
	const char *const *a = left, *const *b = right;

	return strcmp(*a, *b);
}

/* Lists of more labels are searched by halves. */
#define FEW_LABELS 16

/* By key, and of one key as they are written. */
static int compare_labels(const void *left, const void *right)
{
	const struct label *const *a = left, *const *b = right;
	int order = strcmp((*a)->key, (*b)->key);

	return order ? order : (*a > *b) - (*a < *b);
}

static const struct label *const *sort_labels(
    struct facts *facts, const struct label *labels, size_t n)
{
	const struct label **sorted;

	if (n <= FEW_LABELS)
		return NULL;
	sorted = arena_array(&facts->arena, n, sizeof(*sorted));
	for (size_t i = 0; i < n; i++)
		sorted[i] = &labels[i];
	qsort(sorted, n, sizeof(*sorted), compare_labels);
	return sorted;
}

struct label_list facts_labels(struct facts *facts, const struct node *node)
{
	struct label *labels;
	size_t n = 0;

	if (!node || node->kind != NODE_MAPPING)
		return (struct label_list){0};
	labels = arena_array(&facts->arena, node->n, sizeof(*labels));
	for (uint32_t i = 0; i < node->n; i++) {
		if (node->pairs[i].value->kind != NODE_SCALAR)
			continue;
		labels[n].key = facts_name(facts, node->pairs[i].key);
		labels[n++].value = facts_name(facts, node->pairs[i].value);
	}
	return (struct label_list){
	    .n = n, .items = labels, .by_key = sort_labels(facts, labels, n)};
}

struct fact fact_at(struct fact fact, const struct manifest *manifest,
    uint32_t line, uint32_t col, uint32_t width)
{
	uint32_t index = manifest->origin->index;

	/* A file past the last number of a fact has no place to show. */
	if (index >= UINT16_MAX)
		return fact;
	fact.line = line;
	fact.col = col;
	fact.width = width;
	fact.file_index = (uint16_t)(index + 1);
	return fact;
}

struct fact fact_placed(struct fact fact, struct place place)
{
	bool one_line = place.span.end_line == place.span.line &&
			place.span.end_col > place.span.col;

	/* With more files than that, facts stand nowhere. */
	if (!place_known(place) || place.origin->index >= UINT16_MAX)
		return fact;
	fact.line = place.span.line;
	fact.col = place.span.col;
	fact.width = one_line ? place.span.end_col - place.span.col : 1;
	fact.file_index = (uint16_t)(place.origin->index + 1);
	return fact;
}

/* Lists of one thing that workers made, each in the order of the stream. */
struct merging {
	const struct vector **lists;
	size_t nlists;
	/* Of their items; ENTITY_MAX: they begin with their manifest. */
	enum entity_kind kind;
	size_t *taken; /* of each list */
};

static uint32_t order_at(const struct merging *merging, size_t list, size_t at)
{
	const void *item = merging->lists[list]->items[at];

	if (merging->kind == ENTITY_MAX)
		return (*(const struct manifest *const *)item)->order;
	return entity_manifest(merging->kind, item)->order;
}

/* Which list comes next, and up to which order no other does; nlists: none is
 * left. */
static size_t next_list(const struct merging *merging, uint32_t *ret_until)
{
	size_t best = merging->nlists;
	uint32_t best_order = UINT32_MAX;

	*ret_until = UINT32_MAX;
	for (size_t i = 0; i < merging->nlists; i++) {
		uint32_t order;

		if (merging->taken[i] == merging->lists[i]->n)
			continue;
		order = order_at(merging, i, merging->taken[i]);
		if (best == merging->nlists || order < best_order) {
			*ret_until = best_order;
			best = i;
			best_order = order;
		} else if (order < *ret_until) {
			*ret_until = order;
		}
	}
	return best;
}

/* How many of a list come before that order, one at least: it has many in a
 * row, and most of them need not be read from memory for it. */
static size_t count_until(
    const struct merging *merging, size_t list, uint32_t until)
{
	size_t from = merging->taken[list];
	size_t left = merging->lists[list]->n - from;
	size_t low = 1, high = 2;

	if (until == UINT32_MAX)
		return left;
	while (
	    high <= left && order_at(merging, list, from + high - 1) < until) {
		low = high;
		high *= 2;
	}
	high = high <= left ? high : left + 1;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (order_at(merging, list, from + middle - 1) < until)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static struct entity_list merge(struct arena *arena, struct merging *merging)
{
	struct entity_list merged = {0};
	const void **items;
	uint32_t until;
	size_t n;

	for (size_t i = 0; i < merging->nlists; i++)
		merged.n += merging->lists[i]->n;
	items = arena_array(arena, merged.n, sizeof(*items));
	for (size_t at = 0; at < merged.n; at += n) {
		size_t list = next_list(merging, &until);

		n = count_until(merging, list, until);
		memcpy(&items[at],
		    &merging->lists[list]->items[merging->taken[list]],
		    n * sizeof(*items));
		merging->taken[list] += n;
	}
	merged.items = items;
	return merged;
}

/* The lists that stand at an offset in what each worker collected. */
static struct entity_list merge_at(struct arena *arena,
    struct facts *const *facts, size_t nfacts, size_t offset,
    enum entity_kind kind)
{
	struct merging merging = {
	    .lists = xcalloc(nfacts, sizeof(*merging.lists)),
	    .nlists = nfacts,
	    .kind = kind,
	    .taken = xcalloc(nfacts, sizeof(*merging.taken))};
	struct entity_list merged;

	for (size_t i = 0; i < nfacts; i++)
		merging.lists[i] =
		    (const struct vector *)(const void *)((const char *)
							      facts[i] +
							  offset);
	merged = merge(arena, &merging);
	free(merging.lists);
	free(merging.taken);
	return merged;
}

struct entity_list facts_merge(struct arena *arena, struct facts *const *facts,
    size_t nfacts, enum entity_kind kind)
{
	struct entity_list merged = merge_at(arena, facts, nfacts,
	    offsetof(struct facts, lists) + kind * sizeof(struct vector), kind);

	for (size_t i = 0; i < nfacts; i++)
		vector_release(&facts[i]->lists[kind]);
	return merged;
}

struct entity_list facts_in_order(struct arena *arena,
    struct facts *const *facts, size_t nfacts, size_t offset)
{
	return merge_at(arena, facts, nfacts, offset, ENTITY_MAX);
}
