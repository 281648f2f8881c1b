/*
 * Texts as SARIF has them: in a message object, with numbered placeholders, as
 * whole sentences.
 */
#ifndef SINK_SARIF_TEXT_H
#define SINK_SARIF_TEXT_H

#include "base/text.h"
#include "diag/finding.h"
#include "report/json_tree.h"

/* {"text": text}: a message, a description, a snippet. */
struct json *sarif_message(const char *text);

/* The same of a buffer, which is released. */
struct json *sarif_message_of(struct buf *text);

/*
 * A rule's message as SARIF writes it: placeholders numbered {0}, {1}, ...,
 * other braces doubled, a full stop at the end.
 */
void sarif_add_numbered(struct buf *buf, const char *message);

/* A rule's message for people: "..." where the placeholders are, and a full
 * stop at the end. */
void sarif_add_readable(struct buf *buf, const char *message);

/* The id of a kind's message in its messageStrings; which: of its cases. */
void sarif_message_id(
    const struct diag_kind *kind, size_t which, struct buf *buf);

/* Ends the text in buf with a full stop when it has none. */
void sarif_add_full_stop(struct buf *buf);

#endif
