/* Quantities that are none -> what was meant. */
#include "schema/hint.h"

#include <criterion/criterion.h>

struct row {
	const char *text, *hint;
};

static void expect(const struct row *row)
{
	struct buf hint = {0};

	hint_quantity(slice_of(row->text), &hint);
	cr_expect_str_eq(
	    buf_text(&hint), row->hint, "%s: %s", row->text, buf_text(&hint));
	buf_release(&hint);
}

Test(schema_hint, quantities)
{
	static const struct row rows[] = {
	    {"100mi", "did you mean '100Mi'?"},
	    {"64MB", "did you mean '64M'?"},
	    {"1.5gib", "did you mean '1.5Gi'?"},
	    {"4K", "did you mean '4k'?"},
	    {"4ki", "did you mean '4Ki'?"},
	    /* A blank is no part of a quantity. */
	    {"500 m", "did you mean '500m'?"},
	    {"1 ", "did you mean '1'?"},
	    /* Bytes and all else of which nobody knows. */
	    {"2 cores", ""},
	    {"half", ""},
	    {"", ""},
	    {"7x", ""},
	    {"1.2.3Mi", ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		expect(&rows[i]);
}
