/*
 * Findings as a person counts them: what one mistake has made of several
 * objects is one.
 *
 * Only text that people read is folded.  What other programs read keeps a
 * result for each object, and so do suppressions, baselines and the exit
 * status.
 */
#ifndef REPORT_FOLD_H
#define REPORT_FOLD_H

#include "report/report.h"

/*
 * The folds of n findings, in the arena: one entry for each finding; up to
 * njobs threads share the work, 0 is 1.  Alike are findings of one rule and
 * level that say the same but for the names of their object and containers, and
 * that
 *   - stand at one line of a template or of the contract, or
 *   - were rendered from one template into objects of one kind, at one path, or
 *   - without a known template, are at one path of objects of one kind and file
 *     whose names begin alike: with one word before a dash or a digit.
 */
const struct fold *fold_findings(struct arena *arena,
    const struct finding *findings, size_t n, unsigned njobs);

/* " (and 15 more like it)", when finding number i stands for others too. */
void fold_add_count(struct buf *buf, const struct report *report, size_t i);

/*
 * "also 'b' (line 40), ...": the others that finding number i
 * stands for, at most eight, and how many are left.  Plain text.  Appends
 * nothing and returns false when it stands for itself alone.
 */
bool fold_add_others(struct buf *buf, const struct report *report, size_t i);

#endif
