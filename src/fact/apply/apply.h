/*
 * Whose a field is when a release has run for a while: what a server-side
 * apply of the same manifests, which takes nothing from another owner, is
 * refused for.
 */
#ifndef FACT_APPLY_APPLY_H
#define FACT_APPLY_APPLY_H

#include "fact/problem.h"
#include "fact/scale/scale.h"

struct conflict {
	struct part part;	    /* the field, or what names its objects */
	struct entity_list objects; /* of manifests */
	const struct autoscaler *autoscaler; /* or NULL */
	CONFLICT_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* How many bytes an object has at least, as JSON; 0 where its document is
 * small. */
int64_t collect_json_size(
    const struct collection *collection, const struct node *object);

/* What the forms are called, as a rule knows them. */
#define CONFLICT_REPLICAS "replicas"
#define CONFLICT_SELECTOR "selector"
#define CONFLICT_SUBSETS "subsets"
#define CONFLICT_QUANTITY "quantity"

/* Keeps a conflict for each field of a workload that a controller would write:
 * quantities that Argo Rollouts spells in another way, and replicas, of which
 * relate_conflicts() leaves those that one writes indeed.  Hooks are made anew
 * and have none. */
void collect_conflicts(
    struct facts *facts, const struct node *object, struct workload *workload);

/* A conflict for each quantity of a Rollout's pod template that is not spelled
 * as resource.Quantity of apimachinery does: the controller reads the Rollout
 * into its types and writes all of it (argoproj/argo-rollouts#3281). */
void collect_quantities(
    const struct reading *reading, const struct node *pod_spec);

/* Adds a conflict at a node to those that are collected. */
struct conflict *add_conflict(
    const struct reading *reading, const struct node *node, const char *form);

/* Completes the list of conflicts: autoscalers and Rollouts must have found
 * what they name. */
void relate_conflicts(struct release *release);

/* The facts of the rows in fields.h. */
APPLY_MANIFEST_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
CONFLICT_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
