/*
 * Workloads that are gone and workloads that are new -> which takes the place
 * of which.
 *
 * They must agree in something: the name, the image, a Service of either
 * release that selects the pods of both.  Each counts the same; of those that
 * agree in as much the first in the release that runs now is taken.
 *
 * As many may be gone as are new, so that not all are held against all: who
 * agrees in the same with the same stands in one list, of which the first that
 * is not given out counts.
 */
#include "fact/change/change.h"

#include "fact/image.h"
#include "fact/kind.h"
#include "fact/service/service.h"

#include <stdlib.h>
#include <string.h>

/* What two workloads have in common; bits. */
enum { SAME_NAME = 1, SAME_IMAGE = 2, SAME_SERVICE = 4 };

/* Workloads of the release that runs now, in the order of its stream. */
struct alike {
	struct vector workloads;
	size_t next; /* all before it are given out */
};

struct replacing {
	struct release *release;
	struct asked *asked;
	struct arena arena;
	struct map lists;    /* struct alike, by what they have in common */
	struct alike none;   /* for what nobody has in common */
	struct buf key;
	bool *is_given; /* by the number of the old workload */
};

static const struct workload *owner_of(const struct workload *workload)
{
	return workload->template_owner ? workload->template_owner : workload;
}

/* Without the registry, from which many move to another. */
static const char *image_of(const struct workload *workload)
{
	const struct workload *owner = owner_of(workload);

	return owner->ncontainers ? image_path(owner->containers[0].image_name)
				  : "";
}

bool may_replace(const struct workload *workload)
{
	return runs_on(workload) && !workload->manifest->seldom->other &&
	       !workload->manifest->is_repeated &&
	       !workload->manifest->seldom->earlier;
}

/* Where its Services stand, which workloads with the same ones share. */
static const void *items_of(const struct links *links)
{
	return links->sure.n ? links->sure.items : NULL;
}

static struct slice list_key(struct replacing *replacing,
    const struct workload *workload, unsigned common)
{
	const void *const services[] = {items_of(&workload->services),
	    items_of(&workload->across->services)};
	struct buf *key = &replacing->key;

	buf_clear(key);
	buf_printf(key, "%u%s", common,
	    common & SAME_NAME ? workload->manifest->name : "");
	buf_add_char(key, '\0');
	buf_add_text(key, common & SAME_IMAGE ? image_of(workload) : "");
	buf_add_char(key, '\0');
	if (common & SAME_SERVICE)
		buf_add(key, services, sizeof(services));
	return buf_slice(key);
}

static struct alike *new_list(struct replacing *replacing, struct slice key)
{
	struct alike *alike = arena_alloc(&replacing->arena, sizeof(*alike));

	*map_slot(&replacing->lists, slice_copy(&replacing->arena, key)) =
	    alike;
	return alike;
}

static void add_to(struct replacing *replacing, const struct workload *previous,
    unsigned common)
{
	struct slice key = list_key(replacing, previous, common);
	struct alike *alike = map_find(&replacing->lists, key);

	if (!alike)
		alike = new_list(replacing, key);
	vector_add(&alike->workloads, (void *)(uintptr_t)previous);
}

/* Those of each name, of each image and of each two of these. */
static void index_gone(struct replacing *replacing)
{
	const struct entity_list *list =
	    &replacing->release->previous->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *previous = list->items[i];

		if (!may_replace(previous))
			continue;
		add_to(replacing, previous, SAME_NAME);
		if (!*image_of(previous))
			continue;
		add_to(replacing, previous, SAME_IMAGE);
		add_to(replacing, previous, SAME_NAME | SAME_IMAGE);
	}
}

static bool has_common(struct replacing *replacing,
    const struct workload *workload, const struct workload *previous,
    unsigned common)
{
	struct asked *asked = replacing->asked;

	if (common & SAME_NAME &&
	    strcmp(workload->manifest->name, previous->manifest->name) != 0)
		return false;
	if (common & SAME_IMAGE &&
	    strcmp(image_of(workload), image_of(previous)) != 0)
		return false;
	return !(common & SAME_SERVICE) ||
	       have_common(asked, &workload->services.sure,
		   &previous->across->services.sure) ||
	       have_common(asked, &workload->across->services.sure,
		   &previous->services.sure);
}

/* Adds what a Service leads to; seen has the lists that are there already, and
 * the workloads. */
static void add_reached(struct alike *alike, struct map *seen,
    const struct entity_list *workloads)
{
	void **place = map_slot(seen, map_address_key(&workloads->items));

	if (!workloads->n || *place)
		return;
	*place = alike;
	for (size_t i = 0; i < workloads->n; i++) {
		const struct workload *previous = workloads->items[i];

		place = map_slot(seen, map_address_key(&workloads->items[i]));
		if (may_replace(previous) && !*place)
			vector_add(&alike->workloads,
			    (void *)(uintptr_t)previous);
		*place = alike;
	}
}

