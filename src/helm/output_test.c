/* What can be told of an action's output from its text. */
#include "helm/output.h"

#include <criterion/criterion.h>

/* The fragments of an action with "*" for what may be anything. */
static void expect_fragments(const char *action, const char *wanted)
{
	struct arena arena = {0};
	struct buf buf = {0};
	const struct output *output = output_read(slice_of(action), &arena);

	for (size_t i = 0; i < output->nfragments; i++) {
		if (output->fragments[i].is_wild)
			buf_add_char(&buf, '*');
		else
			buf_add_slice(&buf, output->fragments[i].text);
	}
	cr_expect_str_eq(
	    buf_text(&buf), wanted, "%s: %s", action, buf_text(&buf));
	buf_release(&buf);
	arena_release(&arena);
}

Test(map_output, words_that_are_certain)
{
	expect_fragments(".Values.x", "*");
	expect_fragments("\"on\"", "on");
	expect_fragments(".Values.x | quote", "\"*\"");
	expect_fragments("(.Values.x | squote)", "'*'");
	expect_fragments(".Values.x | quote | upper", "*");
	expect_fragments("printf \"%s-%d\" .a .b", "*-*");
	expect_fragments("printf \"a-%5.2f%%\" .a | quote", "\"a-*%\"");
	/* It may cut any of the words off. */
	expect_fragments("printf \"%s-app\" .a | trunc 63", "*");
	expect_fragments("printf \"%s-app\" .a | trimSuffix \"-\"", "*-app");
	/* It changes them. */
	expect_fragments("printf \"%s-app\" .a | upper", "*");
	/* Two lines are no words of one. */
	expect_fragments("\"a\\nb\"", "*");
}

Test(map_output, helpers_and_shifts)
{
	struct arena arena = {0};
	const struct output *output;

	output = output_read(SLICE("include \"a.b\" . | nindent 8"), &arena);
	cr_assert(slice_is(output->include, "a.b"));
	cr_assert(output->is_shifted && output->is_own_block);
	cr_assert_eq(output->shift, 8);
	cr_assert_not(output->is_rewritten);
	output = output_read(SLICE("tpl (include `a` .) . | indent 2"), &arena);
	cr_assert(slice_is(output->include, "a"));
	cr_assert(output->is_shifted && !output->is_own_block);
	output = output_read(
	    SLICE("(include \"a\" . | fromYaml).x | toYaml"), &arena);
	cr_assert(output->is_rewritten && output->is_yaml);
	output = output_read(SLICE(". | nindent $n"), &arena);
	cr_assert(slice_is(output->variable, "."));
	cr_assert_eq(output->shift, SHIFT_UNKNOWN);
	output = output_read(SLICE("$x.y"), &arena);
	cr_assert_eq(output->variable.len, 0);
	output =
	    output_read(SLICE("include \"a\" . | nindent 2 | trim"), &arena);
	cr_assert_not(output->is_own_block);
	arena_release(&arena);
}

/* A function's name in a string is no call of it. */
Test(map_output, strings_and_fields_are_no_functions)
{
	struct arena arena = {0};
	const struct output *output =
	    output_read(SLICE("include \"a.toYaml.trunc\" .tpl"), &arena);

	cr_assert_not(output->is_rewritten);
	cr_assert_not(output->is_tpl);
	cr_assert_not(output->is_silent);
	output = output_read(SLICE("fail \"no\""), &arena);
	cr_assert(output->is_silent);
	arena_release(&arena);
}
