/*
 * Which value a sentence about a line of a template speaks of: what an action
 * of the line prints, or what it is made from.
 */
#ifndef MAP_PRINTED_VALUE_H
#define MAP_PRINTED_VALUE_H

#include "map/chart_map.h"

/* The value has a place or an option. */
struct printed_value {
	const struct value *value; /* NULL: not known */
	struct slice action; /* that prints it, or all that it is in; empty: an
				action prints what is made from it: */
	struct slice words;  /* the path it has there */
};

/*
 * The value of the one action of the line, or of several of that which is
 * spoken of last; in a block that one action prints, the part that the line
 * shows.  said is the sentence: what it quotes, as "tag 'latest'", may also be
 * in what an action is given, as by "printf "%s:%s" .name .tag".
 */
struct printed_value printed_value_find(struct values_evaluator *values,
    const struct mapped_line *line, struct slice said);

#endif
