/*
 * A simulation of the controllers that replace pods, in memory and without a
 * clock of its own.
 *
 * It knows nothing of facts: each controller's loop is written from what that
 * controller does, so that it can judge what the facts say in closed form.
 */
#ifndef TIMELINE_SIMULATION_H
#define TIMELINE_SIMULATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most pods of old and new revision together. */
#define SIM_PODS 512

enum sim_way {
	SIM_ROLLING,	/* a Deployment's RollingUpdate */
	SIM_AT_ONCE,	/* its Recreate */
	SIM_ORDERED,	/* a StatefulSet */
	SIM_BY_NODE,	/* a DaemonSet */
	SIM_CANARY,	/* a Rollout's canary whose pods share one Service */
	SIM_ROUTED,	/* one with traffic routing */
	SIM_BLUE_GREEN, /* a Rollout's blueGreen */
};

struct sim_amount {
	int value; /* pods, or hundredths of all */
	bool is_percent;
};

enum sim_deed {
	SIM_WEIGHT,	   /* setWeight: value of the full weight */
	SIM_PAUSE,	   /* for value seconds */
	SIM_SCALE_PODS,	   /* setCanaryScale: value pods */
	SIM_SCALE_WEIGHT,  /* setCanaryScale: the pods of a weight */
	SIM_SCALE_TRAFFIC, /* setCanaryScale: as the traffic again */
};

struct sim_step {
	enum sim_deed deed;
	int value;
};

/* What is asked of the controller. */
struct sim_plan {
	enum sim_way way;
	int replicas;	 /* of a DaemonSet its nodes */
	int more_before; /* of a Deployment: that run before beyond replicas;
			    negative: that are missing from them */
	struct sim_amount surge, unavailable;
	int partition;	  /* of SIM_ORDERED: pods below keep their revision */
	bool is_parallel; /* of SIM_ORDERED: podManagementPolicy */
	bool gate_is_on;  /* of SIM_ORDERED: MaxUnavailableStatefulSet */
	const struct sim_step *steps; /* of a canary, borrowed */
	size_t nsteps;
	int full_weight;       /* of SIM_ROUTED: that is all traffic */
	int least_pods;	       /* of SIM_ROUTED: minPodsPerReplicaSet */
	bool scales_stable;    /* of SIM_ROUTED: dynamicStableScale */
	int preview;	       /* of SIM_BLUE_GREEN: pods to look at; 0: all */
	int promotion_seconds; /* of SIM_BLUE_GREEN: after they are there */
	int nodes;	   /* with room for one pod each; 0: pods mind nobody.
			      Of a DaemonSet: 1 when a node has no room for
			      the old and the new pod */
	int broken;	   /* old pods that are not available */
	int start_seconds; /* from creation until available */
	int end_seconds;   /* from deletion until gone */
};

enum sim_phase {
	SIM_CREATED,  /* in this very sync */
	SIM_PENDING,  /* no node has room for it */
	SIM_STARTING, /* not available yet */
	SIM_BROKEN,   /* will never be */
	SIM_AVAILABLE,
	SIM_ENDING, /* deleted, and its controller waits for its end */
};

struct sim_pod {
	uint8_t is_new; /* of the new revision */
	uint8_t phase;	/* enum sim_phase */
	uint16_t place; /* its index, or its node; else 0 */
	int32_t due;	/* second in which it is available, or gone */
	int32_t lane;	/* its number in a course, from 1; 0: it has none */
};

/* Where an update stands; of one that is not timed no second is set.  States
 * are told apart by their bytes. */
struct sim_state {
	int32_t npods;
	int32_t step;	/* that a Rollout is at */
	int32_t weight; /* that the traffic really has */
	int32_t wait;	/* second in which a pause is over; 0: none goes on */
	uint8_t pause_over, is_promoted;
	uint8_t is_scaled; /* to the replicas of the plan */
	uint8_t pad;
	struct sim_pod pods[SIM_PODS];
};

/* A plan with its amounts in pods, as its controller rounds them. */
struct simulation {
	const struct sim_plan *plan; /* borrowed */
	int surge, unavailable;
};

/* What all ways that an update may go have in common. */
struct sim_outcome {
	int fewest;  /* available pods at any moment */
	int most;    /* pods, those that their controller waits for included */
	int updated; /* available pods of the new revision at the end */
	bool ends;   /* whether each way leads there */
	int nstates; /* that were visited */
};

void sim_init(struct simulation *simulation, const struct sim_plan *plan);

/* How the state begins: all old pods run, and nothing was done yet. */
void sim_begin(const struct simulation *simulation, struct sim_state *state);

/* One pass of the controller: false when it changes nothing. */
bool sim_sync(const struct simulation *simulation, struct sim_state *state);

bool sim_is_finished(
    const struct simulation *simulation, const struct sim_state *state);

/* Canary pods of a weight that the controller aims at, and in *ret_stable
 * those that stay: without traffic routing the nearest share. */
int sim_share(const struct simulation *simulation, int weight, int *ret_stable);

/* Pods of a revision in a phase. */
int sim_count(const struct sim_state *state, bool is_new, enum sim_phase phase);

/* Whether a node has room for a pod: one that holds nobody, or, of a DaemonSet,
 * its own without the old pod. */
bool sim_has_room(const struct simulation *simulation,
    const struct sim_state *state, const struct sim_pod *pod);

/* What may happen to pod i next, if anything: it is available, gone, or finds a
 * node. */
bool sim_happen(
    const struct simulation *simulation, struct sim_state *state, int i);

/* Whether a Rollout waits for the end of a pause. */
bool sim_is_pausing(
    const struct simulation *simulation, const struct sim_state *state);

/* Sets when pods that were created are available, the first nfast at once, and
 * when those that were deleted are gone. */
void sim_set_times(const struct simulation *simulation, struct sim_state *state,
    int32_t now, int nfast);

/* Until something happens when the controller has nothing to do: returns the
 * second in which it does, or -1 when nothing ever will. */
int32_t sim_pass_time(
    const struct simulation *simulation, struct sim_state *state, int32_t now);

/* All states that an update can be in, with pods that are available or gone
 * at any moment, in any order. */
struct sim_outcome sim_explore(const struct sim_plan *plan);

/* The seconds of the longest way: each new pod takes all its time or none at
 * all, in every combination when is_thorough, else all take their time.  -1
 * when a way does not end. */
int sim_longest(const struct sim_plan *plan, bool is_thorough);

#endif
