/*
 * Who asks for which workloads, and the same from their side.
 *
 * Owners that ask for the same in one namespace share one answer, and workloads
 * that the same answers name share one list of owners: the cost is that of the
 * objects, even where all of them select all.  What is left, selectors that all
 * differ and yet select the same pods, is limited.
 */
#include "fact/owners.h"

#include "fact/apart.h"
#include "fact/foreign_pods.h"
#include "fact/limits.h"
#include "fact/namespace.h"
#include "fact/selector.h"

#include <stdlib.h>
#include <string.h>

/* Answers that are kept of every workload, and owners of every list, however
 * many links there are already. */
#define MOST_OWNERS 256

/* What owners of one query and namespace get. */
struct answer {
	struct links links;
	uint32_t number; /* among the answers that have owners, plus one */
	/* Numbers of its owners plus one: the chain of them is in
	 * linking->next, ascending. */
	uint32_t first, last;
	struct links *owners; /* of workloads that no other answer names, or
				 NULL: not made yet */
};

/* The answers that name a workload. */
struct named {
	uint32_t n, first;
	struct buf numbers; /* uint32_t, ascending; empty for fewer than two */
};

struct linking {
	struct release *release;
	const struct index *index;
	const struct relation *relation;
	const struct manifest *manifest; /* of the owner that is linked */
	struct map answers;		 /* by query_key() */
	struct answer **asked;		 /* those that have owners */
	uint32_t nasked;
	uint32_t *next;		/* of each owner in its answer; 0: the last */
	struct named *named;	/* of each workload */
	struct map shared;	/* struct links: owners, by several numbers */
	size_t nnamed, nlisted; /* in all, of what is limited */
	size_t most;
	struct arena arena;
	struct buf key, found;
};

static struct links *back_links(
    const struct linking *linking, const struct workload *workload)
{
	/* Made by collect and const for everybody but relate. */
	const void *of = linking->relation->is_across
			     ? (const void *)workload->across
			     : workload;
	char *bytes = (char *)(uintptr_t)of;

	return (struct links *)(void *)(bytes + linking->relation->back);
}

static const struct entity_list *all_workloads(const struct linking *linking)
{
	return &linking->index->release->lists[ENTITY_workload];
}

/* The owner's object as the release of the workloads has it; or NULL. */
static const struct manifest *owner_there(const struct linking *linking)
{
	return linking->index->release == linking->release
		   ? linking->manifest
		   : linking->manifest->seldom->other;
}

