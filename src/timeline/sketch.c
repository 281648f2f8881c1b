/* From the facts of an update to a plan that can be simulated. */
#include "timeline/sketch.h"

#include "fact/rollout/rollout.h"
#include "fact/update/size.h"
#include "fact/update/update.h"
#include "report/plain.h"
#include "timeline/drain_times.h"

#include <stdarg.h>
#include <string.h>

/* Replicas, or nodes, that are drawn where nothing tells how many. */
#define UNTOLD_PODS 3

/* What an old Rollout's pods wait for when nothing else is written. */
#define REST_SECONDS 30

void sketch_assume(struct sketch *sketch, const char *format, ...)
{
	struct sentences *to = &sketch->assumptions;
	struct buf text = {0};
	va_list args;

	if (to->n == to->cap) {
		const char **more;

		to->cap = to->cap ? 2 * to->cap : 8;
		more = arena_array(sketch->arena, to->cap, sizeof(*more));
		if (to->n)
			memcpy(more, to->items, to->n * sizeof(*more));
		to->items = more;
	}
	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	to->items[to->n++] = plain_copy(sketch->arena, buf_text(&text));
	buf_release(&text);
}

static int least(int64_t a, int64_t b)
{
	return (int)(a < b ? a : b);
}

/* No simulation holds more pods than that of either revision. */
static int pods(int64_t n, int otherwise)
{
	return n == PODS_UNKNOWN ? otherwise : least(n, SIM_PODS);
}

static void sketch_replicas(struct sketch *sketch,
    const struct release *release, const struct workload *update, int nodes)
{
	int64_t replicas = least_replicas(release, update);
	bool by_node = update->plan->way == UPDATE_BY_NODE;

	if (by_node && !nodes)
		sketch_assume(sketch,
		    "%d nodes run it: --nodes N says how many there are",
		    UNTOLD_PODS);
	else if (!by_node && replicas == PODS_UNKNOWN)
		sketch_assume(sketch,
		    "%d replicas: how many there are is not known",
		    UNTOLD_PODS);
	else if (!by_node && update->autoscaled.state != FACT_ABSENT)
		sketch_assume(sketch,
		    "the autoscaler keeps its fewest pods, %d",
		    pods(replicas, UNTOLD_PODS));
	if (by_node)
		replicas = nodes ? nodes : PODS_UNKNOWN;
	sketch->plan.replicas = pods(replicas, UNTOLD_PODS);
}

/* What an amount is for so many pods, where the facts do not know these. */
static int amount_of(
    int64_t known, const struct amount *amount, int replicas, bool rounds_up)
{
	if (known == PODS_UNKNOWN)
		known = pods_of(amount, replicas, rounds_up);
	return pods(known, 0);
}

static void sketch_amounts(struct sketch *sketch, const struct release *release,
    const struct workload *update)
{
	const struct update_plan *from = update->plan;
	struct sim_plan *plan = &sketch->plan;
	struct update_size size = update_size(release, update);
	bool by_node = from->way == UPDATE_BY_NODE;
	int surge = amount_of(size.surge, &from->surge, plan->replicas, true);

	/* More than that, and one for the nearest share, is never added. */
	plan->surge.value = least(surge, plan->replicas + 1);
	plan->unavailable.value = amount_of(
	    size.unavailable, &from->unavailable, plan->replicas, by_node);
}

static void sketch_ordered(struct sketch *sketch, const struct release *release,
    const struct workload *update)
{
	struct sim_plan *plan = &sketch->plan;
	enum tri heeds = heeds_unavailable(release);

	plan->way = SIM_ORDERED;
	plan->partition = pods(seconds_of(update->partition, 0), 0);
	plan->is_parallel = update->plan->is_parallel;
	plan->gate_is_on = heeds == TRI_YES;
	if (heeds == TRI_UNKNOWN && plan->unavailable.value > 1)
		sketch_assume(sketch,
		    "one pod at a time: maxUnavailable of a StatefulSet counts "
		    "from Kubernetes 1.37 on, and in 1.35.0 to 1.35.3");
}

static bool is_kind(const struct step *step, const char *kind)
{
	return step->kind.has_value && !strcmp(step->kind.text, kind);
}

static struct sim_step untold(
    struct sketch *sketch, const char *what, int64_t i)
{
	sketch_assume(sketch, "%s (step %d) takes %d s", what, (int)i + 1,
	    UNTOLD_SECONDS);
	return (struct sim_step){SIM_PAUSE, UNTOLD_SECONDS};
}

