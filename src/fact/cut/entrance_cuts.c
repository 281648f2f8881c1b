/*
 * Entrances of two releases -> the hosts and paths that nothing of the new one
 * takes, though the Service that they led to is still there.
 *
 * Each host is told once.  Paths are told where their host is still taken; a
 * host that was left out is all of them, and which of these were asked for is
 * not known.
 */
#include "fact/cut/cutting.h"

#include "fact/change/applier.h"
#include "fact/change/change.h"
#include "fact/computed.h"
#include "fact/cut/entrances.h"
#include "fact/kind.h"
#include "fact/namespace.h"

#include <stdlib.h>
#include <string.h>

struct entering {
	struct cutting *cutting;
	struct map by_host; /* of the new release: struct vector of entrances */
	struct map told;    /* hosts, and hosts with a path */
};

static void *find_host(const struct entering *entering, const char *host)
{
	return map_find(&entering->by_host, slice_of(host));
}

static void index_hosts(struct entering *entering)
{
	struct release *release = entering->cutting->release;
	const struct entity_list *list = &release->lists[ENTITY_entrance];

	for (size_t i = 0; i < list->n; i++) {
		const struct entrance *entrance = list->items[i];
		void **place =
		    map_slot(&entering->by_host, slice_of(entrance->host.text));

		if (!*place)
			*place =
			    arena_alloc(&release->arena, sizeof(struct vector));
		vector_add(*place, (void *)(uintptr_t)entrance);
	}
}

static bool any_covers(
    const struct vector *wide, const struct entrance *narrow, bool by_host)
{
	for (size_t i = 0; wide && i < wide->n; i++) {
		if (entrance_covers(wide->items[i], narrow, by_host))
			return true;
	}
	return false;
}

/* Whether an entrance of the new release takes its requests, or its host. */
static bool is_taken(const struct entering *entering,
    const struct entrance *narrow, bool by_host)
{
	struct arena *arena = &entering->cutting->release->arena;
	const char *host = narrow->host.text;
	bool is_taken =
	    any_covers(find_host(entering, host), narrow, by_host) ||
	    any_covers(find_host(entering, "*"), narrow, by_host) ||
	    any_covers(find_host(entering, ""), narrow, by_host);

	for (host = strchr(host, '.'); host && !is_taken;
	     host = strchr(host + 1, '.'))
		is_taken = any_covers(
		    find_host(entering, arena_printf(arena, "*%s", host)),
		    narrow, by_host);
	return is_taken;
}

static const struct kept_service *service_of(
    struct entering *entering, const struct entrance *entrance)
{
	struct cutting *cutting = entering->cutting;
	const char *namespace =
	    manifest_namespace(cutting->release->previous, entrance->manifest);

	return map_find(&cutting->kept,
	    object_key(&cutting->key, entrance->service, namespace));
}

/* Whether nobody was told of the host, or of that path of it; and notes it. */
static bool is_news(
    struct entering *entering, const char *host, const char *path)
{
	struct release *release = entering->cutting->release;
	void **place = map_slot(&entering->told,
	    slice_of(arena_printf(&release->arena, "%s %s", host, path)));
	bool is_news = !*place;

	*place = entering;
	return is_news;
}

static void add_entrance_cut(struct entering *entering,
    const struct entrance *entrance, const struct kept_service *kept,
    bool is_host)
{
	const struct manifest *manifest = entrance->manifest;
	struct cutting *cutting = entering->cutting;
	struct cut *cut;

	if (!is_news(entering, entrance->host.text,
		is_host ? "" : entrance->path.text))
		return;
	cut = add_cut(cutting,
	    manifest->seldom->other ? manifest->seldom->other : manifest,
	    is_host ? "host" : "path");
	cut->service = kept->old;
	cut->workload = kept->workload;
	cut->where = fact_of_kind(cut->manifest);
	cut->for_clients = fact_bool(true);
	cut->host = fact_at(entrance->host, manifest, entrance->host.line,
	    entrance->host.col, entrance->host.width);
	cut->target = fact_text(entrance->path.text);
}

