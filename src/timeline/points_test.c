/* The facts of an update against the simulation of its controller, which was
 * written without them: a few thousand updates, each explored in every order
 * of events. */
#include "timeline/simulation.h"

#include "fact/test_release.h"
#include "fact/update/update.h"
#include "timeline/test_plans.h"
#include "timeline/timelines.h"

/* How long a pod takes to be available and to be gone, and how that is
 * written. */
static const struct timing {
	int start, end;
	const char *min_ready, *pod;
} timings[] = {
    {0, 30, "", "containers: [{name: a}]"},
    {32, 10, "",
	"terminationGracePeriodSeconds: 10, containers: [{name: a, "
	"readinessProbe: {exec: {}, initialDelaySeconds: 25, "
	"periodSeconds: 7}}]"},
    {55, 3, "minReadySeconds: 20",
	"terminationGracePeriodSeconds: 3, containers: [{name: a, "
	"startupProbe: {exec: {}, periodSeconds: 2, timeoutSeconds: 5, "
	"failureThreshold: 5}, readinessProbe: {exec: {}, periodSeconds: 5, "
	"successThreshold: 2}}, {name: b, readinessProbe: {exec: {}}}]"},
};

/* A point: what the simulation is asked, and how it is written. */
struct point {
	struct sim_plan plan;
	const struct timing *timing;
	bool is_apart;	/* the pods hold a port of their node */
	unsigned minor; /* of Kubernetes 1; 0: those known */
	struct buf spec;
};

static const char *const versions[][2] = {
    {"Deployment", "apps/v1"},
    {"StatefulSet", "apps/v1"},
    {"DaemonSet", "apps/v1"},
    {"Rollout", "argoproj.io/v1alpha1"},
};

static const char *const *kind_of(enum sim_way way)
{
	switch (way) {
	case SIM_ROLLING:
	case SIM_AT_ONCE: return versions[0];
	case SIM_ORDERED: return versions[1];
	case SIM_BY_NODE: return versions[2];
	case SIM_CANARY:
	case SIM_ROUTED:
	case SIM_BLUE_GREEN: break;
	}
	return versions[3];
}

static void print_point(struct buf *yaml, struct point *point)
{
	const char *const *kind = kind_of(point->plan.way);

	buf_printf(yaml, "apiVersion: %s\nkind: %s\nmetadata: {name: web}\n",
	    kind[1], kind[0]);
	buf_printf(yaml,
	    "spec:\n"
	    "  %s\n"
	    "  selector: {matchLabels: {app: web}}\n"
	    "  template: {metadata: {labels: {app: web}}, spec: {%s%s}}\n"
	    "%s\n",
	    point->timing->min_ready, point->timing->pod,
	    point->is_apart ? ", initContainers: [{name: p, restartPolicy: "
			      "Always, ports: [{hostPort: 80}]}]"
			    : "",
	    buf_text(&point->spec));
	if (point->plan.way != SIM_BY_NODE)
		buf_printf(yaml, "  replicas: %d\n", point->plan.replicas);
}

/* What both say of a point; -1 for what is not known. */
struct answer {
	int floor, seconds;
	bool goes_on;
};

/* What is drawn of a point: the fewest that serve, and when it is done. */
static struct answer ask_timeline(
    const struct point *point, const struct release *release)
{
	const struct timeline_request request = {
	    .release = release, .nodes = point->plan.replicas};
	struct arena arena = {0};
	size_t n;
	const struct timeline *timelines = timelines_make(&arena, &request, &n);
	struct answer answer = {.floor = timelines[0].floor,
	    .seconds = timelines[0].done,
	    .goes_on = !timelines[0].is_stuck};

	cr_assert_eq(n, 1);
	arena_release(&arena);
	return answer;
}

/* The facts and the timeline agree, where facts tell.  Not of pods without a
 * probe, which are drawn for a second, nor of those that stand in each other's
 * way. */
