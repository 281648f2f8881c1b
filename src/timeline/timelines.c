/* From the facts of a release to what is drawn of each update. */
#include "timeline/timelines.h"

#include "fact/change/change.h"
#include "fact/computed.h"
#include "fact/cut/cut.h"
#include "fact/update/size.h"
#include "fact/update/update.h"
#include "report/phrase.h"
#include "report/plain.h"
#include "timeline/bands.h"
#include "timeline/course.h"
#include "timeline/drain_times.h"
#include "timeline/lanes.h"
#include "timeline/marks.h"
#include "timeline/sketch.h"

#include <string.h>

/* What is asked for each timeline, by addresses: the transition that leads to a
 * workload, whether its old pods are let go, the denials of an object. */
struct drawing {
	const struct timeline_request *request;
	struct strikes strikes;
	struct map transitions; /* by the new workload */
	struct map let_go;	/* likewise, by cuts */
	struct map denials;	/* the first that is sure, by the object */
};

static void *find_by(const struct map *map, const void *key)
{
	return map_find(map, map_address_key(&key));
}

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

static void add_count(struct buf *text, int n, const char *what)
{
	buf_printf(text, "%d %s%s", n, what, n == 1 ? "" : "s");
}

static bool is_scaled(const struct sketch *sketch)
{
	return sketch->old_replicas >= 0 &&
	       sketch->old_replicas != sketch->plan.replicas;
}

