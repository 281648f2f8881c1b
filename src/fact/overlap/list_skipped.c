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
	struct vector hooks; /* struct manifest: that run on an upgrade in both
			      */
	struct vector skipped;
};

/* What a Job or Pod does on an upgrade: its events, as far as they are. */
static uint16_t upgrade_events(const struct manifest *manifest)
{
	const struct hook_events *hook = &manifest->helm_hook;
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

static const struct workload *workload_of(
    const struct release *release, const struct manifest *manifest)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		if (workload->manifest == manifest)
			return workload;
	}
	return NULL;
}

static void index_images(struct skipping *skipping)
{
	const struct entity_list *list =
	    &skipping->release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		if (!workload->manifest->helm_hook.given && *image_of(workload))
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

/* Whether a hook that is new runs at one of the same times. */
static bool is_renamed(const struct skipping *skipping, uint16_t events)
{
	const struct entity_list *list =
	    &skipping->release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!manifest->other && (upgrade_events(manifest) & events))
			return true;
	}
	return false;
}

/* With the component that it was for a hook may go. */
static void judge_gone(struct skipping *skipping, const struct manifest *old)
{
	const struct workload *workload =
	    workload_of(skipping->release->previous, old);
	struct skipped *skipped;

	if (is_renamed(skipping, upgrade_events(old)))
		return;
	skipped = add_skipped(skipping, "gone", old);
	skipped->goes_on =
	    fact_bool(workload && map_find(&skipping->images,
				      slice_of(image_of(workload))));
}

static void judge_hook(struct skipping *skipping, const struct manifest *old)
{
	uint16_t before = upgrade_events(old), after;

	if (!before)
		return;
	if (!old->other) {
		judge_gone(skipping, old);
		return;
	}
	/* One that becomes an ordinary object is refused. */
	if (!old->other->helm_hook.given)
		return;
	after = upgrade_events(old->other);
	if (!after)
		add_skipped(skipping, "never", old->other);
	else if ((before & EVENT_PRE_UPGRADE) && !(after & EVENT_PRE_UPGRADE))
		add_skipped(skipping, "after", old->other);
	else
		vector_add(&skipping->hooks, (void *)(uintptr_t)old->other);
}

static int64_t weight_of(const struct manifest *manifest)
{
	return manifest->schedule ? manifest->schedule->weight : 0;
}

static bool runs_before(const struct manifest *a, const struct manifest *b)
{
	if (weight_of(a) != weight_of(b))
		return weight_of(a) < weight_of(b);
	return strcmp(a->name, b->name) < 0;
}

/* Names are the same in both, so that a weight has changed. */
static void judge_order(
    struct skipping *skipping, const struct manifest *hook, size_t index)
{
	for (size_t i = 0; i < skipping->hooks.n; i++) {
		const struct manifest *next = skipping->hooks.items[i];

		if (i == index ||
		    !(upgrade_events(hook) & upgrade_events(next)) ||
		    !(upgrade_events(hook->other) &
			upgrade_events(next->other)) ||
		    !runs_before(hook->other, next->other) ||
		    runs_before(hook, next))
			continue;
		add_skipped(skipping, "order", hook)->next = next;
		return;
	}
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
	    &release->previous->lists[ENTITY_manifest];
	struct skipping skipping = {.release = release};

	index_images(&skipping);
	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!manifest->is_repeated && !manifest->earlier)
			judge_hook(&skipping, manifest);
	}
	for (size_t i = 0; i < skipping.hooks.n; i++)
		judge_order(&skipping, skipping.hooks.items[i], i);
	hand_over(&skipping);
}

SIMPLE(skipped, manifest, fact_entity(skipped->manifest))
SIMPLE(skipped, next, fact_entity(skipped->next))
