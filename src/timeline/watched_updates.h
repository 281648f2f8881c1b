/*
 * For unit tests: plans of updates in few words, and updates that were watched
 * on real controllers, which judge the simulation and the facts.
 */
#ifndef TIMELINE_WATCHED_UPDATES_H
#define TIMELINE_WATCHED_UPDATES_H

#include "timeline/simulation.h"

/* Amounts of pods and in percent. */
#define PODS(n)              \
	{                    \
		.value = (n) \
	}
#define PERCENT(n)                               \
	{                                        \
		.value = (n), .is_percent = true \
	}
#define AMOUNTS(s, u) .surge = s, .unavailable = u
#define STEPS(...)                                                 \
	.steps = (const struct sim_step[]){__VA_ARGS__},           \
	.nsteps = sizeof((const struct sim_step[]){__VA_ARGS__}) / \
		  sizeof(struct sim_step)
#define WEIGHT(w)             \
	{                     \
		SIM_WEIGHT, w \
	}
#define SHORT                \
	{                    \
		SIM_PAUSE, 3 \
	}
#define OF(way_, n) .way = SIM_##way_, .replicas = (n)

/* Updates on the controllers of Kubernetes 1.36.3 and Argo Rollouts: fewest
 * ready pods that were seen, and old pods that were left.  A pod was ready one
 * to two seconds after it started, gone one after it was ended. */
