/*
 * Text as XML 1.0 holds it.
 */
#ifndef REPORT_XML_H
#define REPORT_XML_H

#include "base/text.h"

/*
 * Appends text for between tags or quotes: markup is escaped, and in quotes
 * line breaks and tabs, which a reader would turn into blanks; what XML cannot
 * hold, and bytes that are no UTF-8, become U+FFFD.
 */
void xml_add(struct buf *buf, struct slice text);
void xml_add_quoted(struct buf *buf, struct slice text);

/* Appends ' name="text"'; what is in text is taken out of it. */
void xml_add_attribute(struct buf *buf, const char *name, struct buf *text);

/* The same for text that is known to be plain. */
void xml_add_word(struct buf *buf, const char *name, const char *text);

#endif
