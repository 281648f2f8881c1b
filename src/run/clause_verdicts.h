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
 * Adds to findings a clause-unverified for what could not be checked because a
 * value has a wrong type, unless the run's findings, of which those that are
 * off have been left out, tell of that value.
 */
void verdicts_report_untold(const struct run *run,
    const struct verdicts *verdicts, struct finding_list *findings);

/*
 * The last word, when the findings are those that are reported: what is
 * violated but not reported says so, and the sentence is written.
 */
void verdicts_conclude(struct run *run, struct verdicts *verdicts);

/* Why something in the input is not known, in words; NULL when all is. */
const char *gap_in_input(const struct run *run);

#endif
