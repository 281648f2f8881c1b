/* What pods need that is deleted before they start: hooks that Helm removes
 * when they have succeeded, of a name that nothing lasting has. */
#include "fact/hook/hook.h"

#include "fact/computed.h"
#include "fact/namespace.h"

#include <string.h>

/* A hook that goes, in the list of its kind and name. */
struct going {
	const struct manifest *manifest;
	struct going *next;
	bool is_replaced; /* a lasting object has its name */
};

struct going_list {
	struct map by_name; /* "kind/name" to the first */
	struct arena arena;
};

#define BEFORE (EVENT_PRE_INSTALL | EVENT_PRE_UPGRADE)
#define AFTER (EVENT_POST_INSTALL | EVENT_POST_UPGRADE)

static bool goes(const struct manifest *manifest)
{
	const struct hook_events *hook = &manifest->seldom->helm_hook;

	return hook->given && !hook->is_skipped &&
	       hook->removals & REMOVED_ON_SUCCESS &&
	       hook->events & (BEFORE | AFTER) &&
	       !manifest->seldom->argo_hook.given;
}

static struct slice going_key(
    struct buf *buf, const char *kind, const char *name)
{
	buf_clear(buf);
	buf_printf(buf, "%s/%s", kind, name);
	return buf_slice(buf);
}

static void add_going(
    struct going_list *list, struct buf *buf, const struct manifest *manifest)
{
	struct slice key = going_key(buf, manifest->kind, manifest->name);
	struct going *first = map_find(&list->by_name, key);
	struct going *going = arena_alloc(&list->arena, sizeof(*going));

	*going = (struct going){.manifest = manifest, .next = first};
	if (!first)
		key = slice_copy(&list->arena, key);
	*map_slot(&list->by_name, key) = going;
}

/* An object that stays, or may stay, under the name of one that goes. */
static void replace(const struct release *release, struct going_list *list,
    struct buf *buf, const struct manifest *manifest)
{
	struct going *going = map_find(
	    &list->by_name, going_key(buf, manifest->kind, manifest->name));

	for (; going; going = going->next) {
		if (namespaces_equal(release, going->manifest, manifest) !=
		    TRI_NO)
			going->is_replaced = true;
	}
}

/* Whether a workload starts pods when the hooks of an event that removed the
 * object are through: what is applied with the release does, and a hook of a
 * later event. */
static bool starts_later(
    const struct workload *workload, const struct manifest *gone)
{
	const struct hook_events *hook = &workload->manifest->seldom->helm_hook;

	if (workload->manifest->seldom->argo_hook.given || hook->is_skipped)
		return false;
	if (!hook->given)
		return true;
	return hook->events & (AFTER | EVENT_TEST) &&
	       !(hook->events & gone->seldom->helm_hook.events) &&
	       !(gone->seldom->helm_hook.events & AFTER);
}

static void find_gone(const struct release *release,
    const struct going_list *list, struct buf *buf, struct need *need)
{
	const struct going *going = map_find(
	    &list->by_name, going_key(buf, need->kind.text, need->name.text));
	const struct workload *workload = need->part.workload;

	for (; going && !need->account; going = going->next) {
		if (!going->is_replaced &&
		    namespaces_equal(release, workload->manifest,
			going->manifest) == TRI_YES &&
		    starts_later(workload, going->manifest))
			need->gone = going->manifest;
	}
}

void relate_removed(struct release *release)
{
	const struct entity_list *needs = &release->lists[ENTITY_need];
	const struct entity_list *all = &release->lists[ENTITY_manifest];
	struct going_list list = {0};
	struct buf buf = {0};

	for (size_t i = 0; i < all->n && needs->n; i++) {
		if (goes(all->items[i]))
			add_going(&list, &buf, all->items[i]);
	}
	for (size_t i = 0; i < all->n && list.by_name.n; i++) {
		if (!goes(all->items[i]))
			replace(release, &list, &buf, all->items[i]);
	}
	for (size_t i = 0; i < needs->n && list.by_name.n; i++)
		find_gone(release, &list, &buf,
		    (struct need *)(uintptr_t)needs->items[i]);
	buf_release(&buf);
	map_release(&list.by_name);
	arena_release(&list.arena);
}

SIMPLE(need, gone, fact_entity(need->gone))
