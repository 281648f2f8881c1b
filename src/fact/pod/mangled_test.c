/* Which values are whole numbers that a template printed as floats. */
#include "fact/pod/pod.h"

#include "fact/test_release.h"

Test(fact_mangled, numbers)
{
	static const struct {
		const char *value;
		int64_t number; /* 0: it is left alone */
	} cases[] = {
	    {"1e+06", 1000000},
	    {"8.589934592e+09", 8589934592},
	    {"-2.5e+07", -25000000},
	    {"9.99999999999999999e+17", 999999999999999999},
	    {"1e+05", 0},
	    {"1e+18", 0},
	    {"1.2345678e+06", 0},
	    {"1e6", 0},
	    {"1e-06", 0},
	    {"12e+06", 0},
	    {"1.e+06 ", 0},
	    {"e+06", 0},
	    {"1000000", 0},
	    {"-", 0},
	    {"", 0},
	    {"1.", 0},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct test_release test;
		const struct entity_list *list;
		struct buf yaml = {0};

		buf_printf(&yaml,
		    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n"
		    "data: {A: '%s'}\n",
		    cases[i].value);
		test_release_init(&test, buf_text(&yaml), NULL);
		list = &test.release->lists[ENTITY_mangled];
		cr_assert_eq(
		    list->n, cases[i].number != 0, "'%s'", cases[i].value);
		if (list->n) {
			const struct mangled *mangled = list->items[0];

			cr_assert_eq(mangled->number.integer, cases[i].number);
			cr_assert_str_eq(mangled->name.text, "A");
			cr_assert_eq(mangled->value.line, 4);
		}
		test_release_free(&test);
		buf_release(&yaml);
	}
}
