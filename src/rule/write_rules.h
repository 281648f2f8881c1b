/*
 * Rules as C: the constant tables of rule/packed.h.
 */
#ifndef RULE_WRITE_RULES_H
#define RULE_WRITE_RULES_H

#include "rule/rule.h"

/*
 * Appends a C file that defines builtin_rules as the rules of the set.  It
 * depends on nothing else: two sets that were loaded from the same texts, or
 * one that was loaded and one of the tables, give the same bytes.
 */
void write_rules(struct buf *buf, const struct ruleset *ruleset);

#endif
