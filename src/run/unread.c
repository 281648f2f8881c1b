/* The facts of a run -> values of wrong types, and which of them nobody tells
 * of.  Objects of which rules read nothing but that they are there, such as
 * Secrets, are left out. */
#include "run/unread.h"

#include "base/map.h"
#include "fact/entity.h"
#include "fact/refusal/refusal.h"

#include <string.h>

/* Whether something is known of an object besides what is wrong with it. */
static bool tells_of_objects(enum entity_kind kind)
{
	return kind != ENTITY_manifest && kind != ENTITY_refusal &&
	       kind != ENTITY_problem && kind != ENTITY_mangled;
}

static struct slice key_of_manifest(const struct manifest *const *manifest)
{
	return (struct slice){(const char *)manifest, sizeof(*manifest)};
}

static void mark(
    struct map *read, struct arena *arena, const struct manifest *manifest)
{
	const struct manifest **kept = arena_alloc(arena, sizeof(*kept));

	*kept = manifest;
	*map_slot(read, key_of_manifest(kept)) = kept;
}

static void mark_read(
    const struct release *release, struct map *read, struct arena *arena)
{
	for (int kind = 0; kind < ENTITY_MAX; kind++) {
		const struct entity_list *list = &release->lists[kind];

		for (size_t i = 0;
		     tells_of_objects((enum entity_kind)kind) && i < list->n;
		     i++) {
			const struct manifest *manifest = entity_manifest(
			    (enum entity_kind)kind, list->items[i]);

			if (manifest)
				mark(read, arena, manifest);
		}
	}
}

/* A label or an annotation that is a number is refused, but what its text says
 * was read all the same. */
static bool is_read_as_text(const struct refusal *refusal)
{
	static const char *const maps[] = {
	    "metadata.annotations", "metadata.labels"};

	for (size_t i = 0; i < COUNT_OF(maps); i++) {
		const char *at = strstr(refusal->part.path, maps[i]);

		if (at && at[strlen(maps[i])])
			return refusal->is_scalar;
	}
	return false;
}

static bool is_told(
    const struct finding_list *findings, const struct place *place)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->items[i];
		const struct place *at = finding_rendered(finding);

		if (!finding->suppression &&
		    !strcmp(finding->kind->group, "refused") &&
		    at->origin == place->origin &&
		    at->span.line == place->span.line)
			return true;
	}
	return false;
}

/* findings: those that may tell of a value; NULL: none may. */
static struct place find_in(
    const struct release *release, const struct finding_list *findings)
{
	const struct entity_list *list = &release->lists[ENTITY_refusal];
	struct arena arena = {0};
	struct map read = {0};
	struct place found = {0};

	if (list->n)
		mark_read(release, &read, &arena);
	for (size_t i = 0; i < list->n && !place_known(found); i++) {
		const struct refusal *refusal = list->items[i];
		struct place place = entity_place(ENTITY_refusal, refusal);

		if (!strcmp(refusal->class.text, "type") &&
		    !is_read_as_text(refusal) &&
		    map_find(&read, key_of_manifest(&refusal->part.manifest)) &&
		    !(findings && is_told(findings, &place)))
			found = place;
	}
	map_release(&read);
	arena_release(&arena);
	return found;
}

static struct place find(
    const struct run *run, const struct finding_list *findings)
{
	struct place found = {0};

	for (size_t i = 0; i < run->nparts && !place_known(found); i++)
		if (run->parts[i].release)
			found = find_in(run->parts[i].release, findings);
	return found;
}

struct place unread_first(const struct run *run)
{
	return find(run, NULL);
}

struct place unread_untold(
    const struct run *run, const struct finding_list *findings)
{
	return find(run, findings);
}
