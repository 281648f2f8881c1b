/*
 * Rules against facts: every rule, every entity it is on, every finding.
 */
#ifndef RULE_CHECK_H
#define RULE_CHECK_H

#include "rule/rule.h"

/* How often the rules that one demand of the contract stands behind could
 * decide it; what broke it is in the findings. */
struct tally {
	size_t met, unknown;
};

/*
 * Adds the findings of all rules that visit entities of the release.  fallback
 * is shown for what is absent from all of it and is asked for by no clause.
 * tallies: one for each demand of the release's profile, counted up; or NULL.
 */
void check_release(const struct ruleset *ruleset, const struct release *release,
    struct place fallback, struct finding_list *findings,
    struct tally *tallies);

/* Whether any rule visits objects raw, so that check_object() has work. */
bool ruleset_visits_objects(const struct ruleset *ruleset);

/* Adds the findings of the rules on "object" for one object of a document. */
void check_object(const struct ruleset *ruleset, const struct profile *profile,
    const struct node *object, const struct manifest *manifest,
    struct finding_list *findings);

/* What a finding on the object is about; its texts are the manifest's and the
 * release's.  release: that it is part of, or NULL. */
struct subject manifest_subject(
    const struct release *release, const struct manifest *manifest);

#endif