static int compare_numbers(const void *left, const void *right)
{
	const struct workload *const *a = left, *const *b = right;

	return (*a)->number < (*b)->number ? -1 : (*a)->number > (*b)->number;
}

/* Those that a Service of either release selects as well as the workload. */
static void list_reached(const struct workload *workload, struct alike *alike)
{
	const struct entity_list *new = &workload->services.sure;
	const struct entity_list *old = &workload->across->services.sure;
	struct map seen = {0};

	for (size_t i = 0; i < new->n; i++) {
		const struct service *service = new->items[i];

		add_reached(alike, &seen, &service->across.sure);
	}
	for (size_t i = 0; i < old->n; i++) {
		const struct service *service = old->items[i];

		add_reached(alike, &seen, &service->workloads.sure);
	}
	if (alike->workloads.n)
		qsort(alike->workloads.items, alike->workloads.n,
		    sizeof(*alike->workloads.items), compare_numbers);
	map_release(&seen);
}

static struct alike *list_alike(struct replacing *replacing,
    const struct workload *workload, unsigned common);

/* The shortest of the lists of those that have one thing in common. */
static const struct alike *shortest(struct replacing *replacing,
    const struct workload *workload, unsigned common)
{
	const struct alike *best = NULL;

	for (unsigned one = SAME_NAME; one <= SAME_SERVICE; one *= 2) {
		const struct alike *alike =
		    common & one ? list_alike(replacing, workload, one) : NULL;

		if (alike &&
		    (!best || alike->workloads.n < best->workloads.n))
			best = alike;
	}
	return best;
}

static void list_several(struct replacing *replacing,
    const struct workload *workload, unsigned common, struct alike *alike)
{
	const struct alike *source = shortest(replacing, workload, common);

	for (size_t i = 0; i < source->workloads.n; i++) {
		if (has_common(replacing, workload, source->workloads.items[i],
			common))
			vector_add(&alike->workloads,
			    source->workloads.items[i]);
	}
}

/* Those that have all of that in common with a workload. */
static struct alike *list_alike(struct replacing *replacing,
    const struct workload *workload, unsigned common)
{
	struct slice key = list_key(replacing, workload, common);
	struct alike *alike = map_find(&replacing->lists, key);

	if (alike)
		return alike;
	if (!(common & SAME_SERVICE) ||
	    (common & SAME_IMAGE && !*image_of(workload)))
		return &replacing->none;
	alike = new_list(replacing, key);
	if (common == SAME_SERVICE)
		list_reached(workload, alike);
	else
		list_several(replacing, workload, common, alike);
	return alike;
}

/* The first of them that was not given out; or NULL. */
static const struct workload *first_of(
    const struct replacing *replacing, struct alike *alike)
{
	for (; alike->next < alike->workloads.n; alike->next++) {
		const struct workload *previous =
		    alike->workloads.items[alike->next];

		if (!replacing->is_given[previous->number])
			return previous;
	}
	return NULL;
}

/* What workloads may have in common, the most first. */
static const struct {
	unsigned common;
	int n;
} ways[] = {
    {SAME_NAME | SAME_IMAGE | SAME_SERVICE, 3},
    {SAME_NAME | SAME_IMAGE, 2},
    {SAME_NAME | SAME_SERVICE, 2},
    {SAME_IMAGE | SAME_SERVICE, 2},
    {SAME_NAME, 1},
    {SAME_IMAGE, 1},
    {SAME_SERVICE, 1},
};

const struct workload *take_replaced(
    struct replacing *replacing, const struct workload *workload)
{
	const struct workload *best = NULL;
	int n = 0;

	for (size_t i = 0; i < COUNT_OF(ways) && ways[i].n >= n; i++) {
		const struct workload *previous = first_of(replacing,
		    list_alike(replacing, workload, ways[i].common));

		if (!previous || (best && best->number < previous->number))
			continue;
		best = previous;
		n = ways[i].n;
	}
	if (best)
		replacing->is_given[best->number] = true;
	return best;
}

struct replacing *replacing_new(struct release *release, struct asked *asked)
{
	struct replacing *replacing = xcalloc(1, sizeof(*replacing));

	replacing->release = release;
	replacing->asked = asked;
	replacing->is_given =
	    xcalloc(release->previous->lists[ENTITY_workload].n + 1,
		sizeof(*replacing->is_given));
	index_gone(replacing);
	return replacing;
}

void replacing_free(struct replacing *replacing)
{
	for (size_t i = 0; i < replacing->lists.n; i++)
		free(((struct alike *)replacing->lists.entries[i].value)
			 ->workloads.items);
	map_release(&replacing->lists);
	buf_release(&replacing->key);
	arena_release(&replacing->arena);
	free(replacing->is_given);
	free(replacing);
}
