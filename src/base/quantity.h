/*
 * Quantities as Kubernetes writes them: 250m, 1.5, 64Mi, 2e3.
 */
#ifndef BASE_QUANTITY_H
#define BASE_QUANTITY_H

#include "base/text.h"

/*
 * The number a quantity stands for, in units of what it counts (cores, bytes).
 * False for what resource.ParseQuantity() of apimachinery refuses; negative
 * ones are refused too, since no request or limit may be.
 */
bool quantity_parse(struct slice text, double *ret_number);

/*
 * Appends the one spelling of a quantity that programs write which have read
 * it, as Quantity.String() of apimachinery: 1000m is 1, 0.5 is 500m, 1024Mi is
 * 1Gi.  False, and nothing appended, for what quantity_parse() refuses, and for
 * what is too large or too fine to be sure of.
 */
bool quantity_spell(struct slice text, struct buf *buf);

#endif
