/*
 * The answer to every clause: findings and tallies into verdicts.
 */
#ifndef RUN_CLAUSE_VERDICTS_H
#define RUN_CLAUSE_VERDICTS_H

#include "diag/verdict.h"
#include "run/run.h"

/*
 * Judges every demand of the run's profile, before any finding is left out.
 * What could not be checked becomes a finding of its own (clause-unverified),
 * one for all clauses that lack the same thing.  Texts live in the run's
 * arena.
 */
void verdicts_decide(struct run *run, struct verdicts *ret_verdicts);

/*
 * The last word, when the findings are those that are reported: what is
 * violated but not reported says so, and the sentence is written.
 */
void verdicts_conclude(struct run *run, struct verdicts *verdicts);

#endif
