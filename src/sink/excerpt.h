/*
 * Excerpts: a source line with its number in a gutter and a caret below.
 */
#ifndef SINK_EXCERPT_H
#define SINK_EXCERPT_H

#include "base/text.h"
#include "diag/span.h"

/*
 * Appends two lines as GCC prints them: the line that span begins on, and
 * "^~~~" below span, between the texts mark and unmark (colours, or "").
 */
void excerpt_add(struct buf *buf, struct slice line, struct span span,
    const char *mark, const char *unmark);

#endif
