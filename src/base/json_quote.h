/*
 * Text as a string of JSON, which YAML reads as well.
 */
#ifndef BASE_JSON_QUOTE_H
#define BASE_JSON_QUOTE_H

#include "base/text.h"

/* Appends text in double quotes, one line and valid UTF-8 whatever is in it:
 * what base/obeyed names is escaped, up to U+FFFF. */
void json_quote(struct buf *buf, struct slice text);

/* The same as Go's encoding/json writes it, and so Helm's toJson: "<", ">", "&"
 * and Unicode's line breaks are escaped, DEL is not. */
void json_quote_as_go(struct buf *buf, struct slice text);

/* Appends JSON as it is, but what base/obeyed names, which only a string of it
 * can hold, by number.  An escape before a letter counts as one with it. */
void json_add_safe(struct buf *buf, struct slice json);

/* Appends the escape of a code point, two of them above U+FFFF. */
void json_add_escape(struct buf *buf, uint32_t code);

#endif
