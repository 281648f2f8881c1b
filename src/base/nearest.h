/*
 * The nearest of some names, for "did you mean ...?".
 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include "base/text.h"

/*
 * The name that word was probably meant to be: the one with the fewest
 * letters to insert, delete, change or swap with their neighbour, the first
 * such on a tie.  NULL when none is close: more than one letter in three (but
 * always one) would have to change.
 */
const char *nearest(struct slice word, const char *const *names, size_t n);

/* Whether one letter inserted, deleted, changed or swapped with its neighbour
 * makes one of the names the other. */
bool is_one_letter_off(struct slice a, struct slice b);

#endif