static void expect_drawn(const struct point *point,
    const struct release *release, const struct answer *said)
{
	struct answer drawn;

	if (point->is_apart || point->timing->start == 0 || !said->goes_on)
		return;
	/* Of no pods no update is drawn. */
	if (point->plan.replicas == 0)
		return;
	drawn = ask_timeline(point, release);
	/* Facts know the worse of what versions do, a timeline shows one. */
	if (said->floor >= 0 &&
	    (point->plan.way != SIM_ORDERED || point->minor))
		cr_expect_eq(drawn.floor, said->floor, "%s: %d drawn, not %d",
		    buf_text((struct buf *)&point->spec), drawn.floor,
		    said->floor);
	if (said->seconds >= 0)
		cr_expect_eq(drawn.seconds, said->seconds,
		    "%d of %s: %d s drawn, not %d s", point->plan.replicas,
		    buf_text((struct buf *)&point->spec), drawn.seconds,
		    said->seconds);
}

static struct answer ask_facts(struct point *point)
{
	struct test_release test;
	struct buf yaml = {0};
	struct answer answer;
	struct fact floor, seconds;
	const void *update;

	print_point(&yaml, point);
	test_release_init(&test, buf_text(&yaml), NULL);
	test.settings.kube_least = test.settings.kube_most = point->minor;
	update = test_entity(&test, ENTITY_update, "web");
	floor = fact_update_capacity_floor(test.release, update);
	seconds = fact_update_worst_seconds(test.release, update);
	answer.floor = floor.state == FACT_KNOWN ? (int)floor.integer : -1;
	answer.seconds =
	    seconds.state == FACT_KNOWN ? (int)seconds.integer : -1;
	answer.goes_on = fact_update_can_progress(test.release, update).boolean;
	expect_drawn(point, test.release, &answer);
	test_release_free(&test);
	buf_release(&yaml);
	return answer;
}

static struct answer ask_simulation(struct point *point)
{
	struct sim_plan *plan = &point->plan;
	struct sim_outcome outcome;

	plan->start_seconds = point->timing->start;
	plan->end_seconds = point->timing->end;
	if (point->is_apart)
		plan->nodes = plan->way == SIM_BY_NODE ? 1 : plan->replicas;
	outcome = sim_explore(plan);
	return (struct answer){outcome.fewest,
	    sim_longest(plan, plan->replicas <= 5),
	    outcome.ends && (outcome.updated > 0 || plan->replicas == 0)};
}

static size_t npoints;

static void expect_same(
    struct point *point, struct answer wanted, struct answer got)
{
	const char *kind = kind_of(point->plan.way)[0];

	npoints++;
	cr_expect_eq(got.goes_on, wanted.goes_on, "%s of %d %s: goes on: %d",
	    kind, point->plan.replicas, buf_text(&point->spec), got.goes_on);
	if (point->is_apart)
		return;
	cr_expect_eq(got.floor, wanted.floor, "%s of %d %s: %d, not %d", kind,
	    point->plan.replicas, buf_text(&point->spec), got.floor,
	    wanted.floor);
	cr_expect_eq(got.seconds, wanted.seconds, "%s of %d %s: %d s, not %d s",
	    kind, point->plan.replicas, buf_text(&point->spec), got.seconds,
	    wanted.seconds);
}

static void judge(struct point *point)
{
	struct answer got = ask_facts(point);

	expect_same(point, ask_simulation(point), got);
	buf_release(&point->spec);
}

static void print_amount(
    struct buf *buf, const char *name, const struct sim_amount *amount)
{
	buf_printf(buf, "%s: %d%s, ", name, amount->value,
	    amount->is_percent ? "%" : "");
}

static void print_amounts(struct buf *buf, const struct sim_plan *plan)
{
	print_amount(buf, "maxSurge", &plan->surge);
	print_amount(buf, "maxUnavailable", &plan->unavailable);
}

/* As a Deployment, a StatefulSet and a canary say it. */
static void print_rolling(struct buf *buf, const struct sim_plan *plan)
{
	buf_add_text(buf, "  strategy: {rollingUpdate: {");
	print_amounts(buf, plan);
	buf_add_text(buf, "}}");
}

