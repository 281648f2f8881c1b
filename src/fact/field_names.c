/* The entries of a mapping, for who wants to add one. */
#include "fact/facts.h"

/* No object of Kubernetes has more; listing them is no use. */
#define MOST_FIELDS 64

/* Whether the key is written in that mapping, not merged into it. */
static bool is_own(const struct node *mapping, const struct node *key)
{
	return key->kind == NODE_SCALAR && key->parent == mapping;
}

static bool same_start_as(const struct node *a, const struct node *b)
{
	return a->span.line == b->span.line && a->span.col == b->span.col;
}

/*
 * In flow style the mapping itself, which starts at its brace.  In block style
 * a key; behind a dash or an anchor there is no room for a line, so one that
 * does not share the first line is better.
 */
static const struct node *insertion_point(const struct node *mapping)
{
	const struct node *first = NULL;

	for (uint32_t i = 0; i < mapping->n; i++) {
		const struct node *key = mapping->pairs[i].key;

		if (!is_own(mapping, key))
			continue;
		if (!first && !same_start_as(mapping, key))
			return mapping;
		if (!first)
			first = key;
		if (key->span.line != mapping->span.line)
			return key;
	}
	return first;
}

static const struct text_list *names_of(
    struct facts *facts, const struct node *mapping)
{
	struct text_list *names = arena_alloc(&facts->arena, sizeof(*names));
	const char **items =
	    arena_array(&facts->arena, mapping->n, sizeof(*items));

	for (uint32_t i = 0; i < mapping->n; i++) {
		const struct node *key = mapping->pairs[i].key;

		if (key->kind == NODE_SCALAR)
			items[names->n++] = facts_text(facts, key->text);
	}
	names->items = items;
	return names;
}

struct fact facts_fields(struct facts *facts, const struct node *mapping)
{
	const struct node *at;

	if (!mapping || mapping->kind != NODE_MAPPING || !mapping->n)
		return (struct fact){.state = FACT_ABSENT};
	at = insertion_point(mapping);
	if (!at || mapping->n > MOST_FIELDS)
		return fact_unknown();
	return facts_placed(fact_texts(names_of(facts, mapping)), at);
}
