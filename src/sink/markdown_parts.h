/*
 * The parts of a report in Markdown.
 */
#ifndef SINK_MARKDOWN_PARTS_H
#define SINK_MARKDOWN_PARTS_H

#include "report/report.h"

/* Appends the place as `FILE:LINE`, a link where the report knows addresses;
 * nothing without a file. */
void markdown_add_place(
    struct buf *buf, const struct report *report, struct place place);

/* Appends finding number i: message, place, line, notes and, with_fix, how its
 * rule says to fix it. */
void markdown_add_finding(
    struct buf *buf, const struct report *report, size_t i, bool with_fix);

/* Appends the table of one profile's clauses, at most so many bytes of rows:
 * those that are violated stay longest, and a line says how many are left
 * out. */
void markdown_add_clauses(struct buf *buf, const struct report *report,
    const struct verdicts *verdicts, size_t most);

#endif