static void print_ordered(struct buf *buf, const struct sim_plan *plan)
{
	buf_add_text(buf, "  updateStrategy: {rollingUpdate: {");
	print_amount(buf, "maxUnavailable", &plan->unavailable);
	buf_printf(buf, "partition: %d}}\n", plan->partition);
	if (plan->is_parallel)
		buf_add_text(buf, "  podManagementPolicy: Parallel");
}

static bool is_refused(const struct sim_plan *plan)
{
	return !plan->surge.value && !plan->unavailable.value;
}

static const struct sim_amount surges[] = {{0, false}, {1, false}, {3, false},
    {0, true}, {25, true}, {40, true}, {200, true}};
static const struct sim_amount unavailables[] = {
    {0, false}, {1, false}, {2, false}, {25, true}, {34, true}, {100, true}};

static void judge_rolling(int n, size_t surge, size_t unavailable)
{
	for (size_t i = 0; i < 2 * COUNT_OF(timings); i++) {
		struct point point = {
		    .plan = {.way = SIM_ROLLING,
			.replicas = n,
			.surge = surges[surge],
			.unavailable = unavailables[unavailable]},
		    .timing = &timings[i / 2],
		    .is_apart = i % 2};

		if (is_refused(&point.plan))
			continue;
		print_rolling(&point.spec, &point.plan);
		judge(&point);
	}
}

Test(points, deployments)
{
	npoints = 0;
	for (int n = 0; n <= 8; n++) {
		for (size_t i = 0; i < COUNT_OF(surges); i++) {
			for (size_t j = 0; j < COUNT_OF(unavailables); j++)
				judge_rolling(n, i, j);
		}
	}
	cr_expect_geq(npoints, 2000, "%zu", npoints);
}

Test(points, deployments_by_recreate)
{
	for (int n = 1; n <= 4; n++) {
		for (size_t i = 0; i < COUNT_OF(timings); i++) {
			struct point point = {
			    .plan = {.way = SIM_AT_ONCE, .replicas = n},
			    .timing = &timings[i]};

			buf_add_text(
			    &point.spec, "  strategy: {type: Recreate}");
			judge(&point);
		}
	}
}

static struct answer ask_with_gate(struct point *point, bool is_on)
{
	point->plan.gate_is_on = is_on;
	return ask_simulation(point);
}

/* Where the gate is on fewer pods are left, where it is off it takes longer:
 * for 1.35 to 1.37 the facts tell the worse of both. */
static void judge_ordered(struct point *point)
{
	struct answer on = ask_with_gate(point, true);
	struct answer off = ask_with_gate(point, false);
	struct answer worse = {on.floor, off.seconds, on.goes_on};

	cr_expect_leq(on.floor, off.floor);
	cr_expect_leq(on.seconds, off.seconds);
	expect_same(point, worse, ask_facts(point));
	point->minor = 36;
	expect_same(point, off, ask_facts(point));
	point->minor = 37;
	expect_same(point, on, ask_facts(point));
	buf_release(&point->spec);
}

Test(points, statefulsets)
{
	static const int partitions[] = {0, 1, 3, 9};

	for (unsigned i = 0; i < 6 * 5 * COUNT_OF(partitions) * 2; i++) {
		struct point point = {
		    .plan = {.way = SIM_ORDERED,
			.replicas = (int)(i % 6),
			.unavailable = unavailables[1 + i / 6 % 5],
			.partition = partitions[i / 30 % COUNT_OF(partitions)],
			.is_parallel = i / 30 / COUNT_OF(partitions)},
		    .timing = &timings[i % COUNT_OF(timings)]};

		print_ordered(&point.spec, &point.plan);
		judge_ordered(&point);
	}
}

/* How many nodes there are is not known, and so nothing but whether it ends:
 * a new pod beside the old one finds the port of the node taken. */
