/*
 * The examples of a rule, as its file has them.
 */
#ifndef RULE_EXAMPLE_H
#define RULE_EXAMPLE_H

#include "rule/rule.h"

/* Reads the rule's field examples: lists of good and bad ones. */
MUST_CHECK int examples_read(
    struct rule *rule, const struct reader *reader, const struct node *node);

#endif
