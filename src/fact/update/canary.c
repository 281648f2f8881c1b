/*
 * How a canary goes from step to step: the pods it has at each, the fewest that
 * are available on the way, and how often new ones have to start.
 *
 * argoproj/argo-rollouts, utils/replicaset/canary.go: without traffic routing
 * the pods themselves are the share, within maxSurge and maxUnavailable; with
 * it the canary gets its pods at once and old ones stay.
 */
#include "fact/update/canary.h"

#include "fact/computed.h"
#include "fact/rollout/rollout.h"
#include "fact/update/size.h"
#include "fact/update/update.h"

#include <string.h>

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t greatest(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static bool is_kind(const struct step *step, const char *kind)
{
	return step->kind.has_value && !strcmp(step->kind.text, kind);
}

/* So many canary pods of so many altogether. */
struct share {
	int64_t canary, total;
};

/* The controller compares in floating point. */
static double distance(struct share share, int64_t weight)
{
	double percent = 100.0 * (double)share.canary / (double)share.total;

	return percent < (double)weight ? (double)weight - percent
					: percent - (double)weight;
}

static void prefer_nearer(
    struct share *best, int64_t canary, int64_t total, int64_t weight)
{
	struct share share = {canary, total};

	if (!best->total || distance(share, weight) < distance(*best, weight))
		*best = share;
}

/* Up and down are as near as each other: up is taken. */
static bool is_tied(int64_t total, int64_t weight)
{
	return total * weight % 100 == 50;
}

/* Of the counts next to the weight the nearest one.  Between 1 and 99 neither
 * revision may be without a pod when there can be two; where that excludes
 * every count the canary has none. */
static struct share nearest_share(int64_t n, int64_t surge, int64_t weight)
{
	int64_t up = (n * weight + 99) / 100, down = n * weight / 100;
	bool may_be_none =
	    weight == 0 || weight == 100 || (n == 1 && surge == 0);
	bool down_counts = down > 0 || may_be_none;
	struct share best = {0, 0};

	if (up < n || may_be_none)
		prefer_nearer(&best, up, n, weight);
	if (down_counts && !is_tied(n, weight))
		prefer_nearer(&best, down, n, weight);
	if (surge > 0)
		prefer_nearer(&best, up, n + 1, weight);
	if (surge > 0 && down_counts && !is_tied(n + 1, weight))
		prefer_nearer(&best, down, n + 1, weight);
	if (!best.total)
		best.total = n;
	return best;
}

/* The pods of a weight where traffic is routed. */
static int64_t part_of(
    const struct update_plan *plan, int64_t n, int64_t weight)
{
	int64_t pods = (n * weight + plan->full_weight - 1) / plan->full_weight;

	return pods ? greatest(pods, plan->least_pods) : 0;
}

/* Where a canary stands between two steps. */
struct walk {
	const struct update_plan *plan;
	struct update_size size;
	struct canary_course course;
	int64_t canary, stable;		/* pods */
	int64_t weight;			/* set by the steps up to here */
	int64_t traffic;		/* weight that the router has */
	const struct step_scale *scale; /* that is in force, or NULL */
};

static void pass(struct walk *walk, int64_t canary, int64_t stable)
{
	walk->canary = canary;
	walk->stable = stable;
	walk->course.canary = canary;
}

/* Old pods go as far as maxUnavailable lets them before new ones are there; of
 * a canary that shrinks it is the new ones that go. */
static void pass_shared(struct walk *walk)
{
	const struct update_size *size = &walk->size;
	int64_t batch = size->surge + size->unavailable;
	struct share share =
	    nearest_share(size->replicas, size->surge, walk->weight);
	int64_t stable = share.total - share.canary;
	int64_t growth = share.canary - walk->canary;
	int64_t left = growth < 0 ? share.canary + walk->stable
				  : walk->canary + least(walk->stable, stable);

	left = greatest(left, size->replicas - size->unavailable);
	walk->course.fewest = least(walk->course.fewest, left);
	if (growth > 0) {
		walk->course.crowds |= share.total > size->replicas;
		walk->course.starts += (growth + batch - 1) / batch;
	}
	pass(walk, share.canary, stable);
}

/* Old pods shrink only with dynamicStableScale, by what neither the traffic
 * nor the step needs; when the weight falls they must come back. */
static void pass_routed(struct walk *walk)
{
	const struct update_plan *plan = walk->plan;
	const struct step_scale *scale = walk->scale;
	int64_t n = walk->size.replicas, full = plan->full_weight;
	bool by_pods = scale && scale->pods.has_value;
	int64_t weight = by_pods ? 0
			 : scale ? scale->weight.integer
				 : walk->weight;
	int64_t canary =
	    by_pods ? scale->pods.integer : part_of(plan, n, weight);
	int64_t stable = n;

	if (plan->scales_stable)
		stable = greatest(part_of(plan, n, full - weight),
		    part_of(plan, n, full - walk->traffic));
	walk->course.starts += canary > walk->canary || stable > walk->stable;
	walk->course.fewest = least(walk->course.fewest,
	    least(walk->canary, canary) + least(walk->stable, stable));
	walk->traffic = walk->weight;
	pass(walk, canary, stable);
}

/* The controller counts in 32 bits. */
static bool is_countable(const struct fact *fact)
{
	return fact->state != FACT_UNKNOWN && fact->integer >= 0 &&
	       fact->integer <= INT32_MAX;
}

/* What the step asks for; false when it cannot be told. */
static bool read_step(struct walk *walk, const struct step *step)
{
	if (is_kind(step, "setWeight")) {
		if (step->weight.state == FACT_UNKNOWN)
			return false;
		walk->weight = greatest(
		    0, least(step->weight.integer, walk->plan->full_weight));
	}
	if (!is_kind(step, "setCanaryScale"))
		return true;
	walk->scale =
	    step->scale->pods.has_value || step->scale->weight.has_value
		? step->scale
		: NULL;
	return is_countable(&step->scale->pods) &&
	       is_countable(&step->scale->weight);
}

/* Goes through a step, or, for NULL, from the last one to the end. */
static bool walk_step(struct walk *walk, const struct step *step)
{
	if (!step) {
		walk->weight = walk->plan->full_weight;
		walk->scale = NULL;
	} else if (!read_step(walk, step)) {
		return false;
	}
	/* It is promoted as soon as there are enough. */
	if (!step && walk->canary >= walk->size.replicas)
		return true;
	if (walk->plan->routes_traffic)
		pass_routed(walk);
	else if (walk->size.replicas && (!step || is_kind(step, "setWeight")))
		pass_shared(walk);
	return true;
}

static bool is_sized(const struct walk *walk)
{
	const struct update_size *size = &walk->size;

	return size->replicas != PODS_UNKNOWN &&
	       (walk->plan->routes_traffic ||
		   (size->surge != PODS_UNKNOWN &&
		       size->unavailable != PODS_UNKNOWN));
}

static struct walk walk_start(
    const struct release *release, const struct workload *update)
{
	struct walk walk = {
	    .plan = update->plan, .size = update_size(release, update)};

	walk.stable = walk.course.fewest = walk.size.replicas;
	return walk;
}

bool canary_course(const struct release *release, const struct workload *update,
    struct canary_course *ret_course)
{
	struct walk walk = walk_start(release, update);

	if (!is_sized(&walk))
		return false;
	for (size_t i = 0; i < update->rollout->steps.n; i++) {
		if (!walk_step(&walk, update->rollout->steps.items[i]))
			return false;
	}
	walk_step(&walk, NULL);
	*ret_course = walk.course;
	return true;
}

/* After a step that cannot be told none can. */
static void count_canary_pods(
    const struct release *release, const struct workload *update)
{
	struct walk walk = walk_start(release, update);
	bool is_known = is_sized(&walk);

	for (size_t i = 0; i < update->rollout->steps.n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct step *step =
		    (struct step *)(uintptr_t)update->rollout->steps.items[i];

		is_known = is_known && walk_step(&walk, step);
		step->canary_pods =
		    is_known ? fact_int(walk.course.canary) : fact_unknown();
	}
}

void relate_canary_pods(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		if (workload->rollout->steps.n)
			count_canary_pods(release, workload);
	}
}
