/* The table of sinks. */
#include "sink/sink.h"

#include <criterion/criterion.h>

Test(sink_sink, table)
{
	size_t n = 0;

	while (sink_at(n)) {
		const struct sink *sink = sink_at(n++);

		cr_assert_eq(sink_find(slice_of(sink->name)), sink);
		cr_assert_not_null(sink->write);
	}
	cr_assert_str_eq(sink_at(0)->name, "gcc");
	cr_assert_not(sink_at(0)->is_machine);
	cr_assert(sink_find(SLICE("sarif"))->is_machine);
	cr_assert_null(sink_at(n));
	cr_assert_null(sink_find(SLICE("sari")));
	cr_assert_null(sink_find(SLICE("")));
}

/* For these alone the lines of all findings are hashed. */
Test(sink_sink, formats_with_hashes_of_lines)
{
	const struct sink *sink;

	for (size_t i = 0; (sink = sink_at(i)); i++)
		cr_assert_eq(sink->has_line_hashes,
		    slice_is(SLICE("sarif"), sink->name) ||
			slice_is(SLICE("json"), sink->name),
		    "%s", sink->name);
}
