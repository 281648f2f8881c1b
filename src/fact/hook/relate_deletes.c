/* Jobs of the release that one of its hooks deletes, before an upgrade would
 * change them. */
#include "fact/hook/hook.h"

#include "fact/computed.h"
#include "fact/namespace.h"

#include <string.h>

/* Whether a hook runs between any two upgrades, or between an install and the
 * next upgrade. */
static bool comes_between(const struct manifest *manifest)
{
	const unsigned after = EVENT_POST_INSTALL | EVENT_POST_UPGRADE;
	unsigned helm = manifest->seldom->helm_hook.events;
	unsigned argo = manifest->seldom->argo_hook.events;

	if (manifest->seldom->helm_hook.is_skipped)
		helm = 0;
	return helm & EVENT_PRE_UPGRADE || (helm & after) == after ||
	       argo & (EVENT_PRE_SYNC | EVENT_POST_SYNC);
}

/* The hooks that delete something, by the words that name it. */
static void add_deletes(struct map *by_word, const struct workload *hook)
{
	if (!comes_between(hook->manifest))
		return;
	for (size_t i = 0; i < hook->seldom->ndeletes; i++) {
		void **slot =
		    map_slot(by_word, slice_of(hook->seldom->deletes[i]));

		if (!*slot)
			*slot = (void *)(uintptr_t)hook;
	}
}

static const struct workload *find_hook(const struct release *release,
    const struct map *by_word, const struct workload *job)
{
	const struct workload *hook =
	    map_find(by_word, slice_of(job->manifest->name));

	if (!hook)
		hook = map_find(by_word, slice_of(ANY_JOB));
	if (!hook ||
	    namespaces_equal(release, hook->manifest, job->manifest) == TRI_NO)
		return NULL;
	return hook;
}

void relate_deletes(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct map by_word = {0};

	for (size_t i = 0; i < list->n; i++)
		add_deletes(&by_word, list->items[i]);
	for (size_t i = 0; i < list->n && by_word.n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];
		const struct workload *hook =
		    strcmp(workload->manifest->kind, "Job")
			? NULL
			: find_hook(release, &by_word, workload);

		if (hook)
			workload_seldom(&release->arena, workload)->deleted_by =
			    hook;
	}
	map_release(&by_word);
}

SIMPLE(workload, deleted_by, fact_entity(workload->seldom->deleted_by))
