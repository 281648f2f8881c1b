/*
 * Rules against facts: every rule, every entity it is on, every finding.
 */
#ifndef RULE_CHECK_H
#define RULE_CHECK_H

#include "rule/checking.h"

/* The least that threads are started for, in visits of entities by rules. */
#define CHECK_ENOUGH_VISITS 20000

/*
 * Adds the findings of all rules that visit entities of the release.  fallback
 * is shown for what is absent from all of it and is asked for by no clause.
 * tallies: one for each demand of the release's profile, counted up; or NULL.
 * njobs: threads that may share the work; what they find is the same, and in
 * the same order, for any number.
 * steps: how many evaluation may take beyond 1000 for each visit of an entity,
 * 1 to INT64_MAX; those it took are taken off, and 0 is left when they did not
 * suffice: then some rules, the last ones, have not looked at all they visit.
 */
void check_release(const struct ruleset *ruleset, const struct release *release,
    struct place fallback, unsigned njobs, uint64_t *steps,
    struct finding_list *findings, struct tally *tallies);

/* Adds the findings of the rules on "object" for one object of a document;
 * steps as for check_release(), but 0 may be left already.  Without such rules
 * (see nof_objects) there is nothing to call it for. */
void check_object(const struct ruleset *ruleset, const struct profile *profile,
    const struct node *object, const struct manifest *manifest, uint64_t *steps,
    struct finding_list *findings);

#endif
