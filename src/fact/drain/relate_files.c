/* How long the files that containers mount say their applications drain. */
#include "fact/drain/drain.h"

#include "fact/computed.h"
#include "fact/namespace.h"
#include "fact/number.h"
#include "fact/settings.h"

static struct slice key_of_map(struct buf *text, const struct release *release,
    const struct manifest *manifest, const char *name)
{
	return object_key(text, name, manifest_namespace(release, manifest));
}

/* Of two with one name the one that is applied last. */
static void add_map(struct map *maps, struct arena *arena, struct buf *text,
    const struct release *release, const struct configmap *configmap)
{
	const struct manifest *manifest = configmap->manifest;
	struct slice key =
	    key_of_map(text, release, manifest, manifest->name);
	const struct configmap *before = map_find(maps, key);

	if (!before)
		key = slice_copy(arena, key);
	if (!before || before->manifest->order <= manifest->order)
		*map_slot(maps, key) = (void *)(uintptr_t)configmap;
}

/* A container that mounts files has something seldom already. */
static void take_files(struct container_seldom *container,
    const struct configmap *configmap, const char *key)
{
	for (size_t i = 0; i < configmap->nfiles; i++) {
		const struct file_time *time = &configmap->files[i];

		if (key && !slice_is(slice_of(key), time->file))
			continue;
		if (container->file_time &&
		    container->file_time->seconds >= time->seconds)
			continue;
		container->file_time = time;
		container->file_object = configmap->manifest;
	}
}

void relate_file_times(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	const struct entity_list *list = &release->lists[ENTITY_container];
	struct map maps = {0};
	struct arena arena = {0};
	struct buf text = {0};

	for (size_t i = 0; i < nfacts; i++) {
		for (size_t j = 0; j < facts[i]->configmaps.n; j++)
			add_map(&maps, &arena, &text, release,
			    facts[i]->configmaps.items[j]);
	}
	for (size_t i = 0; maps.n && i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct container *container =
		    (struct container *)(uintptr_t)list->items[i];

		for (size_t j = 0; j < container->seldom->nfiles; j++) {
			const struct file_source *source =
			    &container->seldom->files[j];
			const struct configmap *map = map_find(&maps,
			    key_of_map(&text, release,
				container->workload->manifest,
				source->configmap));

			if (map)
				take_files(container_seldom(
					       &release->arena, container),
				    map, source->key);
		}
	}
	map_release(&maps);
	arena_release(&arena);
	buf_release(&text);
}

struct fact fact_drain_file_seconds(
    const struct release *release, const struct container *drain)
{
	const struct file_time *time = drain->seldom->file_time;

	(void)release;
	return time ? fact_at(fact_int(time->seconds),
			  drain->seldom->file_object, time->line, time->col,
			  time->width)
		    : (struct fact){.state = FACT_ABSENT};
}

struct fact fact_drain_file_needed_seconds(
    const struct release *release, const struct container *drain)
{
	const struct file_time *time = drain->seldom->file_time;
	const struct fact *prestop = &drain->prestop_seconds;
	int64_t before =
	    prestop->state == FACT_KNOWN ? prestop->integer : 0;

	if (!time)
		return (struct fact){.state = FACT_ABSENT};
	before = saturated_sum(before, time->seconds);
	return fact_int(
	    saturated_sum(before, release->settings->drain_margin));
}

SIMPLE(drain, file_name,
    fact_of_word(
	drain->seldom->file_time ? drain->seldom->file_time->file : NULL))
SIMPLE(drain, file_setting,
    fact_of_word(
	drain->seldom->file_time ? drain->seldom->file_time->setting : NULL))
SIMPLE(drain, file_object,
    drain->seldom->file_time ? fact_of_name(drain->seldom->file_object)
			     : (struct fact){.state = FACT_ABSENT})
