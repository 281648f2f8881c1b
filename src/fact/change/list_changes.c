/* Pairs of objects -> what is added, removed and changed. */
#include "fact/change/change.h"

#include "fact/change/applier.h"
#include "fact/computed.h"

#include <stdlib.h>
#include <string.h>

static struct part part_of_leaf(
    const struct manifest *manifest, const struct kept_leaf *leaf)
{
	struct part part = {
	    .manifest = manifest,
	    .path = leaf ? leaf->path : "",
	    .stable_path = leaf ? leaf->path : "",
	    .line = leaf ? leaf->line : manifest->line,
	    .col = leaf ? leaf->col : manifest->col,
	    .width = leaf ? leaf->width : manifest->width,
	};

	return part;
}

struct fact leaf_fact(
    const struct manifest *manifest, const struct kept_leaf *leaf)
{
	struct fact fact;

	if (!leaf || leaf->is_null)
		return (struct fact){0};
	fact = fact_text(leaf->shown);
	return fact_at(fact, manifest, leaf->line, leaf->col, leaf->width);
}

struct listing {
	struct release *release;
	struct vector changes;
};

static struct change *add_change(struct listing *listing, const char *what,
    const struct manifest *manifest, const struct kept_leaf *leaf)
{
	struct change *change =
	    arena_alloc(&listing->release->arena, sizeof(*change));

	change->part = part_of_leaf(manifest, leaf);
	change->what = fact_text(what);
	vector_add(&listing->changes, change);
	return change;
}

static void add_field(struct listing *listing, const struct manifest *manifest,
    const struct kept_leaf *from, const struct kept_leaf *to)
{
	const char *path = (to ? to : from)->path;
	/* A field that one side lacks stands where the other one has it, or
	 * where what is above it is. */
	const struct kept_leaf *at =
	    to ? to : kept_above(manifest->seldom->kept, path);
	struct change *change = add_change(listing, "changed", manifest, at);

	change->part.path = change->part.stable_path = path;
	change->previous = manifest->seldom->other;
	change->path = fact_text(path);
	change->from = leaf_fact(manifest->seldom->other, from);
	change->to = leaf_fact(manifest, to);
}

static bool has_value(const struct kept_leaf *leaf)
{
	return leaf->value && !leaf->is_null;
}

/* Both lists are in the order of their paths. */
static size_t compare_leaves(
    struct listing *listing, const struct manifest *manifest)
{
	const struct kept *new = manifest->seldom->kept,
			  *old = manifest->seldom->other->seldom->kept;
	size_t i = 0, j = 0, before = listing->changes.n;

	while (i < new->n || j < old->n) {
		const struct kept_leaf *to =
		    i < new->n ? &new->leaves[i] : NULL;
		const struct kept_leaf *from =
		    j < old->n ? &old->leaves[j] : NULL;
		int order = !to ? 1 : !from ? -1 : strcmp(to->path, from->path);

		if (order < 0)
			from = NULL;
		if (order > 0)
			to = NULL;
		i += to != NULL;
		j += from != NULL;
		if (to && !has_value(to))
			to = NULL;
		if (from && !has_value(from))
			from = NULL;
		if ((to || from) &&
		    !(to && from && !strcmp(to->value, from->value)))
			add_field(listing, manifest, from, to);
	}
	return listing->changes.n - before;
}

static void compare_manifest(
    struct listing *listing, const struct manifest *manifest)
{
	const struct kept *new = manifest->seldom->kept;
	const struct kept *old;

	if (!manifest->seldom->other) {
		add_change(listing, "added", manifest, NULL);
		return;
	}
	old = manifest->seldom->other->seldom->kept;
	if (!new || !old || new->digest == old->digest)
		return;
	if (!compare_leaves(listing, manifest))
		add_change(listing, "changed", manifest, NULL)->previous =
		    manifest->seldom->other;
}

static bool is_left_out(const struct manifest *manifest)
{
	return manifest->is_repeated || manifest->seldom->earlier;
}

static void hand_over(struct listing *listing)
{
	struct release *release = listing->release;
	const struct vector *changes = &listing->changes;
	const void **items =
	    arena_array(&release->arena, changes->n, sizeof(*items));

	for (size_t i = 0; i < changes->n; i++)
		items[i] = changes->items[i];
	release->lists[ENTITY_change] = (struct entity_list){changes->n, items};
	free(changes->items);
}

void list_changes(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	const struct entity_list *before =
	    &release->previous->lists[ENTITY_manifest];
	struct listing listing = {.release = release};

	for (size_t i = 0; i < list->n; i++) {
		if (!is_left_out(list->items[i]))
			compare_manifest(&listing, list->items[i]);
	}
	for (size_t i = 0; i < before->n; i++) {
		const struct manifest *manifest = before->items[i];

		if (!is_left_out(manifest) && !manifest->seldom->other)
			add_change(&listing, "removed", manifest, NULL)
			    ->previous = manifest;
	}
	hand_over(&listing);
}

void list_remade(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	const struct entity_list *changes = &release->lists[ENTITY_change];
	struct listing listing = {.release = release};

	for (size_t i = 0; i < changes->n; i++)
		vector_add(
		    &listing.changes, (void *)(uintptr_t)changes->items[i]);
	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (manifest->is_remade)
			add_change(&listing, "remade", manifest, NULL)
			    ->previous = manifest->seldom->other;
	}
	hand_over(&listing);
}

SIMPLE(change, manifest, fact_entity(change->part.manifest))
SIMPLE(change, previous, fact_entity(change->previous))
SIMPLE(manifest, other, fact_entity(manifest->seldom->other))
SIMPLE(
    manifest, is_previous, fact_bool(manifest->origin->role == ORIGIN_PREVIOUS))

struct fact fact_manifest_keeps(
    const struct release *release, const struct manifest *manifest)
{
	return manifest->seldom->kept
		   ? fact_bool(outlives_release(release, manifest))
		   : fact_unknown();
}

struct fact fact_release_has_previous(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_bool(release->previous != NULL);
}

struct fact fact_release_changes(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_list(&release->lists[ENTITY_change]);
}
