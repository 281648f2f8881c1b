/*
 * Numbers as people write them in manifests: with units, of any size.
 */
#ifndef FACT_NUMBER_H
#define FACT_NUMBER_H

#include "base/text.h"

/* A Go duration ("1h30m", "500ms", "1.5s") in milliseconds, rounded up. */
bool parse_duration(struct slice text, int64_t *ret_milliseconds);

/* Takes a number with an optional fraction off the front of text. */
bool take_number(struct slice *text, double *ret_number);

/* Up to a whole number, but not for what binary fractions add to a decimal. */
int64_t round_up(double value);

/* Numbers of a manifest may be of any size: past int64 is the most there is. */
int64_t saturated_sum(int64_t a, int64_t b);

#endif
