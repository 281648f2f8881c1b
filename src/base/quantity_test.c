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

/* As Quantity.String() of apimachinery spells what ParseQuantity() read. */
Test(base_quantity, one_spelling)
{
	static const struct {
		const char *text, *spelled;
	} cases[] = {
	    {"1", "1"},
	    {"1000m", "1"},
	    {"1500m", "1500m"},
	    {"0.5", "500m"},
	    {".5", "500m"},
	    {"1.0", "1"},
	    {"+2", "2"},
	    {"007", "7"},
	    {"0", "0"},
	    {"0m", "0"},
	    {"0Mi", "0"},
	    {"250m", "250m"},
	    {"100000", "100k"},
	    {"1000M", "1G"},
	    {"1500M", "1500M"},
	    {"128974848", "128974848"},
	    {"1024Mi", "1Gi"},
	    {"1.5Gi", "1536Mi"},
	    {"0.5Gi", "512Mi"},
	    {"1000Mi", "1000Mi"},
	    {"1Ki", "1Ki"},
	    /* Less than 1024 of them, and parts of a byte, are counted in tens.
	     */
	    {"0.5Ki", "512"},
	    {"1.1Gi", "1181116006400m"},
	    {"1e3", "1e3"},
	    {"1E4", "10e3"},
	    {"1000e-3", "1"},
	    {"1E", "1E"},
	};
	struct buf buf = {0};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		buf_clear(&buf);
		cr_assert(quantity_spell(slice_of(cases[i].text), &buf), "%s",
		    cases[i].text);
		cr_assert_str_eq(buf_text(&buf), cases[i].spelled,
		    "%s is %s, not %s", cases[i].text, buf_text(&buf),
		    cases[i].spelled);
	}
	buf_release(&buf);
}

/* What apimachinery refuses, rounds up to nano or caps at 2^63 - 1. */
Test(base_quantity, spelling_that_is_not_sure)
{
	static const char *const cases[] = {"", "m", "1 Gi", "64mb", "-1",
	    "1.5n", "0.1u1", "9223372036854775808", "16Ei", "1e30"};
	struct buf buf = {0};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		cr_assert_not(
		    quantity_spell(slice_of(cases[i]), &buf), "%s", cases[i]);
		cr_assert_eq(buf.len, 0, "%s", cases[i]);
	}
	buf_release(&buf);
}
