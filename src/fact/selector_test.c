/* Who is selected, by the table of testdata/facts/selectors.txt. */
#include "fact/selector.h"

#include "doc/test_table.h"
#include "fact/test_release.h"

/* "job" or "set", maybe with " web", its name. */
static enum label_maker maker_of(struct slice cell)
{
	if (slice_starts(cell, SLICE("job")))
		return MAKER_JOB;
	return slice_starts(cell, SLICE("set")) ? MAKER_STATEFUL_SET
						: MAKER_ANY;
}

static void check_selector(const struct test_row *row)
{
	struct arena arena = {0};
	struct facts facts;
	const struct node *node = test_cell_node(row, 1, &arena);
	bool is_map = slice_is(row->cells[0], "map");
	enum label_maker maker = maker_of(row->cells[0]);
	struct label_list labels;
	struct selector selector;
	bool selected;

	facts_init(&facts, NULL);
	cr_assert(is_map || maker || slice_is(row->cells[0], "query"));
	selector = is_map ? facts_map_selector(&facts, node)
			  : facts_selector(&facts, node);
	labels = facts_labels(&facts, test_cell_node(row, 2, &arena));
	labels.maker = maker;
	labels.maker_name =
	    slice_find(row->cells[0], SLICE(" web"), 0) < 0 ? NULL : "web";
	selected = selector_matches(&selector, &labels);
	cr_assert(slice_is(row->cells[3], selected ? "yes" : "no"),
	    "%s:%zu: %.*s", row->name, row->line, SLICE_ARGS(row->cells[4]));
	facts_release(&facts);
	arena_release(&arena);
}

Test(fact_selector, who_is_selected)
{
	test_table(getenv("srcdir"), "selectors.txt", 5, 70, check_selector);
}

/* A selector as it is read from YAML, spelled. */
static void expect_spelled(const char *yaml, const char *expected)
{
	struct test_row row = {.name = "test", .cells = {slice_of(yaml)}};
	struct arena arena = {0};
	struct facts facts;
	struct selector selector;
	struct buf buf = {0};

	facts_init(&facts, NULL);
	selector = facts_selector(&facts, test_cell_node(&row, 0, &arena));
	selector_spell(&selector, &buf);
	cr_assert_str_eq(buf_text(&buf), expected);
	buf_release(&buf);
	facts_release(&facts);
	arena_release(&arena);
}

Test(fact_selector, spelled_as_kubectl_does)
{
	expect_spelled("{}", "");
	expect_spelled("{matchLabels: {app: web, tier: ''}}", "app=web,tier=");
	expect_spelled("{matchLabels: {app: web}, matchExpressions: ["
		       "{key: a, operator: In, values: [x, y]},"
		       "{key: b, operator: NotIn, values: [z]},"
		       "{key: c, operator: Exists},"
		       "{key: d, operator: DoesNotExist}]}",
	    "app=web,a in (x,y),b notin (z),c,!d");
	expect_spelled(
	    "{matchExpressions: [{key: a, operator: In, values: [x]}]}", "a=x");
}

Test(fact_selector, labels_added_at_run_time)
{
	static const struct {
		const char *key, *value;
		bool is_added;
	} cases[] = {
	    {"pod-template-hash", "5d8f", true},
	    {"batch.kubernetes.io/controller-uid", "1", true},
	    {"statefulset.kubernetes.io/pod-name", "web-0", true},
	    {"vault-active", "true", true},
	    {"role", "master", true},
	    {"role", "front", false},
	    {"app", "master", false},
	    {"pod-template-hash-2", "1", false},
	    {"", "", false},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct requirement requirement = {.operator= SELECTOR_IN,
		    .key = cases[i].key,
		    .values = &cases[i].value,
		    .nvalues = 1};

		cr_assert_eq(requirement_is_added(&requirement),
		    cases[i].is_added, "%s=%s", cases[i].key, cases[i].value);
	}
}

/* Of more than a few labels, too. */
Test(fact_selector, many_labels_are_found_by_key)
{
	static const char yaml[] =
	    "{t: 1, s: 2, r: 3, q: 4, p: 5, o: 6, n: 7, m: 8, l: 9, k: 10, "
	    "j: 11, i: 12, h: 13, g: 14, f: 15, e: 16, d: 17, c: 18, b: 19}";
	struct test_row row = {.name = "test", .cells = {slice_of(yaml)}};
	struct arena arena = {0};
	struct label_list labels;
	struct facts facts;

	facts_init(&facts, NULL);
	labels = facts_labels(&facts, test_cell_node(&row, 0, &arena));
	cr_assert_eq(labels.n, 19);
	cr_assert_str_eq(labels.items[0].key, "t");
	cr_expect_str_eq(label_find(&labels, "t"), "1");
	cr_expect_str_eq(label_find(&labels, "k"), "10");
	cr_expect_str_eq(label_find(&labels, "b"), "19");
	cr_expect_null(label_find(&labels, "a"));
	cr_expect_null(label_find(&labels, "bb"));
	cr_expect_null(label_find(&labels, "z"));
	facts_release(&facts);
	arena_release(&arena);
}

Test(fact_selector, labels_are_found_by_key)
{
	static const struct label items[] = {{"a", "1"}, {"b", ""}};
	struct label_list labels = {.n = 2, .items = items};

	cr_assert_str_eq(label_find(&labels, "a"), "1");
	cr_assert_str_eq(label_find(&labels, "b"), "");
	cr_assert_null(label_find(&labels, "c"));
	cr_assert_null(label_find(&(struct label_list){0}, "a"));
}
