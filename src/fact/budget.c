/* The drain budget: grace period less what preStop and the application take,
 * one computation whose parts are facts with their own places. */
#include "fact/relate.h"

#include <string.h>

struct fact fact_drain_container(
    const struct release *release, const struct container *drain)
{
	(void)release;
	return fact_entity(drain);
}

struct fact fact_drain_workload(
    const struct release *release, const struct container *drain)
{
	(void)release;
	return fact_entity(drain->workload);
}

struct fact fact_drain_prestop_seconds(
    const struct release *release, const struct container *drain)
{
	(void)release;
	return drain->prestop_seconds.state == FACT_ABSENT
		   ? fact_int(0)
		   : drain->prestop_seconds;
}

struct fact fact_drain_prestop_known(
    const struct release *release, const struct container *drain)
{
	(void)release;
	return fact_bool(drain->prestop_seconds.state != FACT_UNKNOWN);
}

struct fact fact_drain_margin_seconds(
    const struct release *release, const struct container *drain)
{
	(void)drain;
	return fact_int(release->settings->drain_margin);
}

struct fact fact_drain_grace_seconds(
    const struct release *release, const struct container *drain)
{
	(void)release;
	return drain->workload->grace_seconds;
}

struct fact fact_at(struct fact fact, const struct manifest *manifest,
    uint32_t line, uint32_t col, uint32_t width)
{
	uint32_t index = manifest->origin->index;

	/* A file past the last number of a fact has no place to show. */
	if (index >= UINT16_MAX)
		return fact;
	fact.line = line;
	fact.col = col;
	fact.width = width;
	fact.file_index = (uint16_t)(index + 1);
	return fact;
}

/* The container's env gives the variable by itself: it wins over envFrom. */
static bool is_overridden(
    const struct container *container, const char *prefix, const char *key)
{
	size_t len = strlen(prefix);

	for (size_t i = 0; i < container->ndrains; i++) {
		const char *name = container->drains[i].name;

		if (!strncmp(name, prefix, len) && !strcmp(name + len, key))
			return true;
	}
	return false;
}

static void take_longest(struct fact *longest,
    const struct drain_setting *setting, const struct manifest *manifest)
{
	if (setting->seconds > longest->integer)
		*longest = fact_at(fact_int(setting->seconds), manifest,
		    setting->line, setting->col, setting->width);
}

static void take_from_configmap(struct fact *longest,
    const struct container *drain, const struct env_source *source,
    const struct configmap *configmap)
{
	for (size_t i = 0; i < configmap->ndrains; i++) {
		const struct drain_setting *setting = &configmap->drains[i];

		if (source->key
			? strcmp(source->key, setting->name)
			: is_overridden(drain, source->prefix, setting->name))
			continue;
		take_longest(longest, setting, configmap->manifest);
	}
}

static void take_from_source(const struct release *release,
    struct fact *longest, const struct container *drain,
    const struct env_source *source)
{
	const struct vector *same =
	    map_find(&release->configmaps, slice_of(source->configmap));

	for (size_t i = 0; same && i < same->n; i++) {
		const struct configmap *configmap = same->items[i];

		if (namespaces_equal(release, drain->workload->manifest,
			configmap->manifest) == TRI_YES)
			take_from_configmap(longest, drain, source, configmap);
	}
}

struct fact fact_drain_app_seconds(
    const struct release *release, const struct container *drain)
{
	struct fact longest = fact_int(0);

	for (size_t i = 0; i < drain->ndrains; i++)
		take_longest(
		    &longest, &drain->drains[i], drain->workload->manifest);
	for (size_t i = 0; i < drain->nenv_sources; i++)
		take_from_source(
		    release, &longest, drain, &drain->env_sources[i]);
	return longest;
}

/* Numbers of a manifest may be of any size: past int64 is the most there is. */
static int64_t sum(int64_t a, int64_t b)
{
	int64_t result;

	if (__builtin_add_overflow(a, b, &result))
		return a < 0 ? INT64_MIN : INT64_MAX;
	return result;
}

struct fact fact_drain_needed_seconds(
    const struct release *release, const struct container *drain)
{
	struct fact prestop = fact_drain_prestop_seconds(release, drain);
	struct fact app = fact_drain_app_seconds(release, drain);
	int64_t known = prestop.state == FACT_KNOWN ? prestop.integer : 0;

	return fact_int(
	    sum(sum(known, app.integer), release->settings->drain_margin));
}

struct fact fact_workload_grace_needed(
    const struct release *release, const struct workload *workload)
{
	int64_t most = 0, delay = 0;

	for (size_t i = 0; i < workload->container_list.n; i++) {
		const struct container *container =
		    workload->container_list.items[i];
		int64_t needed =
		    fact_drain_needed_seconds(release, container).integer;

		if (container->prestop.state == FACT_ABSENT &&
		    fact_container_served(release, container).boolean)
			delay = release->settings->drain_delay;
		most = needed > most ? needed : most;
	}
	return fact_int(sum(most, delay));
}

struct fact fact_workload_grace_proposed(
    const struct release *release, const struct workload *workload)
{
	int64_t needed = fact_workload_grace_needed(release, workload).integer;
	int64_t least = release->settings->drain_grace;

	return fact_int(needed > least ? needed : least);
}

struct fact fact_drain_budget_seconds(
    const struct release *release, const struct container *drain)
{
	struct fact prestop = fact_drain_prestop_seconds(release, drain);
	struct fact app = fact_drain_app_seconds(release, drain);
	struct fact grace = drain->workload->grace_seconds;
	int64_t left;

	if (prestop.state == FACT_UNKNOWN || grace.state == FACT_UNKNOWN ||
	    __builtin_sub_overflow(
		grace.integer, sum(prestop.integer, app.integer), &left))
		return fact_unknown();
	return fact_int(left);
}
