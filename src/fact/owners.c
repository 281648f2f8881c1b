/*
 * Who asks for which workloads, and the same from their side.
 *
 * Owners that ask for the same in one namespace share one answer, and from a
 * million links on a workload keeps a limited number of owners: the cost is
 * that of the objects, even where all of them select all.
 */
#include "fact/owners.h"

#include "fact/apart.h"
#include "fact/foreign_pods.h"
#include "fact/limits.h"
#include "fact/namespace.h"
#include "fact/selector.h"

#include <stdlib.h>
#include <string.h>

/* Owners of one kind that are kept of every workload, however many links there
 * are already. */
#define MOST_OWNERS 256

/* What owners of one query and namespace get. */
struct answer {
	struct links links;
	bool is_closed; /* no workload of it has room for another owner */
};

struct linking {
	struct release *release;
	const struct index *index;
	const struct relation *relation;
	const struct manifest *manifest; /* of the owner that is linked */
	struct map answers;		 /* by query_key() */
	size_t nlinks, most_links;	 /* from workloads to owners */
	struct arena arena;
	struct buf key, found;
};

static struct links *back_links(
    const struct linking *linking, const struct workload *workload)
{
	/* Made by collect and const for everybody but relate. */
	char *bytes = (char *)(uintptr_t)workload;

	return (struct links *)(bytes + linking->relation->back);
}

/* certainty keeps apart what is asked for one namespace and for the others. */
static struct slice query_key(struct linking *linking, char certainty,
    const char *namespace, const struct query *query)
{
	const char *const name[] = {
	    query->kind, query->name, query->group ? query->group : "*"};
	struct buf *key = &linking->key;

	buf_clear(key);
	buf_printf(key, "%u%c",
	    apart_number(linking->release, linking->manifest), certainty);
	buf_add_text(key, namespace);
	buf_add_char(key, '\0');
	if (query->selector) {
		selector_key(query->selector, key);
		return buf_slice(key);
	}
	for (size_t i = 0; i < COUNT_OF(name); i++) {
		buf_add_text(key, name[i]);
		buf_add_char(key, '\0');
	}
	return buf_slice(key);
}

/* The answer of that key, and whether nobody has worked it out yet. */
static struct answer *answer_at(
    struct linking *linking, struct slice key, bool *ret_is_new)
{
	struct answer *answer = map_find(&linking->answers, key);

	*ret_is_new = !answer;
	if (!answer) {
		answer = arena_alloc(&linking->arena, sizeof(*answer));
		*map_slot(&linking->answers, slice_copy(&linking->arena, key)) =
		    answer;
	}
	return answer;
}

static struct numbers candidates(
    const struct index *index, const char *namespace, const struct query *query)
{
	const struct selector *selector = query->selector;

	if (!selector)
		return index_named(index, namespace, query->kind, query->name);
	if (!selector->given || selector->invalid)
		return (struct numbers){0};
	return index_candidates(index, namespace, selector);
}

static bool is_asked_for(
    const struct query *query, const struct workload *workload)
{
	if (query->selector)
		return selector_matches(
		    query->selector, &workload->template_owner->labels);
	return !query->group ||
	       !strcmp(query->group, workload->manifest->group);
}

/* The workloads of that namespace that are asked for, in linking->found. */
static struct entity_list find_workloads(
    struct linking *linking, const char *namespace, const struct query *query)
{
	const struct entity_list *all =
	    &linking->release->lists[ENTITY_workload];
	struct numbers numbers = candidates(linking->index, namespace, query);
	struct buf *found = &linking->found;

	buf_clear(found);
	for (size_t i = 0; i < numbers.n; i++) {
		const struct workload *workload = all->items[numbers.items[i]];

		if (is_asked_for(query, workload) &&
		    !are_apart(linking->release, linking->manifest,
			workload->manifest))
			buf_add(found, &workload, sizeof(workload));
	}
	return (struct entity_list){
	    .n = found->len / sizeof(void *),
	    .items = (const void *const *)(const void *)found->ptr,
	};
}

/* Whether workloads whose namespace cannot be compared are asked for, too;
 * they get to know, once for all owners of the query. */
static bool find_possible(
    struct linking *linking, const char *namespace, const struct query *query)
{
	const char *others = *namespace ? "" : ANY_KNOWN_NAMESPACE;
	struct entity_list found;
	struct answer *answer;
	bool is_new;

	answer =
	    answer_at(linking, query_key(linking, 'p', others, query), &is_new);
	if (!is_new)
		return answer->links.possible;
	found = find_workloads(linking, others, query);
	for (size_t i = 0; i < found.n; i++)
		back_links(linking, found.items[i])->possible = true;
	answer->links.possible =
	    found.n || (linking->index->hides_labels && query->selector &&
			   query->selector->given);
	return answer->links.possible;
}

static struct answer *answer_query(
    struct linking *linking, const char *namespace, const struct query *query)
{
	struct answer *answer;
	struct entity_list found;
	const void **items;
	bool is_new;

	answer = answer_at(
	    linking, query_key(linking, 's', namespace, query), &is_new);
	if (!is_new)
		return answer;
	found = find_workloads(linking, namespace, query);
	items = arena_array(&linking->release->arena, found.n, sizeof(*items));
	if (found.n)
		memcpy(items, found.items, found.n * sizeof(*items));
	answer->links.sure = (struct entity_list){found.n, items};
	answer->links.possible =
	    find_possible(linking, namespace, query) ||
	    (!found.n && query->selector &&
		selects_elsewhere(linking->index, query->selector));
	return answer;
}

/* Grows at each power of two, which is what the list has room for. */
static void keep_owner(
    struct arena *arena, struct entity_list *list, const void *owner)
{
	const void **items = (const void **)(uintptr_t)list->items;

	if (!(list->n & (list->n - 1))) {
		items = arena_array(
		    arena, list->n ? 2 * list->n : 1, sizeof(*items));
		if (list->n)
			memcpy(items, list->items, list->n * sizeof(*items));
		list->items = items;
	}
	items[list->n++] = owner;
}

static void link_back(
    struct linking *linking, struct answer *answer, const void *owner)
{
	const struct entity_list *list = &answer->links.sure;

	if (answer->is_closed)
		return;
	answer->is_closed = true;
	for (size_t i = 0; i < list->n; i++) {
		struct links *links = back_links(linking, list->items[i]);

		if (links->sure.n < MOST_OWNERS ||
		    linking->nlinks < linking->most_links) {
			linking->nlinks++;
			keep_owner(
			    &linking->release->arena, &links->sure, owner);
			answer->is_closed = false;
		} else {
			links->possible = true;
			limit_reached(
			    linking->release, LIMIT_LINKS, linking->manifest);
		}
	}
}

void link_owners(struct release *release, const struct index *index,
    const struct relation *relation)
{
	const struct entity_list *list = &release->lists[relation->owner];
	struct linking linking = {.release = release,
	    .index = index,
	    .relation = relation,
	    .most_links = (size_t)limit_most(release, LIMIT_LINKS)};

	for (size_t i = 0; i < list->n; i++) {
		const void *owner = list->items[i];
		char *bytes = (char *)(uintptr_t)owner;
		struct query query = relation->query(owner);
		struct answer *answer;

		linking.manifest = entity_manifest(relation->owner, owner);
		answer = answer_query(&linking,
		    manifest_namespace(release, linking.manifest), &query);
		*(struct links *)(bytes + relation->links) = answer->links;
		link_back(&linking, answer, owner);
	}
	map_release(&linking.answers);
	arena_release(&linking.arena);
	buf_release(&linking.key);
	buf_release(&linking.found);
}