Test(points, daemonsets)
{
	for (unsigned i = 0; i < 4 * 2; i++) {
		struct point point = {
		    .plan = {.way = SIM_BY_NODE,
			.replicas = 3,
			.surge = surges[i / 2 % 2 ? 1 + i / 4 * 3 : 0],
			.unavailable = unavailables[i / 2 % 2 ? 0 : 1 + i / 4]},
		    .timing = &timings[1],
		    .is_apart = i % 2};
		struct answer wanted = ask_simulation(&point), got;

		buf_add_text(
		    &point.spec, "  updateStrategy: {rollingUpdate: {");
		print_amounts(&point.spec, &point.plan);
		buf_add_text(&point.spec, "}}");
		got = ask_facts(&point);
		wanted.floor = wanted.seconds = -1;
		expect_same(&point, wanted, got);
		buf_release(&point.spec);
	}
}

/* Steps, ended by a weight of -1. */
#define END                    \
	{                      \
		SIM_WEIGHT, -1 \
	}
#define MOST_STEPS 7

static size_t count_steps(const struct sim_step *steps)
{
	size_t n = 0;

	while (steps[n].value >= 0)
		n++;
	return n;
}

static void print_step(struct buf *buf, const struct sim_step *step)
{
	static const char *const words[] = {
	    [SIM_WEIGHT] = "{setWeight: %d}, ",
	    [SIM_PAUSE] = "{pause: {duration: %d}}, ",
	    [SIM_SCALE_PODS] = "{setCanaryScale: {replicas: %d}}, ",
	    [SIM_SCALE_WEIGHT] = "{setCanaryScale: {weight: %d}}, ",
	};

	if (step->deed == SIM_SCALE_TRAFFIC)
		buf_add_text(
		    buf, "{setCanaryScale: {matchTrafficWeight: true}}, ");
	else
		buf_printf(buf, words[step->deed], step->value);
}

static void print_steps(struct buf *buf, const struct sim_plan *plan)
{
	buf_add_text(buf, "steps: [");
	for (size_t i = 0; i < plan->nsteps; i++)
		print_step(buf, &plan->steps[i]);
	buf_add_text(buf, "], ");
}

#define PAUSE                  \
	{                      \
		SIM_PAUSE, 100 \
	}

static const struct sim_step courses[][MOST_STEPS] = {
    {END},
    {WEIGHT(5), END},
    {WEIGHT(20), WEIGHT(50), END},
    {WEIGHT(25), PAUSE, WEIGHT(50), PAUSE, WEIGHT(75), END},
    {PAUSE, WEIGHT(33), WEIGHT(66), END},
    {WEIGHT(10), WEIGHT(90), PAUSE, END},
    {WEIGHT(50), PAUSE, WEIGHT(20), PAUSE, END},
    {WEIGHT(50), PAUSE, WEIGHT(20), PAUSE, WEIGHT(66), END},
    {WEIGHT(95), END},
    {WEIGHT(1), WEIGHT(75), WEIGHT(99), END},
    {WEIGHT(0), PAUSE, WEIGHT(100), PAUSE, END},
};

static const struct {
	struct sim_amount surge, unavailable;
} canary_amounts[] = {
    {{25, true}, {25, true}},
    {{1, false}, {0, false}},
    {{0, false}, {1, false}},
    {{2, false}, {1, false}},
    {{0, false}, {50, true}},
    {{100, true}, {0, false}},
    {{3, false}, {100, true}},
};

static void print_canary(struct buf *buf, const struct sim_plan *plan)
{
	buf_add_text(buf, "  strategy: {canary: {");
	print_amounts(buf, plan);
	print_steps(buf, plan);
	buf_add_text(buf, "}}");
}

static bool falls(const struct sim_plan *plan)
{
	int before = 0;

	for (size_t i = 0; i < plan->nsteps; i++) {
		if (plan->steps[i].deed != SIM_WEIGHT)
			continue;
		if (plan->steps[i].value < before)
			return true;
		before = plan->steps[i].value;
	}
	return false;
}

