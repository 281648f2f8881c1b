/*
 * The arithmetic of disruption budgets: how many pods one lets be evicted, as
 * the disruption controller works it out when the fewest pods run and all are
 * healthy; and whether two budgets meet on one pod.
 */
#include "fact/update/update.h"

#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/update/size.h"

#include <string.h>

#define UNKNOWN PODS_UNKNOWN

static bool is_bare_pod(const struct workload *workload)
{
	return !strcmp(workload->manifest->kind, "Pod") &&
	       !*workload->manifest->group;
}

/* Not the Deployment whose pods a Rollout runs, nor pods that nobody keeps
 * up. */
static bool is_counted(const struct workload *workload)
{
	return !workload->governor && !is_bare_pod(workload) &&
	       !is_test_hook(workload->manifest);
}

static int64_t count_pods(
    const struct release *release, const struct entity_list *list)
{
	int64_t sum = 0;

	for (size_t i = 0; i < list->n; i++) {
		int64_t replicas;

		if (!is_counted(list->items[i]))
			continue;
		replicas = least_replicas(release, list->items[i]);
		if (replicas == UNKNOWN)
			return UNKNOWN;
		sum += replicas;
	}
	return sum;
}

static int64_t expected_pods(
    const struct release *release, const struct pdb *pdb)
{
	(void)release;
	return pdb->workloads.possible ? UNKNOWN : pdb->expected;
}

/* The API takes one amount; without any the controller expects no pod and
 * allows nothing. */
static const struct amount *amount_of(const struct pdb *pdb, bool *ret_is_most)
{
	*ret_is_most = pdb->most.form != AMOUNT_NONE;
	if (*ret_is_most && pdb->least.form != AMOUNT_NONE)
		return NULL;
	return *ret_is_most ? &pdb->most : &pdb->least;
}

static int64_t desired_healthy(const struct pdb *pdb, int64_t expected)
{
	bool is_most;
	const struct amount *amount = amount_of(pdb, &is_most);
	int64_t pods = amount ? pods_of(amount, expected, true) : UNKNOWN;

	if (pods == UNKNOWN || !is_most)
		return pods;
	if (expected == UNKNOWN)
		return UNKNOWN;
	return pods < expected ? expected - pods : 0;
}

static bool is_all(const struct amount *amount)
{
	return amount->form == AMOUNT_PERCENTAGE && amount->value == 100;
}

static bool is_none(const struct amount *amount)
{
	return (amount->form == AMOUNT_PERCENTAGE ||
		   amount->form == AMOUNT_NUMBER) &&
	       amount->value == 0;
}

static bool never_allows(const struct pdb *pdb)
{
	bool is_most;
	const struct amount *amount = amount_of(pdb, &is_most);

	return amount && (is_most ? is_none(amount) : is_all(amount));
}

struct fact fact_pdb_min_available_form(
    const struct release *release, const struct pdb *pdb)
{
	(void)release;
	return amount_form_fact(&pdb->least, &pdb->min_available);
}

struct fact fact_pdb_max_unavailable_form(
    const struct release *release, const struct pdb *pdb)
{
	(void)release;
	return amount_form_fact(&pdb->most, &pdb->max_unavailable);
}

static const struct fact *limit_of(const struct pdb *pdb)
{
	return pdb->max_unavailable.state == FACT_ABSENT
		   ? &pdb->min_available
		   : &pdb->max_unavailable;
}

struct fact fact_pdb_limit(const struct release *release, const struct pdb *pdb)
{
	(void)release;
	return *limit_of(pdb);
}

struct fact fact_pdb_limit_name(
    const struct release *release, const struct pdb *pdb)
{
	struct fact fact = *limit_of(pdb);

	(void)release;
	fact.text = limit_of(pdb) == &pdb->max_unavailable ? "maxUnavailable"
							   : "minAvailable";
	return fact;
}

struct fact fact_pdb_expected_pods(
    const struct release *release, const struct pdb *pdb)
{
	return pods_or_unknown(expected_pods(release, pdb));
}

/* The amount that was written, which is what one would change. */
static struct fact placed_at_amount(struct fact fact, const struct pdb *pdb)
{
	return placed_as(fact, pdb->most.form != AMOUNT_NONE
				   ? &pdb->max_unavailable
				   : &pdb->min_available);
}

