/*
 * Two releases as wholes -> what is refused that no pair of objects tells:
 * objects that stay behind, and fields that controllers own by now.
 */
#include "fact/apply/apply.h"
#include "fact/change/applier.h"
#include "fact/change/denial.h"
#include "fact/kind.h"

#include <string.h>

/* helm rollback takes over nothing: an object of the older release that is in
 * the cluster and not in the current one stops it ("no KIND with the name
 * found" of Helm 3, "original object not found" of Helm 4). */
void judge_left_behind(struct judging *judging)
{
	static const struct denied denied = {
	    .path = "metadata.annotations",
	    .whole = true,
	    .text = "Helm keeps the object, and a rollback does not adopt "
		    "existing objects",
	    .way_out = "use helm upgrade with the old chart instead",
	};
	const struct entity_list *list =
	    &judging->release->lists[ENTITY_change];

	if (!is_applied_by(judging->release, "helm"))
		return;
	judging->is_back = true;
	for (size_t i = 0; i < list->n; i++) {
		const struct change *change = list->items[i];
		const struct manifest *manifest = change->part.manifest;

		if (!strcmp(change->what.text, "removed") &&
		    manifest->seldom->kept && manifest->seldom->kept->keeps &&
		    !is_hook(manifest))
			deny_alone(judging, manifest, &denied);
	}
}

static bool has_conflict(const struct release *release,
    const struct manifest *manifest, const char *form)
{
	const struct entity_list *list = &release->lists[ENTITY_conflict];

	for (size_t i = 0; i < list->n; i++) {
		const struct conflict *conflict = list->items[i];

		for (size_t j = 0; j < conflict->objects.n; j++) {
			if (conflict->objects.items[j] == manifest &&
			    !strcmp(conflict->form.text, form))
				return true;
		}
	}
	return false;
}

/* Whether the new object writes the count of pods that its old controller has
 * taken over. */
static bool writes_replicas(const struct manifest *manifest)
{
	return kept_find(manifest->seldom->kept, "spec.replicas") != NULL;
}

static void judge_conflict(
    struct judging *judging, const struct conflict *conflict)
{
	struct denied denied = {
	    .path = "spec.replicas",
	    .text = "a controller of the running release owns the field, and "
		    "server-side apply refuses to overwrite it",
	    .way_out = "leave the field out, or apply with --force-conflicts",
	    .server_side = true,
	};

	for (size_t i = 0; i < conflict->objects.n; i++) {
		const struct manifest *old = conflict->objects.items[i];

		if (!old->seldom->other ||
		    !writes_replicas(old->seldom->other) ||
		    has_conflict(judging->release, old->seldom->other,
			CONFLICT_REPLICAS))
			continue;
		judging->before = old;
		judging->after = old->seldom->other;
		denied.from = kept_find(old->seldom->kept, denied.path);
		denied.to =
		    kept_find(old->seldom->other->seldom->kept, denied.path);
		deny(judging, &denied);
	}
}

/* What the new release is told alone is not told again. */
void judge_conflicts(struct judging *judging)
{
	const struct entity_list *list =
	    &judging->release->previous->lists[ENTITY_conflict];

	judging->is_back = false;
	for (size_t i = 0; !forces_conflicts(judging->release) && i < list->n;
	     i++) {
		const struct conflict *conflict = list->items[i];

		if (conflict->certain.boolean &&
		    !strcmp(conflict->form.text, CONFLICT_REPLICAS))
			judge_conflict(judging, conflict);
	}
}
