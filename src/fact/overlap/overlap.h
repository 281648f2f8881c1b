/*
 * What the pods of the release that runs now meet while those of the new one
 * take their place.
 */
#ifndef FACT_OVERLAP_OVERLAP_H
#define FACT_OVERLAP_OVERLAP_H

#include "fact/facts.h"

/* Running pods that the new NetworkPolicies shut out. */
struct exclusion {
	const struct manifest *manifest; /* of policy */
	const struct networkpolicy *policy;
	const struct workload *workload; /* that runs now */
	const struct workload *peer;	 /* in the new release, or NULL */
	const struct service *service;	 /* likewise */
	EXCLUSION_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* A directory in which old pods keep data and new ones find none. */
struct emptied {
	const struct manifest *manifest;
	const struct workload *workload, *previous;
	EMPTIED_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* A database that keeps its volume while its version changes. */
struct inherited {
	const struct manifest *manifest;
	const struct transition *transition;
	INHERITED_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* A hook that ran on an upgrade and does not any more, or later. */
struct skipped {
	const struct manifest *manifest;
	const struct manifest *next; /* or NULL */
	SKIPPED_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* Fills the lists of this folder's entities, after compare_releases(). */
void relate_overlap(struct release *release);

/* The lists of the new release, in its arena. */
void list_exclusions(struct release *release);
void list_emptied(struct release *release);
void list_inherited(struct release *release);
void list_skipped(struct release *release);

/* The facts of the rows in fields.h. */
OVERLAP_RELEASE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
EXCLUSION_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
EMPTIED_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
INHERITED_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
SKIPPED_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
