/*
 * What lies between two releases: what differs, what becomes of workloads, and
 * what the API server refuses on the way.
 */
#ifndef FACT_CHANGE_CHANGE_H
#define FACT_CHANGE_CHANGE_H

#include "diag/passage.h"
#include "fact/change/kept.h"
#include "fact/problem.h"

struct service;

struct change {
	struct part part; /* in the new release; of what is removed, in the
			     one that runs now */
	const struct manifest *previous; /* or NULL: it is added */
	CHANGE_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

struct transition {
	const struct manifest *manifest; /* of workload */
	const struct workload *workload, *previous;
	const struct manifest *lost_object;  /* or NULL */
	const struct manifest *stale_object; /* or NULL */
	/* In the new release; or NULL: */
	const struct manifest *missing_object, *stirred_object;
	TRANSITION_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

struct denial {
	struct part part; /* in the new release */
	const struct manifest *previous;
	DENIAL_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* What pods cannot start without, and is deleted. */
struct removal {
	const struct manifest *manifest; /* where it is told */
	const struct manifest *object;	 /* in the release that runs now */
	const struct workload *workload; /* whose pods need it */
	REMOVAL_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* Holds a release against the one that runs now: pairs their objects and lists
 * changes, transitions and denials.  Both are related; previous must outlive
 * release. */
void compare_releases(struct release *release, struct release *previous);

/* Pairs the objects of both; see compare_releases(). */
void pair_manifests(struct release *release, struct release *previous);

/* Notes of each Service which one it is in the other release. */
void pair_services(struct release *release);

/* Links the Services, budgets and policies of the new release to the pods that
 * run, those Services that run to the new pods, and the policies of each to its
 * own pods; a namespace that is not written may be any. */
void link_across(struct release *release, struct release *previous);

/* What was found of lists that many workloads share, by where their items are,
 * so that it is worked out once.  All zero is empty; the lists must outlive it.
 */
struct asked {
	struct map left_there, open, common;
	struct arena arena;
};

void asked_release(struct asked *asked);

/* Whether two lists have an item in common. */
bool have_common(struct asked *asked, const struct entity_list *list,
    const struct entity_list *other);

/* The lists of the new release, in its arena. */
void list_changes(struct release *release);
void list_transitions(struct release *release);
void list_denials(struct release *release);
void list_remade(struct release *release); /* adds changes; needs the denials */
void list_removals(struct release *release); /* needs the transitions */

/* Finds the policies that a transition takes from its pods. */
void find_lost_policies(struct release *release, struct asked *asked,
    struct transition *transition);

/* Finds what of the old pods' probes, drain and policies is less in the new
 * ones. */
void find_weakened(struct release *release, struct asked *asked,
    struct transition *transition);

/* Which workloads that are gone others take the place of: the name, the image,
 * the Services of their pods tell. */
struct replacing;
struct replacing *replacing_new(struct release *release, struct asked *asked);
void replacing_free(struct replacing *replacing);

/* Whether a workload of either release may be a side of that. */
bool may_replace(const struct workload *workload);

/* Of the workloads that are gone and were not given out yet the one most alike,
 * which is then given out; or NULL. */
const struct workload *take_replaced(
    struct replacing *replacing, const struct workload *workload);

/* The ConfigMaps of the new release whose data changes, by their objects; of
 * the list of changes. */
void index_changed_data(const struct release *release, struct map *changed);

/* Finds the one of these that pods which are not replaced read. */
void find_stale_config(
    const struct map *changed, struct transition *transition);

/* Whether old pods are there beside new ones: not where all end at once, by
 * Recreate or as what makes them is deleted. */
bool old_pods_live_on(const struct transition *transition);

/* The ConfigMaps and Secrets of the release that runs now which the new one
 * has, too, by kind, name and namespace. */
void index_old_configuration(struct release *release, struct map *index);

/* Finds what of these changes under the old pods; changed as above. */
void find_changed_config(const struct release *release, const struct map *index,
    const struct map *changed, struct transition *transition);

/* Notes which objects of the new release the API server surely refuses, by
 * themselves or as a change of what runs; of the denials and refusals. */
void note_refused(struct release *release);

/* What happens to a release in which an object is refused: the objects that are
 * applied and those that would be deleted, hooks aside. */
struct aftermath {
	struct vector applied, gone;
	struct map transitions; /* by the new workload's object */
	struct map cut; /* struct fact, by two lists of Services: before and
			   during */
	struct arena arena;
};

/* Of the objects that are not refused themselves, once these are noted. */
void aftermath_init(struct aftermath *aftermath, const struct release *release);
void aftermath_release(struct aftermath *aftermath);

/* What a refused object leaves behind: denial->leaves, cut and undeleted, in
 * the release's arena. */
void note_aftermath(struct release *release, struct aftermath *aftermath,
    struct denial *denial);

/* Whether the release can be applied over the one that runs, and that one over
 * it: release->forward and back, the words in its arena. */
void judge_passages(struct release *release);

/* A fact whose value stands at a leaf of an object, in whichever file. */
struct fact leaf_fact(
    const struct manifest *manifest, const struct kept_leaf *leaf);

/* Of the kept parts of a definition in both releases: the name of the next
 * version, from the leaf *index of the old one on, that is served there and no
 * longer in the new one; NULL when there is none.  *index is then behind it. */
const char *find_unserved(
    const struct kept *old, const struct kept *new, size_t *index);

/* The facts of the rows in fields.h. */
CHANGE_RELEASE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
CHANGE_MANIFEST_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
CHANGE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
TRANSITION_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
DENIAL_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
REMOVAL_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
