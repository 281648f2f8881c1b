/*
 * Values of subcharts as their parent sets them: below the name of the subchart
 * that "# Source:" gives.  The file in charts/ is somebody else's, or in an
 * archive.
 */
#ifndef MAP_SUBCHART_VALUES_H
#define MAP_SUBCHART_VALUES_H

#include "helm/chart.h"
#include "helm/value.h"

/* The next name of a subchart in a source, "app/charts/db/templates/x", which
 * is cut off; empty: there are no more. */
struct slice subchart_next(struct slice *source);

/* Whether the place is in a file of a subchart. */
bool subchart_has_place(const struct chart *chart, struct place place);

/*
 * Appends ".Values.db.image", where the user sets what is at hand: a value in
 * the tree of root, below what is of the subchart that the source is in.  False
 * when the source is in none, or the value is not there.
 */
bool subchart_value_path(const struct value *root, struct slice source,
    const struct value *value, struct buf *path);

#endif
