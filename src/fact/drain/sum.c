/* The drain budget: grace period less what preStop and the application take,
 * one computation whose parts are facts with their own places. */
#include "fact/drain/drain.h"

#include "fact/computed.h"
#include "fact/number.h"
#include "fact/service/service.h"
#include "fact/settings.h"

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

struct fact fact_drain_app_seconds(
    const struct release *release, const struct container *drain)
{
	(void)release;
	return drain->app_drain;
}

struct fact fact_drain_wait_seconds(
    const struct release *release, const struct container *drain)
{
	(void)release;
	return fact_int(drain->drain_wait);
}

/* When the process gets its SIGTERM: the preStops of a pod run at once, but a
 * sidecar then waits for its turn. */
static int64_t term_seconds(const struct container *drain)
{
	const struct fact *prestop = &drain->prestop_seconds;

	if (prestop->state != FACT_KNOWN ||
	    prestop->integer < drain->drain_wait)
		return drain->drain_wait;
	return prestop->integer;
}

int64_t drain_end(const struct container *drain)
{
	return saturated_sum(term_seconds(drain), drain->app_drain.integer);
}

struct fact fact_drain_needed_seconds(
    const struct release *release, const struct container *drain)
{
	return fact_int(
	    saturated_sum(drain_end(drain), release->settings->drain_margin));
}

static int64_t grace_needed(
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
	return saturated_sum(most, delay);
}

void relate_grace(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];

		workload->grace_needed = grace_needed(release, workload);
	}
}

SIMPLE(workload, grace_needed, fact_int(workload->grace_needed))

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
	struct fact grace = drain->workload->grace_seconds;
	int64_t left;

	(void)release;
	if (drain->prestop_seconds.state == FACT_UNKNOWN ||
	    grace.state == FACT_UNKNOWN ||
	    __builtin_sub_overflow(grace.integer, drain_end(drain), &left))
		return fact_unknown();
	return fact_int(left);
}

SIMPLE(container, drain, fact_entity(container))
SIMPLE(drain, app_by_flag, fact_bool(drain->drain_word == DRAIN_FLAG))

/* Who answers requests and drains does so itself. */
SIMPLE(drain, app_may_be_of_others,
    fact_bool(drain->drain_word == DRAIN_GRACE ||
	      (drain->drain_word == DRAIN_DRAIN &&
		  drain->audience != AUDIENCE_CLIENTS)))
