/*
 * Two releases -> the hooks that ran on an upgrade and no longer do, or now run
 * behind what they ran before.
 *
 * Helm waits for Jobs and Pods among its hooks alone, and runs those of one
 * event by weight, then by name: sort of execHook() in its pkg/action/hooks.go.
 * A hook whose name changes with each release has one that takes its place.
 */
#include "fact/computed.h"
#include "fact/hook/hook.h"
#include "fact/overlap/overlap.h"

#include <stdlib.h>
#include <string.h>

#define ON_UPGRADE (EVENT_PRE_UPGRADE | EVENT_POST_UPGRADE)

struct skipping {
	struct release *release;
	struct map images; /* of workloads of the new release that are no hooks,
			      by name */
	uint16_t new_events;
	struct vector hooks; /* struct manifest: that run on an upgrade in both
			      */
	struct vector skipped;
};

/* What a Job or Pod does on an upgrade: its events, as far as they are. */
static uint16_t upgrade_events(const struct manifest *manifest)
{
	const struct hook_events *hook = &manifest->seldom->helm_hook;
	bool is_awaited =
	    !strcmp(manifest->kind, "Job") || !strcmp(manifest->kind, "Pod");

	if (!hook->given || hook->is_skipped || !is_awaited)
		return 0;
	return hook->events & ON_UPGRADE;
}

static const char *image_of(const struct workload *workload)
{
	return workload->ncontainers ? workload->containers[0].image_name : "";
}

static void index_images(struct skipping *skipping)
{
	const struct entity_list *list =
	    &skipping->release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		if (!workload->manifest->seldom->helm_hook.given &&
		    *image_of(workload))
			*map_slot(
			    &skipping->images, slice_of(image_of(workload))) =
			    (void *)(uintptr_t)workload;
	}
}

static struct skipped *add_skipped(
    struct skipping *skipping, const char *way, const struct manifest *manifest)
{
	struct skipped *skipped =
	    arena_alloc(&skipping->release->arena, sizeof(*skipped));

	skipped->manifest = manifest;
	skipped->way = fact_text(way);
	vector_add(&skipping->skipped, skipped);
	return skipped;
}

/* When hooks that are new run. */
static uint16_t new_events(const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	uint16_t events = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!manifest->seldom->other)
			events |= upgrade_events(manifest);
	}
	return events;
}

/* With the component that it was for a hook may go; one that is new and runs at
 * the same time may be the same by another name. */
static void judge_gone(struct skipping *skipping, const struct workload *old)
{
	struct skipped *skipped;

	if (upgrade_events(old->manifest) & skipping->new_events)
		return;
	skipped = add_skipped(skipping, "gone", old->manifest);
	skipped->goes_on = fact_bool(
	    map_find(&skipping->images, slice_of(image_of(old))) != NULL);
}

static void judge_hook(
    struct skipping *skipping, const struct workload *workload)
{
	const struct manifest *old = workload->manifest;
	uint16_t before = upgrade_events(old), after;

	if (!before)
		return;
	if (!old->seldom->other) {
		judge_gone(skipping, workload);
		return;
	}
	/* One that becomes an ordinary object is refused. */
	if (!old->seldom->other->seldom->helm_hook.given)
		return;
	after = upgrade_events(old->seldom->other);
	if (!after)
		add_skipped(skipping, "never", old->seldom->other);
	else if ((before & EVENT_PRE_UPGRADE) && !(after & EVENT_PRE_UPGRADE))
		add_skipped(skipping, "after", old->seldom->other);
	else
		vector_add(
		    &skipping->hooks, (void *)(uintptr_t)old->seldom->other);
}

static int64_t weight_of(const struct manifest *manifest)
{
	return manifest->seldom->schedule ? manifest->seldom->schedule->weight
					  : 0;
}

static bool runs_before(const struct manifest *a, const struct manifest *b)
{
	if (weight_of(a) != weight_of(b))
		return weight_of(a) < weight_of(b);
	return strcmp(a->name, b->name) < 0;
}

static int by_old_order(const void *a, const void *b)
{
	const struct manifest *const *first = a, *const *second = b;

	return runs_before((*first)->seldom->other, (*second)->seldom->other)
		   ? -1
		   : 1;
}

/* From the last that ran to the first: whether what ran behind it, the first of
 * these by the new order, now runs before it. */
static void judge_order(struct skipping *skipping, uint16_t event)
{
	const struct vector *hooks = &skipping->hooks;
	const struct manifest *first = NULL;

	for (size_t i = hooks->n; i-- > 0;) {
		const struct manifest *hook = hooks->items[i];

		if (!(upgrade_events(hook) & event) ||
		    !(upgrade_events(hook->seldom->other) & event))
			continue;
		if (first && runs_before(first, hook))
			add_skipped(skipping, "order", hook)->next = first;
		else
			first = hook;
	}
}

static void judge_orders(struct skipping *skipping)
{
	struct vector *hooks = &skipping->hooks;

	if (hooks->n < 2)
		return;
	qsort(hooks->items, hooks->n, sizeof(*hooks->items), by_old_order);
	judge_order(skipping, EVENT_PRE_UPGRADE);
	judge_order(skipping, EVENT_POST_UPGRADE);
}

static void hand_over(struct skipping *skipping)
{
	struct release *release = skipping->release;
	struct vector *skipped = &skipping->skipped;
	const void **items =
	    arena_array(&release->arena, skipped->n, sizeof(*items));

	for (size_t i = 0; i < skipped->n; i++)
		items[i] = skipped->items[i];
	release->lists[ENTITY_skipped] =
	    (struct entity_list){skipped->n, items};
	free(skipped->items);
	free(skipping->hooks.items);
	map_release(&skipping->images);
}

void list_skipped(struct release *release)
{
	const struct entity_list *list =
	    &release->previous->lists[ENTITY_workload];
	struct skipping skipping = {
	    .release = release, .new_events = new_events(release)};

	index_images(&skipping);
	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		if (!workload->manifest->is_repeated &&
		    !workload->manifest->seldom->earlier)
			judge_hook(&skipping, workload);
	}
	judge_orders(&skipping);
	hand_over(&skipping);
}

SIMPLE(skipped, manifest, fact_entity(skipped->manifest))
SIMPLE(skipped, next, fact_entity(skipped->next))
