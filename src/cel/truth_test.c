/*
 * Conditions: an entity that can be asked whether a field is there or true
 * comes to the same as one whose values are made, with the same steps left.
 */
#include "cel/cel.h"

#include <criterion/criterion.h>

enum { FIELD_YES, FIELD_NO, FIELD_ABSENT, FIELD_UNKNOWN, FIELD_COUNT };

static const struct cel_field fields[] = {
    {"yes", {.kind = CEL_BOOL}, "", "true"},
    {"no", {.kind = CEL_BOOL}, "", "false"},
    {"absent", {.kind = CEL_BOOL}, "", "not there"},
    {"unknown", {.kind = CEL_BOOL}, "", "what nobody can tell"},
    {"count", {.kind = CEL_INT}, "", "a number"},
};

static bool get(const void *context, const void *self, size_t field,
    struct arena *arena, struct cel_value *ret_value)
{
	(void)context;
	(void)self;
	*ret_value = cel_bool(field == FIELD_YES);
	if (field == FIELD_ABSENT)
		*ret_value = cel_error(arena, "it is not there");
	else if (field == FIELD_UNKNOWN)
		*ret_value = (struct cel_value){.kind = CEL_UNKNOWN};
	else if (field == FIELD_COUNT)
		*ret_value = cel_int(3);
	return field != FIELD_ABSENT && field != FIELD_UNKNOWN;
}

static bool ask(const void *context, const void *self, size_t field, bool has,
    bool *ret_holds)
{
	size_t *asked = (size_t *)(uintptr_t)context;

	(void)self;
	if (field == FIELD_UNKNOWN ||
	    (!has && (field == FIELD_ABSENT || field == FIELD_COUNT)))
		return false;
	++*asked;
	*ret_holds = has ? field != FIELD_ABSENT : field == FIELD_YES;
	return true;
}

static struct place nowhere(const void *self)
{
	(void)self;
	return (struct place){0};
}

static const struct cel_class asked_class = {.name = "entity",
    .fields = fields,
    .nfields = COUNT_OF(fields),
    .get = get,
    .ask = ask,
    .place = nowhere};
static const struct cel_class mute_class = {.name = "entity",
    .fields = fields,
    .nfields = COUNT_OF(fields),
    .get = get,
    .place = nowhere};

/* Spells what source comes to for an entity of the class within so many steps,
 * and how many are left. */
static void spell(const char *source, const struct cel_class *class,
    uint64_t steps, size_t *asked, struct buf *buf)
{
	const struct cel_variable var = {"e", {CEL_OBJECT, 0, class}};
	const struct cel_scope scope = {.vars = &var, .nvars = 1};
	struct cel_value entity = {
	    .kind = CEL_OBJECT, .object = {class, &entity}};
	struct cel_problem problem = {0};
	const struct cel_program *program =
	    cel_compile(slice_of(source), &scope, &problem);
	struct arena arena = {0};
	struct cel_value value;

	cr_assert(program, "%s: %s", source, fault_text(&problem.fault));
	value = cel_eval_within(&steps, program, &entity, asked, &arena);
	if (value.kind == CEL_ERROR)
		buf_printf(buf, "error: %.*s", SLICE_ARGS(value.text));
	else if (value.kind == CEL_UNKNOWN)
		buf_add_text(buf, "unknown");
	else
		cel_print(value, buf);
	buf_printf(buf, ", %d left", (int)steps);
	cel_program_free(program);
	arena_release(&arena);
}

static const char *const sources[] = {
    "e.yes && !e.no",
    "e.no || e.yes",
    "e.no || has(e.yes) && has(e.absent)",
    "has(e.absent) || e.unknown",
    "has(e.unknown) || e.no",
    "has(e.unknown) || e.yes",
    "!has(e.unknown) && e.yes",
    "e.absent && e.yes",
    "e.absent && e.no",
    "!e.absent || e.no",
    "e.unknown ? e.yes : e.no",
    "!(e.no ? e.yes : e.absent)",
    "(e.yes ? e.no : e.absent) || has(e.count)",
    "[1, 2].all(x, e.yes && x > 0)",
    "[1, 2].exists(x, e.no || x > 1)",
    "[1, 2].exists_one(x, has(e.count) && x > 1)",
    "[1, 2].filter(x, e.unknown || x > 1)",
    "[1, 2].filter(x, !e.no).size() == 2",
    "e.count > 2 && e.yes",
    "!dyn(e.count) || e.yes",
    "dyn(e.count) && e.yes",
};

