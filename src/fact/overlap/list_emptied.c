/*
 * Two releases -> the directories in which old pods keep data and new ones find
 * none, as another volume is mounted there.
 *
 * Kubernetes moves no data.  A claim that is new is empty unless it names where
 * its data comes from; a StatefulSet names its claims after itself, so under
 * another name or in another namespace it makes new ones
 * (getPersistentVolumeClaimName() of its controller).  A claim that neither
 * release has may hold anything.  Where the same claim is mounted at another
 * path, a program that is told nothing new looks for its data at the old one.
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

/* Whether a volume is mounted at the path by one of the new pods' containers,
 * or somewhere above it. */
static bool is_covered(const struct emptying *emptying, const char *path)
{
	for (size_t i = 0; i < emptying->new->nmounts; i++) {
		if (is_part(path, emptying->new->mounts[i].path))
			return true;
	}
	return false;
}

/* Where the container that had the volume at one path has it at one other, and
 * is told nothing else: that mount; else NULL.  The parent is another place,
 * too, as what was the volume's top is now below it. */
static const struct mount *moved_to(
    const struct emptying *emptying, const struct mount *old)
{
	const struct workload *new = emptying->new;
	const struct mount *found = NULL;

	for (size_t i = 0; i < new->nmounts; i++) {
		const struct mount *mount = &new->mounts[i];

		if (strcmp(mount->volume, old->volume) != 0)
			continue;
		if (found || mount->told != old->told || !mount->part ||
		    !old->part || strcmp(mount->part, old->part) != 0)
			return NULL;
		found = mount;
	}
	return found && (!is_covered(emptying, old->path) ||
			    is_part(old->path, found->path))
		   ? found
		   : NULL;
}

static struct emptied *add_emptied(struct emptying *emptying,
    const struct mount *old, const struct mount *new, const char *claim,
    const char *to)
{
	struct emptied *emptied =
	    arena_alloc(&emptying->release->arena, sizeof(*emptied));

	emptied->manifest = emptying->new->manifest;
	emptied->workload = emptying->transition->workload;
	emptied->previous = emptying->transition->previous;
	emptied->claim = fact_at(fact_text(claim), emptying->old->manifest,
	    old->line, old->col, old->width);
	emptied->to = fact_text(to);
	emptied->path = fact_at(fact_text(old->path), emptying->new->manifest,
	    new->line, new->col, new->width);
	vector_add(&emptying->emptied, emptied);
	return emptied;
}

/* What is mounted nowhere else than where it was is somebody else's matter. */
static void judge_moved(struct emptying *emptying, const struct mount *old)
{
	const char *claim = claim_of(emptying, emptying->old, old);
	const struct mount *new = moved_to(emptying, old);

	if (new && same_namespace(emptying) &&
	    map_find(&emptying->mounted, slice_of(claim)))
		add_emptied(emptying, old, new, claim, new->path)->moved =
		    fact_bool(true);
}

static void judge_mount(
    struct emptying *emptying, const struct mount *old, bool is_same_set)
{
	const struct mount *new =
	    map_find(&emptying->paths, slice_of(old->path));
	const char *claim, *empty;
	struct emptied *emptied;
	bool is_same;

	if (!holds_data(old))
		return;
	if (!new) {
		judge_moved(emptying, old);
		return;
	}
	claim = claim_of(emptying, emptying->old, old);
	is_same = same_namespace(emptying) &&
		  map_find(&emptying->mounted, slice_of(claim));
	empty = is_same ? spell_part(emptying, old, new)
			: spell_empty(emptying, new);
	if (!empty || (is_same_set && !is_same))
		return;
	emptied = add_emptied(emptying, old, new, claim, empty);
	if (is_same)
		emptied->part = fact_text(old->part);
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
