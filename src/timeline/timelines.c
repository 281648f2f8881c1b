/* From the facts of a release to what is drawn of each update. */
#include "timeline/timelines.h"

#include "fact/change/change.h"
#include "fact/computed.h"
#include "fact/update/size.h"
#include "fact/update/update.h"
#include "report/phrase.h"
#include "report/plain.h"
#include "timeline/course.h"
#include "timeline/lanes.h"
#include "timeline/sketch.h"

#include <string.h>

static const char *keep(struct arena *arena, struct buf *text)
{
	const char *kept = text_copy(arena, buf_text(text));

	buf_release(text);
	return kept;
}

static const char *object_of(struct arena *arena, const struct workload *update)
{
	const struct manifest *manifest = update->manifest;
	const struct subject subject = {.kind = manifest->kind,
	    .namespace = manifest->namespace,
	    .name = manifest->shown_name};
	struct buf text = {0};

	phrase_add_object(&text, &subject);
	return keep(arena, &text);
}

/* How pods are replaced, and within which amounts. */
static const char *way_of(struct arena *arena, const struct sketch *sketch,
    const struct workload *update)
{
	const struct sim_plan *plan = &sketch->plan;
	struct buf text = {0};

	if (update->strategy.has_value)
		plain_add(&text, slice_of(update->strategy.text));
	else
		buf_add_text(&text, "update");
	buf_printf(&text, " of %d pod%s", plan->replicas,
	    plan->replicas == 1 ? "" : "s");
	if (plan->way == SIM_ROLLING || plan->way == SIM_CANARY ||
	    plan->way == SIM_BY_NODE)
		buf_printf(&text, ": at most %d more and %d missing",
		    plan->surge.value, plan->unavailable.value);
	else if (plan->way == SIM_ORDERED)
		buf_printf(&text, ": %s",
		    plan->is_parallel ? "in parallel" : "in order");
	return keep(arena, &text);
}

/* The same update with pods that start as fast as their probes allow. */
static int32_t earliest(const struct sketch *sketch)
{
	struct sim_plan plan = sketch->plan;
	struct arena arena = {0};
	struct course course;
	int32_t done;

	plan.start_seconds =
	    (sketch->least_start ? sketch->least_start : 1) + sketch->min_ready;
	done =
	    course_run(&arena, &plan, COURSE_NEVER, &course) ? course.done : 0;
	arena_release(&arena);
	return done;
}

static void set_outcome(
    struct arena *arena, const struct sketch *sketch, struct timeline *timeline)
{
	int32_t fast = earliest(sketch);
	struct buf text = {0};

	if (timeline->is_stuck)
		buf_printf(&text, "never ends%s%s", sketch->stuck ? ": " : "",
		    sketch->stuck ? sketch->stuck : "");
	else if (fast < timeline->done)
		buf_printf(&text, "done after %d to %d s", (int)fast,
		    (int)timeline->done);
	else
		buf_printf(&text, "done after %d s", (int)timeline->done);
	if (timeline->floor == 0 && timeline->npods)
		buf_add_text(&text, "; no pod is ready for a time");
	else
		buf_printf(&text, "; at least %d ready", timeline->floor);
	timeline->outcome = keep(arena, &text);
}

static void draw_course(struct arena *arena, const struct sketch *sketch,
    const struct workload *update, struct timeline *timeline)
{
	struct buf name = {0};
	struct course course;

	if (!course_run(arena, &sketch->plan, sketch->rest_seconds, &course)) {
		timeline->outcome = "not drawn: too many pods";
		return;
	}
	plain_add(&name, slice_of(update->manifest->shown_name));
	timeline->is_stuck = course.is_stuck;
	timeline->done = course.is_stuck ? SECOND_NEVER : course.done;
	lanes_draw(arena, sketch, &course, keep(arena, &name), timeline);
	set_outcome(arena, sketch, timeline);
}

static struct timeline timeline_of(struct arena *arena,
    const struct timeline_request *request, const struct workload *update)
{
	struct timeline timeline = {.object = object_of(arena, update)};
	struct sketch sketch = {.arena = arena};

	sketch_update(&sketch, request->release, update, NULL, request->nodes);
	timeline.way = way_of(arena, &sketch, update);
	timeline.refusal = sketch.refusal;
	timeline.done = SECOND_NEVER;
	if (sketch.refusal)
		timeline.outcome = "refused: not applied";
	else if (sketch.still)
		timeline.outcome = sketch.still;
	else
		draw_course(arena, &sketch, update, &timeline);
	timeline.assumptions = sketch.assumptions.items;
	timeline.nassumptions = sketch.assumptions.n;
	return timeline;
}

const struct timeline *timelines_make(
    struct arena *arena, const struct timeline_request *request, size_t *ret_n)
{
	const struct entity_list *updates =
	    &request->release->lists[ENTITY_update];
	struct timeline *timelines =
	    arena_array(arena, updates->n, sizeof(*timelines));
	size_t n = 0;

	for (size_t i = 0; i < updates->n; i++) {
		const struct workload *update = updates->items[i];

		/* Its pods are the Rollout's that names it. */
		if (update->governor)
			continue;
		timelines[n++] = timeline_of(arena, request, update);
	}
	*ret_n = n;
	return timelines;
}
