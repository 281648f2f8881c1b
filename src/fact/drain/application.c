/*
 * How long applications say they drain: what they are told in flags and what
 * the environment gives, as the kubelet puts it together.  Of one name the last
 * source of envFrom counts, and env before all of them.
 */
#include "fact/drain/drain.h"

#include "fact/computed.h"
#include "fact/namespace.h"

#include <stdlib.h>
#include <string.h>

/* A ConfigMap's drain times: by name, and those that say so themselves with
 * the longest first. */
struct drain_map {
	const struct configmap *configmap;
	struct map names;
	const struct drain_setting **longest;
	size_t nlongest;
};

struct draining {
	const struct release *release;
	struct map maps; /* object_key() to struct drain_map */
	struct arena arena;
	struct buf text;
};

/* One container at a time. */
struct environment {
	struct draining *draining;
	const struct container *container;
	struct map variables; /* of env, those that say a drain time */
	struct fact longest;
	enum drain_word word; /* of the longest */
};

static struct slice map_key(struct draining *draining, const char *name,
    const struct manifest *manifest)
{
	return object_key(&draining->text, name,
	    manifest_namespace(draining->release, manifest));
}

/* Of two with one name the one that is applied last, whoever collected it. */
static void add_map(
    struct draining *draining, const struct configmap *configmap)
{
	const struct manifest *manifest = configmap->manifest;
	struct slice key = map_key(draining, manifest->name, manifest);
	struct drain_map *map = map_find(&draining->maps, key);

	if (!map) {
		map = arena_alloc(&draining->arena, sizeof(*map));
		key = slice_copy(&draining->arena, key);
		*map_slot(&draining->maps, key) = map;
	}
	if (!map->configmap ||
	    map->configmap->manifest->order <= manifest->order)
		map->configmap = configmap;
}

static int by_seconds(const void *left, const void *right)
{
	const struct drain_setting *const *a = left, *const *b = right;

	if ((*a)->seconds != (*b)->seconds)
		return (*a)->seconds > (*b)->seconds ? -1 : 1;
	return (*a > *b) - (*a < *b);
}

static void order_map(struct draining *draining, struct drain_map *map)
{
	const struct configmap *configmap = map->configmap;

	map->longest = arena_array(
	    &draining->arena, configmap->ndrains, sizeof(*map->longest));
	for (size_t i = 0; i < configmap->ndrains; i++) {
		const struct drain_setting *setting = &configmap->drains[i];

		if (setting->by_name)
			map->longest[map->nlongest++] = setting;
		*map_slot(&map->names, slice_of(setting->name)) =
		    (void *)(uintptr_t)setting;
	}
	qsort(map->longest, map->nlongest, sizeof(*map->longest), by_seconds);
}

static const struct drain_map *find_map(
    const struct environment *environment, const struct env_source *source)
{
	return map_find(&environment->draining->maps,
	    map_key(environment->draining, source->configmap,
		environment->container->workload->manifest));
}

/* A program may be told what grace period its pods have, which is no time that
 * it takes. */
static bool tells_own_grace(
    const struct environment *environment, const struct drain_setting *setting)
{
	const struct workload *workload = environment->container->workload;

	return setting->is_pod_grace &&
	       setting->seconds == workload->grace_seconds.integer;
}

static void take_longest(struct environment *environment,
    const struct drain_setting *setting, enum drain_word word,
    const struct manifest *manifest)
{
	struct fact *longest = &environment->longest;

	if (setting->seconds <= longest->integer ||
	    tells_own_grace(environment, setting))
		return;
	*longest = fact_at(fact_int(setting->seconds), manifest, setting->line,
	    setting->col, setting->width);
	environment->word = word;
}

/* Either name may say that it is a drain time: the variable's or the key's. */
static void take_key(
    struct environment *environment, const struct env_source *source)
{
	const struct drain_map *map = find_map(environment, source);
	const struct drain_setting *setting =
	    map ? map_find(&map->names, slice_of(source->key)) : NULL;

	if (!setting || !(source->by_name || setting->by_name))
		return;
	take_longest(environment, setting,
	    !setting->by_name ||
		    (source->by_name && source->word < setting->word)
		? source->word
		: setting->word,
	    map->configmap->manifest);
}

