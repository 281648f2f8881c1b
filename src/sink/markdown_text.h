/*
 * Text as Markdown shows it: what GitHub and GitLab would take for a mark, a
 * mention, a reference, an address or HTML stays text.
 */
#ifndef SINK_MARKDOWN_TEXT_H
#define SINK_MARKDOWN_TEXT_H

#include "base/text.h"

/* Appends text for within a paragraph or a cell of a table, not for the start
 * of a line. */
void markdown_add(struct buf *buf, struct slice text);
void markdown_add_text(struct buf *buf, const char *text);

/* The same for within an element of HTML. */
void markdown_add_html(struct buf *buf, struct slice text);

/* Appends text as `code`, also for a cell of a table. */
void markdown_add_code(struct buf *buf, struct slice text);

/* Appends lines between fences that are longer than any in them; language is
 * what highlights them, or "". */
void markdown_add_fenced(
    struct buf *buf, struct slice lines, const char *language);

/* Appends what a rule says of itself, see report/prose.h. */
void markdown_add_prose(struct buf *buf, const char *markdown);

#endif
