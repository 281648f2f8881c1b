/* Jobs that init containers wait for by name, though they are hooks that run
 * when the release is ready, so that neither ever ends; or though they are
 * deleted when they are done, so that pods which start later wait for nothing.
 */
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

/* Such Jobs by their names; those that make tables by their images; and those
 * that are deleted when they are done. */
struct later {
	struct map by_name, by_image, ending;
};

static bool makes_schema(const struct manifest *manifest)
{
	static const char *const words[] = {"migrat", "schema", "db", "setup"};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (strstr(manifest->name, words[i]))
			return true;
	}
	return false;
}

/* Whether the end of a Job is followed by its own: by its time to live, or as
 * its hook says. */
static bool ends_itself(const struct workload *job)
{
	const struct manifest_seldom *seldom = job->manifest->seldom;

	return rare_find(job->rare, FIELD_workload_ttl_seconds).has_value ||
	       (seldom->helm_hook.given && !seldom->helm_hook.is_skipped &&
		   seldom->helm_hook.removals & REMOVED_ON_SUCCESS);
}

static void add_later(struct later *later, const struct release *release,
    const struct workload *job)
{
	void *manifest = (void *)(uintptr_t)job->manifest;

	if (strcmp(job->manifest->kind, "Job") != 0)
		return;
	if (ends_itself(job))
		*map_slot(&later->ending, slice_of(job->manifest->name)) =
		    manifest;
	if (!job->manifest->seldom->schedule ||
	    !comes_after(release, job->manifest))
		return;
	*map_slot(&later->by_name, slice_of(job->manifest->name)) = manifest;
	for (size_t i = 0; i < job->ncontainers; i++) {
		struct fact image = job->containers[i].image;

		if (makes_schema(job->manifest) && image.has_value)
			*map_slot(&later->by_image, slice_of(image.text)) =
			    manifest;
	}
}

/* The hook that makes the tables a workload waits for, as their image says. */
static const struct manifest *find_schema_hook(const struct release *release,
    const struct map *by_image, const struct workload *workload)
{
	const struct manifest *job;

	if (!workload->seldom->schema_image)
		return NULL;
	job = map_find(by_image, slice_of(workload->seldom->schema_image));
	return job && namespaces_equal(release, job, workload->manifest) ==
			   TRI_YES
		   ? job
		   : NULL;
}

/* The first of the hooks that are surely in its namespace. */
static const struct manifest *find_awaited(const struct release *release,
    const struct map *by_name, const struct workload *workload)
{
	for (size_t i = 0; i < workload->seldom->nwaits; i++) {
		const struct manifest *job =
		    map_find(by_name, slice_of(workload->seldom->waits[i]));

		if (job && namespaces_equal(release, job, workload->manifest) ==
			       TRI_YES)
			return job;
	}
	return NULL;
}

static void keep_awaited(struct release *release, const struct later *later,
    struct workload *workload)
{
	const struct manifest *awaited =
	    workload->seldom->goes_on
		? NULL
		: find_awaited(release, &later->by_name, workload);
	const struct manifest *schema =
	    find_schema_hook(release, &later->by_image, workload);
	const struct manifest *ended =
	    awaited || workload->seldom->forgives
		? NULL
		: find_awaited(release, &later->ending, workload);
	struct workload_seldom *seldom;

	if (!awaited && !schema && !ended)
		return;
	seldom = workload_seldom(&release->arena, workload);
	seldom->ended_job = ended;
	seldom->awaited_hook = awaited;
	seldom->schema_hook = schema;
}

void relate_awaited(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct later later = {0};

	for (size_t i = 0; i < list->n; i++)
		add_later(&later, release, list->items[i]);
	for (size_t i = 0; i < list->n && (later.by_name.n || later.ending.n);
	     i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];

		if (!runs_on(workload) ||
		    comes_after(release, workload->manifest))
			continue;
		keep_awaited(release, &later, workload);
	}
	map_release(&later.by_name);
	map_release(&later.by_image);
	map_release(&later.ending);
}

SIMPLE(workload, awaited_hook, fact_entity(workload->seldom->awaited_hook))
SIMPLE(workload, ended_job, fact_entity(workload->seldom->ended_job))
SIMPLE(workload, schema_hook, fact_entity(workload->seldom->schema_hook))
