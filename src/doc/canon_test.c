/* Objects that say the same have one digest, and others are told apart. */
#include "doc/canon.h"

#include "doc/file.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct origin origin = {.name = "a.yaml"};

static const struct node *parse(struct arena *arena, const char *text)
{
	struct fault fault = {0};
	const struct node *root = NULL;

	cr_assert_eq(
	    file_parse(&origin, "text", slice_of(text), arena, &root, &fault),
	    0);
	fault_release(&fault);
	return root;
}

static bool are_equal(const char *left, const char *right)
{
	struct arena arena = {0};
	const struct canon *a = canon_of(parse(&arena, left), &arena);
	const struct canon *b = canon_of(parse(&arena, right), &arena);
	bool equal = !memcmp(a->digest, b->digest, sizeof(a->digest));

	cr_assert(a->is_whole && b->is_whole);
	arena_release(&arena);
	return equal;
}

Test(doc_canon, what_is_equal)
{
	cr_assert(are_equal("{a: 1, b: x}", "b: \"x\" # said\na: 1\n"));
	cr_assert(are_equal("{a: &x [1], b: *x}", "{a: [1], b: [1]}"));
	cr_assert(are_equal("{a: true}", "{a: yes}"));
	cr_assert_not(are_equal("{a: 1}", "{a: \"1\"}"));
	cr_assert_not(are_equal("{a: [1, 2]}", "{a: [2, 1]}"));
	cr_assert_not(are_equal("{a: null}", "{}"));
	cr_assert_not(are_equal("{a: {b: c}}", "{a: {}, b: c}"));
}

/* The line at which the first differs from the second. */
static uint32_t line_of(const char *left, const char *right)
{
	struct arena arena = {0};
	const struct canon *other = canon_of(parse(&arena, right), &arena);
	uint32_t line =
	    canon_difference(parse(&arena, left), other)->span.line;

	arena_release(&arena);
	return line;
}

Test(doc_canon, where_it_differs)
{
	const char *other = "a: 1\nb:\n  c: 2\n  d: 3\n";

	cr_assert_eq(line_of("a: 1\nb:\n  c: 2\n  d: 4\n", other), 4);
	cr_assert_eq(line_of("b:\n  d: 3\n  e: 2\na: 1\n", other), 3);
	/* What is missing shows at the mapping that lacks it. */
	cr_assert_eq(line_of("a: 1\nb:\n  c: 2\n", other), 3);
}
