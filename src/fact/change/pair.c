/*
 * Two releases -> which objects of them are one: those of one group, kind and
 * name in one namespace, as Helm pairs them (isMatchingInfo() of its kube
 * client).  What has no namespace goes to that of the release, so it is paired
 * with one that has, when no other is nearer.
 */
#include "fact/change/change.h"

#include "fact/namespace.h"

#include <stdlib.h>
#include <string.h>

static struct manifest *manifest_at(const struct entity_list *list, size_t i)
{
	/* Made by collect and const for everybody but relate. */
	return (struct manifest *)(uintptr_t)list->items[i];
}

static struct slice key_of_object(
    struct arena *arena, const struct manifest *manifest)
{
	return slice_of(arena_printf(arena, "%s\n%s\n%s", manifest->group,
	    manifest->kind, manifest->name));
}

/* What can be told apart: one of several that say the same is enough. */
static bool takes_part(const struct manifest *manifest)
{
	return !manifest->is_repeated && !manifest->seldom->earlier &&
	       *manifest->name;
}

static void index_previous(
    const struct release *previous, struct map *index, struct arena *arena)
{
	const struct entity_list *list = &previous->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		struct manifest *manifest = manifest_at(list, i);
		void **place;

		if (!takes_part(manifest))
			continue;
		place = map_slot(index, key_of_object(arena, manifest));
		if (!*place)
			*place = arena_alloc(arena, sizeof(struct vector));
		vector_add(*place, manifest);
	}
}

static void pair_one(struct release *release, const struct release *previous,
    struct manifest *manifest, const struct vector *same, bool is_exact)
{
	const char *namespace = manifest_namespace(release, manifest);
	struct arena *arena = &release->arena;

	for (size_t i = 0; same && i < same->n; i++) {
		struct manifest *other = same->items[i];
		const char *its = manifest_namespace(previous, other);

		if (other->seldom->other)
			continue;
		if (is_exact ? strcmp(namespace, its) : *namespace && *its)
			continue;
		manifest_seldom(arena, manifest)->other = other;
		manifest_seldom(arena, other)->other = manifest;
		return;
	}
}

void pair_manifests(struct release *release, struct release *previous)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	struct arena arena = {0};
	struct map index = {0};

	index_previous(previous, &index, &arena);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < list->n; i++) {
			struct manifest *manifest = manifest_at(list, i);

			if (takes_part(manifest) && !manifest->seldom->other)
				pair_one(release, previous, manifest,
				    map_find(&index,
					key_of_object(&arena, manifest)),
				    pass == 0);
		}
	}
	for (size_t i = 0; i < index.n; i++)
		free(((struct vector *)index.entries[i].value)->items);
	map_release(&index);
	arena_release(&arena);
}

void compare_releases(struct release *release, struct release *previous)
{
	release->previous = previous;
	pair_manifests(release, previous);
	pair_services(release);
	link_across(release, previous);
	list_changes(release);
	list_transitions(release);
	list_denials(release);
	list_remade(release);
	list_removals(release);
	judge_passages(release);
}
