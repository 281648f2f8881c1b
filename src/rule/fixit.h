/*
 * Fix-its: the edits that a rule proposes for what it finds.
 */
#ifndef RULE_FIXIT_H
#define RULE_FIXIT_H

#include "rule/rule.h"

/*
 * Reads the rule's field fixit, an edit or a list of edits: a mapping of at,
 * one of replace and insert, and perhaps when.  A string "{expression}" in what
 * is written stands for its value.  -1 with the fault of reader set.
 */
MUST_CHECK int fixits_read(
    struct rule *rule, const struct reader *reader, const struct node *node);

/*
 * The edits that mend a finding, in the context's arena; none at all when one
 * of them has no place or no value.
 */
const struct fix *fixits_print(const struct rule_body *body,
    const struct cel_value *values, struct context *context, uint32_t *ret_n);

#endif
