/*
 * A pair of objects on the way from one release to another: what the API
 * server says to the change.
 */
#ifndef FACT_CHANGE_DENIAL_H
#define FACT_CHANGE_DENIAL_H

#include "fact/change/change.h"

struct judging {
	struct release *release;
	struct vector denials;
	struct vector gaps; /* what of custom resources could not be asked */
	const struct manifest *before, *after; /* the change is that way */
	bool is_back;		 /* after is of the release that runs now */
	bool got_there_by_merge; /* on the way back: server-side apply, which
				    did not get there, is not asked */
	bool makes_hooks;	 /* whoever applies it deletes hooks first */
	struct map refusals; /* struct vector: of the new release, by object */
	struct map scaled;   /* autoscalers of both, by "KIND/NAME" */
	struct map definitions; /* which of them are new, "yes" or "no", by
				   their addresses */
};

/* Nothing is denied yet; the releases are compared. */
void judging_init(struct judging *judging, struct release *release);
void judging_release(struct judging *judging);

/* One denial, as it is told. */
struct denied {
	const char *path;	      /* of the field */
	const struct kept_leaf *from; /* its value before, or NULL */
	const struct kept_leaf *to;   /* and after */
	const char *text;	      /* why, a sentence behind "but" */
	const char *way_out;
	bool server_side; /* only server-side apply refuses it */
	bool whole;	  /* the object as such is refused, and path is where
			     that is told */
	bool unsure;	  /* it depends on what else is in the cluster */
};

/* Nothing, where the field may have been filled in by the cluster. */
void deny(struct judging *judging, const struct denied *denied);

/* Whether only an object that was read from the cluster has the field, and the
 * API server or a controller writes such fields into its kind: what no manifest
 * had stays as it is. */
bool is_filled_in(const struct judging *judging, const struct denied *denied);

/* The same of an object that only one release has. */
void deny_alone(struct judging *judging, const struct manifest *manifest,
    const struct denied *denied);

/* Whether the values at a path differ. */
bool differs(const struct judging *judging, const char *path);

/* Denies that the value at a path changes, when it does. */
void deny_change(struct judging *judging, const char *path, const char *text,
    const char *way_out);

/* Calls visit for each path at which the values differ; NULL: there is none. */
typedef void differ_fn(struct judging *judging, const struct kept_leaf *from,
    const struct kept_leaf *to, void *context);
void visit_differences(
    struct judging *judging, differ_fn *visit, void *context);

/* Whether a path is, or is below, another. */
bool path_is_within(const char *path, const char *above);

/* Adds the gaps to those of the release. */
void add_gaps_of_changes(struct judging *judging);

/* What the kinds have in special. */
void judge_claim(struct judging *judging);
void judge_conflicts(struct judging *judging); /* of the whole release */
void judge_custom(struct judging *judging);    /* a custom resource */
void judge_driver(struct judging *judging);    /* a CSIDriver */
void judge_deployment(struct judging *judging);
void judge_job(struct judging *judging);
void judge_left_behind(struct judging *judging); /* likewise */
void judge_pod(struct judging *judging);
void judge_quota(struct judging *judging);
void judge_resource(struct judging *judging); /* a CRD */
void judge_rollout(struct judging *judging);
void judge_sealed(struct judging *judging); /* a ConfigMap or Secret */
void judge_service(struct judging *judging);
void judge_service_cidr(struct judging *judging);
void judge_statefulset(struct judging *judging);
void judge_templates(struct judging *judging); /* pods of any workload */
void judge_volume(struct judging *judging);

#endif