Test(points, canaries_whose_pods_are_the_share)
{
	const unsigned ncourses = COUNT_OF(courses);
	const unsigned namounts = COUNT_OF(canary_amounts);

	/* 9 replicas at most; what depends on old pods that start slowly is
	 * told for few. */
	for (unsigned i = 0; i < 10 * namounts * ncourses * 2; i++) {
		unsigned amounts = i / 20 % namounts;
		unsigned course = i / 20 / namounts;
		struct point point = {
		    .plan = {.way = SIM_CANARY,
			.replicas = (int)(i / 2 % 10),
			.surge = canary_amounts[amounts].surge,
			.unavailable = canary_amounts[amounts].unavailable,
			.steps = courses[course],
			.nsteps = count_steps(courses[course])},
		    .timing = &timings[i % COUNT_OF(timings)],
		    .is_apart = i % 2};

		if (point.plan.replicas > 5 && falls(&point.plan))
			continue;
		print_canary(&point.spec, &point.plan);
		judge(&point);
	}
}

static const struct sim_step routed_courses[][MOST_STEPS + 1] = {
    {END},
    {WEIGHT(5), END},
    {WEIGHT(20), PAUSE, WEIGHT(50), END},
    {WEIGHT(50), PAUSE, WEIGHT(20), PAUSE, END},
    {WEIGHT(50), WEIGHT(20), END},
    {WEIGHT(90), PAUSE, WEIGHT(10), PAUSE, WEIGHT(60), END},
    {{SIM_SCALE_PODS, 2}, WEIGHT(10), PAUSE, {SIM_SCALE_TRAFFIC, 0}, WEIGHT(40),
	PAUSE, END},
    {WEIGHT(30), PAUSE, {SIM_SCALE_WEIGHT, 80}, PAUSE, WEIGHT(60), END},
    {WEIGHT(60), PAUSE, {SIM_SCALE_WEIGHT, 10}, PAUSE, END},
    {WEIGHT(0), {SIM_SCALE_PODS, 7}, {SIM_SCALE_PODS, 1}, END},
};

Test(points, canaries_whose_traffic_is_routed)
{
	const unsigned ncourses = COUNT_OF(routed_courses);

	for (unsigned i = 0; i < 8 * 2 * 2 * 2 * ncourses; i++) {
		const struct sim_step *course = routed_courses[i / 64];
		struct point point = {
		    .plan = {.way = SIM_ROUTED,
			.replicas = (int)(i % 8),
			.least_pods = i / 8 % 2 ? 2 : 0,
			.scales_stable = i / 16 % 2,
			.full_weight = i / 32 % 2 ? 1000 : 100,
			.steps = course,
			.nsteps = count_steps(course)},
		    .timing = &timings[i % COUNT_OF(timings)]};

		buf_printf(&point.spec,
		    "  strategy: {canary: {minPodsPerReplicaSet: %d, "
		    "dynamicStableScale: %s, "
		    "trafficRouting: {smi: {}, maxTrafficWeight: %d}, ",
		    point.plan.least_pods,
		    point.plan.scales_stable ? "true" : "false",
		    point.plan.full_weight);
		print_steps(&point.spec, &point.plan);
		buf_add_text(&point.spec, "}}");
		judge(&point);
	}
}

Test(points, two_colours)
{
	for (unsigned i = 0; i < 6 * 4 * 3 * 2; i++) {
		struct point point = {
		    .plan = {.way = SIM_BLUE_GREEN,
			.replicas = (int)(i % 6),
			.preview = (int)(i / 6 % 4),
			.promotion_seconds = (int)(i / 24 % 3) * 50},
		    .timing = &timings[i % COUNT_OF(timings)],
		    .is_apart = i / 72};

		buf_printf(&point.spec,
		    "  strategy: {blueGreen: {autoPromotionSeconds: %d, ",
		    point.plan.promotion_seconds);
		if (point.plan.preview)
			buf_printf(&point.spec, "previewReplicaCount: %d",
			    point.plan.preview);
		buf_add_text(&point.spec, "}}");
		judge(&point);
	}
}