/* certainty keeps apart what is asked for one namespace and for the others. */
static struct slice query_key(struct linking *linking, char certainty,
    const char *namespace, const struct query *query)
{
	const char *const name[] = {
	    query->kind, query->name, query->group ? query->group : "*"};
	const struct manifest *owner = owner_there(linking);
	struct buf *key = &linking->key;

	buf_clear(key);
	buf_printf(key, "%u%c",
	    owner ? apart_number(linking->index->release, owner) : 0,
	    certainty);
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

/* Whether files that are kept apart have the owner and the workload. */
static bool is_elsewhere(
    const struct linking *linking, const struct workload *workload)
{
	const struct manifest *owner = owner_there(linking);

	return owner &&
	       are_apart(linking->index->release, owner, workload->manifest);
}

/* Adds the workloads of that namespace that are asked for to linking->found. */
static void add_workloads(
    struct linking *linking, const char *namespace, const struct query *query)
{
	struct numbers numbers = candidates(linking->index, namespace, query);

	for (size_t i = 0; i < numbers.n; i++) {
		const struct workload *workload =
		    all_workloads(linking)->items[numbers.items[i]];

		if (is_asked_for(query, workload) &&
		    !is_elsewhere(linking, workload))
			buf_add(&linking->found, &workload, sizeof(workload));
	}
}

static struct entity_list found_workloads(const struct linking *linking)
{
	return (struct entity_list){
	    .n = linking->found.len / sizeof(void *),
	    .items = (const void *const *)(const void *)linking->found.ptr,
	};
}

/* The workloads of that namespace that are asked for, in linking->found. */
static struct entity_list find_workloads(
    struct linking *linking, const char *namespace, const struct query *query)
{
	buf_clear(&linking->found);
	add_workloads(linking, namespace, query);
	return found_workloads(linking);
}

static int compare_workloads(const void *left, const void *right)
{
	const struct workload *const *a = left, *const *b = right;

	return (*a)->number < (*b)->number ? -1 : (*a)->number > (*b)->number;
}

/* Workloads whose namespace cannot be compared with this one have that. */
static const char *others_of(const char *namespace)
{
	return *namespace ? "" : ANY_KNOWN_NAMESPACE;
}

/* Those that are asked for, with those that may be where they are not surely
 * elsewhere, in the order of the stream. */
static struct entity_list find_all(
    struct linking *linking, const char *namespace, const struct query *query)
{
	struct buf *found = &linking->found;
	size_t len;

	find_workloads(linking, namespace, query);
	len = found->len;
	if (linking->relation->is_across)
		add_workloads(linking, others_of(namespace), query);
	if (len && found->len > len)
		qsort(found->ptr, found->len / sizeof(void *), sizeof(void *),
		    compare_workloads);
	return found_workloads(linking);
}

/* Whether workloads whose namespace cannot be compared are asked for, too;
 * they get to know, once for all owners of the query. */
static bool find_possible(
    struct linking *linking, const char *namespace, const struct query *query)
{
	const char *others = others_of(namespace);
	struct entity_list found;
	struct answer *answer;
	bool is_new;

	if (linking->relation->is_across)
		return false;
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
	found = find_all(linking, namespace, query);
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

/* Counts an owner in for the answer that it shares. */
static void add_owner(
    struct linking *linking, struct answer *answer, uint32_t owner)
{
	if (!answer->number) {
		linking->asked[linking->nasked] = answer;
		answer->number = ++linking->nasked;
		answer->first = owner + 1;
	} else {
		linking->next[answer->last - 1] = owner + 1;
	}
	answer->last = owner + 1;
}

static const void *owner_at(const struct linking *linking, uint32_t number)
{
	return linking->release->lists[linking->relation->owner].items[number];
}

/* Whether a list of n may have one more, where all lists have *nall; when not,
 * links are open, and the limit is told of at the owner that is left out. */
static bool has_room(struct linking *linking, size_t *nall, size_t n,
    struct links *links, uint32_t owner)
{
	if (n < MOST_OWNERS || *nall < linking->most) {
		++*nall;
		return true;
	}
	links->possible = true;
	limit_reached(linking->release, LIMIT_LINKS,
	    entity_manifest(
		linking->relation->owner, owner_at(linking, owner)));
	return false;
}

static void add_number(struct named *named, uint32_t number)
{
	if (!named->n++) {
		named->first = number;
		return;
	}
	if (named->n == 2)
		buf_add(&named->numbers, &named->first, sizeof(number));
	buf_add(&named->numbers, &number, sizeof(number));
}

/* Tells the workloads of an answer that it names them. */
static void name_workloads(struct linking *linking, const struct answer *answer)
{
	const struct entity_list *list = &answer->links.sure;

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];
		struct named *named = &linking->named[workload->number];

		if (has_room(linking, &linking->nnamed, named->n,
			back_links(linking, workload), answer->first - 1))
			add_number(named, answer->number);
	}
}

static int compare_numbers(const void *left, const void *right)
{
	uint32_t a, b;

	memcpy(&a, left, sizeof(a));
	memcpy(&b, right, sizeof(b));
	return a < b ? -1 : a > b;
}

/* Adds the numbers of an answer's owners to linking->found. */
static void gather(struct linking *linking, uint32_t number)
{
	uint32_t owner = linking->asked[number - 1]->first;

	for (; owner; owner = linking->next[owner - 1]) {
		uint32_t found = owner - 1;

		buf_add(&linking->found, &found, sizeof(found));
	}
}

/* The owners in linking->found.  The lists of workloads that several answers
 * name are limited: of each there may be as many as there are owners. */