/* Whether an object of the new release, other than the one that an entrance is
 * of, takes its host. */
static bool is_shared(
    const struct entering *entering, const struct entrance *entrance)
{
	const struct vector *all = find_host(entering, entrance->host.text);

	for (size_t i = 0; all && i < all->n; i++) {
		const struct entrance *other = all->items[i];

		if (other->manifest != entrance->manifest->seldom->other)
			return true;
	}
	return false;
}

/* Whether the release brings that IngressClass: what runs it may then be the
 * same. */
static bool has_class(const struct release *release, const char *name)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!strcmp(manifest->kind, "IngressClass") &&
		    !strcmp(manifest->name, name))
			return true;
	}
	return false;
}

/* What the same object takes of the same host in the new release, or NULL. */
static const struct entrance *same_entrance(
    const struct entering *entering, const struct entrance *entrance)
{
	const struct vector *all = find_host(entering, entrance->host.text);

	for (size_t i = 0; all && i < all->n; i++) {
		const struct entrance *other = all->items[i];

		if (other->manifest == entrance->manifest->seldom->other)
			return other;
	}
	return NULL;
}

/* An Ingress that names another class is another controller's at once, and
 * clients come to the one of before until they are told: IngressSpec of
 * networking.k8s.io/v1. */
static void judge_class(struct entering *entering,
    const struct entrance *entrance, const struct kept_service *kept)
{
	struct release *release = entering->cutting->release;
	const struct manifest *old = entrance->manifest;
	const struct entrance *new = same_entrance(entering, entrance);
	struct cut *cut;

	if (!new || new->manifest->is_refused)
		return;
	if (!*entrance->class.text || !*new->class.text ||
	    !strcmp(entrance->class.text, new->class.text) ||
	    has_class(release, new->class.text) ||
	    is_shared(entering, entrance) ||
	    !is_news(entering, "class of", old->name))
		return;
	cut = add_cut(entering->cutting, new->manifest, "class");
	cut->service = kept->old;
	cut->workload = kept->workload;
	cut->where = fact_at(new->class, new->manifest, new->class.line,
	    new->class.col, new->class.width);
	cut->for_clients = fact_bool(true);
	cut->target = fact_text(entrance->class.text);
}

/* What is refused in the new release takes what it took before, and what is
 * kept stays as it is. */
static bool is_judged(
    const struct entering *entering, const struct entrance *entrance)
{
	const struct manifest *manifest = entrance->manifest;

	return *entrance->host.text && *entrance->service &&
	       !manifest->is_repeated && !manifest->seldom->earlier &&
	       !is_hook(manifest) &&
	       (manifest->seldom->other
		       ? !manifest->seldom->other->is_refused
		       : !outlives_release(
			     entering->cutting->release->previous, manifest));
}

void judge_entrances(struct cutting *cutting)
{
	const struct entity_list *list =
	    &cutting->release->previous->lists[ENTITY_entrance];
	struct entering entering = {.cutting = cutting};

	if (cutting->has_maker)
		return;
	index_hosts(&entering);
	for (size_t i = 0; i < list->n; i++) {
		const struct entrance *entrance = list->items[i];
		const struct kept_service *kept;

		kept = is_judged(&entering, entrance)
			   ? service_of(&entering, entrance)
			   : NULL;
		if (!kept)
			continue;
		if (is_taken(&entering, entrance, false))
			judge_class(&entering, entrance, kept);
		else
			add_entrance_cut(&entering, entrance, kept,
			    !is_taken(&entering, entrance, true));
	}
	for (size_t i = 0; i < entering.by_host.n; i++)
		free(((struct vector *)entering.by_host.entries[i].value)
			 ->items);
	map_release(&entering.by_host);
	map_release(&entering.told);
}
