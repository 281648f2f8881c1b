/*
 * Rules described for people: --list-rules and --explain.
 */
#ifndef CMD_DESCRIBE_H
#define CMD_DESCRIBE_H

#include "diag/finding.h"

#include <stdio.h>

/* One line for each kind: id, severity, group, message.  Errors stay in the
 * stream's error flag. */
void describe_list(
    FILE *out, const struct diag_kind *const *kinds, size_t nkinds);

/* All there is to say of one kind. */
void describe_kind(FILE *out, const struct diag_kind *kind);

#endif
