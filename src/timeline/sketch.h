/*
 * What is simulated of an update: a plan in numbers, the seconds of a pod, and
 * what had to be assumed.
 */
#ifndef TIMELINE_SKETCH_H
#define TIMELINE_SKETCH_H

#include "fact/model.h"
#include "timeline/simulation.h"

/* What takes the place of a time that nothing tells: a pause until somebody
 * promotes, an analysis. */
#define UNTOLD_SECONDS 60

/* The seconds of a pod that is deleted, from that moment on. */
struct drain_times {
	int32_t told;	/* SIGTERM: preStop is over */
	int32_t ended;	/* its process has ended, at the latest */
	int32_t astray; /* until then requests may still come; 0: none after
			   it was told */
	bool is_killed; /* by SIGKILL, as it takes longer than its grace */
	bool is_told;	/* how long it takes is said, not assumed */
};

/* Sentences, each in an arena. */
struct sentences {
	const char **items;
	size_t n, cap;
};

struct sketch {
	struct arena *arena; /* borrowed: of all texts and arrays here */
	struct sim_plan plan;
	const char *const *step_words; /* of each step of the plan */
	int old_replicas; /* that run before; -1: not known, taken to be as
			     many as the plan's */
	int32_t least_start, most_start; /* from creation until ready */
	int32_t min_ready;
	int32_t rest_seconds; /* see course_run() */
	bool is_let_go; /* no Service leads to the old pods from second 0 on */
	struct drain_times old_drain, new_drain;
	bool aborts;	     /* of a Rollout: at its deadline */
	const char *refusal; /* why nothing is applied; or NULL */
	const char *still;   /* why no pod is replaced; or NULL */
	const char *stuck;   /* what a new pod waits for; or NULL */
	bool needs_node;     /* it is a node without any of the pods */
	struct sentences assumptions;
};

/* A sentence of what was assumed, printf-like. */
void sketch_assume(struct sketch *sketch, const char *format, ...)
    PRINTF_LIKE(2, 3);

/*
 * Sketches the update of a workload, one of ENTITY_update; previous is the same
 * in release->previous, or NULL when that is not known.  A DaemonSet is taken
 * to run on so many nodes, 0: unknown.
 */
void sketch_update(struct sketch *sketch, const struct release *release,
    const struct workload *update, const struct workload *previous, int nodes);

#endif
