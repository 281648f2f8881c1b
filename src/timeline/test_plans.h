/*
 * For unit tests: plans of updates in few words.
 */
#ifndef TIMELINE_TEST_PLANS_H
#define TIMELINE_TEST_PLANS_H

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
#define OF(way_, n) .way = SIM_##way_, .replicas = (n)

#endif
