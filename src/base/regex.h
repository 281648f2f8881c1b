/*
 * Regular expressions: PCRE2 behind one file.
 *
 * A compiled pattern is const and may be used by several threads at once.
 * Matching is bounded: patterns come from rule files, texts from manifests.
 */
#ifndef BASE_REGEX_H
#define BASE_REGEX_H

#include "base/fault.h"

struct regex;

/*
 * Compiles a pattern (PCRE2 syntax, UTF-8, unanchored).  NULL with the fault
 * set to a sentence, and ret_offset to the offending byte of the pattern.
 * Free with regex_free().
 */
struct regex *regex_new(
    struct slice pattern, size_t *ret_offset, struct fault *fault);
void regex_free(struct regex *regex);

/* The same for one thread, which may match it a few times only: it becomes
 * machine code when it has been matched often. */
struct regex *regex_new_own(
    struct slice pattern, size_t *ret_offset, struct fault *fault);

/*
 * Whether text matches: 1 yes, 0 no, -1 when the match hit the limits set
 * here (a pattern that backtracks without end); text may hold any bytes.  The
 * limits of machine code are others than those of PCRE2's interpreter, so where
 * one gives up the other is asked: the answer does not depend on which came
 * first.
 */
int regex_matches(const struct regex *regex, struct slice text);

/* The same of a pattern that only this thread has. */
int regex_matches_own(struct regex *regex, struct slice text);

/*
 * What a match against that text may cost, in steps of evaluating an
 * expression: it may begin anywhere and look at all that follows, which no
 * limit of PCRE2 counts.
 */
uint64_t regex_steps(struct slice text);

#endif
