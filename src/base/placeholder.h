/*
 * Message templates: a kind's message with its {placeholders}.
 */
#ifndef SINK_TEMPLATE_H
#define SINK_TEMPLATE_H

#include "base/text.h"

/* Number of placeholders. */
size_t template_count(const char *message);

/*
 * Finds what filled the placeholders of message in text: a slice of text for
 * each in ret_values, which has room for template_count() of them.  False when
 * text was not made from message.
 */
bool template_match(
    const char *message, struct slice text, struct slice *ret_values);

/*
 * The template as SARIF writes it: placeholders numbered {0}, {1}, ..., each in
 * single quotes as its validator wants them, other braces doubled, a full stop
 * at the end.
 */
void template_add_numbered(struct buf *buf, const char *message);

/* The template for people: "..." where the placeholders are, and a full stop
 * at the end. */
void template_add_readable(struct buf *buf, const char *message);

/* Ends the text in buf with a full stop when it has none. */
void template_add_stop(struct buf *buf);

#endif
