/*
 * Patterns of Go, which schemas and CEL are written in, as patterns of PCRE2.
 */
#ifndef BASE_GO_PATTERN_H
#define BASE_GO_PATTERN_H

#include "base/text.h"

/*
 * Appends the PCRE2 pattern that matches what Go's regexp (syntax of RE2,
 * google/re2/wiki/Syntax) matches with this one.  False when it may mean
 * something else there, or nothing at all: look-around, references,
 * possessive repetition, what the two read differently.
 */
bool go_pattern_translate(struct slice pattern, struct buf *translated);

/*
 * Whether Go surely compiles no such pattern: look-around, references and
 * escapes that it has not, brackets and groups that do not end, repetitions of
 * nothing or of repetitions.
 */
bool go_pattern_refused(struct slice pattern);

#endif
