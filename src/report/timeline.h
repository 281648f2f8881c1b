/*
 * An update before it happens, as pictures show it: one workload's pods, what
 * holds them up, and where the findings strike.
 *
 * Seconds count from the moment in which the new pod template is written.  All
 * texts are plain (report/plain), end by NUL, and live in the arena that the
 * timelines were made in.
 */
#ifndef REPORT_TIMELINE_H
#define REPORT_TIMELINE_H

#include "diag/finding.h"

/* In place of a second. */
#define SECOND_BEFORE INT32_MIN /* long before the update */
#define SECOND_NEVER INT32_MAX

/* Pods that have the same seconds behind them, drawn as one. */
struct timeline_pods {
	const char *name; /* "old", "new"; "web-2", "node 1" */
	bool is_new;
	int lane;	 /* its row: a pod and the next of its name share one */
	int count;	 /* how many pods these are */
	int32_t created; /* SECOND_BEFORE: of a pod that is there already */
	int32_t may_serve; /* the earliest that its probes let it be ready */
	int32_t ready;	   /* the latest */
	int32_t counted;   /* available: ready for minReadySeconds */
	int32_t serves;	   /* a Service sends requests to it: from ready on, or
			      when a Rollout has switched to it */
	int32_t leaves;	   /* none does any more, though it may be kept */
	int32_t deleted;
	int32_t told;	/* when it gets SIGTERM */
	int32_t ended;	/* when its process has ended */
	int32_t astray; /* until then requests may still be sent to it */
	bool is_killed; /* ended by SIGKILL */
	bool is_stuck;	/* waits for a node that has room */
};

/* From a second on so many pods, until the next point. */
struct timeline_point {
	int32_t second;
	int serving;	 /* pods that are ready and get requests */
	int new_serving; /* those of them that are new */
	int pods;	 /* that are not deleted, ready or not */
};

enum band_kind {
	BAND_HOOK, /* before or after the update: its length is unknown */
	BAND_STEP, /* of a Rollout */
};

struct timeline_band {
	enum band_kind kind;
	int32_t from, to; /* equal: a moment; of a hook before the update both
			     are SECOND_BEFORE, after it SECOND_NEVER */
	int step;	  /* of BAND_STEP: its index */
	const char *text;
};

/* Where a finding strikes. */
struct timeline_mark {
	int32_t second; /* SECOND_NEVER: at no one moment */
	int pods;	/* index of the pods it is about; -1: all of them */
	enum severity severity;
	const char *rule; /* its id */
	const char *text;
	size_t nothers; /* that say the same of other containers */
};

struct timeline {
	const char *object;  /* "Deployment 'shop/web'" */
	const char *way;     /* "RollingUpdate: 1 more, none missing" */
	const char *outcome; /* "done after 93 s at the latest" */
	const char *refusal; /* why nothing of this happens; or NULL */
	bool is_stuck;	     /* it never ends */
	int floor;	     /* fewest pods that serve */
	int most;	     /* pods at once, those that end aside */
	int32_t done;	     /* SECOND_NEVER: it never is */
	int32_t deadline;    /* after which it counts as failed, as too long
				nothing has come of it; or SECOND_NEVER */
	int32_t end;	     /* of the picture: nothing happens after it */
	const struct timeline_pods *pods;
	size_t npods, nlanes;
	int each; /* only every n-th lane is among them; 1: all are */
	const struct timeline_point *points;
	size_t npoints;
	const struct timeline_band *bands;
	size_t nbands;
	const struct timeline_mark *marks; /* by second, worst first */
	size_t nmarks, nmarks_left_out;
	const char *const *assumptions; /* a sentence each */
	size_t nassumptions;
};

#endif
