/*
 * Numbers of a load report held against its own thresholds and those that the
 * evidence has for its scenario.
 */
#ifndef FACT_EVIDENCE_LIMITS_MET_H
#define FACT_EVIDENCE_LIMITS_MET_H

#include "fact/evidence/proof.h"

/* The first thing that is wrong, and how many there are. */
struct limit_flaw {
	const char *fault; /* failing, contradictory, missing */
	const char *text;
	struct place place;
	size_t n;
};

/* Whether there is a flaw; scenario: by whose thresholds, or NULL. */
bool limits_met(struct judging *judging, const struct paper *paper,
    const char *scenario, struct limit_flaw *ret_flaw);

#endif
