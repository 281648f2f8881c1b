/*
 * Text as a string of JSON, which YAML reads as well.
 */
#ifndef BASE_JSON_QUOTE_H
#define BASE_JSON_QUOTE_H

#include "base/text.h"

/* Appends text in double quotes, one line and valid UTF-8 whatever is in it:
 * control characters and DEL are escaped. */
void json_quote(struct buf *buf, struct slice text);

/* The same as Go's encoding/json writes it, and so Helm's toJson: "<", ">", "&"
 * and Unicode's line breaks are escaped, DEL is not. */
void json_quote_as_go(struct buf *buf, struct slice text);

#endif
