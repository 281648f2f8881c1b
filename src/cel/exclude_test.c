/* What a condition excludes is told before it is evaluated. */
#include "cel/cel.h"

#include <criterion/criterion.h>

static const struct cel_variable variables[] = {
    {"object", {CEL_MAP, 0, NULL}},
    {"other", {CEL_MAP, 0, NULL}},
};
static const struct cel_scope scope = {.vars = variables, .nvars = 2};

/* Whether source is false for each object whose kind is Job. */
static bool excludes(const char *source)
{
	struct cel_problem problem = {0};
	const struct cel_program *program =
	    cel_compile(slice_of(source), &scope, &problem);
	bool result;

	cr_assert(program, "%s", source);
	result = cel_program_excludes(program, 0, SLICE("kind"), SLICE("Job"));
	cel_program_free(program);
	return result;
}

Test(cel_exclude, comparisons)
{
	cr_assert(excludes("object.kind == 'Pod'"));
	cr_assert(excludes("object.kind in ['Pod', 'Service']"));
	cr_assert_not(excludes("object.kind == 'Job'"));
	cr_assert_not(excludes("object.kind in ['Pod', 'Job']"));
	cr_assert_not(excludes("object.kind != 'Pod'"));
	cr_assert_not(excludes("object.name == 'Pod'"));
	cr_assert_not(excludes("other.kind == 'Pod'"));
	cr_assert_not(excludes("object.kind == other.kind"));
	cr_assert_not(excludes("object.kind in other.kinds"));
	cr_assert_not(excludes("object.kind in ['Pod', other.kind]"));
	cr_assert_not(
	    excludes("other.kinds.exists(object, object.kind == 'Pod')"));
}

/* An operand of && that is false decides, whatever the others are; one of ||
 * does not, and what is negated is no longer false. */
Test(cel_exclude, operators)
{
	cr_assert(excludes("object.kind == 'Pod' && object.spec.x > 1"));
	cr_assert(excludes(
	    "object.x == 1 && object.kind == 'Pod' && has(object.y)"));
	cr_assert_not(excludes("object.kind == 'Pod' || object.x == 1"));
	cr_assert_not(excludes("object.kind == 'Pod' ? object.x : object.y"));
	cr_assert_not(excludes("!(object.kind == 'Pod')"));
	cr_assert_not(excludes("(object.kind == 'Pod') == false"));
}
