/* How long an update may take: batches of pods that start as slowly as their
 * probes allow, and the pauses between them. */
#include "fact/update/update.h"

#include "fact/computed.h"
#include "fact/number.h"
#include "fact/pod/pod.h"
#include "fact/rollout/rollout.h"
#include "fact/update/canary.h"
#include "fact/update/size.h"

#include <string.h>

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

/* The slowest container.  How long init containers take that end is unknown:
 * they add nothing. */
static bool start_seconds(const struct release *release,
    const struct workload *owner, int64_t *ret_seconds)
{
	*ret_seconds = 0;
	for (size_t i = 0; i < owner->ncontainers; i++) {
		const struct container *container = &owner->containers[i];
		struct fact start =
		    fact_container_start_seconds(release, container);
		int64_t seconds = 0;

		if (!take(&seconds, &container->starts_after_seconds) ||
		    !take(&seconds, &start))
			return false;
		if (seconds > *ret_seconds)
			*ret_seconds = seconds;
	}
	return true;
}

static bool batch_seconds(const struct release *release,
    const struct workload *update, int64_t *ret_seconds)
{
	const struct workload *owner = update->template_owner;

	return owner->has_template &&
	       start_seconds(release, owner, ret_seconds) &&
	       take(ret_seconds, &update->min_ready_seconds) &&
	       (update->plan->way != UPDATE_AT_ONCE ||
		   take(ret_seconds, &owner->grace_seconds));
}

static int64_t divide_up(int64_t pods, int64_t batch)
{
	return pods / batch + (pods % batch > 0);
}

static int64_t rolling_batches(const struct update_size *size)
{
	int64_t batch = size->surge + size->unavailable;

	if (size->surge == PODS_UNKNOWN || size->unavailable == PODS_UNKNOWN)
		return PODS_UNKNOWN;
	return size->replicas == 0 ? 0 : divide_up(size->replicas, batch);
}

/* Those to look at first, then the rest. */
static int64_t blue_green_batches(
    const struct update_plan *plan, int64_t replicas)
{
	int64_t preview = plan->preview_pods;

	if (replicas == 0 || preview == PODS_UNKNOWN)
		return replicas > 0;
	return (preview > 0) + (preview < replicas);
}

static int64_t canary_batches(
    const struct release *release, const struct workload *update)
{
	struct canary_course course;

	return canary_course(release, update, &course) ? course.starts
							     : PODS_UNKNOWN;
}

/* Batches of pods one after the other; PODS_UNKNOWN when unknown. */
static int64_t batches_of(
    const struct release *release, const struct workload *update)
{
	const struct update_plan *plan = update->plan;
	struct update_size size = update_size(release, update);

	if (size.replicas == PODS_UNKNOWN)
		return PODS_UNKNOWN;
	switch (plan->way) {
	case UPDATE_CANARY: return canary_batches(release, update);
	case UPDATE_BLUE_GREEN: return blue_green_batches(plan, size.replicas);
	case UPDATE_ORDERED:
	case UPDATE_AT_ONCE: return size.replicas > 0;
	case UPDATE_ROLLING: return rolling_batches(&size);
	case UPDATE_BY_NODE:
	case UPDATE_BY_HAND:
	case UPDATE_NONE: break;
	}
	return PODS_UNKNOWN;
}

/* What is waited for besides pods. */
struct wait {
	int64_t seconds;
	bool is_for_good; /* until somebody promotes it */
	bool is_unknown;  /* an analysis, an experiment, a plugin decides */
};

static bool decides(const char *kind)
{
	return !strcmp(kind, "analysis") || !strcmp(kind, "experiment") ||
	       !strcmp(kind, "plugin");
}

static void add_step(struct wait *wait, const struct step *step)
{
	const struct fact *pause = &step->pause_seconds;
	const char *kind = step->kind.has_value ? step->kind.text : "";

	if (decides(kind))
		wait->is_unknown = true;
	if (strcmp(kind, "pause") != 0)
		return;
	if (pause->state == FACT_ABSENT)
		wait->is_for_good = true;
	else if (!take(&wait->seconds, pause))
		wait->is_unknown = true;
}

static struct wait waits_of(const struct workload *update)
{
	const struct update_plan *plan = update->plan;
	struct wait wait = {
	    plan->pause_seconds, plan->pauses_for_good, plan->is_gated};

	if (plan->way != UPDATE_CANARY)
		return wait;
	for (size_t i = 0; i < update->rollout->steps.n; i++)
		add_step(&wait, update->rollout->steps.items[i]);
	return wait;
}

/* Pod by pod at worst.  Where maxUnavailable is heeded so many end together,
 * and start together, too, unless they are created one after the other. */
static struct fact ordered_seconds(const struct release *release,
    const struct workload *update, int64_t ready_seconds)
{
	struct update_size size = update_size(release, update);
	int64_t grace = 0, pods, ends, starts;

	if (size.replicas == PODS_UNKNOWN || size.unavailable == PODS_UNKNOWN ||
	    !take(&grace, &update->template_owner->grace_seconds))
		return fact_unknown();
	pods = ends = starts = pods_to_update(update, size.replicas);
	if (pods && heeds_unavailable(release) == TRI_YES) {
		ends = divide_up(pods, size.unavailable);
		starts = update->plan->is_parallel ? ends : pods;
	}
	return fact_int(saturated_sum(
	    product(ends, grace), product(starts, ready_seconds)));
}

struct fact fact_update_worst_seconds(
    const struct release *release, const struct workload *update)
{
	struct wait wait = waits_of(update);
	int64_t batches = batches_of(release, update);
	int64_t seconds;

	if (wait.is_for_good)
		return (struct fact){.state = FACT_ABSENT};
	if (update->plan->way == UPDATE_ORDERED)
		return batch_seconds(release, update, &seconds)
			   ? ordered_seconds(release, update, seconds)
			   : fact_unknown();
	if (wait.is_unknown || batches == PODS_UNKNOWN ||
	    !batch_seconds(release, update, &seconds))
		return fact_unknown();
	return fact_int(saturated_sum(product(batches, seconds), wait.seconds));
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

	(void)release;
	if (!controller->kind->has_deadline)
		return (struct fact){.state = FACT_ABSENT};
	return is_count(deadline) ? fact_int(deadline->integer)
				  : fact_unknown();
}
