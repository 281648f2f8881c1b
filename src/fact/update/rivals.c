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
	uint32_t *open; /* of each workload: itself while it takes rivals, else
			   a later one up to which none does */
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
	       !workload->manifest->seldom->earlier;
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

/* The first workload from number on that takes rivals; the number of workloads
 * when there is none.  Ways are halved as they are gone. */
static uint32_t open_from(struct rivalry *rivalry, uint32_t number)
{
	uint32_t *open = rivalry->open;

	while (open[number] != number) {
		open[number] = open[open[number]];
		number = open[number];
	}
	return number;
}

/* The index of the first of these that is at least number. */
static size_t index_from(const struct numbers *numbers, uint32_t number)
{
	size_t first = 0, end = numbers->n;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (numbers->items[middle] < number)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

static void claim(struct rivalry *rivalry, const struct workload *workload,
    const struct workload *other)
{
	uint32_t earlier = workload->number, later = other->number;
	struct rivals *rivals;

	if (earlier > later) {
		earlier = other->number;
		later = workload->number;
	}
	rivals = &rivalry->rivals[later];
	if (!claims_pods(other) || are_partners(workload, other) ||
	    are_apart(rivalry->release, workload->manifest, other->manifest) ||
	    !selector_matches(
		&workload->pod_selector, &other->template_owner->labels))
		return;
	add_rival(rivals, earlier);
	if (rivals->n == MOST_RIVALS)
		rivalry->open[later] = later + 1;
}

/* Claims of one controller on the pods of others in its namespace.  Those that
 * take no more rivals are passed over, so that all controllers of one label
 * cost little more than each. */
static void find_rivals(
    struct rivalry *rivalry, const struct workload *workload)
{
	const struct selector *selector = &workload->pod_selector;
	uint32_t own = workload->number;
	struct numbers numbers = {0};

	if (claims_pods(workload) && selector->given && selector->n)
		numbers = index_candidates(rivalry->index,
		    manifest_namespace(rivalry->release, workload->manifest),
		    selector);
	for (size_t i = 0; i < numbers.n && numbers.items[i] < own; i++) {
		if (rivalry->open[own] != own)
			break;
		claim(rivalry, workload,
		    workload_at(rivalry->release, numbers.items[i]));
	}
	for (size_t i = index_from(&numbers, open_from(rivalry, own + 1));
	     i < numbers.n;
	     i = index_from(
		 &numbers, open_from(rivalry, numbers.items[i] + 1)))
		claim(rivalry, workload,
		    workload_at(rivalry->release, numbers.items[i]));
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
	    .open = xcalloc(n + 1, sizeof(*rivalry.open)),
	};

	for (size_t i = 0; i <= n; i++)
		rivalry.open[i] = (uint32_t)i;
	for (size_t i = 0; i < n; i++)
		find_rivals(&rivalry, workload_at(release, i));
	for (size_t i = 0; i < n; i++)
		workload_at(release, i)->rivals =
		    list_rivals(release, &rivalry.rivals[i]);
	free(rivalry.rivals);
	free(rivalry.open);
}

SIMPLE(workload, rivals, fact_list(&workload->rivals))
