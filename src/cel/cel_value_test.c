/* Values: from nodes, compared, printed. */
#include "cel/cel_value.h"

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>

static const struct origin origin = {.name = "a.yaml"};

static struct node scalar_node(const char *text, uint32_t line)
{
	return (struct node){.kind = NODE_SCALAR,
	    .plain = true,
	    .text = slice_of(text),
	    .span = {line, 1, line, 2}};
}

Test(cel_value, nodes_become_values_with_places)
{
	const struct node key = scalar_node("ports", 1);
	const struct node first = scalar_node("80", 2);
	const struct node second = scalar_node("http", 3);
	const struct node *items[] = {&first, &second};
	const struct node list = {.kind = NODE_SEQUENCE,
	    .n = 2,
	    .items = items,
	    .span = {2, 1, 4, 1}};
	struct pair pair = {&key, &list};
	const struct node root = {
	    .kind = NODE_MAPPING, .n = 1, .pairs = &pair, .span = {1, 1, 4, 1}};
	struct arena arena = {0};
	struct cel_value value = cel_from_node(&arena, &origin, &root);
	const struct cel_value *ports;

	cr_assert_eq(value.kind, CEL_MAP);
	cr_assert_eq(value.place.span.line, 1);
	ports = cel_map_find(value.map, cel_string(SLICE("ports")));
	cr_assert_eq(ports->kind, CEL_LIST);
	cr_assert_eq(ports->place.span.end_line, 4);
	cr_assert_eq(cel_map_find(value.map, cel_string(SLICE("ports"))), ports,
	    "made once");
	cr_assert_eq(ports->list->n, 2);
	cr_assert_eq(ports->list->items[0].kind, CEL_INT);
	cr_assert_eq(ports->list->items[0].integer, 80);
	cr_assert_eq(ports->list->items[1].kind, CEL_STRING);
	cr_assert_eq(ports->list->items[1].place.span.line, 3);
	cr_assert_eq(ports->list->items[1].place.origin, &origin);
	cr_assert_null(cel_map_find(value.map, cel_string(SLICE("port"))));
	cr_assert_null(cel_map_find(value.map, cel_int(1)));
	arena_release(&arena);
}

/* What is found of a map does not depend on whether it is whole. */
Test(cel_value, a_whole_map_is_the_same_map)
{
	const struct node key = scalar_node("ports", 1);
	const struct node number = scalar_node("80", 2);
	struct pair inner = {&key, &number};
	const struct node middle = {.kind = NODE_MAPPING,
	    .n = 1,
	    .pairs = &inner,
	    .span = {2, 1, 3, 1}};
	struct pair pair = {&key, &middle};
	const struct node root = {
	    .kind = NODE_MAPPING, .n = 1, .pairs = &pair, .span = {1, 1, 4, 1}};
	struct arena arena = {0};
	struct cel_value value = cel_from_node(&arena, &origin, &root);
	struct cel_value other = cel_from_node(&arena, &origin, &root);
	const struct cel_map *whole = cel_map_whole(value.map);
	const struct cel_value *values = whole->values;

	cr_assert_eq(whole->keys[0].place.span.line, 1);
	cr_assert_eq(whole->values[0].kind, CEL_MAP);
	cr_assert_eq(whole->values[0].place.span.line, 2);
	cr_assert_eq(cel_map_whole(whole), whole);
	cr_assert_eq(whole->values, values, "made once");
	cr_assert_eq(cel_map_find(value.map, cel_string(SLICE("ports"))),
	    &whole->values[0]);
	cr_assert(cel_equal(value, other));
	cr_assert(cel_equal(other, value));
	arena_release(&arena);
}

static void expect_scalar(const char *text, const char *printed)
{
	const struct node node = scalar_node(text, 1);
	struct arena arena = {0};
	struct buf buf = {0};

	cel_print(cel_from_node(&arena, &origin, &node), &buf);
	cr_expect_str_eq(buf_text(&buf), printed);
	buf_release(&buf);
	arena_release(&arena);
}

Test(cel_value, scalars_mean_what_kubernetes_reads)
{
	expect_scalar("1", "1");
	expect_scalar("1.5", "1.5");
	expect_scalar("yes", "true");
	expect_scalar("~", "null");
	expect_scalar("1.5Gi", "\"1.5Gi\"");
}

Test(cel_value, no_node_is_null)
{
	struct arena arena = {0};
	struct cel_value value = cel_from_node(&arena, &origin, NULL);

	cr_assert_eq(value.kind, CEL_NULL);
	cr_assert_not(place_known(value.place));
}

