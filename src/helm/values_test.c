/* Values against what Helm made of the same: charts, files and --set, by two
 * tables. */
#include "helm/values.h"

#include "doc/test_table.h"

#include <stdlib.h>

static const struct origin *make_origin(
    void *context, const char *name, const struct slice *packed)
{
	struct origin *origin = arena_alloc(context, sizeof(*origin));

	*origin = (struct origin){.name = name, .packed = packed};
	return origin;
}

static void add_json(
    struct buf *buf, const struct value *value, bool with_nulls);

static void add_text(struct buf *buf, struct slice text)
{
	buf_add_char(buf, '"');
	buf_add_slice(buf, text);
	buf_add_char(buf, '"');
}

static void add_map(struct buf *buf, const struct value *map, bool with_nulls)
{
	bool any = false;

	buf_add_char(buf, '{');
	for (size_t i = 0; i < map->map.n; i++) {
		const struct value *value = map->map.entries[i].value;

		if (value->kind == VALUE_NULL && !with_nulls)
			continue;
		buf_add_text(buf, any ? "," : "");
		add_text(buf, map->map.entries[i].key);
		buf_add_char(buf, ':');
		add_json(buf, value, with_nulls);
		any = true;
	}
	buf_add_char(buf, '}');
}

static void add_json(
    struct buf *buf, const struct value *value, bool with_nulls)
{
	if (value->kind == VALUE_MAP) {
		add_map(buf, value, with_nulls);
	} else if (value->kind == VALUE_LIST) {
		buf_add_char(buf, '[');
		for (size_t i = 0; i < value->list.n; i++) {
			buf_add_text(buf, i ? "," : "");
			add_json(buf, value->list.items[i], with_nulls);
		}
		buf_add_char(buf, ']');
	} else if (value->kind == VALUE_STRING) {
		add_text(buf, value->text);
	} else {
		value_spell(value, buf);
	}
}

static void expect_json(const struct test_row *row, const struct value *root,
    struct slice expected, bool with_nulls)
{
	struct buf buf = {0};

	add_json(&buf, root, with_nulls);
	cr_assert(slice_eq(buf_slice(&buf), expected), "%s:%zu: %s", row->name,
	    row->line, buf_text(&buf));
	buf_release(&buf);
}

static void add_values(
    const struct test_row *row, struct values *values, struct slice text)
{
	static const struct origin origin = {.name = "values.yaml"};
	struct fault fault = {0};

	cr_assert_eq(values_add_text(values, &origin, text, &fault), 0,
	    "%s:%zu: %s", row->name, row->line, fault_text(&fault));
}

static void check_set(const struct test_row *row)
{
	struct values values = {0};
	struct fault fault = {0};
	struct arena arena = {0};
	const char *text = test_cell(row, 1, &arena);
	bool strings = *text == '!';
	bool refused;

	add_values(row, &values, row->cells[0]);
	refused = values_add_set(
		      &values, "--set", text + strings, strings, &fault) != 0;
	cr_assert_eq(refused, slice_is(row->cells[2], "-"), "%s:%zu: %s",
	    row->name, row->line, fault_text(&fault));
	if (!refused)
		expect_json(row, values.root, row->cells[2], true);
	values_release(&values);
	arena_release(&arena);
	fault_release(&fault);
}

Test(fact_values, sets)
{
	test_table(getenv("srcdir"), "sets.txt", 4, 50, check_set);
}

/* Files with " + " between them. */
static void add_files(
    const struct test_row *row, struct values *values, struct slice files)
{
	while (files.len) {
		ptrdiff_t plus = slice_find(files, SLICE(" + "), 0);
		size_t len = plus < 0 ? files.len : (size_t)plus;

		add_values(row, values, (struct slice){files.ptr, len});
		len += plus < 0 ? 0 : 3;
		files = (struct slice){files.ptr + len, files.len - len};
	}
}

static void check_chart(const struct test_row *row)
{
	const char *srcdir = getenv("srcdir");
	struct values values = {0};
	struct fault fault = {0};
	struct arena arena = {0};
	struct origin_maker maker = {make_origin, &arena};
	const char *dir = arena_printf(&arena, "%s/testdata/charts/%.*s",
	    srcdir ? srcdir : ".", SLICE_ARGS(row->cells[0]));

	add_files(row, &values, row->cells[1]);
	cr_assert_eq(values_add_chart(&values, dir, &maker, &fault), 0,
	    "%s:%zu: %s", row->name, row->line, fault_text(&fault));
	expect_json(row, values.root, row->cells[2], false);
	values_release(&values);
	arena_release(&arena);
}

Test(fact_values, charts)
{
	test_table(getenv("srcdir"), "charts.txt", 4, 30, check_chart);
}

static void expect_refusal(const char *text, bool is_file, const char *expected)
{
	static const struct origin origin = {.name = "v.yaml"};
	struct values values = {0};
	struct fault fault = {0};
	int result =
	    is_file ? values_add_text(&values, &origin, slice_of(text), &fault)
		    : values_add_set(&values, "--set", text, false, &fault);

	cr_assert_eq(result, -1, "%s", text);
	cr_assert_str_eq(fault_text(&fault), expected);
	fault_release(&fault);
	values_release(&values);
}

Test(fact_values, refusals_say_where)
{
	expect_refusal("- a\n", true,
	    "v.yaml:1:1: error: values must be a mapping, not a list");
	expect_refusal("a: 1\n? [b]\n: 2\n", true,
	    "v.yaml:2:3: error: a key must be text, not a list");
	expect_refusal(
	    "a=1,b", false, "--set 'a=1,b': at character 5: 'b' has no value");
	expect_refusal("\xC3\xA4[x]=1", false,
	    "--set '\xC3\xA4[x]=1': at character 3: the index 'x' is not a "
	    "number from 0 to 65536");
}

/* 15 times 65,536 items are empty before the last, which adds as many: together
 * 1,048,576.  What is written over leaves nothing empty again. */
Test(fact_values, a_set_that_leaves_too_much_empty)
{
	struct values values = {0};
	struct fault fault = {0};
	char text[40];

	for (int i = 0; i < 15; i++) {
		snprintf(text, sizeof(text), "a%d[65536]=x,a%d[65536]=y", i, i);
		cr_assert_eq(
		    values_add_set(&values, "--set", text, false, &fault), 0);
	}
	cr_assert_eq(
	    values_add_set(&values, "--set", "b[65536]=x", false, &fault), -1);
	cr_assert_str_eq(fault_text(&fault),
	    "--set 'b[65536]=x': at character 10: the indexes leave more than "
	    "1000000 items of lists empty");
	fault_release(&fault);
	values_release(&values);
}

/* Hostile depth ends in a sentence. */
Test(fact_values, a_set_that_nests_without_end)
{
	struct values values = {0};
	struct fault fault = {0};
	struct buf text = {0};

	buf_add_text(&text, "a");
	for (int depth = 0; depth < 100000; depth++)
		buf_add_text(&text, "[0]");
	buf_add_text(&text, "=1");
	cr_assert_eq(
	    values_add_set(&values, "--set", buf_text(&text), false, &fault),
	    -1);
	values_release(&values);
	fault_release(&fault);
	buf_release(&text);
}
