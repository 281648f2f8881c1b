/* Values by the names of a map, be they few or many. */
#include "schema/given.h"

#include "doc/test_table.h"

/* A map of n names, n0 to 0 and so on. */
static const struct node *numbered(size_t n, struct arena *arena)
{
	struct test_row row = {.name = "the test"};
	struct buf yaml = {0};

	for (size_t i = 0; i < n; i++)
		buf_printf(&yaml, "n%zu: %zu\n", i, i);
	row.cells[0] = slice_copy(arena, buf_slice(&yaml));
	buf_release(&yaml);
	return test_cell_node(&row, 0, arena);
}

static void expect_named(size_t n)
{
	struct arena arena = {0};
	const struct node *map = numbered(n, &arena);
	struct named named = named_of(map);

	for (size_t i = 0; i < n; i++)
		cr_assert_eq(named_find(&named, map->pairs[i].key->text),
		    map->pairs[i].value);
	cr_assert_null(named_find(&named, SLICE("n9999")));
	named_release(&named);
	arena_release(&arena);
}

Test(schema_given, a_value_by_its_name)
{
	expect_named(1);
	expect_named(15);
	expect_named(16);
	expect_named(300);
}

Test(schema_given, what_is_no_map_has_no_names)
{
	struct named named = named_of(NULL);

	cr_assert_null(named_find(&named, SLICE("a")));
	named_release(&named);
}