static struct sim_step scale_step(const struct step *step)
{
	if (step->scale->pods.state == FACT_KNOWN)
		return (struct sim_step){
		    SIM_SCALE_PODS, pods(seconds_of(step->scale->pods, 0), 0)};
	if (step->scale->weight.state == FACT_KNOWN)
		return (struct sim_step){
		    SIM_SCALE_WEIGHT, seconds_of(step->scale->weight, 0)};
	return (struct sim_step){SIM_SCALE_TRAFFIC, 0};
}

static struct sim_step step_of(
    struct sketch *sketch, const struct step *step, size_t i)
{
	if (is_kind(step, "setWeight"))
		return (struct sim_step){
		    SIM_WEIGHT, seconds_of(step->weight, 0)};
	if (is_kind(step, "setCanaryScale"))
		return scale_step(step);
	if (is_kind(step, "pause") && step->pause_seconds.state == FACT_KNOWN)
		return (struct sim_step){
		    SIM_PAUSE, seconds_of(step->pause_seconds, 0)};
	if (is_kind(step, "pause"))
		return untold(
		    sketch, "the pause until somebody promotes", (int64_t)i);
	if (is_kind(step, "analysis") || is_kind(step, "experiment") ||
	    is_kind(step, "plugin"))
		return untold(sketch, step->kind.text, (int64_t)i);
	return (struct sim_step){SIM_PAUSE, 0};
}

/* How long the old pods stay when the new ones have all users. */
static int32_t rest_seconds_of(const struct workload *update)
{
	return seconds_of(
	    rare_find(update->rare, FIELD_workload_scale_down_delay_seconds),
	    REST_SECONDS);
}

static void sketch_canary(struct sketch *sketch, const struct workload *update)
{
	const struct update_plan *from = update->plan;
	struct sim_plan *plan = &sketch->plan;
	size_t n = update->rollout->steps.n;
	struct sim_step *steps = arena_array(sketch->arena, n, sizeof(*steps));
	const char **words = arena_array(sketch->arena, n, sizeof(*words));

	plan->way = from->routes_traffic ? SIM_ROUTED : SIM_CANARY;
	plan->full_weight = (int)from->full_weight;
	plan->least_pods = pods(from->least_pods, 0);
	plan->scales_stable = from->scales_stable;
	for (size_t i = 0; i < n; i++) {
		const struct step *step = update->rollout->steps.items[i];

		words[i] = step->kind.has_value
			       ? plain_copy(sketch->arena, step->kind.text)
			       : "";
		steps[i] = step_of(sketch, step, i);
		if ((steps[i].deed == SIM_WEIGHT ||
			steps[i].deed == SIM_SCALE_WEIGHT) &&
		    steps[i].value > plan->full_weight)
			steps[i].value = plan->full_weight;
	}
	plan->steps = steps;
	plan->nsteps = n;
	sketch->step_words = words;
	/* A Rollout that scales the stable pods by traffic keeps none. */
	sketch->rest_seconds =
	    from->scales_stable ? 0 : rest_seconds_of(update);
}

static void sketch_blue_green(
    struct sketch *sketch, const struct workload *update)
{
	const struct update_plan *from = update->plan;
	struct sim_plan *plan = &sketch->plan;

	plan->way = SIM_BLUE_GREEN;
	plan->preview = least(pods(from->preview_pods, 0), plan->replicas);
	plan->promotion_seconds = seconds_of(fact_int(from->pause_seconds), 0);
	if (from->pauses_for_good || from->is_gated) {
		plan->promotion_seconds += UNTOLD_SECONDS;
		sketch_assume(sketch, "%s takes %d s",
		    from->pauses_for_good ? "the pause until somebody promotes"
					  : "the analysis before the switch",
		    UNTOLD_SECONDS);
	}
	sketch->rest_seconds = rest_seconds_of(update);
}

static void sketch_way(struct sketch *sketch, const struct release *release,
    const struct workload *update)
{
	struct sim_plan *plan = &sketch->plan;

	switch (update->plan->way) {
	case UPDATE_AT_ONCE: plan->way = SIM_AT_ONCE; break;
	case UPDATE_ORDERED: sketch_ordered(sketch, release, update); break;
	case UPDATE_BY_NODE: plan->way = SIM_BY_NODE; break;
	case UPDATE_CANARY: sketch_canary(sketch, update); break;
	case UPDATE_BLUE_GREEN: sketch_blue_green(sketch, update); break;
	case UPDATE_BY_HAND:
		sketch->still = "No pod is replaced before somebody deletes it";
		break;
	case UPDATE_ROLLING:
	case UPDATE_NONE: plan->way = SIM_ROLLING; break;
	}
}

