/* Items found by their names, in short lists and in long ones. */
#include "doc/node_index.h"

#include "doc/test_table.h"

static const struct node *read_node(const char *yaml, struct arena *arena)
{
	struct test_row row = {.name = "the test", .cells = {slice_of(yaml)}};

	return test_cell_node(&row, 0, arena);
}

/* n items n0, n1 ..., then a second n0 and what has no name. */
static const struct node *named_items(size_t n, struct arena *arena)
{
	struct buf yaml = {0};
	const struct node *list;

	for (size_t i = 0; i < n; i++)
		buf_printf(&yaml, "- {name: n%zu}\n", i);
	buf_add_text(&yaml, "- {name: n0, second: true}\n- {name: [n9]}\n"
			    "- {called: n8}\n- n7\n- ~\n");
	list = read_node(slice_copy(arena, buf_slice(&yaml)).ptr, arena);
	buf_release(&yaml);
	return list;
}

static void expect_found(size_t n)
{
	struct arena arena = {0};
	const struct node *list = named_items(n, &arena);
	struct node_index index;

	node_index_init(&index, list, "name");
	cr_assert_eq(
	    node_index_find(&index, SLICE("n0")), list->items[0], "the first");
	cr_assert_eq(node_index_find(&index, SLICE("n1")), list->items[1]);
	cr_assert_null(node_index_find(&index, SLICE("n9999")));
	cr_assert_null(node_index_find(&index, SLICE("[n9]")));
	cr_assert_null(node_index_find(&index, SLICE("")));
	node_index_release(&index);
	arena_release(&arena);
}

Test(node_index, the_first_of_a_name)
{
	expect_found(2);
	expect_found(6);
	expect_found(100);
}

Test(node_index, what_is_no_list_has_no_items)
{
	struct arena arena = {0};
	struct node_index index;

	node_index_init(&index, NULL, "name");
	cr_assert_null(node_index_find(&index, SLICE("a")));
	node_index_release(&index);
	node_index_init(&index, read_node("{name: a}", &arena), "name");
	cr_assert_null(node_index_find(&index, SLICE("a")));
	node_index_release(&index);
	arena_release(&arena);
}
