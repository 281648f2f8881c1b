/*
 * Text made harmless for a line of output.
 */
#ifndef REPORT_PLAIN_H
#define REPORT_PLAIN_H

#include "base/text.h"

/*
 * Text for one line of a terminal or log: the characters that base/obeyed
 * names, and bytes that are no UTF-8, come out as <U+000A> or <ff>, and the
 * words that CI systems obey are broken behind their first character: "#\#[",
 * "::" at the beginning as ":\:".
 */
void plain_add(struct buf *buf, struct slice text);

/* The same for the first character of text, which has one: returns how many
 * bytes of text it took. */
size_t plain_add_char(struct buf *buf, struct slice text);

/* The same of a whole text, in the arena. */
const char *plain_copy(struct arena *arena, const char *text);

/* The same for each line of text, whose line breaks and tabs stay. */
void plain_add_lines(struct buf *buf, struct slice text);

#endif
