/*
 * --map-lines: every rendered line with the template line it comes from.
 */
#ifndef RUN_MAP_LINES_H
#define RUN_MAP_LINES_H

#include "diag/span.h"
#include "input/split.h"
#include "map/chart_map.h"

/* Loads the charts in these directories; NULL with a sentence. */
struct chart_map *load_charts(
    const char *const *dirs, size_t n, struct fault *fault);

/* What to map of a chunk, not wanted yet; without a source when no comment and
 * no annotation names one. */
struct document_text document_in(const struct chunk *chunk);

/*
 * Appends a row of columns divided by tabs for every line of the input that is
 * not blank and belongs to a document with "# Source:":
 *
 *     rendered line, source, its line, innermost file, its line,
 *     certain | uncertain | unmapped, the candidates when uncertain
 *
 * A line of which nothing is known has "-" and 0.  -1 with a sentence when the
 * input cannot be read.
 */
MUST_CHECK int print_map_lines(struct chart_map *map,
    const struct origin *input, struct buf *out, struct fault *fault);

#endif
