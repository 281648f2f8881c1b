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

#endif
