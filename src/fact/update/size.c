/*
 * The size of an update: how many pods a controller adds and misses.
 *
 * Each controller rounds in its own way; what the autoscaler or a node count
 * decides is unknown.
 */
#include "fact/update/update.h"

#include "fact/computed.h"
#include "fact/settings.h"
#include "fact/update/size.h"

#define UNKNOWN PODS_UNKNOWN

int64_t least_replicas(
    const struct release *release, const struct workload *update)
{
	struct fact fact = fact_workload_effective_replicas(release, update);

	if (fact.state == FACT_UNKNOWN || fact.integer < 0 ||
	    fact.integer > INT32_MAX)
		return UNKNOWN;
	return fact.integer;
}

/* An amount is below 2^31, and nobody writes 2^32 workloads of a hundred pods
 * each. */
int64_t pods_of(const struct amount *amount, int64_t replicas, bool rounds_up)
{
	if (amount->form != AMOUNT_NUMBER && amount->form != AMOUNT_PERCENTAGE)
		return UNKNOWN;
	if (amount->form == AMOUNT_NUMBER || amount->value == 0)
		return amount->value;
	if (replicas == UNKNOWN)
		return UNKNOWN;
	return (amount->value * replicas + (rounds_up ? 99 : 0)) / 100;
}

static int64_t at_most(int64_t pods, int64_t replicas)
{
	return replicas != UNKNOWN && pods > replicas ? replicas : pods;
}

/* Deployment and canary: of two zeros the second becomes one, so neither is
 * known without the other. */
static void size_rolling(
    const struct update_plan *plan, struct update_size *size)
{
	int64_t surge = pods_of(&plan->surge, size->replicas, true);
	int64_t unavailable =
	    pods_of(&plan->unavailable, size->replicas, false);

	if (surge == UNKNOWN || unavailable == UNKNOWN)
		return;
	if (!surge && !unavailable)
		unavailable = 1;
	size->unavailable = at_most(unavailable, size->replicas);
	size->surge = surge;
}

enum tri heeds_unavailable(const struct release *release)
{
	const struct settings *settings = release->settings;
	unsigned least = settings ? settings->kube_least : 0;
	unsigned most = settings ? settings->kube_most : 0;

	if (most && least >= 37)
		return TRI_YES;
	return least == 36 && most == 36 ? TRI_NO : TRI_UNKNOWN;
}

/* The most that may be missing; in some versions it is one. */
static void size_ordered(const struct release *release,
    const struct update_plan *plan, struct update_size *size)
{
	int64_t unavailable =
	    pods_of(&plan->unavailable, size->replicas, false);

	size->surge = 0;
	if (unavailable > 1 && heeds_unavailable(release) == TRI_NO)
		unavailable = 1;
	if (unavailable != UNKNOWN)
		size->unavailable =
		    at_most(unavailable ? unavailable : 1, size->replicas);
}

struct update_size update_size(
    const struct release *release, const struct workload *update)
{
	const struct update_plan *plan = update->plan;
	struct update_size size = {
	    least_replicas(release, update), UNKNOWN, UNKNOWN};

	switch (plan->way) {
	case UPDATE_NONE:
	case UPDATE_BY_HAND: break;
	case UPDATE_AT_ONCE:
		size.surge = 0;
		size.unavailable = size.replicas;
		break;
	case UPDATE_CANARY:
	case UPDATE_ROLLING: size_rolling(plan, &size); break;
	case UPDATE_ORDERED: size_ordered(release, plan, &size); break;
	case UPDATE_BY_NODE:
		size.surge = pods_of(&plan->surge, UNKNOWN, true);
		size.unavailable = pods_of(&plan->unavailable, UNKNOWN, true);
		break;
	case UPDATE_BLUE_GREEN:
		size.surge = size.replicas;
		size.unavailable =
		    at_most(pods_of(&plan->unavailable, size.replicas, false),
			size.replicas);
		break;
	}
	return size;
}

struct fact pods_or_unknown(int64_t pods)
{
	return pods == UNKNOWN ? fact_unknown() : fact_int(pods);
}

struct fact placed_as(struct fact fact, const struct fact *other)
{
	fact.line = other->line;
	fact.col = other->col;
	fact.width = other->width;
	return fact;
}

struct fact fact_update_workload(
    const struct release *release, const struct workload *update)
{
	(void)release;
	return fact_entity(update);
}

struct fact fact_update_replicas(
    const struct release *release, const struct workload *update)
{
	return fact_workload_effective_replicas(release, update);
}

struct fact fact_update_surge(
    const struct release *release, const struct workload *update)
{
	return placed_as(pods_or_unknown(update_size(release, update).surge),
	    &update->max_surge);
}

struct fact fact_update_unavailable(
    const struct release *release, const struct workload *update)
{
	return placed_as(
	    pods_or_unknown(update_size(release, update).unavailable),
	    &update->max_unavailable);
}

struct fact amount_form_fact(
    const struct amount *amount, const struct fact *written)
{
	static const char *const names[] = {
	    [AMOUNT_NUMBER] = "number",
	    [AMOUNT_PERCENTAGE] = "percentage",
	    [AMOUNT_INVALID] = "invalid",
	};

	if (amount->form == AMOUNT_NONE)
		return (struct fact){.state = FACT_ABSENT};
	return placed_as(fact_text(names[amount->form]), written);
}

struct fact fact_update_surge_form(
    const struct release *release, const struct workload *update)
{
	(void)release;
	return amount_form_fact(&update->plan->surge, &update->max_surge);
}

struct fact fact_update_unavailable_form(
    const struct release *release, const struct workload *update)
{
	(void)release;
	return amount_form_fact(
	    &update->plan->unavailable, &update->max_unavailable);
}

int64_t pods_to_update(const struct workload *update, int64_t replicas)
{
	const struct fact *partition = &update->partition;

	if (update->plan->way != UPDATE_ORDERED ||
	    partition->state == FACT_UNKNOWN || partition->integer <= 0)
		return replicas;
	return partition->integer < replicas ? replicas - partition->integer
					     : 0;
}
