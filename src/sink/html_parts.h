/*
 * The parts of an HTML report.
 */
#ifndef SINK_HTML_PARTS_H
#define SINK_HTML_PARTS_H

#include "report/by_object.h"
#include "report/report.h"

/* Appends the place as "FILE:LINE", a link where the report knows addresses. */
void html_add_place(
    struct buf *buf, const struct report *report, struct place place);

/* Appends <span class="badge SEVERITY">SEVERITY</span>. */
void html_add_badge(struct buf *buf, enum severity severity);

/* Appends finding number i of the report, whose element has the id "f" and that
 * number; is_open: what there is to say of its rule is shown at once. */
void html_add_finding(
    struct buf *buf, const struct report *report, size_t i, bool is_open);

/* Appends the table of one profile's clauses. */
void html_add_clauses(struct buf *buf, const struct report *report,
    const struct verdicts *verdicts);

#endif