/* What is in the way; of a refused amount nothing is applied at all. */
static void sketch_obstacle(struct sketch *sketch,
    const struct release *release, const struct workload *update)
{
	struct fact kind = fact_update_obstacle_kind(release, update);
	struct fact obstacle = fact_update_obstacle(release, update);
	struct sim_plan *plan = &sketch->plan;
	const char *text;

	if (!obstacle.has_value || obstacle.state == FACT_UNKNOWN)
		return;
	text = plain_copy(sketch->arena, obstacle.text);
	if (!strcmp(kind.text, "refused")) {
		sketch->refusal = text;
	} else if (!strcmp(kind.text, "pause") ||
		   !strcmp(kind.text, "partition")) {
		sketch->still = text;
	} else {
		sketch->stuck = text;
		sketch->needs_node =
		    fact_update_needs_spare_node(release, update).boolean;
		plan->nodes = plan->way == SIM_BY_NODE ? 1 : plan->replicas;
	}
}

/* A pod without a probe is ready at once: a second shows that it was made. */
static void sketch_start(struct sketch *sketch, const struct release *release,
    const struct workload *update)
{
	const struct workload *owner = update->template_owner;
	bool is_probed = start_times_of(
	    release, owner, &sketch->least_start, &sketch->most_start);

	sketch->min_ready = seconds_of(update->min_ready_seconds, 0);
	if (!is_probed)
		sketch_assume(sketch,
		    "a new pod runs, and is ready, within 1 s: no probe says "
		    "when it answers");
	else if (sketch->least_start != sketch->most_start)
		sketch_assume(sketch,
		    "a new pod is ready after %d s, the latest that its probes "
		    "tell; they let it be after %d s",
		    sketch->most_start, sketch->least_start);
	if (sketch->most_start == 0)
		sketch->most_start = 1;
	sketch->plan.start_seconds = sketch->most_start + sketch->min_ready;
}

static void sketch_end(struct sketch *sketch, const struct release *release,
    const struct workload *update, const struct workload *previous)
{
	const struct drain_times *old = &sketch->old_drain;

	sketch->new_drain = drain_times_of(release, update->template_owner);
	sketch->old_drain =
	    previous ? drain_times_of(
			   release->previous ? release->previous : release,
			   previous->template_owner)
		     : sketch->new_drain;
	sketch->plan.end_seconds = old->ended;
	if (!old->is_told)
		sketch_assume(sketch,
		    "an old pod takes all its %d s to end: nothing says that "
		    "it takes less",
		    old->ended);
	if (old->astray && sketch->plan.way != SIM_BLUE_GREEN)
		sketch_assume(sketch,
		    "requests still come to a pod for %d s after it is deleted "
		    "(drain.delay_seconds)",
		    old->astray);
}

/* How many pods run before the update, where no autoscaler says so.  Of a
 * Deployment it is known what its controller does with a change of their
 * number: it scales them first. */
static void sketch_before(struct sketch *sketch, const struct release *release,
    const struct workload *update, const struct workload *previous)
{
	struct sim_plan *plan = &sketch->plan;

	sketch->old_replicas = -1;
	if (!previous || plan->way == SIM_BY_NODE ||
	    update->autoscaled.state != FACT_ABSENT ||
	    previous->autoscaled.state != FACT_ABSENT)
		return;
	sketch->old_replicas =
	    pods(least_replicas(release->previous, previous), -1);
	if (sketch->old_replicas < 0 || sketch->old_replicas == plan->replicas)
		return;
	if (update->plan->way == UPDATE_ROLLING ||
	    update->plan->way == UPDATE_AT_ONCE)
		plan->more_before = sketch->old_replicas - plan->replicas;
	else
		sketch_assume(sketch,
		    "%d old pods, though %d run now: how they are scaled is "
		    "not drawn",
		    plan->replicas, sketch->old_replicas);
}

void sketch_update(struct sketch *sketch, const struct release *release,
    const struct workload *update, const struct workload *previous, int nodes)
{
	struct fact aborts =
	    rare_find(update->rare, FIELD_workload_progress_deadline_abort);

	sketch->rest_seconds = INT32_MAX;
	sketch->aborts = aborts.state == FACT_KNOWN && aborts.boolean;
	sketch_replicas(sketch, release, update, nodes);
	sketch_amounts(sketch, release, update);
	sketch_way(sketch, release, update);
	sketch_before(sketch, release, update, previous);
	sketch_start(sketch, release, update);
	sketch_end(sketch, release, update, previous);
	sketch_obstacle(sketch, release, update);
}
