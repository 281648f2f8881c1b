/*
 * Tables of rules (rule/packed.h) -> rules.
 */
#ifndef RULE_UNPACK_H
#define RULE_UNPACK_H

#include "rule/packed.h"

/* Adds the rules of the tables, which must outlive the set; of those that visit
 * entities the body stays packed until somebody asks for it. */
void ruleset_add_packed(
    struct ruleset *ruleset, const struct packed_rules *packed);

#endif
