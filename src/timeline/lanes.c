/* Each pod's seconds, and how many serve in each. */
#include "timeline/lanes.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* More pods than this are drawn by what they have in common. */
#define MOST_LANES 14

/* And of more lanes than that only some: the shape they have together stays. */
#define MOST_DRAWN 30

static int32_t later(int32_t second, int32_t seconds)
{
	return second == COURSE_NEVER || second < 0 ? second : second + seconds;
}

static int32_t second_of(int32_t second)
{
	return second < 0 ? SECOND_BEFORE : second;
}

static const char *pod_name(struct arena *arena, const struct sketch *sketch,
    const struct course_pod *pod, const char *name)
{
	switch (sketch->plan.way) {
	case SIM_ORDERED: return arena_printf(arena, "%s-%d", name, pod->place);
	case SIM_BY_NODE: return arena_printf(arena, "node %d", pod->place + 1);
	case SIM_ROLLING:
	case SIM_AT_ONCE:
	case SIM_CANARY:
	case SIM_ROUTED:
	case SIM_BLUE_GREEN: break;
	}
	return pod->is_new ? "new" : "old";
}

/* A blueGreen Rollout has its Service lead to one revision at a time; what it
 * is done with is kept for a while. */
static void set_service(struct timeline_pods *pods, const struct sketch *sketch,
    const struct course *course, int32_t deleted)
{
	int32_t done = course->is_stuck ? SECOND_NEVER : course->done;

	pods->serves = pods->ready;
	pods->leaves = deleted;
	if (sketch->plan.way == SIM_BLUE_GREEN && pods->is_new)
		pods->serves = done;
	else if (sketch->plan.way == SIM_BLUE_GREEN && done < pods->leaves)
		pods->leaves = done;
	if (!pods->is_new && sketch->is_let_go && pods->leaves > 0)
		pods->leaves = 0;
}

/* Whether each pod has a name that its successor takes over. */
static bool has_names(const struct sketch *sketch)
{
	return sketch->plan.way == SIM_ORDERED ||
	       sketch->plan.way == SIM_BY_NODE;
}

static void set_end(struct timeline_pods *pods, const struct drain_times *times,
    int32_t deleted)
{
	pods->deleted = deleted;
	pods->told = later(deleted, times->told);
	pods->ended = later(deleted, times->ended);
	/* From when on no Service leads to it: before it is deleted, maybe. */
	pods->astray = later(pods->leaves, times->astray);
	pods->is_killed = times->is_killed;
}

static struct timeline_pods pods_of(struct arena *arena,
    const struct sketch *sketch, const struct course *course,
    const struct course_pod *pod, const char *name)
{
	struct timeline_pods pods = {
	    .name = pod_name(arena, sketch, pod, name),
	    .is_new = pod->is_new,
	    .count = 1,
	    .created = second_of(pod->created),
	    .counted = second_of(pod->available),
	};
	bool is_placed = pod->scheduled != COURSE_NEVER;

	pods.is_stuck = !is_placed;
	if (pod->created < 0) {
		pods.may_serve = pods.ready = pods.counted;
	} else {
		int32_t ready = later(pod->scheduled, sketch->most_start);

		pods.may_serve = later(pod->scheduled, sketch->least_start);
		pods.ready =
		    pod->available == COURSE_NEVER && ready > pod->deleted
			? SECOND_NEVER
			: ready;
	}
	set_service(&pods, sketch, course, pod->deleted);
	set_end(&pods, pod->is_new ? &sketch->new_drain : &sketch->old_drain,
	    pod->deleted);
	return pods;
}

/* Old pods by their end, new ones by their beginning; those with a name, by
 * that. */
static int compare_pods(const void *a, const void *b)
{
	const struct timeline_pods *left = a, *right = b;

	if (left->is_new != right->is_new)
		return left->is_new - right->is_new;
	if (left->created != right->created)
		return left->created < right->created ? -1 : 1;
	if (left->deleted != right->deleted)
		return left->deleted < right->deleted ? -1 : 1;
	return left->ready < right->ready ? -1 : left->ready > right->ready;
}

static bool are_alike(
    const struct timeline_pods *a, const struct timeline_pods *b)
{
	return a->is_new == b->is_new && a->created == b->created &&
	       a->ready == b->ready && a->deleted == b->deleted &&
	       a->is_stuck == b->is_stuck;
}

/* Pods that have names of their own, the next of a name after the one before.
 */
static int compare_names(const void *a, const void *b)
{
	const struct timeline_pods *left = a, *right = b;
	int order = strverscmp(left->name, right->name);

	if (order)
		return order;
	return left->created < right->created ? -1
					      : left->created > right->created;
}

/* A row for each; pods of one name that are not there together share one. */
static void set_lanes(
    struct timeline *timeline, struct timeline_pods *pods, bool is_named)
{
	for (size_t i = 0; i < timeline->npods; i++) {
		bool is_next = i && is_named &&
			       !strcmp(pods[i].name, pods[i - 1].name) &&
			       pods[i - 1].ended <= pods[i].created;

		timeline->nlanes += !is_next;
		pods[i].lane = (int)timeline->nlanes - 1;
	}
}

