/* A simulated update with a clock: each pod's seconds. */
#include "timeline/course.h"

#include <string.h>

#define MOST_STEPS 200

/* Of any update of so many pods and steps. */
#define MOST_PASSES 10000000

struct run {
	struct simulation simulation;
	struct sim_state state;
	struct course *course;
	struct arena *arena;
	size_t cap_pods, cap_steps;
	int32_t now, pass;
	bool has_begun;
};

/* An array of an arena with room for one more. */
static void *with_room(
    struct arena *arena, void *items, size_t n, size_t *cap, size_t size)
{
	void *more;

	if (n < *cap)
		return items;
	*cap = *cap ? 2 * *cap : 32;
	more = arena_array(arena, *cap, size);
	if (n)
		memcpy(more, items, n * size);
	return more;
}

/* A pod that is seen for the first time gets the next number. */
static void follow(struct run *run, struct sim_pod *pod)
{
	struct course *course = run->course;
	int32_t since = run->has_begun ? run->now : -1;

	course->pods = with_room(run->arena, course->pods, course->npods,
	    &run->cap_pods, sizeof(course->pods[0]));
	course->pods[course->npods++] = (struct course_pod){
	    .is_new = pod->is_new,
	    .place = pod->place,
	    .created = since,
	    .scheduled = run->has_begun ? COURSE_NEVER : -1,
	    .available = pod->phase == SIM_AVAILABLE ? since : COURSE_NEVER,
	    .deleted = COURSE_NEVER,
	};
	pod->lane = (int32_t)course->npods;
}

static void note_pod(struct run *run, struct sim_pod *pod)
{
	struct course_pod *noted;

	if (!pod->lane)
		follow(run, pod);
	noted = &run->course->pods[pod->lane - 1];
	if (pod->phase != SIM_PENDING && noted->scheduled == COURSE_NEVER)
		noted->scheduled = run->now;
	if (pod->phase == SIM_AVAILABLE && noted->available == COURSE_NEVER)
		noted->available = run->now;
	if (pod->phase != SIM_ENDING)
		noted->seen = run->pass;
}

static void note_step(struct run *run)
{
	struct course *course = run->course;
	int step = run->state.is_promoted
		       ? (int)run->simulation.plan->nsteps + 1
		       : run->state.step;

	if (course->nsteps && course->steps[course->nsteps - 1].step == step)
		return;
	course->steps = with_room(run->arena, course->steps, course->nsteps,
	    &run->cap_steps, sizeof(course->steps[0]));
	course->steps[course->nsteps++] = (struct course_step){step, run->now};
}

static void count_pods(struct run *run)
{
	struct course *course = run->course;
	const struct sim_state *state = &run->state;
	int available = sim_count(state, false, SIM_AVAILABLE) +
			sim_count(state, true, SIM_AVAILABLE);
	int ending = sim_count(state, false, SIM_ENDING) +
		     sim_count(state, true, SIM_ENDING);

	if (!run->has_begun || available < course->fewest)
		course->fewest = available;
	if (state->npods - ending > course->most)
		course->most = state->npods - ending;
}

/* After each pass of the controller, and each wait: who is there no more, or
 * ends, was deleted in this second. */
static void note(struct run *run)
{
	struct course *course = run->course;

	run->pass++;
	for (int i = 0; i < run->state.npods; i++)
		note_pod(run, &run->state.pods[i]);
	for (size_t i = 0; i < course->npods; i++) {
		struct course_pod *pod = &course->pods[i];

		if (pod->seen != run->pass && pod->deleted == COURSE_NEVER)
			pod->deleted = run->now;
	}
	note_step(run);
	count_pods(run);
	run->has_begun = true;
}

/* The pods of the old revision that a Rollout keeps when it is done. */
static void end_rest(struct course *course, int32_t second)
{
	for (size_t i = 0; i < course->npods; i++) {
		struct course_pod *pod = &course->pods[i];

		if (!pod->is_new && pod->deleted == COURSE_NEVER)
			pod->deleted = second;
	}
}

/* Each wait takes a pod or a pause further, so there is an end; the passes are
 * counted all the same. */
static void go_on(struct run *run)
{
	const struct simulation *simulation = &run->simulation;

	while (!sim_is_finished(simulation, &run->state)) {
		if (run->pass > MOST_PASSES)
			BUG("an update without an end");
		if (sim_sync(simulation, &run->state)) {
			sim_set_times(simulation, &run->state, run->now, 0);
		} else {
			int32_t second =
			    sim_pass_time(simulation, &run->state, run->now);

			run->course->is_stuck = second < 0;
			if (second < 0)
				return;
			run->now = second;
		}
		note(run);
	}
}

/* Rollouts that lead users from one revision to the other keep the old pods. */
static bool keeps_rest(const struct sim_plan *plan)
{
	return plan->way == SIM_ROUTED || plan->way == SIM_BLUE_GREEN;
}

static int greatest(int a, int b)
{
	return a > b ? a : b;
}

/* The most pods of the new revision that a Rollout may ask for. */
static int most_canaries(const struct sim_plan *plan)
{
	int most = greatest(plan->replicas + 1, plan->preview);

	most = greatest(most, plan->least_pods);
	for (size_t i = 0; i < plan->nsteps; i++) {
		if (plan->steps[i].deed == SIM_SCALE_PODS)
			most = greatest(most, plan->steps[i].value);
	}
	return most;
}

/* Pods that there may be at once; those that end are told apart by few ways. */
static int most_pods(const struct simulation *simulation)
{
	const struct sim_plan *plan = simulation->plan;

	switch (plan->way) {
	case SIM_ROLLING:
		return greatest(plan->replicas + plan->more_before,
		    plan->replicas + (simulation->surge < plan->replicas
					     ? simulation->surge
					     : plan->replicas));
	case SIM_AT_ONCE:
		return 2 * plan->replicas + greatest(plan->more_before, 0);
	case SIM_ORDERED:
	case SIM_BY_NODE: return 2 * plan->replicas;
	case SIM_CANARY:
	case SIM_ROUTED:
	case SIM_BLUE_GREEN: break;
	}
	return greatest(plan->replicas, plan->least_pods) + most_canaries(plan);
}

bool course_run(struct arena *arena, const struct sim_plan *plan,
    int32_t rest_seconds, struct course *ret_course)
{
	struct run run = {.course = ret_course, .arena = arena};
	*ret_course = (struct course){0};
	sim_init(&run.simulation, plan);
	if (most_pods(&run.simulation) > SIM_PODS || plan->nsteps > MOST_STEPS)
		return false;
	sim_begin(&run.simulation, &run.state);
	note(&run);
	go_on(&run);
	ret_course->done = run.now;
	if (keeps_rest(plan) && !ret_course->is_stuck &&
	    rest_seconds != COURSE_NEVER)
		end_rest(ret_course, run.now + rest_seconds);
	return true;
}