/* Whether a source gives the variable of that name. */
static bool gives(const struct environment *environment,
    const struct env_source *source, struct slice name)
{
	struct slice prefix = slice_of(source->prefix);
	const struct drain_map *map;

	if (source->key || !slice_starts(name, prefix))
		return false;
	map = find_map(environment, source);
	return map &&
	       map_find(&map->names, (struct slice){name.ptr + prefix.len,
					 name.len - prefix.len});
}

/* Whether env, or a source behind the one of that number, gives the name. */
static bool is_overridden(
    const struct environment *environment, size_t number, struct slice name)
{
	const struct container *container = environment->container;

	if (map_find(&environment->variables, name))
		return true;
	for (size_t i = number + 1; i < container->seldom->nenv_sources; i++) {
		if (gives(
			environment, &container->seldom->env_sources[i], name))
			return true;
	}
	return false;
}

/* The longest drain time of a whole ConfigMap that nothing overrides. */
static void take_map(struct environment *environment, size_t number)
{
	const struct env_source *source =
	    &environment->container->seldom->env_sources[number];
	const struct drain_map *map = find_map(environment, source);
	struct buf name = {0};

	for (size_t i = 0; map && i < map->nlongest; i++) {
		const struct drain_setting *setting = map->longest[i];

		if (setting->seconds <= environment->longest.integer)
			break;
		buf_clear(&name);
		buf_printf(&name, "%s%s", source->prefix, setting->name);
		if (tells_own_grace(environment, setting) ||
		    is_overridden(environment, number, buf_slice(&name)))
			continue;
		take_longest(environment, setting, setting->word,
		    map->configmap->manifest);
		break;
	}
	buf_release(&name);
}

static void drain_of(struct draining *draining, struct container *container)
{
	struct environment environment = {
	    .draining = draining,
	    .container = container,
	    .longest = fact_int(0),
	};

	for (size_t i = 0; i < container->seldom->ndrains; i++) {
		const struct drain_setting *setting =
		    &container->seldom->drains[i];

		*map_slot(&environment.variables, slice_of(setting->name)) =
		    (void *)(uintptr_t)setting;
		take_longest(&environment, setting, setting->word,
		    container->workload->manifest);
	}
	for (size_t i = 0; i < container->seldom->nenv_sources; i++) {
		if (container->seldom->env_sources[i].key)
			take_key(
			    &environment, &container->seldom->env_sources[i]);
		else
			take_map(&environment, i);
	}
	container->app_drain = environment.longest;
	container->drain_word = environment.word;
	map_release(&environment.variables);
}

static int64_t later_of(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Sidecars end when the regular containers have, the last one first; all of
 * them have one grace period. */
static void find_waits(const struct workload *workload)
{
	int64_t end = 0;

	for (size_t i = 0; i < workload->ncontainers; i++) {
		if (!workload->containers[i].is_init)
			end =
			    later_of(end, drain_end(&workload->containers[i]));
	}
	for (size_t i = workload->ncontainers; i-- > 0;) {
		struct container *container =
		    (struct container *)(uintptr_t)&workload->containers[i];

		if (!container->is_init)
			break;
		container->drain_wait = end;
		end = drain_end(container);
	}
}

void relate_drains(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	struct draining draining = {.release = release};
	const struct entity_list *list = &release->lists[ENTITY_container];

	for (size_t i = 0; i < nfacts; i++) {
		for (size_t j = 0; j < facts[i]->configmaps.n; j++)
			add_map(&draining, facts[i]->configmaps.items[j]);
	}
	for (size_t i = 0; i < draining.maps.n; i++)
		order_map(&draining, draining.maps.entries[i].value);
	for (size_t i = 0; i < list->n; i++)
		drain_of(
		    &draining, (struct container *)(uintptr_t)list->items[i]);
	for (size_t i = 0; i < release->lists[ENTITY_workload].n; i++)
		find_waits(release->lists[ENTITY_workload].items[i]);
	for (size_t i = 0; i < draining.maps.n; i++) {
		struct drain_map *map = draining.maps.entries[i].value;

		map_release(&map->names);
	}
	map_release(&draining.maps);
	arena_release(&draining.arena);
	buf_release(&draining.text);
}