Test(cel_truth, asking_comes_to_what_getting_does)
{
	size_t asked = 0;

	for (size_t i = 0; i < COUNT_OF(sources); i++) {
		for (uint64_t steps = 1; steps < 40; steps++) {
			struct buf one = {0}, other = {0};

			spell(sources[i], &asked_class, steps, &asked, &one);
			spell(sources[i], &mute_class, steps, &asked, &other);
			cr_expect_str_eq(buf_text(&one), buf_text(&other),
			    "%s within %d: %s, not %s", sources[i], (int)steps,
			    buf_text(&one), buf_text(&other));
			buf_release(&one);
			buf_release(&other);
		}
	}
	cr_assert_gt(asked, 500, "asked only %zu times", asked);
}

/* What the rule language says of each is CEL's: && and || absorb. */
Test(cel_truth, what_is_missing_decides_nothing)
{
	static const struct {
		const char *source, *value;
	} rows[] = {
	    {"has(e.unknown) || e.no", "unknown"},
	    {"has(e.unknown) || e.yes", "true"},
	    {"!has(e.unknown) && e.no", "false"},
	    {"e.absent || e.no", "error: it is not there"},
	    {"e.absent && e.no", "false"},
	    {"!e.unknown", "unknown"},
	    {"has(e.absent) || e.no", "false"},
	    {"!dyn(e.count) || e.no", "error: '!' takes bool, not int"},
	    {"dyn(e.count) || e.no",
		"error: a condition must be a bool, not int"},
	};
	size_t asked = 0;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf got = {0};

		spell(rows[i].source, &asked_class, 1000, &asked, &got);
		cr_expect(
		    slice_starts(buf_slice(&got), slice_of(rows[i].value)),
		    "%s: %s", rows[i].source, buf_text(&got));
		buf_release(&got);
	}
}

/* 32 bytes: two such texts are a step's worth. */
#define TEXT "'0123456789abcdef0123456789abcdef'"

/* A comparison is looked at where it is a condition, and makes a value where it
 * is an item: one list, one literal and one call more. */
Test(cel_truth, a_comparison_is_what_its_value_is)
{
	static const char *const comparisons[] = {"e.count == 3",
	    "e.count != 3", "e.count == 4", "e.count != 4", "e.yes == e.yes",
	    "e.yes == e.no", "e.yes != e.no", "'a' == 'a'", "'a' != 'a'",
	    "'a' == 'b'", "'a' == ''", TEXT " == " TEXT, TEXT " != 'a'",
	    TEXT " + 'a' == " TEXT, "e.unknown == true", "e.absent == true",
	    "e.absent == e.unknown", "dyn(e.count) == 3.0",
	    "dyn(e.count) != 3.5", "dyn(e.count) == '3'", "dyn(e.yes) == null",
	    "[1] == [1]", "{'a': 1} != {'a': 1}", "e.count < 4", "e.count >= 4",
	    "'a' <= 'a'", "e.count in [3]", "dyn(e.count) + dyn(1)",
	    "1 + 1 == e.count", "e.yes == e.no == false"};

	for (size_t i = 0; i < COUNT_OF(comparisons) * 20; i++) {
		const char *source = comparisons[i / 20];
		struct buf one = {0}, other = {0}, looked = {0}, made = {0};
		size_t asked = 0;

		buf_printf(&one, "(%s) && true", source);
		buf_printf(&other, "[%s][0] && true", source);
		spell(buf_text(&one), &mute_class, i % 20 + 1, &asked, &looked);
		spell(buf_text(&other), &mute_class, i % 20 + 4, &asked, &made);
		cr_expect_str_eq(buf_text(&looked), buf_text(&made),
		    "%s within %zu: %s, not %s", source, i % 20 + 1,
		    buf_text(&looked), buf_text(&made));
		buf_release(&one);
		buf_release(&other);
		buf_release(&looked);
		buf_release(&made);
	}
}
