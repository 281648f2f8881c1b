/*
 * JSON as text, written while it is made: what a format says of each of many
 * findings.  What is small, or made in another order, is a json_tree.
 *
 * A value is indented by two blanks for each level.  Nothing here fails: memory
 * that ran out ends the program.
 */
#ifndef REPORT_JSON_OUT_H
#define REPORT_JSON_OUT_H

#include "base/text.h"

#include <stdio.h>

/* Where the text goes, and what is open there. */
struct json_out {
	struct buf *buf;
	FILE *stream;	/* that takes the text a piece at a time, or NULL */
	unsigned njobs; /* threads that may share a long list; 0 is 1 */
	unsigned depth; /* of what is open */
	bool has_items; /* whether the innermost of it does */
};

/*
 * All values: with the key, which needs no escape, in an object; with NULL in
 * an array or at the top.
 */

/* Opens an object or an array. */
void json_out_object(struct json_out *out, const char *key);
void json_out_array(struct json_out *out, const char *key);

/* Closes the innermost, an object or an array. */
void json_out_end_object(struct json_out *out);
void json_out_end_array(struct json_out *out);

/* A string, made valid UTF-8, in which nobody finds a command. */
void json_out_slice(struct json_out *out, const char *key, struct slice text);
void json_out_text(struct json_out *out, const char *key, const char *text);

void json_out_number(struct json_out *out, const char *key, size_t number);

/* A value that is text of JSON already: a number, true, null. */
void json_out_word(struct json_out *out, const char *key, struct slice word);

/*
 * An array of n items that print() prints, with json_out's own functions; with
 * several threads also at the same time, each item once and to an out of its
 * own, but they are written in order.
 */
void json_out_list(struct json_out *out, const char *key,
    void (*print)(void *context, size_t i, struct json_out *out), void *context,
    size_t n);

#endif
