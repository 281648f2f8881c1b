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

/* The line that a finding in the text of a ConfigMap is at. */
static uint32_t line_of(const char *data)
{
	struct test_release test;
	const struct mangled *mangled;
	struct buf yaml = {0};
	uint32_t line;

	buf_printf(&yaml,
	    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n"
	    "data:\n%s",
	    data);
	test_release_init(&test, buf_text(&yaml), NULL);
	cr_assert_eq(test.release->lists[ENTITY_mangled].n, 1);
	mangled = test.release->lists[ENTITY_mangled].items[0];
	line = mangled->value.line;
	test_release_free(&test);
	buf_release(&yaml);
	return line;
}

Test(fact_mangled, stands_on_its_own_line_of_a_block)
{
	cr_assert_eq(line_of("  a: |\n    x: 1\n    y: 1e+06\n"), 7);
	cr_assert_eq(line_of("  a: |2-\n\n    x: 1\n\n    y: 1e+06 # b\n"), 9);
	/* Lines that are joined are not those of the text. */
	cr_assert_eq(line_of("  a: >\n\n    x: 1\n\n    y: 1e+06\n"), 5);
	cr_assert_eq(line_of("  a: \"x: 1\\ny: 1e+06\"\n"), 5);
	cr_assert_eq(line_of("  a: 1e+06\n"), 5);
}
