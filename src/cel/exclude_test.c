/* What a condition excludes is told before it is evaluated. */
#include "cel/cel.h"
#include "doc/tree.h"
#include "input/events.h"

#include <criterion/criterion.h>

static const struct origin origin = {.name = "object.yaml"};

static const char object_text[] = "kind: Job\n"
				  "size: 4\n"
				  "none:\n"
				  "spec:\n"
				  "  mode: fast\n"
				  "  items: [1]\n";

static const struct cel_variable variables[] = {
    {"object", {CEL_DYN, 0, NULL}},
    {"other", {CEL_DYN, 0, NULL}},
};
static const struct cel_scope scope = {.vars = variables, .nvars = 2};

/* What the condition is for the object; others are like it. */
static struct cel_value evaluate(const struct cel_program *program,
    const struct node *object, struct arena *arena)
{
	struct cel_value values[2];

	values[0] = values[1] = cel_from_node(arena, &origin, object);
	return cel_eval(program, values, NULL, arena);
}

/* Whether source is told to be false for the object; if so, it is. */
static bool excludes(const char *source)
{
	struct cel_problem problem = {0};
	const struct cel_program *program =
	    cel_compile(slice_of(source), &scope, &problem);
	struct events *events = events_new(slice_of(object_text), 1);
	struct finding_list findings = {0};
	struct arena arena = {0};
	const struct node *object;
	struct cel_value value;
	bool result;

	cr_assert(program, "%s", source);
	cr_assert(document_load(events, &origin, &default_limits, &arena,
		      &findings, &object) == 1);
	result = cel_program_excludes(program, 0, object);
	value = evaluate(program, object, &arena);
	cr_assert(!result || (value.kind == CEL_BOOL && !value.boolean), "%s",
	    source);
	cel_program_free(program);
	arena_release(&arena);
	finding_list_release(&findings);
	events_free(events);
	return result;
}

Test(cel_exclude, comparisons)
{
	cr_assert(excludes("object.kind == 'Pod'"));
	cr_assert(excludes("object.kind in ['Pod', 'Service']"));
	cr_assert(excludes("object.spec.mode == 'slow'"));
	cr_assert_not(excludes("object.kind == 'Job'"));
	cr_assert_not(excludes("object.kind in ['Pod', 'Job']"));
	cr_assert_not(excludes("object.kind != 'Pod'"));
	cr_assert_not(excludes("object.name == 'Pod'"));
	cr_assert_not(excludes("object.size == 'Pod'"));
	cr_assert_not(excludes("other.kind == 'Pod'"));
	cr_assert_not(excludes("object.kind == other.kind"));
	cr_assert_not(excludes("object.kind in other.kinds"));
	cr_assert_not(excludes("object.kind in ['Pod', other.kind]"));
	cr_assert_not(
	    excludes("other.kinds.exists(object, object.kind == 'Pod')"));
}

Test(cel_exclude, what_all_of_or_exclude)
{
	cr_assert(excludes("object.kind == 'Pod' || 'x' in object.spec"));
	cr_assert(excludes("object.kind == 'Job' && "
			   "(object.kind == 'Pod' || 'x' in object.spec)"));
	cr_assert_not(
	    excludes("object.kind == 'Pod' || 'mode' in object.spec"));
	cr_assert_not(excludes("object.kind == 'Pod' || object.size == 4"));
}

Test(cel_exclude, keys_of_mappings)
{
	cr_assert(excludes("'none' in object.spec"));
	cr_assert_not(excludes("'mode' in object.spec"));
	cr_assert_not(excludes("'x' in object.spec.items"));
	cr_assert_not(excludes("'x' in object.missing"));
	cr_assert_not(excludes("'x' in other.spec"));
	cr_assert_not(excludes("object.kind in object.spec"));
	cr_assert_not(excludes("1 in object.spec"));
	cr_assert_not(excludes("'x' != object.spec"));
	cr_assert_not(excludes("object.spec == 'x'"));
}

/* A field that is not there, of what is: has() of anything deeper is an error,
 * which is no false. */
Test(cel_exclude, fields_that_are_not_there)
{
	cr_assert(excludes("has(object.metadata)"));
	cr_assert(excludes("has(object.spec.template)"));
	cr_assert(excludes("has(object.spec.template) && object.size > 9"));
	cr_assert_not(excludes("has(object.spec)"));
	cr_assert_not(excludes("has(object.none)"));
	cr_assert_not(excludes("has(object.none.template)"));
	cr_assert_not(excludes("has(object.size.template)"));
	cr_assert_not(excludes("has(object.spec.items.template)"));
	cr_assert_not(excludes("has(object.metadata.name)"));
	cr_assert_not(excludes("has(other.metadata)"));
	cr_assert_not(excludes("!has(object.metadata)"));
	cr_assert_not(excludes("other.exists(object, has(object.metadata))"));
}

/* An operand of && that is false decides, whatever the others are; one of ||
 * does not, and what is negated is no longer false. */
Test(cel_exclude, operators)
{
	cr_assert(excludes("object.kind == 'Pod' && object.spec.x > 1"));
	cr_assert(
	    excludes("object.x == 1 && object.kind == 'Pod' && has(object.y)"));
	cr_assert_not(excludes("object.kind == 'Pod' || object.x == 1"));
	cr_assert_not(excludes("object.kind == 'Pod' ? object.x : object.y"));
	cr_assert_not(excludes("!(object.kind == 'Pod')"));
	cr_assert_not(excludes("(object.kind == 'Pod') == false"));
	cr_assert_not(excludes("object.kind == 'Pod' == false"));
	cr_assert_not(excludes("object.kind == 'Job' && object.size == 4"));
}
