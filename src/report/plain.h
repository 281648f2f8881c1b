/*
 * Text made harmless for a line of output.
 */
#ifndef REPORT_PLAIN_H
#define REPORT_PLAIN_H

#include "base/text.h"

/*
 * Text for one line of a terminal or log: control characters (C0, DEL, C1),
 * what turns the direction of writing, bytes that are no UTF-8 and the line
 * breaks of Unicode come out as <U+000A> or <ff>, and "##[" as "#\#[" because
 * GitHub's runner obeys it anywhere.
 */
void plain_add(struct buf *buf, struct slice text);

/* The same for the first character of text, which has one: returns how many
 * bytes of text it took. */
size_t plain_add_char(struct buf *buf, struct slice text);

#endif