static const struct watched {
	struct sim_plan plan;
	int fewest, left;
} watched[] = {
    {{OF(ROLLING, 5), AMOUNTS(PERCENT(34), PERCENT(75))}, 2, 0},
    {{OF(ROLLING, 5), AMOUNTS(PERCENT(75), PODS(1))}, 4, 0},
    {{OF(ROLLING, 6), AMOUNTS(PODS(2), PERCENT(34))}, 4, 0},
    {{OF(ROLLING, 8), AMOUNTS(PODS(0), PERCENT(75))}, 2, 0},
    {{OF(ROLLING, 2), AMOUNTS(PERCENT(100), PODS(1))}, 1, 0},
    {{OF(ROLLING, 8), AMOUNTS(PODS(3), PERCENT(25))}, 6, 0},
    {{OF(ROLLING, 5), AMOUNTS(PERCENT(34), PODS(2))}, 3, 0},
    {{OF(ROLLING, 2), AMOUNTS(PERCENT(10), PERCENT(50))}, 1, 0},
    {{OF(ROLLING, 10), AMOUNTS(PODS(1), PERCENT(75))}, 3, 0},
    {{OF(ROLLING, 8), AMOUNTS(PERCENT(25), PERCENT(34))}, 6, 0},
    {{OF(ROLLING, 1), AMOUNTS(PERCENT(10), PODS(3))}, 0, 0},
    {{OF(ROLLING, 8), AMOUNTS(PODS(3), PERCENT(50))}, 4, 0},
    {{OF(ROLLING, 8), AMOUNTS(PERCENT(10), PERCENT(25))}, 6, 0},
    {{OF(ROLLING, 6), AMOUNTS(PERCENT(10), PERCENT(50))}, 3, 0},
    {{OF(ROLLING, 3), AMOUNTS(PERCENT(25), PODS(0))}, 3, 0},
    {{OF(ROLLING, 1), AMOUNTS(PODS(3), PODS(1))}, 0, 0},
    {{OF(ROLLING, 3), AMOUNTS(PODS(0), PODS(3))}, 0, 0},
    {{OF(ROLLING, 6), AMOUNTS(PODS(1), PERCENT(50))}, 3, 0},
    {{OF(ROLLING, 1), AMOUNTS(PODS(0), PERCENT(25))}, 0, 0},
    {{OF(ROLLING, 8), AMOUNTS(PERCENT(75), PERCENT(25))}, 6, 0},
    {{OF(ROLLING, 5), AMOUNTS(PERCENT(50), PODS(3))}, 2, 0},
    {{OF(ROLLING, 8), AMOUNTS(PERCENT(50), PERCENT(50))}, 4, 0},
    {{OF(ROLLING, 3), AMOUNTS(PERCENT(75), PERCENT(50))}, 2, 0},
    {{OF(ROLLING, 1), AMOUNTS(PERCENT(75), PERCENT(34))}, 1, 0},
    {{OF(ROLLING, 10), AMOUNTS(PODS(3), PODS(2))}, 8, 0},
    {{OF(ROLLING, 3), AMOUNTS(PERCENT(34), PODS(3))}, 0, 0},
    {{OF(ROLLING, 4), AMOUNTS(PODS(2), PERCENT(34))}, 3, 0},
    {{OF(ROLLING, 10), AMOUNTS(PERCENT(75), PERCENT(10))}, 9, 0},
    {{OF(ROLLING, 1), AMOUNTS(PERCENT(50), PODS(2))}, 0, 0},
    {{OF(ROLLING, 6), AMOUNTS(PERCENT(75), PODS(2))}, 4, 0},
    {{OF(ROLLING, 10), AMOUNTS(PERCENT(100), PODS(2))}, 8, 0},
    {{OF(ROLLING, 2), AMOUNTS(PODS(1), PODS(2))}, 0, 0},
    {{OF(ROLLING, 5), AMOUNTS(PODS(1), PERCENT(25))}, 4, 0},
    {{OF(ORDERED, 1), .unavailable = PODS(1), .is_parallel = true}, 0, 0},
    {{OF(ORDERED, 2), .unavailable = PODS(1), .partition = 1,
	 .is_parallel = true},
	1, 1},
    {{OF(ORDERED, 4), .unavailable = PODS(1), .partition = 1}, 3, 1},
    {{OF(ORDERED, 4), .unavailable = PODS(1), .partition = 1,
	 .is_parallel = true},
	3, 1},
    {{OF(ORDERED, 4), .unavailable = PODS(1), .partition = 3,
	 .is_parallel = true},
	3, 3},
    {{OF(ORDERED, 6), .unavailable = PODS(1), .partition = 1}, 5, 1},
    {{OF(ORDERED, 6), .unavailable = PODS(1), .partition = 3}, 5, 3},
    {{OF(ORDERED, 6), .unavailable = PODS(1), .partition = 3,
	 .is_parallel = true},
	5, 3},
    {{OF(BY_NODE, 4), AMOUNTS(PODS(0), PODS(1))}, 3, 0},
    {{OF(BY_NODE, 4), AMOUNTS(PODS(0), PODS(3))}, 1, 0},
    {{OF(BY_NODE, 4), AMOUNTS(PODS(0), PERCENT(30))}, 2, 0},
    {{OF(BY_NODE, 4), AMOUNTS(PODS(0), PERCENT(75))}, 1, 0},
    {{OF(BY_NODE, 4), AMOUNTS(PODS(0), PERCENT(100))}, 0, 0},
    {{OF(BY_NODE, 4), AMOUNTS(PODS(1), PODS(0))}, 4, 0},
    {{OF(CANARY, 1), AMOUNTS(PERCENT(25), PERCENT(25)),
	 STEPS(WEIGHT(5), SHORT)},
	1, 0},
    {{OF(CANARY, 3), AMOUNTS(PODS(2), PODS(1)),
	 STEPS(WEIGHT(25), SHORT, WEIGHT(50), SHORT, WEIGHT(75), SHORT)},
	3, 0},
    {{OF(CANARY, 3), AMOUNTS(PODS(2), PODS(1)), STEPS(WEIGHT(75), SHORT)}, 2,
	0},
    {{OF(CANARY, 8), AMOUNTS(PERCENT(100), PODS(0)), STEPS(WEIGHT(99), SHORT)},
	8, 0},
    {{OF(CANARY, 5), AMOUNTS(PODS(2), PODS(1)),
	 STEPS(WEIGHT(20), SHORT, WEIGHT(50), SHORT)},
	4, 0},
    {{OF(CANARY, 10), AMOUNTS(PODS(0), PERCENT(50)), STEPS(WEIGHT(99), SHORT)},
	5, 0},
    {{OF(CANARY, 5), AMOUNTS(PODS(0), PERCENT(50)), STEPS(WEIGHT(100), SHORT)},
	3, 0},
    {{OF(CANARY, 2), AMOUNTS(PODS(1), PODS(0)),
	 STEPS(WEIGHT(25), SHORT, WEIGHT(50), SHORT, WEIGHT(75), SHORT)},
	2, 0},
    {{OF(CANARY, 2), AMOUNTS(PODS(0), PODS(1)), STEPS(WEIGHT(99), SHORT)}, 1,
	0},
    {{OF(CANARY, 1), AMOUNTS(PERCENT(100), PODS(0)), STEPS(WEIGHT(99), SHORT)},
	1, 0},
    {{OF(CANARY, 8), AMOUNTS(PERCENT(100), PODS(0)), STEPS(WEIGHT(5), SHORT)},
	8, 0},
    {{OF(CANARY, 3), AMOUNTS(PERCENT(25), PERCENT(25)),
	 STEPS(WEIGHT(100), SHORT)},
	3, 0},
    {{OF(CANARY, 10), AMOUNTS(PERCENT(100), PODS(0)),
	 STEPS(WEIGHT(0), SHORT, WEIGHT(50), SHORT)},
	10, 0},
    {{OF(CANARY, 10), AMOUNTS(PODS(0), PODS(1)), STEPS(WEIGHT(50), SHORT)}, 9,
	0},
    {{OF(CANARY, 1), AMOUNTS(PODS(0), PODS(1)),
	 STEPS(WEIGHT(20), SHORT, WEIGHT(50), SHORT)},
	0, 0},
    {{OF(CANARY, 3), AMOUNTS(PODS(2), PODS(1)), STEPS(WEIGHT(99), SHORT)}, 2,
	0},
    {{OF(CANARY, 2), AMOUNTS(PODS(0), PODS(1)), STEPS(WEIGHT(75), SHORT)}, 1,
	0},
    {{OF(CANARY, 1), AMOUNTS(PERCENT(25), PERCENT(25)),
	 STEPS(WEIGHT(50), SHORT, WEIGHT(20), SHORT)},
	1, 0},
    {{OF(CANARY, 4), AMOUNTS(PODS(2), PODS(1)),
	 STEPS(WEIGHT(50), SHORT, WEIGHT(20), SHORT)},
	3, 0},
    {{OF(CANARY, 1), AMOUNTS(PODS(0), PERCENT(50)), STEPS(WEIGHT(99), SHORT)},
	0, 0},
    {{OF(CANARY, 3), AMOUNTS(PODS(0), PERCENT(50)),
	 STEPS(WEIGHT(1), SHORT, WEIGHT(99), SHORT)},
	2, 0},
};

#endif
