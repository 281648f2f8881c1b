/* How long files say that their programs drain. */
#include "fact/drain/drain.h"

#include "doc/test_table.h"
#include "fact/settings.h"

static void check_file(const struct test_row *row)
{
	struct settings settings = {0};
	struct facts facts;
	struct arena arena = {0};
	struct buf times = {0};
	const struct file_time *time;
	int64_t longest = 0, wanted = 0;

	settings_set_defaults(&settings);
	facts_init(&facts, &settings);
	collect_file_times(&facts, SLICE("web.conf"),
	    test_cell_node(row, 0, &arena), &times);
	time = (const struct file_time *)(const void *)times.ptr;
	for (size_t i = 0; i < times.len / sizeof(*time); i++) {
		cr_assert_str_eq(time[i].file, "web.conf");
		if (time[i].seconds > longest)
			longest = time[i].seconds;
	}
	if (!slice_is(row->cells[1], "-"))
		cr_assert(slice_to_int(row->cells[1], &wanted));
	cr_assert_eq(longest, wanted, "%s:%zu: %lld: %.*s", row->name,
	    row->line, (long long)longest, SLICE_ARGS(row->cells[2]));
	buf_release(&times);
	arena_release(&arena);
	facts_release(&facts);
	settings_release(&settings);
}

Test(fact_drain_file, formats)
{
	test_table(getenv("srcdir"), "files.txt", 3, 38, check_file);
}