static struct links *list_found(struct linking *linking, bool is_merged)
{
	size_t n = linking->found.len / sizeof(uint32_t);
	struct links *links = arena_alloc(&linking->arena, sizeof(*links));
	const void **items =
	    arena_array(&linking->release->arena, n, sizeof(*items));

	for (size_t i = 0; i < n; i++) {
		uint32_t number;

		memcpy(&number, linking->found.ptr + i * sizeof(number),
		    sizeof(number));
		if (is_merged &&
		    !has_room(linking, &linking->nlisted, i, links, number))
			break;
		items[links->sure.n++] = owner_at(linking, number);
	}
	links->sure.items = items;
	return links;
}

static const struct links *owners_of_one(
    struct linking *linking, struct answer *answer)
{
	if (!answer->owners) {
		buf_clear(&linking->found);
		gather(linking, answer->number);
		answer->owners = list_found(linking, false);
	}
	return answer->owners;
}

/* In the order of the stream. */
static const struct links *owners_of_several(
    struct linking *linking, const struct named *named)
{
	struct slice numbers = buf_slice(&named->numbers);
	const struct links *known = map_find(&linking->shared, numbers);
	struct buf *found = &linking->found;
	struct links *links;

	if (known)
		return known;
	buf_clear(found);
	for (size_t i = 0; i < named->n; i++) {
		uint32_t number;

		memcpy(
		    &number, numbers.ptr + i * sizeof(number), sizeof(number));
		gather(linking, number);
	}
	qsort(found->ptr, found->len / sizeof(uint32_t), sizeof(uint32_t),
	    compare_numbers);
	links = list_found(linking, true);
	*map_slot(&linking->shared, numbers) = links;
	return links;
}

static void link_back(struct linking *linking, const struct workload *workload)
{
	const struct named *named = &linking->named[workload->number];
	struct links *links = back_links(linking, workload);
	const struct links *owners;

	if (!named->n)
		return;
	owners = named->n == 1
		     ? owners_of_one(linking, linking->asked[named->first - 1])
		     : owners_of_several(linking, named);
	links->sure = owners->sure;
	links->possible |= owners->possible;
}

static void ask(struct linking *linking, uint32_t number)
{
	const void *owner = owner_at(linking, number);
	const struct relation *relation = linking->relation;
	char *bytes = (char *)(uintptr_t)owner;
	struct query query = relation->query(owner);
	struct answer *answer;

	linking->manifest = entity_manifest(relation->owner, owner);
	answer = answer_query(linking,
	    manifest_namespace(linking->release, linking->manifest), &query);
	if (relation->links != NO_LINKS)
		*(struct links *)(bytes + relation->links) = answer->links;
	add_owner(linking, answer, number);
}

static void linking_release(struct linking *linking, size_t nworkloads)
{
	for (size_t i = 0; i < nworkloads; i++)
		buf_release(&linking->named[i].numbers);
	free(linking->named);
	free(linking->asked);
	free(linking->next);
	map_release(&linking->answers);
	map_release(&linking->shared);
	arena_release(&linking->arena);
	buf_release(&linking->key);
	buf_release(&linking->found);
}

void link_owners(struct release *release, const struct index *index,
    const struct relation *relation)
{
	const struct entity_list *workloads =
	    &index->release->lists[ENTITY_workload];
	size_t n = release->lists[relation->owner].n;
	struct linking linking = {.release = release,
	    .index = index,
	    .relation = relation,
	    .most = (size_t)limit_most(release, LIMIT_LINKS)};

	if (!n)
		return;
	linking.asked = xcalloc(n, sizeof(*linking.asked));
	linking.next = xcalloc(n, sizeof(*linking.next));
	linking.named = xcalloc(workloads->n + 1, sizeof(*linking.named));
	for (size_t i = 0; i < n; i++)
		ask(&linking, (uint32_t)i);
	for (size_t i = 0; i < linking.nasked; i++)
		name_workloads(&linking, linking.asked[i]);
	for (size_t i = 0; i < workloads->n; i++)
		link_back(&linking, workloads->items[i]);
	linking_release(&linking, workloads->n);
}
