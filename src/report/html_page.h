/*
 * Pages in HTML: their frame and what stands in all of them.  A page carries
 * its style, asks the network for nothing and can be read without its script.
 */
#ifndef REPORT_HTML_PAGE_H
#define REPORT_HTML_PAGE_H

#include "base/text.h"
#include "diag/span.h"

/* Appends text for between tags or double quotes: what plain_add() makes of it,
 * with markup escaped. */
void html_add(struct buf *buf, struct slice text);
void html_add_text(struct buf *buf, const char *text);

/* Appends the same for lines of code, which keep their ends. */
void html_add_lines(struct buf *buf, struct slice lines);

/* Appends all up to and with <body>; title is plain text. */
void html_begin(struct buf *buf, const char *title);

/* The same for a page of several, which share the style: page.css in the folder
 * that root leads to, "" or "../". */
void html_begin_linked(struct buf *buf, const char *title, const char *root);

/* Appends the end of the page, behind the script of reports when asked for. */
void html_end(struct buf *buf, bool with_script);

/* Appends <a href="address">text</a>, only text when the address is neither
 * relative nor of http or https. */
void html_add_link(struct buf *buf, struct slice address, struct slice text);

/* Appends the Markdown of a rule, see report/prose.h. */
void html_add_prose(struct buf *buf, const char *markdown);

/* Appends a block with the line that span begins on, its number, and a mark
 * over what of it the span covers. */
void html_add_excerpt(struct buf *buf, struct slice line, struct span span);

#endif
