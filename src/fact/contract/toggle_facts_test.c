/* Toggles by the table: what is required holds exactly when something is
 * there, what is forbidden when nothing is. */
#include "contract/field.h"
#include "contract/toggle.h"
#include "doc/test_table.h"
#include "fact/contract/contract_facts.h"
#include "fact/test_release.h"
#include "helm/values.h"

#include <stdlib.h>
#include <string.h>

static const char *const answers[] = {
    [TOGGLE_VIOLATED] = "violated",
    [TOGGLE_HOLDS] = "holds",
    [TOGGLE_UNDECIDED] = "undecided",
};

static const struct origin values_origin = {.name = "values.yaml"};

static void add_values(struct values *values, struct slice text)
{
	struct fault fault = {0};
	int result = values_add_text(values, &values_origin, text, &fault);

	cr_assert_eq(result, 0, "%s", fault_text(&fault));
}

static enum toggle_answer ask(
    const struct values *values, struct slice item, bool required)
{
	struct toggle toggle = toggle_of(item);
	const struct value *value;

	return toggle_check(&toggle, required, values->root, &value);
}

static void check_row(const struct test_row *row)
{
	struct values values = {0};

	add_values(&values, row->cells[0]);
	for (size_t i = 0; i < 2; i++) {
		const char *got = answers[ask(&values, row->cells[1], i == 0)];

		cr_assert(slice_is(row->cells[2 + i], got), "%s:%zu: %s: %s",
		    row->name, row->line, i ? "forbidden" : "required", got);
	}
	values_release(&values);
}

Test(fact_toggle, table)
{
	test_table(getenv("srcdir"), "toggles.txt", 5, 40, check_row);
}

/* What the chart sets is not known: what is not set is not decided. */
Test(fact_toggle, values_without_their_chart)
{
	struct values values = {0};

	add_values(&values, SLICE("a: {b: 1}"));
	values_without_chart(&values);
	cr_assert_eq(ask(&values, SLICE("a.b=1"), true), TOGGLE_HOLDS);
	cr_assert_eq(ask(&values, SLICE("a.b=2"), true), TOGGLE_VIOLATED);
	cr_assert_eq(ask(&values, SLICE("a.c"), true), TOGGLE_UNDECIDED);
	cr_assert_eq(ask(&values, SLICE("a.c"), false), TOGGLE_UNDECIDED);
	cr_assert_eq(ask(&values, SLICE("x"), false), TOGGLE_UNDECIDED);
	values_release(&values);
}

static const struct origin *make_origin(
    void *context, const char *name, const struct slice *packed)
{
	struct origin *origin = arena_alloc(context, sizeof(*origin));

	*origin = (struct origin){.name = name, .packed = packed};
	return origin;
}

/* A null takes what the chart sets away, and leaves a map empty. */
Test(fact_toggle, a_map_whose_keys_were_taken_away)
{
	struct values values = {0};
	struct arena arena = {0};
	struct origin_maker maker = {make_origin, &arena};
	struct fault fault = {0};
	const char *root = getenv("srcdir");

	add_values(
	    &values, SLICE("map: {b: {c: null, d: null}}\nnew: {e: null}"));
	cr_assert_eq(values_add_chart(&values,
			 arena_printf(&arena, "%s/testdata/charts/plain",
			     root ? root : "."),
			 &maker, &fault),
	    0, "%s", fault_text(&fault));
	cr_assert_eq(ask(&values, SLICE("map.b"), true), TOGGLE_VIOLATED);
	cr_assert_eq(ask(&values, SLICE("map.b"), false), TOGGLE_HOLDS);
	cr_assert_eq(ask(&values, SLICE("map"), true), TOGGLE_HOLDS);
	/* Where the chart sets nothing, Helm leaves the key. */
	cr_assert_eq(ask(&values, SLICE("new"), true), TOGGLE_HOLDS);
	values_release(&values);
	arena_release(&arena);
}

/* Keys with dots make a path lead many ways; looking them all up must end. */
Test(fact_toggle, a_path_that_leads_many_ways)
{
	struct values values = {0};
	struct buf text = {0}, item = {0};

	for (int depth = 0; depth < 40; depth++)
		buf_add_text(&text, "{a: 1, a.a: ");
	buf_add_text(&text, "1");
	for (int depth = 0; depth < 40; depth++)
		buf_add_text(&text, "}");
	for (int step = 0; step < 90; step++)
		buf_add_text(&item, "a.");
	buf_add_text(&item, "b");
	add_values(&values, buf_slice(&text));
	cr_assert_eq(ask(&values, buf_slice(&item), false), TOGGLE_HOLDS);
	values_release(&values);
	buf_release(&text);
	buf_release(&item);
}

/* A path longer than any file is deep. */
Test(fact_toggle, a_path_without_end)
{
	struct values values = {0};
	struct buf item = {0};

	add_values(&values, SLICE("a: 1"));
	for (int step = 0; step < 1000; step++)
		buf_add_text(&item, "a[0].");
	cr_assert_eq(ask(&values, buf_slice(&item), true), TOGGLE_UNDECIDED);
	values_release(&values);
	buf_release(&item);
}

