/*
 * A Rollout while it is read: what its collectors share.
 */
#ifndef FACT_ROLLOUT_READING_H
#define FACT_ROLLOUT_READING_H

#include "fact/problem.h"

struct rollout {
	struct reading reading;
	struct workload *workload;
	const struct node *spec;
	const struct node *canary, *blue_green; /* NULL when not given */
	const struct node *routing;		/* canary.trafficRouting */
	int64_t full_weight;
	int64_t served; /* the most that a step before gave the canary */
	struct map managed_routes; /* names that managedRoutes lists */
};

/* Adds a problem at a node: a sentence without its subject, the Rollout. */
void rollout_problem(const struct rollout *rollout, const struct node *at,
    const char *format, ...) PRINTF_LIKE(3, 4);

/* Whether trafficRouting has that router ("istio", "plugins", ...). */
bool has_router(const struct rollout *rollout, const char *name);

/* The steps of the canary as entities. */
void collect_steps(const struct rollout *rollout);

/* Problems of the spec and of either strategy, of the canary's own fields, of
 * its steps. */
void find_problems(const struct rollout *rollout);
void find_canary_problems(const struct rollout *rollout);
void find_step_problems(const struct rollout *rollout);

/* A pause's duration as the controller reads it: whole seconds, the same as
 * text, a Go duration.  False when it is none of them or negative. */
bool pause_duration(const struct node *duration, int64_t *ret_seconds);

#endif
