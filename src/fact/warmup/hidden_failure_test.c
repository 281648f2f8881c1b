/* What commands hide, by the table of testdata/facts/failures.txt. */
#include "fact/warmup/warmup.h"

#include "doc/test_table.h"
#include "fact/test_release.h"

static void check_failure(const struct test_row *row)
{
	struct arena arena = {0};
	struct settings settings;
	struct facts facts;
	const struct node *at = NULL;
	const char *hidden;

	test_settings_init(&settings);
	facts_init(&facts, &settings);
	hidden = hidden_failure(&facts, test_cell_node(row, 0, &arena), &at);
	cr_assert(slice_is(row->cells[1], hidden ? hidden : "none"),
	    "%s:%zu: '%s': %.*s", row->name, row->line,
	    hidden ? hidden : "none", SLICE_ARGS(row->cells[2]));
	cr_assert(!hidden || at);
	facts_release(&facts);
	settings_release(&settings);
	arena_release(&arena);
}

Test(fact_failure, commands_that_always_succeed)
{
	test_table(getenv("srcdir"), "failures.txt", 3, 60, check_failure);
}
