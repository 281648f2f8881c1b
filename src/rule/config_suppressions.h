/*
 * Suppressions of the configuration.
 */
#ifndef RULE_CONFIG_SUPPRESSIONS_H
#define RULE_CONFIG_SUPPRESSIONS_H

#include "diag/suppression.h"
#include "doc/reader.h"

/* The fields of one entry; the first must be there. */
#define SUPPRESSION_FIELDS 5
extern const char *const suppression_fields[SUPPRESSION_FIELDS];

/*
 * Reads a list of {rule, kind, name, reason, expires} and adds it to the
 * suppressions; rule and reason must be there, kind and name (a glob) choose
 * objects, expires is the last day, YYYY-MM-DD.  -1 with the fault of reader
 * set.
 */
MUST_CHECK int config_suppressions_read(const struct reader *reader,
    const struct node *node, struct suppression_list *suppressions);

#endif
