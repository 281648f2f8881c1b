/*
 * A refused object -> what happens all the same.
 *
 * Helm 3 and 4 go on with the other objects, report the refusal at the end and
 * delete nothing (Update() of pkg/kube/client.go).
 */
#include "fact/change/change.h"

#include "fact/change/applier.h"
#include "fact/kind.h"
#include "fact/refusal/refusal.h"

#include <stdlib.h>
#include <string.h>

/* More are counted. */
#define MOST_NAMED 3

struct naming {
	struct buf text;
	size_t n;
};

static void add_name(struct naming *naming, const struct manifest *manifest)
{
	if (++naming->n > MOST_NAMED)
		return;
	buf_printf(&naming->text, "%s%s '%s'", naming->n > 1 ? ", " : "",
	    manifest->kind, manifest->name);
}

static struct fact names_as_fact(struct release *release, struct naming *naming)
{
	struct fact fact = {0};

	if (naming->n > MOST_NAMED)
		buf_printf(
		    &naming->text, " and %zu more", naming->n - MOST_NAMED);
	if (naming->n)
		fact = fact_text(
		    slice_copy(&release->arena, buf_slice(&naming->text)).ptr);
	buf_release(&naming->text);
	return fact;
}

static void index_transitions(
    struct aftermath *aftermath, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_transition];

	for (size_t i = 0; i < list->n; i++) {
		const struct transition *transition = list->items[i];

		*map_slot(&aftermath->transitions,
		    map_address_key(&transition->manifest)) =
		    (void *)(uintptr_t)transition;
	}
}

void aftermath_init(struct aftermath *aftermath, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_change];
	const struct manifest *last = NULL;

	*aftermath = (struct aftermath){0};
	index_transitions(aftermath, release);
	for (size_t i = 0; i < list->n; i++) {
		const struct change *change = list->items[i];
		const struct manifest *manifest = change->part.manifest;
		bool is_gone = !strcmp(change->what.text, "removed");

		/* Those of one object follow each other. */
		if (manifest == last || is_hook(manifest) ||
		    manifest->is_refused ||
		    (is_gone && outlives_release(release, manifest)))
			continue;
		last = manifest;
		vector_add(is_gone ? &aftermath->gone : &aftermath->applied,
		    (void *)(uintptr_t)manifest);
	}
}

void aftermath_release(struct aftermath *aftermath)
{
	free(aftermath->applied.items);
	free(aftermath->gone.items);
	map_release(&aftermath->transitions);
	map_release(&aftermath->cut);
	arena_release(&aftermath->arena);
}

/* The first of the objects, besides the one that may be refused, and how many
 * more: that is one of those that would change. */
static struct fact others(struct release *release,
    const struct manifest *refused, const struct vector *objects,
    bool has_refused)
{
	struct naming naming = {0};
	size_t n = objects->n - (has_refused && objects->n);

	for (size_t i = 0; i < objects->n && naming.n < MOST_NAMED; i++) {
		if (objects->items[i] != refused)
			add_name(&naming, objects->items[i]);
	}
	if (naming.n < n)
		naming.n = n;
	return names_as_fact(release, &naming);
}

/* The Services of a list, each of which begins with its object, whose object
 * in the new release no Service of the other list has. */
static struct fact name_left_out(struct release *release,
    const struct entity_list *before, const struct entity_list *during)
{
	struct naming naming = {0};
	struct map objects = {0};

	for (size_t i = 0; i < during->n; i++)
		*map_slot(&objects, map_address_key(during->items[i])) =
		    &naming;
	for (size_t i = 0; i < before->n; i++) {
		const struct manifest *const *service = before->items[i];
		const struct manifest *new = (*service)->seldom->other;

		if (new && !map_find(&objects, map_address_key(&new)))
			add_name(&naming, new);
	}
	map_release(&objects);
	return names_as_fact(release, &naming);
}

static void **place_of_lists(struct aftermath *aftermath,
    const struct entity_list *before, const struct entity_list *during)
{
	const void *const both[] = {
	    before->items, during->n ? during->items : NULL};
	struct slice key = {(const char *)both, sizeof(both)};

	if (!map_find(&aftermath->cut, key))
		key = slice_copy(&aftermath->arena, key);
	return map_slot(&aftermath->cut, key);
}

/* The Services that selected the old pods and, changed, do no more; of one pair
 * of lists, which many workloads share, once. */
static struct fact services_cut(struct release *release,
    struct aftermath *aftermath, const struct manifest *refused)
{
	const struct transition *transition =
	    map_find(&aftermath->transitions, map_address_key(&refused));
	const struct entity_list *before, *during;
	struct fact *cut;
	void **place;

	if (!transition || !transition->services_before.list->n)
		return (struct fact){0};
	before = transition->services_before.list;
	during = transition->services_during.list;
	place = place_of_lists(aftermath, before, during);
	cut = *place;
	if (!cut) {
		*place = cut = arena_alloc(&aftermath->arena, sizeof(*cut));
		*cut = name_left_out(release, before, during);
	}
	return *cut;
}

static void mark(const struct manifest *manifest)
{
	/* Made by collect and const for everybody but relate. */
	((struct manifest *)(uintptr_t)manifest)->is_refused = true;
}

void note_refused(struct release *release)
{
	const struct entity_list *denials = &release->lists[ENTITY_denial];
	const struct entity_list *refusals = &release->lists[ENTITY_refusal];

	for (size_t i = 0; i < denials->n; i++) {
		const struct denial *denial = denials->items[i];

		if (!strcmp(denial->way.text, "forward") &&
		    denial->sure.boolean && !denial->server_side_only.boolean)
			mark(denial->part.manifest);
	}
	for (size_t i = 0; i < refusals->n; i++) {
		const struct refusal *refusal = refusals->items[i];

		if (is_refused_everywhere(refusal))
			mark(refusal->part.manifest);
	}
}

void note_aftermath(
    struct release *release, struct aftermath *aftermath, struct denial *denial)
{
	const struct manifest *refused = denial->part.manifest;

	/* Flux asks about all objects before it applies one of them. */
	if (is_applied_by(release, "flux"))
		return;
	denial->leaves = others(release, refused, &aftermath->applied,
	    !refused->is_refused &&
		(!refused->seldom->kept ||
		    refused->origin->role != ORIGIN_PREVIOUS));
	if (is_applied_by(release, "helm"))
		denial->undeleted =
		    others(release, refused, &aftermath->gone, false);
	denial->cut = services_cut(release, aftermath, refused);
}