/* "2 pods more and none missing" */
static void add_amounts(struct buf *text, const struct sim_plan *plan)
{
	int surge = plan->surge.value, missing = plan->unavailable.value;

	if (surge == 0 && missing == 0)
		missing = 1;
	buf_add_text(text, ", at most ");
	if (surge)
		buf_printf(text, "%d more", surge);
	if (surge && missing)
		buf_add_text(text, " and ");
	if (missing)
		buf_printf(text, "%d missing", missing);
	buf_add_text(text, missing ? "" : " and none missing");
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
	if (sketch->refusal || sketch->still || plan->replicas == 0)
		return keep(arena, &text);
	buf_add_text(&text, " of ");
	add_count(
	    &text, plan->replicas, plan->way == SIM_BY_NODE ? "node" : "pod");
	if (plan->more_before)
		buf_printf(&text, " (%d before)", sketch->old_replicas);
	switch (plan->way) {
	case SIM_ROLLING:
	case SIM_CANARY:
	case SIM_BY_NODE: add_amounts(&text, plan); break;
	case SIM_ORDERED:
		buf_add_text(&text, plan->is_parallel
					? ", the highest first"
					: ", in order, the highest first");
		break;
	case SIM_ROUTED: buf_add_text(&text, ", traffic is routed"); break;
	case SIM_AT_ONCE:
	case SIM_BLUE_GREEN: break;
	}
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

static void add_deadline(struct buf *text, const struct sketch *sketch,
    const struct timeline *timeline)
{
	if (timeline->deadline == SECOND_NEVER)
		return;
	buf_printf(
	    text, "; fails its deadline at %d s", (int)timeline->deadline);
	if (sketch->aborts)
		buf_add_text(text, " and is aborted then");
}

static void set_outcome(
    struct arena *arena, const struct sketch *sketch, struct timeline *timeline)
{
	int32_t fast = earliest(sketch);
	struct buf text = {0};

	if (timeline->is_stuck) {
		buf_printf(&text, "Never ends%s%s%s",
		    sketch->needs_node ? " without a spare node" : "",
		    sketch->stuck ? ": " : "",
		    sketch->stuck ? sketch->stuck : "");
		add_deadline(&text, sketch, timeline);
		timeline->outcome = keep(arena, &text);
		return;
	}
	if (fast < timeline->done)
		buf_printf(&text, "Done after %d to %d s", (int)fast,
		    (int)timeline->done);
	else
		buf_printf(&text, "Done after %d s", (int)timeline->done);
	if (timeline->floor == 0 && timeline->npods)
		buf_add_text(&text, "; for a time no pod is ready");
	else
		buf_printf(
		    &text, "; never fewer than %d ready", timeline->floor);
	add_deadline(&text, sketch, timeline);
	timeline->outcome = keep(arena, &text);
}

/* The first second after another in which an update is seen to make progress: a
 * pod is made, ready, counted or deleted.  SECOND_NEVER: there is none. */
static int32_t progress_from(
    const struct sketch *sketch, const struct course *course, int32_t second)
{
	int32_t next = SECOND_NEVER;

	for (size_t i = 0; i < course->npods; i++) {
		const struct course_pod *pod = &course->pods[i];
		const int32_t seconds[] = {pod->created,
		    pod->available == COURSE_NEVER
			? COURSE_NEVER
			: pod->available - sketch->min_ready,
		    pod->available, pod->deleted};

		for (size_t j = 0; j < COUNT_OF(seconds); j++) {
			if (seconds[j] > second && seconds[j] < next)
				next = seconds[j];
		}
	}
	return next;
}

static bool has_starting(const struct course *course, int32_t second)
{
	for (size_t i = 0; i < course->npods; i++) {
		const struct course_pod *pod = &course->pods[i];

		if (pod->is_new && pod->created <= second &&
		    second < pod->available && second < pod->deleted)
			return true;
	}
	return false;
}

/* The deadline strikes when a new pod starts, or is counted, and no progress is
 * seen for so long; each that is begins it anew (progress.go of the Deployment
 * controller, utils/conditions of Argo Rollouts).  In a pause none starts. */
static void set_deadline(const struct timeline_request *request,
    const struct sketch *sketch, const struct course *course,
    const struct workload *update, struct timeline *timeline)
{
	struct fact limit =
	    fact_workload_ready_within_seconds(request->release, update);
	int32_t seconds = seconds_of(limit, SECOND_NEVER);
	int32_t last = progress_from(sketch, course, -1), next;

	if (seconds == SECOND_NEVER)
		return;
	for (; last != SECOND_NEVER; last = next) {
		next = progress_from(sketch, course, last);
		if (next - last >= seconds && has_starting(course, last))
			break;
	}
	if (last > SECOND_NEVER - seconds)
		return;
	timeline->deadline = last + seconds;
	if (timeline->end < timeline->deadline)
		timeline->end = timeline->deadline;
}

static void draw_course(struct arena *arena,
    const struct timeline_request *request, const struct sketch *sketch,
    const struct workload *update, struct timeline *timeline)
{
	struct buf name = {0};
	struct course course;

	if (!course_run(arena, &sketch->plan, sketch->rest_seconds, &course)) {
		timeline->way = update->strategy.has_value
				    ? update->strategy.text
				    : "update";
		timeline->outcome = "Not drawn: it has too many pods or steps";
		return;
	}
	plain_add(&name, slice_of(update->manifest->shown_name));
	timeline->is_stuck = course.is_stuck;
	timeline->done = course.is_stuck ? SECOND_NEVER : course.done;
	lanes_draw(arena, sketch, &course, keep(arena, &name), timeline);
	bands_of_steps(arena, sketch, &course, timeline);
	set_deadline(request, sketch, &course, update, timeline);
	if (timeline->each > 1)
		timeline->way =
		    arena_printf(arena, "%s; one lane of %d is drawn",
			timeline->way, timeline->each);
	set_outcome(arena, sketch, timeline);
}

/* The first of each is kept. */
static void put_first(struct map *map, const void *key, const void *value)
{
	void **place = map_slot(map, map_address_key(key));

	if (!*place)
		*place = (void *)(uintptr_t)value;
}

static void index_transitions(struct drawing *drawing)
{
	const struct entity_list *list =
	    &drawing->request->release->lists[ENTITY_transition];

	for (size_t i = 0; i < list->n; i++) {
		const struct transition *transition = list->items[i];

		put_first(&drawing->transitions, &transition->workload,
		    transition);
	}
}

/* The old pods that get no requests from the beginning on: no Service, or none
 * of its ports, leads to them any more. */
static void index_let_go(struct drawing *drawing)
{
	const struct entity_list *list =
	    &drawing->request->release->lists[ENTITY_cut];

	for (size_t i = 0; i < list->n; i++) {
		const struct cut *cut = list->items[i];
		const struct transition *transition =
		    find_by(&drawing->transitions, cut->next);

		if (cut->service && transition &&
		    cut->workload == transition->previous &&
		    strcmp(cut->reason.text, "replaced") != 0)
			put_first(&drawing->let_go, &cut->next, cut);
	}
}

static void index_denials(struct drawing *drawing)
{
	const struct entity_list *list =
	    &drawing->request->release->lists[ENTITY_denial];

	for (size_t i = 0; i < list->n; i++) {
		const struct denial *denial = list->items[i];

		if (!strcmp(denial->way.text, "forward") &&
		    denial->sure.boolean && !denial->server_side_only.boolean)
			put_first(&drawing->denials, &denial->part.manifest,
			    denial);
	}
}

static void drawing_init(
    struct drawing *drawing, const struct timeline_request *request)
{
	*drawing = (struct drawing){.request = request};
	strikes_init(&drawing->strikes, request);
	index_transitions(drawing);
	index_let_go(drawing);
	index_denials(drawing);
}

static void drawing_release(struct drawing *drawing)
{
	strikes_release(&drawing->strikes);
	map_release(&drawing->transitions);
	map_release(&drawing->let_go);
	map_release(&drawing->denials);
}

/* What refuses the object as it stands, or over the one that runs now. */
static const char *find_refusal(struct arena *arena,
    const struct drawing *drawing, const struct workload *update)
{
	const struct denial *denial =
	    find_by(&drawing->denials, update->manifest);
	struct buf text = {0};

	if (!denial)
		return refusal_of(arena, &drawing->strikes, update);
	if (denial->path.has_value) {
		plain_add(&text, slice_of(denial->path.text));
		buf_add_char(&text, ' ');
	}
	plain_add(&text, slice_of(denial->text.text));
	return keep(arena, &text);
}

static const char *scaling_of(struct arena *arena, const struct sketch *sketch)
{
	int before = sketch->old_replicas, now = sketch->plan.replicas;
	struct buf text = {0};

	buf_printf(&text, "Scaled from %d to ", before);
	add_count(&text, now, "pod");
	buf_printf(&text, ", of which none is replaced: %d %s at once",
	    now > before ? now - before : before - now,
	    now > before ? "start" : "end");
	return keep(arena, &text);
}

/* Of a workload that stays as it is, or is made anew, nothing is replaced. */
static const char *find_still(const struct timeline_request *request,
    const struct transition *transition, const struct sketch *sketch)
{
	bool is_same;

	if (!request->release->previous)
		return NULL;
	if (!transition)
		return "New in this release: no pods run that it would replace";
	is_same = !strcmp(transition->what.text, "same");
	if (is_scaled(sketch) && (is_same || sketch->plan.replicas == 0))
		return scaling_of(sketch->arena, sketch);
	if (is_same)
		return "Its pod template stays as it is: no pod is replaced";
	return NULL;
}

static void draw(struct arena *arena, const struct drawing *drawing,
    const struct workload *update, struct timeline *timeline)
{
	const struct timeline_request *request = drawing->request;
	const struct transition *transition =
	    find_by(&drawing->transitions, update);
	struct sketch sketch = {.arena = arena};
	const char *still;

	sketch_update(&sketch, request->release, update,
	    transition ? transition->previous : NULL, request->nodes);
	still = find_still(request, transition, &sketch);
	if (still)
		sketch.still = still;
	sketch.is_let_go = find_by(&drawing->let_go, update) != NULL;
	timeline->refusal = find_refusal(arena, drawing, update);
	if (!timeline->refusal)
		timeline->refusal = sketch.refusal;
	sketch.refusal = timeline->refusal;
	timeline->way = way_of(arena, &sketch, update);
	if (timeline->refusal)
		timeline->outcome = "Refused: not applied, the old pods stay";
	else if (sketch.plan.replicas == 0 && !sketch.still)
		timeline->outcome = "It runs no pods: nothing is replaced";
	else if (sketch.still)
		timeline->outcome = sketch.still;
	else
		draw_course(arena, request, &sketch, update, timeline);
	if (timeline->npods) {
		timeline->assumptions = sketch.assumptions.items;
		timeline->nassumptions = sketch.assumptions.n;
	}
}

const struct timeline *timelines_make(
    struct arena *arena, const struct timeline_request *request, size_t *ret_n)
{
	const struct entity_list *updates =
	    &request->release->lists[ENTITY_update];
	struct timeline *timelines =
	    arena_array(arena, updates->n + 1, sizeof(*timelines));
	bool *taken = arena_array(arena, request->nfindings, sizeof(*taken));
	struct drawing drawing;
	size_t n = 0;

	drawing_init(&drawing, request);
	if (hooks_draw(arena, request->release, &timelines[0]))
		marks_set(
		    arena, &drawing.strikes, NULL, taken, &timelines[n++]);
	for (size_t i = 0; i < updates->n; i++) {
		const struct workload *update = updates->items[i];
		struct timeline *timeline = &timelines[n];

		/* Its pods are the Rollout's that names it. */
		if (update->governor)
			continue;
		*timeline =
		    (struct timeline){.object = object_of(arena, update),
			.done = SECOND_NEVER,
			.deadline = SECOND_NEVER};
		draw(arena, &drawing, update, timeline);
		marks_set(arena, &drawing.strikes, update, taken, timeline);
		n++;
	}
	drawing_release(&drawing);
	*ret_n = n;
	return timelines;
}
