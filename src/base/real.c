/* Doubles -> whether they are whole, or multiples; powers of ten. */
#include "base/real.h"

#include <math.h>
#include <stdint.h>

/* From here on a double has no bits left for a fraction. */
#define ALL_WHOLE 0x1p52

bool has_no_fraction(double value)
{
	if (isnan(value))
		return false;
	return fabs(value) >= ALL_WHOLE || (double)(int64_t)value == value;
}

/* The largest of unit, twice unit, four times ... that is in rest, which is no
 * less than unit. */
static double largest_part(double rest, double unit)
{
	int of_rest, of_unit;
	double part;

	frexp(rest, &of_rest);
	frexp(unit, &of_unit);
	part = ldexp(unit, of_rest - of_unit);
	return part > rest ? part / 2 : part;
}

/* As one divides by hand, of which no step rounds: a part is more than half of
 * what it is taken from.  There are as many steps as the exponents differ. */
bool is_multiple(double value, double unit)
{
	double rest = fabs(value);

	unit = fabs(unit);
	if (!isfinite(rest) || isnan(unit) || unit == 0)
		return false;
	while (rest >= unit)
		rest -= largest_part(rest, unit);
	return rest == 0;
}

double power_of_ten(int power)
{
	static const double large[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
	    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
	    1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29,
	    1e30};
	static const double small[] = {1e-0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6,
	    1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16,
	    1e-17, 1e-18, 1e-19, 1e-20, 1e-21, 1e-22, 1e-23, 1e-24, 1e-25,
	    1e-26, 1e-27, 1e-28, 1e-29, 1e-30};

	return power < 0 ? small[-power] : large[power];
}
