/* Versions in their order, as section 11 of semver.org has it. */
#include "contract/scenario.h"

#include <criterion/criterion.h>

/* Each comes before all that follow; the first eight are those of section 11,
 * point 4. */
static const char *const ascending[] = {
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    /* Numbers are compared as such, from the left. */
    "1.0.9",
    "1.0.10",
    "1.2.0",
    "1.10.0",
    "2.0.0-0",
    "2.0.0-0.0",
    "2.0.0-0.0.0",
    "2.0.0",
    "10.0.0",
    /* Longer than any number of C. */
    "100000000000000000000.0.0",
    "100000000000000000001.0.0",
};

Test(contract_version, earlier_ones_come_first)
{
	for (size_t i = 0; i < COUNT_OF(ascending); i++) {
		for (size_t j = 0; j < COUNT_OF(ascending); j++) {
			const char *a = ascending[i], *b = ascending[j];
			int order, expected = (i > j) - (i < j);

			cr_assert(
			    versions_compare(a, b, &order), "%s %s", a, b);
			cr_assert_eq((order > 0) - (order < 0), expected,
			    "%s and %s: %d", a, b, order);
		}
	}
}

/* What is built, a "v" in front and zeros that say nothing. */
Test(contract_version, what_does_not_count)
{
	static const char *const same[][2] = {
	    {"1.2.3", "v1.2.3"},
	    {"1.2.3+a", "1.2.3+b"},
	    {"1.2.3-rc.1+20261128", "1.2.3-rc.1"},
	    {"1.2.3+a-b", "1.2.3"},
	    {"1.2.3", "01.002.3"},
	    {"0.0.0", "0.0.00"},
	    {"1.2.3-1", "1.2.3-01"},
	};

	for (size_t i = 0; i < COUNT_OF(same); i++) {
		int order;

		cr_assert(versions_compare(same[i][0], same[i][1], &order));
		cr_assert_eq(
		    order, 0, "%s and %s: %d", same[i][0], same[i][1], order);
	}
}

Test(contract_version, what_is_none)
{
	static const char *const wrong[] = {"", "v", "1", "1.2", "1.2.",
	    "1.2.3.4", "1.2.x", "a.2.3", "1.2.3 ", "-1.2.3", "1..3", "vv1.2.3",
	    "head"};

	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		int order;

		cr_assert_not(versions_compare(wrong[i], "1.2.3", &order), "%s",
		    wrong[i]);
		cr_assert_not(versions_compare("1.2.3", wrong[i], &order), "%s",
		    wrong[i]);
	}
}
