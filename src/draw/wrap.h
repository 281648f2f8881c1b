/*
 * Text in lines.
 */
#ifndef DRAW_WRAP_H
#define DRAW_WRAP_H

#include "base/text.h"

/*
 * Takes the first line off a text: as many words as measure() says fit into
 * width, at least one; a word that does not fit alone is broken.  The blanks
 * between lines are dropped.  measure: of characters, in any unit.
 */
struct slice wrap_line(
    struct slice *text, int width, int (*measure)(struct slice characters));

/* The same of as many characters as fit, wherever words end. */
struct slice wrap_characters(
    struct slice *text, int width, int (*measure)(struct slice characters));

/* A character each. */
int measure_characters(struct slice characters);

#endif
