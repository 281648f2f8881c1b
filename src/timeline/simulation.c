/*
 * All ways that a simulated update may go: every order in which its pods are
 * available and gone, and the seconds of the longest.
 */
#include "timeline/simulation.h"

#include "base/map.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Whether a node has room: one that holds nobody, or, of a DaemonSet, the
 * pod's own without the old pod. */
static bool has_room(const struct simulation *simulation,
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

static int rank(const struct sim_pod *pod)
{
	return pod->is_new << 24 | pod->place << 8 | pod->phase;
}

static int compare_pods(const void *a, const void *b)
{
	return rank(a) - rank(b);
}

struct search {
	struct simulation simulation;
	struct arena arena; /* of all states */
	struct map visited; /* by the bytes of the state */
	struct sim_state **todo;
	size_t ntodo, cap;
	struct sim_outcome outcome;
};

/* The bytes of a state that tell anything: of its pods those it has. */
static size_t state_size(const struct sim_state *state)
{
	return offsetof(struct sim_state, pods) +
	       (size_t)state->npods * sizeof(state->pods[0]);
}

/* Adds a state that is new; pods that differ in nothing are the same ones. */
static void visit(struct search *search, const struct sim_state *state)
{
	struct sim_state *kept;
	struct slice key;
	void **slot;

	key.len = state_size(state);
	kept = arena_copy(&search->arena, state, key.len);
	qsort(kept->pods, (size_t)kept->npods, sizeof(kept->pods[0]),
	    compare_pods);
	key.ptr = (const char *)kept;
	slot = map_slot(&search->visited, key);
	if (*slot)
		return;
	*slot = kept;
	if (search->ntodo == search->cap) {
		search->cap = search->cap ? 2 * search->cap : 64;
		search->todo = xrealloc(
		    search->todo, search->cap * sizeof(search->todo[0]));
	}
	search->todo[search->ntodo++] = kept;
}

static void place_pods(
    const struct simulation *simulation, struct sim_state *state)
{
	for (int i = 0; i < state->npods; i++) {
		struct sim_pod *pod = &state->pods[i];

		if (pod->phase == SIM_CREATED)
			pod->phase = has_room(simulation, state, pod)
					 ? SIM_STARTING
					 : SIM_PENDING;
	}
}

static void remove_pod(struct sim_state *state, int i)
{
	state->pods[i] = state->pods[--state->npods];
	memset(&state->pods[state->npods], 0, sizeof(state->pods[0]));
}

/* What may happen to pod i next, if anything. */
static bool happen(
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
	if (pod->phase == SIM_PENDING && has_room(simulation, state, pod)) {
		pod->phase = SIM_STARTING;
		return true;
	}
	return false;
}

static bool is_pausing(
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

static void measure(struct search *search, const struct sim_state *state)
{
	struct sim_outcome *outcome = &search->outcome;
	int available = sim_count(state, false, SIM_AVAILABLE) +
			sim_count(state, true, SIM_AVAILABLE);

	if (available < outcome->fewest)
		outcome->fewest = available;
	if (state->npods > outcome->most)
		outcome->most = state->npods;
}

/* Each state that can come next; false when there is none. */
static bool go_on(struct search *search, const struct sim_state *state)
{
	const struct simulation *simulation = &search->simulation;
	struct sim_state next;
	bool goes_on;

	memcpy(&next, state, state_size(state));
	goes_on = sim_sync(simulation, &next);
	if (goes_on) {
		place_pods(simulation, &next);
		visit(search, &next);
	}
	for (int i = 0; i < state->npods; i++) {
		memcpy(&next, state, state_size(state));
		if (happen(simulation, &next, i)) {
			visit(search, &next);
			goes_on = true;
		}
	}
	if (is_pausing(simulation, state)) {
		memcpy(&next, state, state_size(state));
		next.pause_over = true;
		visit(search, &next);
		goes_on = true;
	}
	return goes_on;
}

struct sim_outcome sim_explore(const struct sim_plan *plan)
{
	struct search search = {
	    .outcome = {.fewest = SIM_PODS, .updated = SIM_PODS, .ends = true}};
	struct sim_state first;

	sim_init(&search.simulation, plan);
	sim_begin(&search.simulation, &first);
	visit(&search, &first);
	while (search.ntodo) {
		const struct sim_state *state = search.todo[--search.ntodo];
		int updated = sim_count(state, true, SIM_AVAILABLE);

		search.outcome.nstates++;
		measure(&search, state);
		if (go_on(&search, state))
			continue;
		search.outcome.ends &=
		    sim_is_finished(&search.simulation, state);
		if (updated < search.outcome.updated)
			search.outcome.updated = updated;
	}
	free(search.todo);
	map_release(&search.visited);
	arena_release(&search.arena);
	return search.outcome;
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
			happen(simulation, state, i);
	}
	for (int i = 0; i < state->npods; i++) {
		struct sim_pod *pod = &state->pods[i];

		if (pod->phase == SIM_PENDING && happen(simulation, state, i))
			pod->due = second + simulation->plan->start_seconds;
	}
}

/* When pods that were created are available, the first so many at once, and
 * those that were deleted are gone. */
static void set_times(const struct simulation *simulation,
    struct sim_state *state, int32_t now, int nfast)
{
	const struct sim_plan *plan = simulation->plan;

	for (int i = 0; i < state->npods; i++) {
		struct sim_pod *pod = &state->pods[i];

		if (pod->phase == SIM_ENDING && pod->due < 0)
			pod->due = now + plan->end_seconds;
		if (pod->phase != SIM_CREATED)
			continue;
		pod->phase = has_room(simulation, state, pod) ? SIM_STARTING
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
	if (is_pausing(simulation, state) && !state->wait) {
		state->wait = now + pause_seconds(simulation, state);
		if (state->wait == 0)
			state->pause_over = true;
	}
	if (state->pause_over)
		return now;
	return next_second(state) == INT32_MAX ? -1 : next_second(state);
}

static int longest_from(const struct simulation *simulation,
    struct sim_state state, int32_t now, bool is_thorough)
{
	while (!sim_is_finished(simulation, &state)) {
		int ncreated = 0, longest = 0;

		if (!sim_sync(simulation, &state)) {
			now = wait_for_more(simulation, &state, now);
			if (now < 0)
				return -1;
			pass_time(simulation, &state, now);
			continue;
		}
		ncreated = sim_count(&state, false, SIM_CREATED) +
			   sim_count(&state, true, SIM_CREATED);
		for (int i = is_thorough ? ncreated : 0; i > 0; i--) {
			struct sim_state other = state;
			int seconds;

			set_times(simulation, &other, now, i);
			seconds =
			    longest_from(simulation, other, now, is_thorough);
			if (seconds < 0)
				return -1;
			longest = seconds > longest ? seconds : longest;
		}
		set_times(simulation, &state, now, 0);
		if (longest > 0) {
			int rest =
			    longest_from(simulation, state, now, is_thorough);

			return rest < 0 || rest > longest ? rest : longest;
		}
	}
	return now;
}

int sim_longest(const struct sim_plan *plan, bool is_thorough)
{
	struct simulation simulation;
	struct sim_state state;

	sim_init(&simulation, plan);
	sim_begin(&simulation, &state);
	return longest_from(&simulation, state, 0, is_thorough);
}
