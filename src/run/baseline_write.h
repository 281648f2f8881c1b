/*
 * The findings of a run written down, so that a later one can tell what is new.
 */
#ifndef RUN_BASELINE_WRITE_H
#define RUN_BASELINE_WRITE_H

#include "report/report.h"

#include <stdio.h>

/*
 * Writes all findings of the report as what baseline_read() reads, a SARIF log
 * without the rules, places and files that a service wants.  An error stays in
 * out.
 */
void baseline_write(FILE *out, const struct report *report);

#endif
