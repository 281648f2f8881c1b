/* What is asked of doubles. */
#include "base/real.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

Test(base_real, whole)
{
	cr_expect(has_no_fraction(0));
	cr_expect(has_no_fraction(-0.0));
	cr_expect(has_no_fraction(-3));
	cr_expect(has_no_fraction(0x1p52 - 1));
	cr_expect(has_no_fraction(0x1p63));
	cr_expect(has_no_fraction(-0x1p1000));
	cr_expect(has_no_fraction(HUGE_VAL));
	cr_expect_not(has_no_fraction(0.5));
	cr_expect_not(has_no_fraction(-1.25));
	cr_expect_not(has_no_fraction(0x1p51 + 0.5));
	cr_expect_not(has_no_fraction(0x1p-1074));
	cr_expect_not(has_no_fraction(strtod("nan", NULL)));
}

/* Exactly: three times the double that is nearest to a tenth is not the one
 * that is nearest to three tenths. */
Test(base_real, multiple)
{
	cr_expect(is_multiple(6, 2));
	cr_expect(is_multiple(-6, 2));
	cr_expect(is_multiple(6, -1.5));
	cr_expect(is_multiple(0, 3));
	cr_expect(is_multiple(0x1p1023, 0x1p-1074));
	cr_expect(is_multiple(3 * 0x1p1000, 3));
	cr_expect(is_multiple(2, 2));
	cr_expect(is_multiple(0, HUGE_VAL));
	cr_expect_not(is_multiple(0.3, 0.1));
	cr_expect_not(is_multiple(7, 2));
	cr_expect_not(is_multiple(0x1p1000, 3));
	cr_expect_not(is_multiple(1, 2));
	cr_expect_not(is_multiple(1, 0));
	cr_expect_not(is_multiple(0, 0));
	cr_expect_not(is_multiple(HUGE_VAL, 2));
	cr_expect_not(is_multiple(1, HUGE_VAL));
}

Test(base_real, powers_of_ten_are_what_their_texts_say)
{
	for (int power = -30; power <= 30; power++) {
		char text[16];

		snprintf(text, sizeof(text), "1e%d", power);
		cr_expect_eq(
		    power_of_ten(power), strtod(text, NULL), "%d", power);
	}
}
