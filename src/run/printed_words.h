/*
 * Words that a template has just as they were rendered: where on its line.
 */
#ifndef RUN_PRINTED_WORDS_H
#define RUN_PRINTED_WORDS_H

#include "base/text.h"
#include "diag/span.h"

/* The words of a rendered line, which is all of it, at a span there; empty when
 * the span ends on another line. */
struct slice printed_words(struct slice line, struct span span);

/* The span of the words on a line of a template, which has that number, when
 * they stand there once as they were printed; else of all that is not blank. */
struct span printed_words_span(
    struct slice line, uint32_t number, struct slice words);

#endif
