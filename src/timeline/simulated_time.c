/*
 * What happens in a simulated update without its controller: pods find a node,
 * are available, are gone; pauses end.
 */
#include "timeline/simulation.h"

#include <string.h>

bool sim_has_room(const struct simulation *simulation,
    const struct sim_state *state, const struct sim_pod *pod)
{
	bool own_node = simulation->plan->way == SIM_BY_NODE;
	int used = 0;

	if (!simulation->plan->nodes)
		return true;
	for (int i = 0; i < state->npods; i++) {
		const struct sim_pod *other = &state->pods[i];

		used += other != pod && other->phase != SIM_PENDING &&
			other->phase != SIM_CREATED &&
			(!own_node || other->place == pod->place);
	}
	return used < (own_node ? 1 : simulation->plan->nodes);
}

static void remove_pod(struct sim_state *state, int i)
{
	state->pods[i] = state->pods[--state->npods];
	memset(&state->pods[state->npods], 0, sizeof(state->pods[0]));
}

bool sim_happen(
    const struct simulation *simulation, struct sim_state *state, int i)
{
	struct sim_pod *pod = &state->pods[i];

	if (pod->phase == SIM_STARTING) {
		pod->phase = SIM_AVAILABLE;
		return true;
	}
	if (pod->phase == SIM_ENDING) {
		remove_pod(state, i);
		return true;
	}
	if (pod->phase == SIM_PENDING && sim_has_room(simulation, state, pod)) {
		pod->phase = SIM_STARTING;
		return true;
	}
	return false;
}

bool sim_is_pausing(
    const struct simulation *simulation, const struct sim_state *state)
{
	const struct sim_plan *plan = simulation->plan;

	if (state->pause_over || state->is_promoted)
		return false;
	if (plan->way == SIM_BLUE_GREEN)
		return state->step == 0 && plan->promotion_seconds &&
		       sim_count(state, true, SIM_AVAILABLE) ==
			   (plan->preview ? plan->preview : plan->replicas);
	return (size_t)state->step < plan->nsteps &&
	       plan->steps[state->step].deed == SIM_PAUSE;
}

/* The seconds in which nothing else is left to happen; INT32_MAX: none. */
static int32_t next_second(const struct sim_state *state)
{
	int32_t second = state->wait ? state->wait : INT32_MAX;

	for (int i = 0; i < state->npods; i++) {
		const struct sim_pod *pod = &state->pods[i];

		if ((pod->phase == SIM_STARTING || pod->phase == SIM_ENDING) &&
		    pod->due < second)
			second = pod->due;
	}
	return second;
}

static void pass_time(const struct simulation *simulation,
    struct sim_state *state, int32_t second)
{
	if (state->wait && state->wait <= second) {
		state->wait = 0;
		state->pause_over = true;
	}
	for (int i = state->npods; i-- > 0;) {
		struct sim_pod *pod = &state->pods[i];

		if ((pod->phase == SIM_STARTING || pod->phase == SIM_ENDING) &&
		    pod->due <= second)
			sim_happen(simulation, state, i);
	}
	for (int i = 0; i < state->npods; i++) {
		struct sim_pod *pod = &state->pods[i];

		if (pod->phase == SIM_PENDING &&
		    sim_happen(simulation, state, i))
			pod->due = second + simulation->plan->start_seconds;
	}
}

void sim_set_times(const struct simulation *simulation, struct sim_state *state,
    int32_t now, int nfast)
{
	const struct sim_plan *plan = simulation->plan;

	for (int i = 0; i < state->npods; i++) {
		struct sim_pod *pod = &state->pods[i];

		if (pod->phase == SIM_ENDING && pod->due < 0)
			pod->due = now + plan->end_seconds;
		if (pod->phase != SIM_CREATED)
			continue;
		pod->phase = sim_has_room(simulation, state, pod) ? SIM_STARTING
								  : SIM_PENDING;
		pod->due = now + (nfast-- > 0 ? 0 : plan->start_seconds);
	}
}

static int32_t pause_seconds(
    const struct simulation *simulation, const struct sim_state *state)
{
	const struct sim_plan *plan = simulation->plan;

	return plan->way == SIM_BLUE_GREEN ? plan->promotion_seconds
					   : plan->steps[state->step].value;
}

/* Until nothing happens without time passing; the second in which something
 * does.  -1: nothing ever will. */
static int32_t wait_for_more(
    const struct simulation *simulation, struct sim_state *state, int32_t now)
{
	if (sim_is_pausing(simulation, state) && !state->wait) {
		state->wait = now + pause_seconds(simulation, state);
		if (state->wait == 0)
			state->pause_over = true;
	}
	if (state->pause_over)
		return now;
	return next_second(state) == INT32_MAX ? -1 : next_second(state);
}

int32_t sim_pass_time(
    const struct simulation *simulation, struct sim_state *state, int32_t now)
{
	int32_t second = wait_for_more(simulation, state, now);

	if (second >= 0)
		pass_time(simulation, state, second);
	return second;
}
