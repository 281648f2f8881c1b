/*
 * The course of one simulated update: its controller, a clock, and what becomes
 * of each pod in which second.
 */
#ifndef TIMELINE_COURSE_H
#define TIMELINE_COURSE_H

#include "timeline/simulation.h"

#include "base/mem.h"

/* In place of a second: not in this course. */
#define COURSE_NEVER INT32_MAX

struct course_pod {
	bool is_new;
	int place;	   /* as of struct sim_pod */
	int32_t created;   /* -1: it was there before */
	int32_t scheduled; /* a node has room for it */
	int32_t available;
	int32_t deleted;
	int32_t seen; /* the pass in which it was last there */
};

/* When a Rollout comes to a step, a number of them being the end. */
struct course_step {
	int step;
	int32_t second;
};

/* All arrays live in the arena that the course was made in. */
struct course {
	struct course_pod *pods; /* in the order they were created in */
	size_t npods;
	struct course_step *steps;
	size_t nsteps;
	bool is_stuck; /* nothing goes on before it is done */
	int32_t done;  /* second in which it is, or goes on no more */
	int fewest;    /* available pods after any pass */
	int most;      /* pods that are not deleted */
};

/*
 * Runs the plan once: each new pod is available after plan->start_seconds, each
 * deleted one gone after plan->end_seconds.  rest_seconds after it is done the
 * pods go that a Rollout keeps until then; COURSE_NEVER: they stay.  False when
 * there are more pods, or steps, than a simulation holds.
 */
bool course_run(struct arena *arena, const struct sim_plan *plan,
    int32_t rest_seconds, struct course *ret_course);

#endif
