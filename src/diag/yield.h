/*
 * One fault, said once: a finding whose rule yields to a group of rules is
 * left out where one of that group, of its level or above, is of the same key
 * or its value: where it overlaps its place or stands right before or behind
 * it.
 */
#ifndef DIAG_YIELD_H
#define DIAG_YIELD_H

#include "diag/finding.h"

/* Drops the findings that yield to others of the list, unless a contract asks
 * for them or a suppression holds them back. */
void findings_yield(struct finding_list *findings);

#endif
