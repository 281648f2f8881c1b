/*
 * All ways that a simulated update may go: every order in which its pods are
 * available and gone, and the seconds of the longest.
 */
#include "timeline/simulation.h"

#include "base/map.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

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
			pod->phase = sim_has_room(simulation, state, pod)
					 ? SIM_STARTING
					 : SIM_PENDING;
	}
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
		if (sim_happen(simulation, &next, i)) {
			visit(search, &next);
			goes_on = true;
		}
	}
	if (sim_is_pausing(simulation, state)) {
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

static int longest_from(const struct simulation *simulation,
    struct sim_state state, int32_t now, bool is_thorough)
{
	while (!sim_is_finished(simulation, &state)) {
		int ncreated = 0, longest = 0;

		if (!sim_sync(simulation, &state)) {
			now = sim_pass_time(simulation, &state, now);
			if (now < 0)
				return -1;
			continue;
		}
		ncreated = sim_count(&state, false, SIM_CREATED) +
			   sim_count(&state, true, SIM_CREATED);
		for (int i = is_thorough ? ncreated : 0; i > 0; i--) {
			struct sim_state other = state;
			int seconds;

			sim_set_times(simulation, &other, now, i);
			seconds =
			    longest_from(simulation, other, now, is_thorough);
			if (seconds < 0)
				return -1;
			longest = seconds > longest ? seconds : longest;
		}
		sim_set_times(simulation, &state, now, 0);
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
