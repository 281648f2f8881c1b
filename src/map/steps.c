/* The way is kept from its end, and gone from its beginning. */
#include "map/steps.h"

const struct step *step_add(const struct evaluator *evaluator,
    struct arena *arena, const struct step *up, struct step step)
{
	step.up = up;
	return evaluator ? arena_copy(arena, &step, sizeof(step)) : NULL;
}

bool step_is_loop(const struct step *step)
{
	return step->branch && branch_is_loop(step->branch);
}

bool steps_have(const struct step *last, const struct step *step)
{
	while (last && last != step)
		last = last->up;
	return last;
}

static const struct choice *find_choice(
    const struct choices *choices, const struct step *loop)
{
	for (size_t i = 0; i < choices->n; i++) {
		if (choices->items[i].loop == loop)
			return &choices->items[i];
	}
	return NULL;
}

/* Whether "$x = ..." stands somewhere in the file. */
static bool is_set_again(const struct template_file *file, struct slice name)
{
	ptrdiff_t at = slice_find(file->text, name, 0);

	while (at >= 0) {
		size_t end = (size_t)at + name.len;
		struct slice rest = {
		    file->text.ptr + end, file->text.len - end};

		if (slice_starts(slice_trim(rest), SLICE("=")) &&
		    !slice_starts(slice_trim(rest), SLICE("==")))
			return true;
		at = slice_find(file->text, name, end);
	}
	return false;
}

static void set_variable(struct go_scope *scope, struct slice name,
    const struct value *value, struct arena *arena)
{
	struct go_variable *variable = arena_alloc(arena, sizeof(*variable));

	*variable = (struct go_variable){
	    .up = scope->variables, .name = name, .value = value};
	scope->variables = variable;
}

/* The scope of a round: "." and the variables of the loop, of which one alone
 * is the item. */
static void enter_round(struct go_scope *scope, const struct step *loop,
    const struct choice *choice, struct arena *arena)
{
	struct slice names[2];
	size_t n = branch_variables(loop->branch, names);

	scope->dot = choice->value;
	if (n == 2 && !is_set_again(loop->file, names[0]))
		set_variable(scope, names[0],
		    value_scalar(arena,
			choice->is_number ? VALUE_NUMBER : VALUE_STRING,
			choice->key),
		    arena);
	if (n && !is_set_again(loop->file, names[n - 1]))
		set_variable(scope, names[n - 1], choice->value, arena);
}

static void take_step(const struct evaluator *evaluator, struct arena *arena,
    const struct step *step, const struct choices *choices,
    struct go_scope *scope, bool *is_possible)
{
	const struct choice *choice = find_choice(choices, step);

	if (step->call) {
		*scope = scope_in_call(evaluator, scope, step->call);
	} else if (!step->branch) {
		scope_add_variable(
		    evaluator, scope, step->variable, step->pipeline, arena);
	} else if (choice) {
		enter_round(scope, step, choice, arena);
	} else {
		if (is_possible &&
		    branch_is_taken(evaluator, scope, step->branch) == TRI_NO)
			*is_possible = false;
		*scope = scope_in_branch(evaluator, scope, step->branch);
	}
}

/* No way is longer: calls are followed so deep and no deeper. */
#define MOST_STEPS_OF_A_WAY 256

struct go_scope steps_scope(const struct evaluator *evaluator,
    struct arena *arena, struct go_scope start, const struct step *last,
    const struct choices *choices, bool *is_possible)
{
	const struct step *steps[MOST_STEPS_OF_A_WAY];
	struct go_scope scope = start;
	size_t n = 0;

	for (; last && n < COUNT_OF(steps); last = last->up)
		steps[n++] = last;
	if (last)
		return (struct go_scope){0};
	while (n)
		take_step(
		    evaluator, arena, steps[--n], choices, &scope, is_possible);
	return scope;
}
