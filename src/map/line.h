/*
 * The lines of a rendered document, with what the search asks of each.
 */
#ifndef MAP_LINE_H
#define MAP_LINE_H

#include "base/text.h"

/* A rendered line that is not blank. */
struct rendered_line {
	struct slice text; /* without outer blanks */
	uint64_t head;	   /* its first bytes, see glob.h */
	uint32_t number;   /* in the stream, from 1 */
	int32_t indent;
	int32_t drift;	     /* columns it may have been moved to the left */
	int32_t length_cost; /* of all its characters */
	bool is_item;	     /* begins with "-" */
	bool is_key;	     /* begins with a key of a mapping */
	bool is_of_key;	     /* an item of a list whose key is at its column */
	bool is_in_text;     /* of a block scalar: no YAML of its own */
	bool is_unsorted;    /* its key does not follow the one before */
	bool is_unlike_yaml; /* toYaml would write it otherwise */
	bool is_deep;	     /* the first item of a list, farther to the right
				than its key: toYaml did not print both */
};

/* All zero is empty and ready. */
struct rendered_lines {
	struct rendered_line *items;
	size_t n, cap;
};

void rendered_lines_release(struct rendered_lines *lines);

/*
 * Replaces the lines by those of text, whose first has that number.  Where
 * lists have drifted, something behind Helm has put each of them at the column
 * of its key, and what is in them with it.
 */
void rendered_lines_read(struct rendered_lines *lines, struct slice text,
    uint32_t number, bool have_drifted);

#endif
