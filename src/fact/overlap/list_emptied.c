/*
 * Two releases -> the directories in which old pods keep data and new ones find
 * none, as another volume is mounted there.
 *
 * Kubernetes moves no data.  A claim that is new is empty unless it names where
 * its data comes from; a StatefulSet names its claims after itself, so under
 * another name or in another namespace it makes new ones
 * (getPersistentVolumeClaimName() of its controller).  A claim that neither
 * release has may hold anything.
 */
#include "fact/change/change.h"
#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/namespace.h"
#include "fact/overlap/overlap.h"
#include "fact/pod/pod.h"

#include <stdlib.h>
#include <string.h>

struct emptying {
	struct release *release;
	const struct transition *transition;
	const struct workload *old, *new; /* whose templates they are */
	struct map claims;  /* of the new release that are added, by name */
	struct map paths;   /* mounts of the new pods, by their paths */
	struct map mounted; /* and by their claims */
	struct vector emptied;
};

/* The claim of a mount, or the first that a StatefulSet makes for it. */
static const char *claim_of(struct emptying *emptying,
    const struct workload *workload, const struct mount *mount)
{
	if (mount->kind == MOUNT_CLAIM)
		return mount->claim;
	return arena_printf(&emptying->release->arena, "%s-%s-0", mount->volume,
	    workload->manifest->name);
}

static bool holds_data(const struct mount *mount)
{
	return (mount->kind == MOUNT_CLAIM || mount->kind == MOUNT_TEMPLATE) &&
	       !mount->read_only;
}

static void index_mounts(struct emptying *emptying)
{
	const struct workload *new = emptying->new;

	for (size_t i = 0; i < new->nmounts; i++) {
		const struct mount *mount = &new->mounts[i];
		void **place =
		    map_slot(&emptying->paths, slice_of(mount->path));

		if (!*place)
			*place = (void *)(uintptr_t)mount;
		if (mount->kind == MOUNT_CLAIM || mount->kind == MOUNT_TEMPLATE)
			*map_slot(&emptying->mounted,
			    slice_of(claim_of(emptying, new, mount))) =
			    emptying;
	}
}

/* Whether the volume of new pods has nothing in it, in words; else NULL. */
static const char *spell_empty(
    const struct emptying *emptying, const struct mount *mount)
{
	struct arena *arena = &emptying->release->arena;

	if (mount->kind == MOUNT_POD)
		return "a volume that is deleted with its pod";
	if (mount->kind == MOUNT_TEMPLATE)
		return arena_printf(arena,
		    "claims that StatefulSet '%s' makes anew",
		    emptying->transition->manifest->name);
	if (mount->kind == MOUNT_CLAIM &&
	    map_find(&emptying->claims, slice_of(mount->claim)))
		return arena_printf(
		    arena, "claim '%s', which is new", mount->claim);
	return NULL;
}

static bool same_namespace(const struct emptying *emptying)
{
	const char *old = manifest_namespace(
	    emptying->release->previous, emptying->old->manifest);
	const char *new =
	    manifest_namespace(emptying->release, emptying->new->manifest);

	return !*old || !*new || !strcmp(old, new);
}

/* Whether a directory of a volume is another one, or has it in it. */
static bool is_part(const char *part, const char *whole)
{
	size_t len = strlen(whole);

	return !len ||
	       (!strncmp(part, whole, len) && (!part[len] || part[len] == '/'));
}

/* Whether some container of the new pods sees what the old ones had: then it
 * may be found, or be moved by it.  Of several that mount at one path in the
 * old pods, one may be gone. */
static bool is_seen(const struct emptying *emptying, const struct mount *old,
    const struct mount *now)
{
	const struct workload *new = emptying->new, *before = emptying->old;

	for (size_t i = 0; i < before->nmounts; i++) {
		const struct mount *mount = &before->mounts[i];

		if (!strcmp(mount->volume, old->volume) &&
		    !strcmp(mount->path, now->path) &&
		    (!mount->part || !strcmp(mount->part, now->part)))
			return true;
	}

	for (size_t i = 0; i < new->nmounts; i++) {
		const struct mount *mount = &new->mounts[i];

		if (!strcmp(mount->volume, old->volume) &&
		    (!mount->part || is_part(old->part, mount->part)))
			return true;
	}
	return false;
}

/* Of one claim, the directory that new pods mount in place of another; NULL
 * when it is the same, or the data may be found.  A volume that is renamed is
 * not followed. */
static const char *spell_part(const struct emptying *emptying,
    const struct mount *old, const struct mount *new)
{
	if (!old->part || !new->part || old->kind != new->kind ||
	    strcmp(old->volume, new->volume) != 0 ||
	    (old->kind == MOUNT_CLAIM && strcmp(old->claim, new->claim) != 0) ||
	    !strcmp(old->part, new->part) || is_seen(emptying, old, new))
		return NULL;
	return arena_printf(&emptying->release->arena,
	    "directory '%s' of that claim", new->part);
}

