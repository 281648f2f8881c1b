/*
 * What is asked of doubles.  The library of mathematics has as much, but to
 * load it costs a start more than all that is done with it.
 */
#ifndef BASE_REAL_H
#define BASE_REAL_H

#include <stdbool.h>

/* Whether it has no fraction; an infinite one has none, what is no number is
 * none. */
bool has_no_fraction(double value);

/* Whether value is unit so and so many times, exactly; of 0 and of what is not
 * finite nothing is, but 0 of what is infinite. */
bool is_multiple(double value, double unit);

/* 10 to the power, which is -30 to 30. */
double power_of_ten(int power);

#endif
