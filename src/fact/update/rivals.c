/* Controllers that claim the same pods: of two the later one in the stream has
 * the earlier one as its rival. */
#include "fact/update/update.h"

#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/index.h"
#include "fact/namespace.h"
#include "fact/selector.h"

#include <stdlib.h>
#include <string.h>

/* Rivals that are kept of one controller: many share pods only by mistake, and
 * each would be the rival of all. */
#define MOST_RIVALS 8

/* The rivals of one workload, ascending. */
struct rivals {
	uint32_t items[MOST_RIVALS];
	size_t n;
};

struct rivalry {
	struct release *release;
	const struct index *index;
	struct rivals *rivals; /* of each workload */
};

static struct workload *workload_at(
    const struct release *release, size_t number)
{
	/* Made by collect and const for everybody but relate. */
	return (struct workload *)(uintptr_t)release->lists[ENTITY_workload]
	    .items[number];
}

/* Two controllers that are meant to share pods: a Rollout and the Deployment
 * whose template it takes. */
static bool are_partners(const struct workload *a, const struct workload *b)
{
	return a->governor == b || b->governor == a;
}

/* Scaled to nothing on purpose, as when a Rollout takes over from it. */
static bool runs_nothing(const struct workload *workload)
{
	return workload->replicas.state == FACT_KNOWN &&
	       !workload->replicas.integer && !workload->autoscalers.sure.n;
}

/* Nor does the same object claim them twice when it is rendered twice. */
static bool claims_pods(const struct workload *workload)
{
	return workload->kind->is_controller && !runs_nothing(workload) &&
	       !workload->manifest->earlier;
}

/* A pair is found from either side, or from both: it is kept once. */
static void add_rival(struct rivals *rivals, uint32_t number)
{
	size_t at = rivals->n;

	for (size_t i = 0; i < rivals->n; i++) {
		if (rivals->items[i] == number)
			return;
	}
	if (rivals->n == MOST_RIVALS)
		return;
	for (; at && rivals->items[at - 1] > number; at--)
		rivals->items[at] = rivals->items[at - 1];
	rivals->items[at] = number;
	rivals->n++;
}

/* Claims of one controller on the pods of others in its namespace. */
static void find_rivals(
    struct rivalry *rivalry, const struct workload *workload)
{
	const struct selector *selector = &workload->pod_selector;
	struct numbers numbers = {0};

	if (claims_pods(workload) && selector->given && selector->n)
		numbers = index_candidates(rivalry->index,
		    manifest_namespace(rivalry->release, workload->manifest),
		    selector);
	for (size_t i = 0; i < numbers.n; i++) {
		uint32_t number = numbers.items[i];
		bool is_later = number > workload->number;
		struct rivals *rivals =
		    &rivalry->rivals[is_later ? number : workload->number];
		const struct workload *other;

		if (number == workload->number || rivals->n == MOST_RIVALS)
			continue;
		other = workload_at(rivalry->release, number);
		if (claims_pods(other) && !are_partners(workload, other) &&
		    !are_apart(rivalry->release, workload->manifest,
			other->manifest) &&
		    selector_matches(selector, &other->template_owner->labels))
			add_rival(rivals, is_later ? workload->number : number);
	}
}

static struct entity_list list_rivals(
    struct release *release, const struct rivals *rivals)
{
	const void **items =
	    arena_array(&release->arena, rivals->n, sizeof(*items));

	for (size_t i = 0; i < rivals->n; i++)
		items[i] = workload_at(release, rivals->items[i]);
	return (struct entity_list){rivals->n, items};
}

void relate_rivals(struct release *release, const struct index *index)
{
	size_t n = release->lists[ENTITY_workload].n;
	struct rivalry rivalry = {
	    .release = release,
	    .index = index,
	    .rivals = xcalloc(n, sizeof(*rivalry.rivals)),
	};

	for (size_t i = 0; i < n; i++)
		find_rivals(&rivalry, workload_at(release, i));
	for (size_t i = 0; i < n; i++)
		workload_at(release, i)->rivals =
		    list_rivals(release, &rivalry.rivals[i]);
	free(rivalry.rivals);
}

SIMPLE(workload, rivals, fact_list(&workload->rivals))
