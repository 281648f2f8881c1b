/*
 * Suppressions that a release carries itself: comments and annotations.
 */
#ifndef RUN_SUPPRESS_H
#define RUN_SUPPRESS_H

#include "diag/suppression.h"
#include "fact/facts.h"

/*
 * Adds those of the comments "# rolloutlint:ignore RULE REASON" in text, whose
 * first line has that number in origin: one beside something is about its own
 * line, one that stands alone about the next line that does not.
 */
void suppress_comments(struct suppression_list *list,
    const struct origin *origin, struct slice text, uint32_t first_line);

/*
 * Adds those of the annotations "ignore.rolloutlint/RULE: REASON" of an object
 * and of its pod template; namespace: of the release, or NULL.
 */
void suppress_annotations(struct suppression_list *list,
    const struct node *object, const struct manifest *manifest,
    const char *namespace);

#endif
