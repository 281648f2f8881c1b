/*
 * Spans as services take them.
 */
#ifndef REPORT_LINE_SPAN_H
#define REPORT_LINE_SPAN_H

#include "base/text.h"
#include "diag/span.h"

/*
 * Makes of a span what every reader takes: from 1, the end not before the
 * start, and no more than the line it starts on when that is known (quote, or
 * NULL); services show a result beside a change only when the change has all
 * its lines.
 */
struct span span_made_valid(struct span span, const char *quote);

/* The part of the line that a span within it covers. */
struct slice line_covered(struct slice line, struct span span);

/* What remains of the line from column col (from 1) on. */
struct slice line_from(struct slice line, uint32_t col);

#endif
