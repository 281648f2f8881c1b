/*
 * Findings that an earlier run has had already.
 */
#ifndef RUN_BASELINE_MATCH_H
#define RUN_BASELINE_MATCH_H

#include "diag/finding.h"
#include "run/baseline.h"

/*
 * Marks the findings that the baseline covers: each item covers one finding of
 * the same rule and object, at the same path in it, that is no more severe;
 * without a fingerprint of the object one at the same line's text.  The name of
 * the file does not count.  Of equal findings those whose lines are the same
 * come first, then the others in their order.  Suppressed findings are never
 * marked.  Returns the number of items that are gone: nothing is equal to them,
 * neither what is suppressed nor what is more severe now.
 */
size_t baseline_match(
    struct finding_list *findings, const struct baseline *baseline);

#endif
