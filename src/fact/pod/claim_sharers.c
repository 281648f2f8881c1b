/* Claims that one node at a time may use, and the workloads that share one:
 * they only run where the scheduler puts all their pods on one node. */
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/kind.h"

/* Whether its pods need the claim beside those of others, wherever they are.
 */
static bool needs_node(const struct workload *workload)
{
	return workload->template_owner == workload && !workload->stays_close &&
	       !is_test_hook(workload->manifest) &&
	       !is_scaled_to_zero(workload);
}

/* The claim of a use when it is surely for one node; or NULL. */
static struct claim *one_node_claim(const struct release *release,
    const struct workload *owner, const struct claim_use *use)
{
	const struct claim *claim = find_claim(release, owner, use->name);

	return claim && *claim->access ? (struct claim *)(uintptr_t)claim
				       : NULL;
}

static void note_user(
    const struct release *release, const struct workload *workload)
{
	for (size_t i = 0; i < workload->nclaims; i++) {
		struct claim *claim =
		    one_node_claim(release, workload, &workload->claims[i]);

		if (claim && workload->kind->is_job && !claim->job)
			claim->job = workload;
		if (claim && !workload->kind->is_job && !claim->user)
			claim->user = workload;
	}
}

void relate_claim_sharers(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		if (needs_node(list->items[i]))
			note_user(release, list->items[i]);
	}
}

/* Who else has the claim; of two workloads the later one in the stream shares
 * it with the earlier. */
static const struct workload *sharer_of(
    const struct claim *claim, const struct workload *workload)
{
	const struct workload *user = claim->user;

	if (user && user != workload->template_owner &&
	    user != workload->rollout->twin)
		return user;
	return claim->job;
}

static const struct claim_use *shared_use(const struct release *release,
    const struct workload *workload, const struct workload **ret_sharer)
{
	const struct workload *owner = workload->template_owner;

	*ret_sharer = NULL;
	if (workload->kind->is_job || !needs_node(owner))
		return NULL;
	for (size_t i = 0; i < owner->nclaims; i++) {
		const struct claim *claim =
		    one_node_claim(release, owner, &owner->claims[i]);

		if (claim)
			*ret_sharer = sharer_of(claim, workload);
		if (*ret_sharer)
			return &owner->claims[i];
	}
	return NULL;
}

struct fact fact_workload_shared_claim(
    const struct release *release, const struct workload *workload)
{
	const struct workload *sharer;
	const struct claim_use *use = shared_use(release, workload, &sharer);

	if (!use)
		return (struct fact){.state = FACT_ABSENT};
	return fact_at(fact_text(use->name), workload->template_owner->manifest,
	    use->line, use->col, use->width);
}

struct fact fact_workload_claim_sharer(
    const struct release *release, const struct workload *workload)
{
	const struct workload *sharer;

	shared_use(release, workload, &sharer);
	return fact_entity(sharer);
}

SIMPLE(workload, stays_close, fact_bool(workload->template_owner->stays_close))
