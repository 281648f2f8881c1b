/* How long an update may take: batches of pods that start as slowly as their
 * probes allow, and the pauses between them. */
#include "fact/update/update.h"

#include "fact/computed.h"
#include "fact/number.h"
#include "fact/pod/pod.h"
#include "fact/update/size.h"

/* Past int64 is the most there is. */
static int64_t product(int64_t a, int64_t b)
{
	int64_t result;

	return __builtin_mul_overflow(a, b, &result) ? INT64_MAX : result;
}

/* Adds a fact to a time that no negative number shortens; false when it is
 * unknown. */
static bool take(int64_t *seconds, const struct fact *fact)
{
	if (fact->state == FACT_UNKNOWN)
		return false;
	if (fact->has_value && fact->integer > 0)
		*seconds = saturated_sum(*seconds, fact->integer);
	return true;
}

/* The longest a probe may take to succeed before it has failed. */
static bool take_probe(int64_t *seconds, const struct probe *probe)
{
	int64_t period = 0, threshold = 0;

	if (!probe)
		return true;
	if (!take(&period, &probe->period_seconds) ||
	    !take(&threshold, &probe->failure_threshold) ||
	    !take(seconds, &probe->initial_delay_seconds))
		return false;
	*seconds = saturated_sum(*seconds, product(period, threshold));
	return true;
}

/* A startup probe bounds the start; without one readiness has to do.  How long
 * init containers take that end is unknown: they add nothing. */
static bool start_seconds(const struct workload *owner, int64_t *ret_seconds)
{
	*ret_seconds = 0;
	for (size_t i = 0; i < owner->ncontainers; i++) {
		const struct container *container = &owner->containers[i];
		int64_t seconds = 0;

		if (!take(&seconds, &container->starts_after_seconds) ||
		    !take_probe(&seconds, container->startup
					      ? container->startup
					      : container->readiness))
			return false;
		if (seconds > *ret_seconds)
			*ret_seconds = seconds;
	}
	return true;
}

/* Whether the next pods wait until the last ones have ended. */
static bool waits_for_end(const struct update_plan *plan)
{
	return plan->way == UPDATE_AT_ONCE || plan->way == UPDATE_ORDERED;
}

static bool batch_seconds(const struct workload *update, int64_t *ret_seconds)
{
	const struct workload *owner = update->template_owner;

	return owner->has_template && start_seconds(owner, ret_seconds) &&
	       take(ret_seconds, &update->min_ready_seconds) &&
	       (!waits_for_end(update->plan) ||
		   take(ret_seconds, &owner->grace_seconds));
}

static int64_t divide_up(int64_t pods, int64_t batch)
{
	return pods / batch + (pods % batch > 0);
}

/* Each weight of a canary is reached by batches of its own; a last one goes
 * from there to all pods. */
static int64_t canary_batches(
    const struct update_plan *plan, int64_t replicas, int64_t batch)
{
	int64_t batches = 0, before = 0;

	for (size_t i = 0; i <= plan->nweights; i++) {
		int64_t full = plan->full_weight;
		int64_t weight = i < plan->nweights ? plan->weights[i] : full;
		int64_t pods;

		weight = weight < 0 ? 0 : weight > full ? full : weight;
		pods = divide_up(replicas * weight, full);
		if (pods > before)
			batches += plan->routes_traffic
				       ? 1
				       : divide_up(pods - before, batch);
		before = pods;
	}
	return batches + (int64_t)plan->nscales;
}

/* Batches of pods one after the other; PODS_UNKNOWN when unknown. */
static int64_t batches_of(
    const struct workload *update, const struct update_size *size)
{
	const struct update_plan *plan = update->plan;
	int64_t pods, batch;

	if (size->replicas == PODS_UNKNOWN || size->surge == PODS_UNKNOWN ||
	    size->unavailable == PODS_UNKNOWN)
		return PODS_UNKNOWN;
	pods = pods_to_update(update, size->replicas);
	batch = size->surge + size->unavailable;
	if (pods == 0)
		return 0;
	if (plan->way == UPDATE_CANARY)
		return canary_batches(plan, pods, batch);
	return batch < pods ? divide_up(pods, batch) : 1;
}

struct fact fact_update_worst_seconds(
    const struct release *release, const struct workload *update)
{
	const struct update_plan *plan = update->plan;
	struct update_size size = update_size(release, update);
	int64_t batches = batches_of(update, &size);
	int64_t seconds;

	if (plan->pauses_for_good)
		return (struct fact){.state = FACT_ABSENT};
	if (plan->is_gated || batches == PODS_UNKNOWN ||
	    !batch_seconds(update, &seconds))
		return fact_unknown();
	return fact_int(
	    saturated_sum(product(batches, seconds), plan->pause_seconds));
}

/* The API refuses what is negative or over 32 bits. */
static bool is_count(const struct fact *fact)
{
	return fact->state != FACT_UNKNOWN && fact->has_value &&
	       fact->integer >= 0 && fact->integer <= INT32_MAX;
}

struct fact fact_workload_ready_within_seconds(
    const struct release *release, const struct workload *workload)
{
	const struct workload *controller = controller_of(workload);
	const struct fact *deadline = &controller->progress_deadline_seconds;
	const struct fact *min_ready = &controller->min_ready_seconds;

	(void)release;
	if (!controller->kind->has_deadline)
		return (struct fact){.state = FACT_ABSENT};
	if (!is_count(deadline) || !is_count(min_ready))
		return fact_unknown();
	return fact_int(deadline->integer - min_ready->integer);
}
