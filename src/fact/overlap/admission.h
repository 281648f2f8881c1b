/*
 * What the NetworkPolicies of one release do to pods of the same or of another.
 */
#ifndef FACT_OVERLAP_ADMISSION_H
#define FACT_OVERLAP_ADMISSION_H

#include "fact/network/network.h"
#include "fact/service/admitted.h"

/* The pods of a workload as a release makes them. */
struct pods {
	const struct release *release;
	const struct workload *owner; /* whose template they are made from */
};

enum direction { DIRECTION_INGRESS, DIRECTION_EGRESS };

/* The pods of a workload, by what it or its workloadRef has as template. */
struct pods pods_made_by(
    const struct release *release, const struct workload *workload);

/*
 * What was found of the policies of both releases.  Pods that the same policies
 * select share one list of them, so that most is asked once for each list; what
 * is left is counted (LIMIT_POLICY_CHECKS).
 */
struct admission {
	struct release *release; /* the new one */
	int64_t checks;		 /* that are left */
	bool is_spent;		 /* more were asked for */
	struct map isolating, letting_out; /* by pods_key() */
	struct arena arena;
	struct buf key;
};

void admission_init(struct admission *admission, struct release *release);
void admission_release(struct admission *admission);

/* Whether n more checks are left, which are then spent; when not, that is said
 * at the object, and none are left. */
bool admission_spend(struct admission *admission, size_t n,
    const struct manifest *manifest);

/* Whether a policy of a release selects them: unknown where their namespaces
 * may differ. */
enum tri policy_selects(const struct release *release,
    const struct networkpolicy *policy, const struct pods *pods);

/* The first policy of a release that surely isolates the pods, or NULL. */
const struct networkpolicy *find_isolating(struct admission *admission,
    const struct release *release, const struct pods *pods,
    enum direction direction);

/* The first policy that admits requests to a port of the pods, or may; NULL:
 * surely none does. */
const struct networkpolicy *find_admitting(const struct release *release,
    const struct pods *pods, const struct target *target);

/* How a policy welcomes the others as peers. */
enum welcome policy_welcomes(const struct release *release,
    const struct networkpolicy *policy, enum direction direction,
    const struct pods *others);

/* Whether any policy that may select the pods may welcome the others. */
bool pods_welcome(struct admission *admission, const struct release *release,
    const struct pods *pods, enum direction direction,
    const struct pods *others);

/* Whether surely nothing is let out of the pods, which a policy isolates. */
bool lets_nothing_out(struct admission *admission,
    const struct release *release, const struct pods *pods);

/* The first peer of the policy that names the others by labels, or NULL. */
const struct peer *find_naming_peer(const struct release *release,
    const struct networkpolicy *policy, enum direction direction,
    const struct pods *others);

#endif
