/*
 * Whether what is written into a template is printed where it is meant to be.
 */
#ifndef MAP_LIKENESS_H
#define MAP_LIKENESS_H

#include "map/chart_map.h"

/* What a line of the template has of the rendered one that is surely its. */
enum likeness {
	UNLIKE,
	SAME_KEY, /* the key that it begins with, at the same column */
	SAME_LINE,
};

/* How surely what is written into the template's line, or above it, is printed
 * at the rendered one, all of which rendered is. */
enum likeness likeness_of(struct slice rendered,
    const struct mapped_document *mapped, const struct mapped_line *line);

/*
 * Whether the mapping around that line of the template has an entry of that key
 * at the line's column, printed or not: with other values it is, and would be
 * there twice.
 */
bool template_has_beside(
    const struct template_file *file, uint32_t line, struct slice key);

/*
 * Whether the port that an edit names, behind "port: ", stands in the template
 * itself; true when it names none.  What an action has printed is another with
 * other values.
 */
bool template_has_port(const struct template_file *file, struct slice edit);

#endif