Test(cel_value, keys_of_nodes_are_strings)
{
	const struct node number = scalar_node("1", 1);
	const struct node list = {.kind = NODE_SEQUENCE};
	const struct node empty = scalar_node("", 2);
	struct pair pairs[] = {
	    {&list, &number}, {&number, &number}, {&empty, &number}};
	const struct node root = {.kind = NODE_MAPPING, .n = 3, .pairs = pairs};
	struct arena arena = {0};
	struct cel_value value = cel_from_node(&arena, &origin, &root);
	struct cel_value other = cel_from_node(&arena, &origin, &root);
	const struct cel_map *whole;
	struct buf printed = {0};

	cel_print(other, &printed);
	cr_assert_str_eq(buf_text(&printed), "{\"1\": 1, \"\": 1}");
	buf_release(&printed);
	cr_assert_eq(value.map->n, 2, "a list names nothing");
	cr_assert_null(cel_map_find(value.map, cel_int(1)));
	cr_assert_null(cel_map_find(value.map, cel_int(0)));
	cr_assert_null(cel_map_find(value.map, cel_bool(false)));
	whole = cel_map_whole(value.map);
	cr_assert_eq(whole->n, 2);
	cr_assert_eq(whole->keys[0].kind, CEL_STRING);
	cr_assert(slice_is(whole->keys[0].text, "1"));
	arena_release(&arena);
}

Test(cel_value, entities_are_equal_by_identity)
{
	static const struct cel_class class = {.name = "pod"};
	struct cel_value a = {.kind = CEL_OBJECT, .object = {&class, "a"}};
	struct cel_value b = {.kind = CEL_OBJECT, .object = {&class, "b"}};

	cr_assert(cel_equal(a, a));
	cr_assert_not(cel_equal(a, b));
}

Test(cel_value, equality_gives_up_without_steps)
{
	uint64_t steps = 1;

	cr_assert(cel_equal_within(cel_int(1), cel_int(1), &steps));
	cr_assert_eq(steps, 0);
	cr_assert_not(cel_equal_within(cel_int(1), cel_int(1), &steps));
}

Test(cel_value, order_across_int_and_double)
{
	int order;

	cr_assert(cel_order(cel_int(INT64_MAX), cel_double(0x1p63), &order));
	cr_assert_lt(order, 0);
	cr_assert(cel_order(cel_double(-0x1p63), cel_int(INT64_MIN), &order));
	cr_assert_eq(order, 0);
	cr_assert(cel_order(cel_double(INFINITY), cel_int(0), &order));
	cr_assert_gt(order, 0);
	cr_assert_not(cel_order(cel_double(NAN), cel_int(0), &order));
	cr_assert_not(cel_order(cel_int(0), cel_bool(false), &order));
}

static void expect_double(
    double value, const char *printed, const char *spelled)
{
	struct buf buf = {0};

	cel_print(cel_double(value), &buf);
	cr_expect_str_eq(buf_text(&buf), printed);
	buf_clear(&buf);
	cel_spell(cel_double(value), &buf);
	cr_expect_str_eq(buf_text(&buf), spelled);
	buf_release(&buf);
}

Test(cel_value, doubles_are_as_short_as_they_read_back)
{
	expect_double(0, "0.0", "0");
	expect_double(-0.0, "-0.0", "-0");
	expect_double(1, "1.0", "1");
	expect_double(0.1, "0.1", "0.1");
	expect_double(1.0 / 3, "0.3333333333333333", "0.3333333333333333");
	expect_double(0.0001, "0.0001", "0.0001");
	expect_double(0.00001, "1e-05", "1e-05");
	expect_double(1e16, "10000000000000000.0", "10000000000000000");
	expect_double(1e17, "1e+17", "1e+17");
	expect_double(
	    DBL_MAX, "1.7976931348623157e+308", "1.7976931348623157e+308");
	expect_double(5e-324, "5e-324", "5e-324");
	expect_double(INFINITY, "inf", "inf");
}

Test(cel_value, strings_are_bare_in_messages_and_quoted_in_source)
{
	struct cel_value text = cel_string(SLICE("a\"\\\n\1\xFF\xC3\xA9"));
	struct buf buf = {0};

	cel_spell(text, &buf);
	cr_assert(slice_eq(buf_slice(&buf), text.text));
	buf_clear(&buf);
	cel_print(text, &buf);
	cr_assert_str_eq(
	    buf_text(&buf), "\"a\\\"\\\\\\n\\u0001\xEF\xBF\xBD\xC3\xA9\"");
	buf_release(&buf);
}