struct fact fact_pdb_desired_healthy(
    const struct release *release, const struct pdb *pdb)
{
	int64_t expected = expected_pods(release, pdb);

	return placed_at_amount(
	    pods_or_unknown(desired_healthy(pdb, expected)), pdb);
}

struct fact fact_pdb_allowed_disruptions(
    const struct release *release, const struct pdb *pdb)
{
	int64_t expected = expected_pods(release, pdb);
	int64_t desired = desired_healthy(pdb, expected);
	int64_t allowed = UNKNOWN;

	if (never_allows(pdb))
		allowed = 0;
	else if (expected != UNKNOWN && desired != UNKNOWN)
		allowed = expected > desired ? expected - desired : 0;
	return placed_at_amount(pods_or_unknown(allowed), pdb);
}

struct fact fact_pdb_never_allows(
    const struct release *release, const struct pdb *pdb)
{
	(void)release;
	return fact_bool(never_allows(pdb));
}

struct fact fact_pdb_never_refuses(
    const struct release *release, const struct pdb *pdb)
{
	bool is_most;
	const struct amount *amount = amount_of(pdb, &is_most);

	(void)release;
	return fact_bool(
	    amount && (is_most ? is_all(amount) : is_none(amount)));
}

/* Kinds without the scale subresource, of the API itself: what an operator's
 * kind has is unknown here. */
static bool has_no_scale(const struct workload *workload)
{
	return workload->kind->is_job ||
	       (!strcmp(workload->manifest->kind, "DaemonSet") &&
		   !strcmp(workload->manifest->group, "apps"));
}

/* A number of pods to keep is held against those that are there. */
static bool needs_scale(const struct pdb *pdb)
{
	bool is_most;
	const struct amount *amount = amount_of(pdb, &is_most);

	return amount && (amount->form == AMOUNT_PERCENTAGE ||
			     (is_most && amount->form == AMOUNT_NUMBER));
}

static const struct workload *first_unscaled(const struct entity_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		if (has_no_scale(workload) && is_counted(workload))
			return workload;
	}
	return NULL;
}

/* Budgets of one selector share their list: it is gone through once for all of
 * them, however many there are. */
void relate_budgets(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_pdb];
	struct map counted = {0};

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct pdb *pdb = (struct pdb *)(uintptr_t)list->items[i];
		const struct entity_list *pods = &pdb->workloads.sure;
		struct slice key = {
		    (const char *)&pods->items, sizeof(pods->items)};
		const struct pdb *same = map_find(&counted, key);

		/* Empty lists may lie anywhere. */
		if (same && same->workloads.sure.n != pods->n)
			same = NULL;
		pdb->expected =
		    same ? same->expected : count_pods(release, pods);
		pdb->unscaled = same ? same->unscaled : first_unscaled(pods);
		if (!same)
			*map_slot(&counted, key) = pdb;
	}
	map_release(&counted);
}

struct fact fact_pdb_uncounted(
    const struct release *release, const struct pdb *pdb)
{
	(void)release;
	return fact_entity(needs_scale(pdb) ? pdb->unscaled : NULL);
}

/* Pods that end by themselves are seldom evicted; those of a Deployment under
 * a Rollout are the Rollout's. */
static const struct workload *contested(const struct pdb *pdb)
{
	const struct entity_list *list = &pdb->workloads.sure;

	/* The same object rendered twice is one budget. */
	if (pdb->manifest->seldom->earlier)
		return NULL;
	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		if (is_counted(workload) && !workload->kind->is_job &&
		    workload->pdbs.sure.items[0] != pdb)
			return workload;
	}
	return NULL;
}

struct fact fact_pdb_contested(
    const struct release *release, const struct pdb *pdb)
{
	(void)release;
	return fact_entity(contested(pdb));
}

struct fact fact_pdb_rival(const struct release *release, const struct pdb *pdb)
{
	const struct workload *workload = contested(pdb);

	(void)release;
	return fact_entity(workload ? workload->pdbs.sure.items[0] : NULL);
}

SIMPLE(pdb, manifest, fact_entity(pdb->manifest))
SIMPLE(pdb, name, fact_of_name(pdb->manifest))
SIMPLE(pdb, workloads, fact_linked(&pdb->workloads))
SIMPLE(pdb, selector_valid, fact_bool(!pdb->pod_selector.invalid))
SIMPLE(workload, pdbs, fact_linked(&workload->pdbs))
