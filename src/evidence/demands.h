/*
 * What evidence a profile demands, as demands beside those of its contract.
 */
#ifndef EVIDENCE_DEMANDS_H
#define EVIDENCE_DEMANDS_H

#include "contract/matrix.h"
#include "evidence/dossier.h"

enum decision {
#define DECISION(name, clause, by) DECIDE_##name,
#include "evidence/decisions.def"
#undef DECISION
	DECISION_MAX
};

/* The clause, "evidence.render", and what decides it, in words. */
const char *decision_clause(enum decision decision);
const char *decision_by(enum decision decision);

/* Whether the profile's rollouts are governed: then load, readiness and drain
 * are asked for as well. */
bool profile_is_governed(const struct profile *profile);

/* The suite that the profile names, else the matrix; text NULL: none does. */
struct clause_text profile_suite(
    const struct profile *profile, const struct matrix *matrix);

/*
 * Adds the demands to those of the profile, in arena.  What nothing in the
 * dossier can be held to (an age without times, one file alone) is not asked.
 */
void profile_add_evidence(struct arena *arena, struct profile *profile,
    const struct matrix *matrix, const struct dossier *dossier);

#endif
