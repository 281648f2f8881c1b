/* The release as a whole: what it has, and which workload it is about. */
#include "fact/kind.h"
#include "fact/limits.h"
#include "fact/refusal/refusal.h"
#include "fact/relate.h"
#include "fact/service/service.h"

static const struct workload *first_workload(const struct release *release,
    bool (*wanted)(const struct release *, const struct workload *))
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		if (wanted(release, list->items[i]))
			return list->items[i];
	}
	return NULL;
}

static bool is_served(
    const struct release *release, const struct workload *workload)
{
	struct fact served = fact_workload_served(release, workload);

	return runs_on(workload) && !workload->governor &&
	       served.state == FACT_KNOWN && served.boolean;
}

static bool is_long_running(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	return runs_on(workload);
}

const struct workload *main_workload(const struct release *release)
{
	const struct workload *found;

	if (release->rollouts.n)
		return release->rollouts.items[0];
	found = first_workload(release, is_served);
	return found ? found : first_workload(release, is_long_running);
}

struct fact fact_release_main(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_entity(release->main);
}

#define RELEASE_LIST(field, list_member)                                \
	struct fact fact_release_##field(                               \
	    const struct release *whole, const struct release *release) \
	{                                                               \
		(void)whole;                                            \
		return fact_list(&release->list_member);                \
	}

RELEASE_LIST(manifests, lists[ENTITY_manifest])
RELEASE_LIST(workloads, lists[ENTITY_workload])
RELEASE_LIST(rollouts, rollouts)
RELEASE_LIST(warmups, lists[ENTITY_warmup])
RELEASE_LIST(services, lists[ENTITY_service])
RELEASE_LIST(autoscalers, lists[ENTITY_autoscaler])
RELEASE_LIST(vpas, lists[ENTITY_vpa])
RELEASE_LIST(pdbs, lists[ENTITY_pdb])
RELEASE_LIST(networkpolicies, lists[ENTITY_networkpolicy])

struct fact fact_release_has_limit_range(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_bool(release->has_limit_range);
}

struct fact fact_release_has_makers(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_bool(release->has_makers);
}

struct fact fact_release_may_evict(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_bool(release->may_evict);
}

struct fact fact_release_has_kustomization(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_bool(release->has_kustomization);
}

size_t release_undescribed_count(const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		n += !is_described(list->items[i]);
	return n;
}

const struct limit_row limit_rows[] = {
#define LIMIT(name, setting, most, meaning) {setting, meaning},
#include "fact/limits.def"
#undef LIMIT
};

static const int64_t own_limits[] = {
#define LIMIT(name, setting, most, meaning) most,
#include "fact/limits.def"
#undef LIMIT
};

int64_t settings_limit(const struct settings *settings, enum limit limit)
{
	int64_t most = settings ? settings->limits[limit] : 0;

	return most ? most : own_limits[limit];
}

int64_t limit_most(const struct release *release, enum limit limit)
{
	return settings_limit(release->settings, limit);
}

void limit_reached(
    struct release *release, enum limit limit, const struct manifest *manifest)
{
	if (!release->limited[limit])
		release->limited[limit] = manifest;
}
