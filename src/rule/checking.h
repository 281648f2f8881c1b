/*
 * One rule on one entity -> a finding, or none.
 */
#ifndef RULE_CHECKING_H
#define RULE_CHECKING_H

#include "rule/rule.h"

/* How often the rules that one demand of the contract stands behind could
 * decide it; what broke it is in the findings. */
struct tally {
	size_t met, unknown;
};

/* A rule, what it visits, and where what it finds goes.  Owns nothing. */
struct checking {
	const struct rule *rule;
	const struct rule_body *body;	/* of it, from rule_tests() */
	const struct rule_body **whole; /* where the whole of it is kept from
					   the first finding on; NULL: it is
					   not kept */
	const struct rule_case *found;	/* which of its cases, or NULL: set by
					   checking_run() */
	struct context *context;
	const struct cel_value *values;	 /* of the rule's scope */
	const void *entity;		 /* NULL for an object visited raw */
	const struct manifest *manifest; /* of the entity, or NULL */
	struct place fallback;
	struct finding_list *findings;
	struct tally *tallies; /* or NULL */
};

/* Adds what the rule finds, and counts what it decides for a demand. */
void checking_run(struct checking *checking);

/* Whether nothing that the rule finds would be kept, nor count for a demand.
 * Asked before any entity is visited: the rule and the context are enough. */
bool checking_is_in_vain(const struct checking *checking);

/* What a finding on the object is about; its texts are the manifest's and the
 * release's.  release: that it is part of, or NULL. */
struct subject manifest_subject(
    const struct release *release, const struct manifest *manifest);

#endif
