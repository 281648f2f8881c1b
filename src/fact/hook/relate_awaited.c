/* Jobs that init containers wait for by name, though they are hooks that run
 * when the release is ready: neither ever ends. */
#include "fact/hook/hook.h"

#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/namespace.h"

#include <string.h>

/* Whether a Job is made after what is applied with the release. */
static bool comes_after(
    const struct release *release, const struct manifest *manifest)
{
	for (int i = 0; i < OCCASION_MAX; i++) {
		if (manifest_phase(release, manifest, (enum occasion)i) ==
		    PHASE_AFTER)
			return true;
	}
	return false;
}

static void add_later(struct map *by_name, const struct release *release,
    const struct manifest *manifest)
{
	if (!strcmp(manifest->kind, "Job") && manifest->schedule &&
	    comes_after(release, manifest))
		*map_slot(by_name, slice_of(manifest->name)) =
		    (void *)(uintptr_t)manifest;
}

/* The first of the hooks that are surely in its namespace. */
static const struct manifest *find_awaited(const struct release *release,
    const struct map *by_name, const struct workload *workload)
{
	for (size_t i = 0; i < workload->nwaits; i++) {
		const struct manifest *job =
		    map_find(by_name, slice_of(workload->waits[i]));

		if (job && namespaces_equal(release, job, workload->manifest) ==
			       TRI_YES)
			return job;
	}
	return NULL;
}

void relate_awaited(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct map by_name = {0};

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		add_later(&by_name, release, workload->manifest);
	}
	for (size_t i = 0; i < list->n && by_name.n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];

		if (runs_on(workload) &&
		    !comes_after(release, workload->manifest))
			workload->awaited_hook =
			    find_awaited(release, &by_name, workload);
	}
	map_release(&by_name);
}

SIMPLE(workload, awaited_hook, fact_entity(workload->awaited_hook))