static const struct held_toggle *toggle_named(
    const struct release *release, const char *clause)
{
	const struct entity_list *list = &release->lists[ENTITY_toggle];

	for (size_t i = 0; i < list->n; i++) {
		const struct held_toggle *held = list->items[i];

		if (!strcmp(held->clause.text, clause))
			return held;
	}
	cr_assert_fail("there is no toggle '%s'", clause);
	return NULL;
}

static void expect(const struct release *release, const char *clause,
    const char *state, unsigned line, unsigned col)
{
	const struct held_toggle *held = toggle_named(release, clause);

	cr_assert_str_eq(held->state.text, state);
	cr_assert_eq(held->place.span.line, line, "%s is on line %u", clause,
	    held->place.span.line);
	cr_assert_eq(held->place.span.col, col);
}

/* Items of a contract, one a line, from column 5. */
static struct clause_list items_of(
    struct arena *arena, const char *const *texts, size_t n)
{
	struct clause_text *items = arena_array(arena, n, sizeof(*items));

	for (size_t i = 0; i < n; i++)
		items[i] = (struct clause_text){texts[i],
		    {&test_origin, {(uint32_t)i + 1, 5, (uint32_t)i + 1, 6}}};
	return (struct clause_list){items, n, items[0].place};
}

/* Up to 60 bytes are shown, but no part of a character; what is no text on a
 * line is a blank. */
#define TWENTY "12345678901234567890"
#define SIXTY TWENTY TWENTY TWENTY
#define NEARLY TWENTY TWENTY "1234567890123456789"

/* Each stands where its value was decided, else at its clause. */
Test(fact_toggle, states_and_places)
{
	static const char *const texts[] = {
	    "a", "b.c=1", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"};
	struct settings settings = {0};
	struct values values = {0};
	struct evidence evidence = {.values = &values};
	struct profile profile = {0};
	struct fault fault = {0};
	struct arena arena = {0};
	struct facts facts;
	struct facts *all = &facts;
	struct release *release;

	add_values(&values,
	    SLICE("a: x\nb:\n  c: 2\nd: null\ne:\n  - 1\n  - {k: v}\n"
		  "f: []\ng: \"two\\nlines\"\nj: \"\\tx\\t\"\n"
		  "k: s" SIXTY "\nl: s" NEARLY "\n"
		  "m: s" TWENTY TWENTY "123456789012345678\xC3\xA4\n"));
	cr_assert_eq(values_add_set(&values, "--set", "h=3", false, &fault), 0);
	profile.required_toggles = items_of(&arena, texts, COUNT_OF(texts));
	profile_list_demands(&arena, &profile);
	facts_init(&facts, &settings);
	release = release_new(
	    &all, 1, &settings, &profile, &evidence, NULL, test_origins);
	expect(release, "a", "is 'x'", 1, 4);
	expect(release, "b.c=1", "is '2'", 3, 6);
	expect(release, "d", "is null", 4, 4);
	expect(release, "e", "is [1, {...}]", 5, 1);
	expect(release, "f", "is empty", 8, 4);
	expect(release, "g", "is 'two lines'", 9, 4);
	expect(release, "h", "is '3' (--set h=3)", 7, 5);
	expect(release, "i", "is not set", 8, 5);
	expect(release, "j", "is ' x '", 10, 4);
	expect(release, "k", "is 's" NEARLY "...'", 11, 4);
	expect(release, "l", "is 's" NEARLY "'", 12, 4);
	expect(release, "m", "is 's" TWENTY TWENTY "123456789012345678...'", 13,
	    4);
	release_free(release);
	facts_release(&facts);
	values_release(&values);
	arena_release(&arena);
}

Test(fact_toggle, paths_whose_names_are_all_there)
{
	static const char *const whole[] = {"a", "a.b", "a\\.b", "a\\..b",
	    "a[0].b=x", "a[0][12]", "a]", "a\\[x]", "a.b=", "a=..", "a=[x]",
	    "a\\=.b=."};
	static const char *const broken[] = {"", " ", ".", "=x", "a.", ".a",
	    "a..b", "a\\...b", " a. =x", "a.=x", "[0]", "a.[0]", "a[", "a[]",
	    "a[x]", "a[-1]", "a[0", "a[0]b", "a[0].b[1]]", "a[1.0]=x",
	    "a[99999999999999999999]"};

	for (size_t i = 0; i < COUNT_OF(whole); i++) {
		struct toggle toggle = toggle_of(slice_of(whole[i]));

		cr_assert(toggle_has_names(&toggle), "'%s'", whole[i]);
	}
	for (size_t i = 0; i < COUNT_OF(broken); i++) {
		struct toggle toggle = toggle_of(slice_of(broken[i]));

		cr_assert_not(toggle_has_names(&toggle), "'%s'", broken[i]);
	}
}
