/*
 * Where people look at a file of the input, for formats that link to lines.
 */
#ifndef REPORT_SOURCE_URL_H
#define REPORT_SOURCE_URL_H

#include "base/text.h"
#include "diag/span.h"

/* Whether a text is one for source_url_add(): of http or https, with {file}. */
bool source_url_is_valid(const char *pattern);

/*
 * Appends the address of a place: pattern (--source-url) with the file's path
 * for {file} and the line for {line}, as in
 * "https://example.com/blob/main/{file}#L{line}".  Appends nothing and returns
 * false without a pattern, without a place, and for what is in no repository:
 * standard input and files outside of the working directory.
 */
bool source_url_add(struct buf *buf, const char *pattern, struct place place);

#endif
