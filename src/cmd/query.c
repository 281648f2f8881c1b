/* Expressions evaluated for people to look at. */
#include "cmd/query.h"

#include "fact/entity.h"
#include "report/plain.h"

/* A caret is of use on a line that fits a screen. */
#define LONGEST_SHOWN 500

/* How many characters stand before what is wrong. */
static int column_of(const char *expression, const struct cel_problem *problem)
{
	struct slice before = {expression, problem->offset};

	return (int)utf8_count(before);
}

static int refuse(struct query *query, const char *expression,
    struct cel_problem *problem, struct fault *fault)
{
	int column = column_of(expression, problem);

	fault_set(fault, "--eval, column %d: %s", column + 1,
	    fault_text(&problem->fault));
	fault_release(&problem->fault);
	if (slice_find(slice_of(expression), SLICE("\n"), 0) < 0 &&
	    column < LONGEST_SHOWN) {
		buf_add_text(&query->out, "  ");
		plain_add(&query->out, slice_of(expression));
		buf_printf(&query->out, "\n  %*s^\n", column, "");
	}
	return -1;
}

/* Whether the expression has a value without the checks of types; then that is
 * the query's program. */
static bool try_unchecked(struct query *query, const char *expression)
{
	struct cel_problem problem = {0};
	bool has_value = false;

	query->scope.cel.lax = true;
	query->program =
	    cel_compile(slice_of(expression), &query->scope.cel, &problem);
	fault_release(&problem.fault);
	if (query->program && query_is_constant(query)) {
		query_evaluate(query, NULL);
		has_value = !query->failed;
	}
	if (!has_value) {
		cel_program_free(query->program);
		query->program = NULL;
	}
	buf_clear(&query->out);
	query->nvalues = 0;
	query->failed = false;
	return has_value;
}

static void warn(struct query *query, const char *expression,
    struct cel_problem *problem)
{
	buf_printf(&query->warning,
	    "warning: --eval, column %d: %s; a rule that says this is refused",
	    column_of(expression, problem) + 1, fault_text(&problem->fault));
	fault_release(&problem->fault);
}

int query_init(struct query *query, const char *expression, const char *on,
    const struct profile *profile, struct fault *fault)
{
	struct cel_problem problem = {0};
	enum entity_kind kind = ENTITY_release;
	const char *near;

	*query = (struct query){.profile = profile};
	if (on && !entity_named(slice_of(on), &kind, &near))
		return near ? fault_set(fault,
				  "--on: unknown entity '%s'; did you mean "
				  "'%s'?",
				  on, near)
			    : fault_set(fault,
				  "--on: unknown entity '%s'; --list-facts "
				  "shows "
				  "them all",
				  on);
	scope_init(&query->scope, on != NULL, kind);
	query->program =
	    cel_compile(slice_of(expression), &query->scope.cel, &problem);
	if (query->program)
		return 0;
	if (!try_unchecked(query, expression))
		return refuse(query, expression, &problem, fault);
	warn(query, expression, &problem);
	return 0;
}

void query_release(struct query *query)
{
	cel_program_free(query->program);
	buf_release(&query->out);
	buf_release(&query->warning);
}

bool query_is_constant(const struct query *query)
{
	if (query->scope.visits && query->scope.on != ENTITY_contract)
		return false;
	for (size_t i = 0; i < query->scope.cel.nvars; i++) {
		if (query->scope.kinds[i] != ENTITY_contract &&
		    cel_program_uses(query->program, i))
			return false;
	}
	return true;
}

/* "FILE:LINE:COL: ENTITY: ", fit for a terminal whatever the names hold. */
static void print_entity(
    struct query *query, enum entity_kind kind, const void *entity)
{
	struct place place = entity_place(kind, entity);
	struct buf text = {0};

	if (place_known(place))
		buf_printf(&text, "%s:%u:%u: ", place.origin->name,
		    place.span.line, place.span.col);
	entity_spell(kind, entity, &text);
	plain_add(&query->out, buf_slice(&text));
	buf_add_text(&query->out, ": ");
	buf_release(&text);
}

static void evaluate(struct query *query, struct context *context,
    const struct cel_value *values)
{
	struct cel_value value =
	    cel_eval(query->program, values, context, &context->arena);

	query->nvalues++;
	query->failed |= value.kind == CEL_ERROR;
	cel_print(value, &query->out);
	buf_add_char(&query->out, '\n');
}

static void evaluate_entity(
    struct query *query, struct context *context, const void *entity)
{
	enum entity_kind on = query->scope.on;
	struct cel_value values[SCOPE_MAX];

	scope_values(&query->scope, context, entity, values);
	if (query->scope.visits)
		print_entity(query, on, entity);
	evaluate(query, context, values);
	context_forget(context);
}

void query_evaluate(struct query *query, const struct release *release)
{
	struct context context;
	enum entity_kind on = query->scope.on;

	if (query->scope.visits && on == ON_OBJECT)
		return;
	context_init(&context, release, query->profile);
	if (!query->scope.visits || on == ENTITY_release)
		evaluate_entity(query, &context, release);
	else if (on == ENTITY_contract)
		evaluate_entity(query, &context, query->profile);
	else
		for (size_t i = 0; i < release->lists[on].n; i++)
			evaluate_entity(
			    query, &context, release->lists[on].items[i]);
	context_release(&context);
}

void query_visit(void *visit_context, const struct node *object,
    const struct manifest *manifest)
{
	struct query *query = visit_context;
	struct cel_value values[SCOPE_MAX];
	struct context context;

	if (!query->scope.visits || query->scope.on != ON_OBJECT)
		return;
	context_init(&context, NULL, query->profile);
	scope_object_values(&query->scope, &context,
	    cel_from_node(&context.arena, manifest->origin, object), values);
	print_entity(query, ENTITY_manifest, manifest);
	evaluate(query, &context, values);
	context_release(&context);
}