/* Those that are alike become one where there are many. */
static size_t join_pods(struct timeline_pods *pods, size_t n)
{
	size_t kept = 0;

	if (n <= MOST_LANES)
		return n;
	for (size_t i = 0; i < n; i++) {
		if (kept && are_alike(&pods[kept - 1], &pods[i]))
			pods[kept - 1].count++;
		else
			pods[kept++] = pods[i];
	}
	return kept;
}

static int compare_seconds(const void *a, const void *b)
{
	int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;

	return left < right ? -1 : left > right;
}

/* The seconds in which a pod begins or ceases to serve, in order. */
static size_t list_seconds(
    const struct timeline_pods *pods, size_t n, int32_t *seconds)
{
	size_t nseconds = 0, kept = 0;

	for (size_t i = 0; i < n; i++) {
		const int32_t all[] = {pods[i].created, pods[i].serves,
		    pods[i].leaves, pods[i].deleted};

		for (size_t j = 0; j < COUNT_OF(all); j++) {
			if (all[j] != SECOND_NEVER)
				seconds[nseconds++] = all[j];
		}
	}
	qsort(seconds, nseconds, sizeof(*seconds), compare_seconds);
	for (size_t i = 0; i < nseconds; i++) {
		if (!kept || seconds[kept - 1] != seconds[i])
			seconds[kept++] = seconds[i];
	}
	return kept;
}

static struct timeline_point point_at(
    const struct timeline_pods *pods, size_t n, int32_t second)
{
	struct timeline_point point = {.second = second};

	for (size_t i = 0; i < n; i++) {
		bool is_there =
		    pods[i].created <= second && second < pods[i].deleted;

		int serving =
		    pods[i].serves <= second && second < pods[i].leaves
			? pods[i].count
			: 0;

		point.pods += is_there ? pods[i].count : 0;
		point.serving += serving;
		point.new_serving += pods[i].is_new ? serving : 0;
	}
	return point;
}

static void set_points(struct arena *arena, struct timeline *timeline)
{
	const struct timeline_pods *pods = timeline->pods;
	size_t n = timeline->npods;
	int32_t *seconds = arena_array(arena, 4 * n + 1, sizeof(*seconds));
	size_t npoints = list_seconds(pods, n, seconds);
	struct timeline_point *points =
	    arena_array(arena, npoints, sizeof(*points));

	timeline->points = points;
	timeline->npoints = npoints;
	for (size_t i = 0; i < npoints; i++) {
		points[i] = point_at(pods, n, seconds[i]);
		if (i == 0 || points[i].serving < timeline->floor)
			timeline->floor = points[i].serving;
		if (points[i].pods > timeline->most)
			timeline->most = points[i].pods;
	}
}

static int32_t latest(int32_t end, int32_t second)
{
	return second != SECOND_NEVER && second > end ? second : end;
}

static void set_last(struct timeline *timeline, int32_t done)
{
	timeline->end = done;
	for (size_t i = 0; i < timeline->npods; i++) {
		const struct timeline_pods *pods = &timeline->pods[i];

		timeline->end = latest(timeline->end, pods->ready);
		timeline->end = latest(timeline->end, pods->ended);
		timeline->end = latest(timeline->end, pods->astray);
	}
}

static void thin_out(struct timeline *timeline, struct timeline_pods *pods)
{
	int each = (int)(timeline->nlanes + MOST_DRAWN - 1) / MOST_DRAWN;
	size_t n = 0;

	timeline->each = each > 1 ? each : 1;
	if (each <= 1)
		return;
	for (size_t i = 0; i < timeline->npods; i++) {
		if (pods[i].lane % each)
			continue;
		pods[n] = pods[i];
		pods[n++].lane /= each;
	}
	timeline->npods = n;
	timeline->nlanes = (timeline->nlanes - 1) / (size_t)each + 1;
}

void lanes_draw(struct arena *arena, const struct sketch *sketch,
    const struct course *course, const char *name, struct timeline *timeline)
{
	struct timeline_pods *pods =
	    arena_array(arena, course->npods, sizeof(*pods));
	size_t n = 0;

	for (size_t i = 0; i < course->npods; i++) {
		/* One that is made and deleted in a moment is not seen. */
		if (course->pods[i].created != course->pods[i].deleted)
			pods[n++] = pods_of(
			    arena, sketch, course, &course->pods[i], name);
	}
	qsort(pods, n, sizeof(*pods),
	    has_names(sketch) ? compare_names : compare_pods);
	timeline->pods = pods;
	timeline->npods = join_pods(pods, n);
	set_lanes(timeline, pods, has_names(sketch));
	set_points(arena, timeline);
	set_last(timeline, course->done);
	thin_out(timeline, pods);
}
