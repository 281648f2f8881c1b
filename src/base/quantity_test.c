/* Quantities, by the grammar of apimachinery's resource.Quantity. */
#include "base/quantity.h"

#include <criterion/criterion.h>
#include <math.h>

Test(base_quantity, numbers_and_suffixes)
{
	static const struct {
		const char *text;
		double number;
	} cases[] = {
	    {"0", 0},
	    {"1", 1},
	    {"250m", 0.25},
	    {"1.5", 1.5},
	    {".5", 0.5},
	    {"5.", 5},
	    {"+2", 2},
	    {"64Mi", 67108864},
	    {"1Gi", 1073741824},
	    {"128M", 128e6},
	    {"1k", 1000},
	    {"2e3", 2000},
	    {"2E-3", 0.002},
	    {"1E", 1e18}, /* exa, not an exponent without digits */
	    {"100n", 1e-7},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		double number = -1;

		cr_assert(quantity_parse(slice_of(cases[i].text), &number),
		    "%s", cases[i].text);
		cr_assert_float_eq(number, cases[i].number,
		    1e-9 * (1 + cases[i].number), "%s is not %g", cases[i].text,
		    number);
	}
}

Test(base_quantity, what_is_none)
{
	static const char *const cases[] = {"", ".", "m", "K", "1K", "1 Gi",
	    "1GiB", "-1", "1.2.3", "0x10", "1e", "1e99", "lots", "1mm", "5%"};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		double number;

		cr_assert_not(quantity_parse(slice_of(cases[i]), &number),
		    "'%s' is %g", cases[i], number);
	}
}
