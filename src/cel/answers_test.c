/* What is asked of a list that is kept is asked once, and paid each time. */
#include "cel/answers.h"

#include "cel/patterns.h"

#include <criterion/criterion.h>

/* An item is big or not; context counts who asks. */
static bool item_get(const void *context, const void *self, size_t field,
    struct arena *arena, struct cel_value *ret_value)
{
	size_t *asked = (size_t *)(uintptr_t)context;

	(void)field;
	(void)arena;
	++*asked;
	*ret_value = cel_bool(*(const bool *)self);
	return true;
}

static struct place nowhere(const void *self)
{
	(void)self;
	return (struct place){0};
}

static const struct cel_field item_fields[] = {
    {"big", {.kind = CEL_BOOL}, "", "whether it is"}};
static const struct cel_class item_class = {.name = "item",
    .fields = item_fields,
    .nfields = COUNT_OF(item_fields),
    .get = item_get,
    .place = nowhere};
static const struct cel_variable vars[] = {
    {"items", {CEL_LIST, CEL_OBJECT, &item_class}},
    {"other", {CEL_OBJECT, 0, &item_class}},
};

/* A list of small items, and what is asked of it. */
struct asking {
	const struct cel_program *program;
	struct cel_list list;
	struct cel_value values[COUNT_OF(vars)];
	struct cel_patterns patterns;
	struct cel_answers answers;
	struct arena arena;
	size_t asked; /* how often an item was */
	uint64_t steps;
};

static struct cel_value item(const bool *is_big)
{
	return (struct cel_value){
	    .kind = CEL_OBJECT, .object = {&item_class, is_big}};
}

static void asking_init(struct asking *asking, const char *source, size_t n)
{
	static const bool small = false;
	const struct cel_scope scope = {.vars = vars, .nvars = COUNT_OF(vars)};
	struct cel_problem problem = {0};
	struct cel_value *items;

	*asking = (struct asking){.steps = UINT64_MAX};
	items = arena_array(&asking->arena, n, sizeof(*items));
	for (size_t i = 0; i < n; i++)
		items[i] = item(&small);
	asking->list = (struct cel_list){n, items, true};
	asking->values[0] =
	    (struct cel_value){.kind = CEL_LIST, .list = &asking->list};
	asking->values[1] = item(&small);
	asking->program = cel_compile(slice_of(source), &scope, &problem);
	cr_assert_not_null(asking->program, "%s", fault_text(&problem.fault));
}

static void asking_release(struct asking *asking)
{
	cel_program_free(asking->program);
	cel_patterns_release(&asking->patterns);
	cel_answers_release(&asking->answers);
	arena_release(&asking->arena);
}

/* Evaluates, and how often items were asked for it. */
static struct cel_value ask(struct asking *asking, size_t expected)
{
	struct cel_value value;

	asking->asked = 0;
	value = cel_eval_with(&asking->patterns, &asking->answers,
	    &asking->steps, asking->program, asking->values, &asking->asked,
	    &asking->arena);
	cr_assert_eq(asking->asked, expected, "asked %zu times, not %zu",
	    asking->asked, expected);
	return value;
}

Test(cel_answers, a_kept_list_is_asked_once)
{
	struct asking asking;

	asking_init(&asking,
	    "items.exists(i, i.big) || "
	    "!items.all(i, !i.big)",
	    5);
	cr_assert_not(ask(&asking, 10).boolean);
	cr_assert_not(ask(&asking, 0).boolean);
	asking_release(&asking);
}

/* Its items may stand where those of another list stood. */
Test(cel_answers, a_list_that_is_not_kept_is_asked_again)
{
	struct asking asking;

	asking_init(&asking, "items.exists(i, i.big)", 5);
	asking.list.is_kept = false;
	ask(&asking, 5);
	ask(&asking, 5);
	asking_release(&asking);
}

/* One object besides the items is part of the question. */
Test(cel_answers, another_object_is_another_question)
{
	static const bool big = true;
	struct asking asking;

	asking_init(&asking, "items.all(i, i.big == other.big)", 5);
	cr_assert(ask(&asking, 10).boolean);
	cr_assert(ask(&asking, 0).boolean);
	asking.values[1] = item(&big);
	cr_assert_not(ask(&asking, 2).boolean, "the first decides");
	asking_release(&asking);
}

/* So is what a macro around it visits: one is big, and three alike. */
Test(cel_answers, what_an_outer_macro_visits_is_another_question)
{
	static const bool big = true;
	struct asking asking;

	asking_init(
	    &asking, "items.all(i, items.exists(j, j.big != i.big))", 4);
	((struct cel_value *)(uintptr_t)asking.list.items)[3] = item(&big);
	cr_assert(ask(&asking, 8 + 2).boolean);
	asking_release(&asking);
}

/* Where the steps do not suffice, nobody tries again with as few. */
Test(cel_answers, too_few_steps_are_spent_once)
{
	struct asking asking;
	size_t asked;

	asking_init(
	    &asking, "items.exists(i, i.big || i.big || i.big)", 2000000);
	cr_assert_eq(
	    cel_eval_with(&asking.patterns, &asking.answers, &asking.steps,
		asking.program, asking.values, &asking.asked, &asking.arena)
		.kind,
	    CEL_ERROR);
	asked = asking.asked;
	cr_assert_gt(asked, 1000000);
	cr_assert_eq(
	    cel_eval_with(&asking.patterns, &asking.answers, &asking.steps,
		asking.program, asking.values, &asking.asked, &asking.arena)
		.kind,
	    CEL_ERROR);
	cr_assert_eq(asking.asked, asked);
	asking_release(&asking);
}

/* With more of them the question is asked again. */
Test(cel_answers, more_steps_than_were_too_few)
{
	static const bool big = true;
	struct asking asking;

	asking_init(&asking,
	    "(other.big ? items.all(i, !i.big) : true) && "
	    "items.exists(i, i.big)",
	    2200000);
	asking.values[1] = item(&big);
	cr_assert_eq(
	    cel_eval_with(&asking.patterns, &asking.answers, &asking.steps,
		asking.program, asking.values, &asking.asked, &asking.arena)
		.kind,
	    CEL_ERROR);
	asking.values[1] = item(asking.list.items[0].object.self);
	cr_assert_not(ask(&asking, 1 + asking.list.n).boolean);
	asking_release(&asking);
}

/* Whether the steps suffice does not depend on what was asked before. */
Test(cel_answers, an_answer_costs_its_steps_each_time)
{
	struct asking asking;
	struct buf source = {0};

	buf_add_text(&source, "true");
	for (int i = 0; i < 60; i++)
		buf_add_text(&source, " && items.all(i, !i.big)");
	asking_init(&asking, buf_text(&source), 100000);
	cr_assert_eq(
	    cel_eval_with(&asking.patterns, &asking.answers, &asking.steps,
		asking.program, asking.values, &asking.asked, &asking.arena)
		.kind,
	    CEL_ERROR);
	cr_assert_gt(asking.asked, 1000000, "some answers were kept");
	cr_assert_eq(
	    cel_eval_with(&asking.patterns, &asking.answers, &asking.steps,
		asking.program, asking.values, &asking.asked, &asking.arena)
		.kind,
	    CEL_ERROR);
	asking_release(&asking);
	buf_release(&source);
}