static void judge_mount(
    struct emptying *emptying, const struct mount *old, bool is_same_set)
{
	struct release *release = emptying->release;
	const struct mount *new =
	    map_find(&emptying->paths, slice_of(old->path));
	const char *claim, *empty;
	struct emptied *emptied;
	bool is_same;

	if (!holds_data(old) || !new)
		return;
	claim = claim_of(emptying, emptying->old, old);
	is_same = same_namespace(emptying) &&
		  map_find(&emptying->mounted, slice_of(claim));
	empty = is_same ? spell_part(emptying, old, new)
			: spell_empty(emptying, new);
	if (!empty || (is_same_set && !is_same))
		return;
	emptied = arena_alloc(&release->arena, sizeof(*emptied));
	emptied->manifest = emptying->new->manifest;
	emptied->workload = emptying->transition->workload;
	emptied->previous = emptying->transition->previous;
	emptied->claim = fact_at(fact_text(claim), emptying->old->manifest,
	    old->line, old->col, old->width);
	emptied->to = fact_text(empty);
	emptied->part = is_same ? fact_text(old->part)
				: (struct fact){.state = FACT_ABSENT};
	emptied->path = fact_at(fact_text(new->path), emptying->new->manifest,
	    new->line, new->col, new->width);
	vector_add(&emptying->emptied, emptied);
}

/* Whether a text was there before; and notes it. */
static bool is_again(struct map *seen, const char *text)
{
	void **place = map_slot(seen, slice_of(text));
	bool is_again = *place != NULL;

	*place = seen;
	return is_again;
}

static bool any_holds_data(const struct workload *workload)
{
	for (size_t i = 0; i < workload->nmounts; i++) {
		if (holds_data(&workload->mounts[i]))
			return true;
	}
	return false;
}

/* A directory once, though several containers mount it. */
static void judge_mounts(struct emptying *emptying, bool is_same_set)
{
	const struct workload *old = emptying->old;
	struct map paths = {0}, volumes = {0};

	index_mounts(emptying);
	for (size_t i = 0; i < old->nmounts; i++) {
		const struct mount *mount = &old->mounts[i];
		bool is_known = is_again(&paths, mount->path);

		is_known |= is_again(&volumes, mount->volume);
		if (!is_known)
			judge_mount(emptying, mount,
			    is_same_set && mount->kind == MOUNT_TEMPLATE);
	}
	map_release(&paths);
	map_release(&volumes);
	map_release(&emptying->paths);
	map_release(&emptying->mounted);
}

/* A StatefulSet that stays keeps its claims: the API server refuses others. */
static void judge_transition(
    struct emptying *emptying, const struct transition *transition)
{
	bool is_same_set = strcmp(transition->what.text, "replaced") != 0 &&
			   !strcmp(transition->manifest->kind, "StatefulSet");

	if (!strcmp(transition->what.text, "same") ||
	    !runs_on(transition->previous) || is_hook(transition->manifest))
		return;
	emptying->transition = transition;
	emptying->old = transition->previous->template_owner;
	emptying->new = transition->workload->template_owner;
	if (any_holds_data(emptying->old))
		judge_mounts(emptying, is_same_set);
}

/* What is restored from elsewhere, or is bound to a volume that there is, is
 * not empty. */
static bool has_source(const struct kept *kept)
{
	static const char *const paths[] = {"spec.dataSource",
	    "spec.dataSourceRef", "spec.volumeName", "spec.selector"};

	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		if (kept_has(kept, paths[i]))
			return true;
	}
	return !kept;
}

static void index_claims(struct emptying *emptying)
{
	const struct entity_list *list =
	    &emptying->release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!strcmp(manifest->kind, "PersistentVolumeClaim") &&
		    !manifest->seldom->other &&
		    !has_source(manifest->seldom->kept))
			*map_slot(&emptying->claims, slice_of(manifest->name)) =
			    (void *)(uintptr_t)manifest;
	}
}

void list_emptied(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_transition];
	struct emptying emptying = {.release = release};
	const void **items;

	index_claims(&emptying);
	for (size_t i = 0; i < list->n; i++)
		judge_transition(&emptying, list->items[i]);
	items =
	    arena_array(&release->arena, emptying.emptied.n, sizeof(*items));
	for (size_t i = 0; i < emptying.emptied.n; i++)
		items[i] = emptying.emptied.items[i];
	release->lists[ENTITY_emptied] =
	    (struct entity_list){emptying.emptied.n, items};
	free(emptying.emptied.items);
	map_release(&emptying.claims);
}

SIMPLE(emptied, manifest, fact_entity(emptied->manifest))
SIMPLE(emptied, workload, fact_entity(emptied->workload))
SIMPLE(emptied, previous, fact_entity(emptied->previous))
