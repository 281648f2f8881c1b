/* The ConfigMaps and Secrets of the stream that pods take without a word of
 * when they change. */
#include "fact/config/configuration.h"

#include "fact/computed.h"
#include "fact/hook/hook.h"
#include "fact/namespace.h"

static struct slice config_key(struct buf *text, const struct release *release,
    const struct manifest *manifest, const char *kind, const char *name)
{
	buf_clear(text);
	buf_printf(text, "%s/%s/%s", kind, name,
	    manifest_namespace(release, manifest));
	return buf_slice(text);
}

/* What installs make and upgrades do not changes no more.  Of several of one
 * name the last counts, whoever of the workers collected it. */
static void add_object(struct map *objects, struct arena *arena,
    const struct release *release, const struct manifest *manifest)
{
	struct buf text = {0};

	if (!fact_manifest_installed_once(release, manifest).boolean) {
		struct slice key = config_key(
		    &text, release, manifest, manifest->kind, manifest->name);
		const struct manifest *other = map_find(objects, key);

		if (!other)
			key = slice_copy(arena, key);
		if (!other || other->order < manifest->order)
			*map_slot(objects, key) = (void *)(uintptr_t)manifest;
	}
	buf_release(&text);
}

/* Of several the one that pods see least of. */
static void find_stale(const struct map *objects, struct buf *text,
    const struct release *release, const struct workload *workload)
{
	struct configuration *configuration = workload->configuration;

	for (size_t i = 0; configuration && i < configuration->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct config_use *use =
		    (struct config_use *)(uintptr_t)&configuration->uses[i];
		const struct manifest *object = map_find(
		    objects, config_key(text, release, workload->manifest,
				 use->kind, use->name));

		use->object = object;
		if (object && !configuration->is_rolled &&
		    (!configuration->stale ||
			configuration->stale->way < use->way)) {
			configuration->stale = use;
			configuration->stale_object = object;
		}
	}
}

void relate_configurations(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct map objects = {0};
	struct arena arena = {0};
	struct buf text = {0};

	for (size_t i = 0; i < nfacts; i++) {
		for (size_t j = 0; j < facts[i]->changing.n; j++)
			add_object(&objects, &arena, release,
			    facts[i]->changing.items[j]);
	}
	for (size_t i = 0; i < list->n; i++)
		find_stale(&objects, &text, release, list->items[i]);
	map_release(&objects);
	arena_release(&arena);
	buf_release(&text);
}

/* The use, or NULL. */
static const struct config_use *stale_use(const struct workload *workload)
{
	const struct configuration *configuration =
	    workload->template_owner->configuration;

	return configuration ? configuration->stale : NULL;
}

struct fact fact_workload_unrolled_config(
    const struct release *release, const struct workload *workload)
{
	const struct config_use *use = stale_use(workload);

	(void)release;
	if (!use)
		return (struct fact){.state = FACT_ABSENT};
	return fact_at(fact_text(use->name), workload->template_owner->manifest,
	    use->line, use->col, use->width);
}

struct fact fact_workload_unrolled_kind(
    const struct release *release, const struct workload *workload)
{
	const struct config_use *use = stale_use(workload);

	(void)release;
	return fact_of_word(use ? use->kind : NULL);
}

const char *config_way_name(enum config_way way)
{
	static const char *const ways[] = {
	    [CONFIG_FILE] = "volume",
	    [CONFIG_COPY] = "subPath",
	    [CONFIG_KEY] = "env",
	    [CONFIG_MAP] = "envFrom",
	};

	return ways[way];
}

struct fact fact_workload_unrolled_way(
    const struct release *release, const struct workload *workload)
{
	const struct config_use *use = stale_use(workload);

	(void)release;
	return fact_of_word(use ? config_way_name(use->way) : NULL);
}
