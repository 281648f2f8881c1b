/* Messages: literal text, placeholders, and braces that are neither. */
#include "rule/message.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* A message over the one variable v, compiled and printed. */
struct printing {
	struct ruleset ruleset;
	struct cel_scope scope;
	struct context context;
	struct message message;
	struct cel_problem problem;
	struct buf text;
};

static const struct cel_variable variables[] = {
    {.name = "v", .type = {.kind = CEL_DYN}}};

static void printing_release(struct printing *printing)
{
	buf_release(&printing->text);
	fault_release(&printing->problem.fault);
	context_release(&printing->context);
	ruleset_release(&printing->ruleset);
}

static void printing_init(struct printing *printing)
{
	*printing = (struct printing){0};
	printing->scope = (struct cel_scope){
	    .vars = variables,
	    .nvars = 1,
	    .owner = &printing->ruleset.programs,
	};
}

static void print(
    struct printing *printing, struct slice text, struct cel_value value)
{
	printing_init(printing);
	context_init(&printing->context, NULL, NULL);
	cr_assert_eq(
	    message_compile(&printing->ruleset.arena, text, &printing->scope,
		&printing->message, &printing->problem),
	    0, "%s", fault_text(&printing->problem.fault));
	message_print(
	    &printing->message, &value, &printing->context, &printing->text);
}

static void expect(const char *text, const char *expected)
{
	struct printing printing;
	struct cel_value value = {.kind = CEL_STRING, .text = SLICE("web")};

	print(&printing, slice_of(text), value);
	cr_assert_str_eq(buf_text(&printing.text), expected);
	printing_release(&printing);
}

Test(rule_message, literals)
{
	expect("", "");
	expect("plain", "plain");
	expect("a {{b}} c", "a {b} c");
	expect("{{{{}}}}", "{{}}");
	expect("}}{{", "}{");
}

Test(rule_message, placeholders)
{
	expect("{v}", "web");
	expect("a {v} b {v}c", "a web b webc");
	expect("{v}{v}", "webweb");
	expect("{{{v}}}", "{web}");
	expect("{size(v)}", "3");
	expect("{ v + '!' }", "web!");
	expect("{1.0} {1.5} {true}", "1 1.5 true");
}

/* Braces and quotes of the expression do not end it. */
Test(rule_message, expressions_with_braces)
{
	expect("{'}'}", "}");
	expect("{\"{\" + v}", "{web");
	expect("{'it\\'s }'}", "it's }");
	expect("{ {'a': v}['a']}", "web");
}

/* What the placeholders of a message give, of which there are n. */
static void expect_args(const char *text, uint16_t n, struct slice expected)
{
	struct printing printing;
	struct cel_value value = {.kind = CEL_INT, .integer = 42};
	struct buf args = {0};

	print(&printing, slice_of(text), value);
	cr_assert_eq(message_spell_args(&printing.message, NULL, &value,
			 &printing.context, &args),
	    n);
	cr_assert(slice_eq(buf_slice(&args), expected));
	buf_release(&args);
	printing_release(&printing);
}

Test(rule_message, arguments_are_kept_apart)
{
	expect("{v} of {v + '1'}{'x'}", "web of web1x");
	expect_args("{v} of {v + 1}{'x'}", 3, SLICE("42\00043\000x\0"));
	expect_args("none", 0, SLICE(""));
}

static void expect_refused(
    const char *text, size_t offset, const char *sentence)
{
	struct printing printing;

	printing_init(&printing);
	cr_assert_eq(message_compile(&printing.ruleset.arena, slice_of(text),
			 &printing.scope, &printing.message, &printing.problem),
	    -1);
	cr_assert_eq(printing.problem.offset, offset, "%s: %zu", text,
	    printing.problem.offset);
	cr_assert_str_eq(fault_text(&printing.problem.fault), sentence);
	printing_release(&printing);
}

static const char open_brace[] =
    "this '{' is never closed; write '{{' for a brace";
static const char close_brace[] =
    "this '}' has no matching '{'; write '}}' for a brace";

Test(rule_message, braces_that_are_refused)
{
	expect_refused("a {", 2, open_brace);
	expect_refused("a {v", 2, open_brace);
	expect_refused("{v} and {v", 8, open_brace);
	expect_refused("{'}", 0, open_brace);
	expect_refused("a }", 2, close_brace);
	expect_refused("{v} }", 4, close_brace);
	expect_refused("}a}", 0, close_brace);
}

/* Counted from the message's beginning, not the placeholder's. */
Test(rule_message, expressions_that_are_refused)
{
	expect_refused("a {w}", 3, "unknown name 'w'; in scope here: v");
	expect_refused("{v} {v + w}", 9, "unknown name 'w'; in scope here: v");
}

/* The arguments of what the case says stand where it does. */
Test(rule_message, cases)
{
	struct printing printing;
	struct message says;
	struct cel_value value = {.kind = CEL_INT, .integer = 1};
	struct cel_problem problem = {0};
	struct buf args = {0};

	print(&printing, SLICE(""), value);
	cr_assert_eq(message_compile(&printing.ruleset.arena,
			 SLICE("{v} {case} {v + 2}"), &printing.scope,
			 &printing.message, &problem),
	    0);
	cr_assert_eq(
	    message_compile(&printing.ruleset.arena, SLICE("is {v + 1}{v}"),
		&printing.scope, &says, &problem),
	    0);
	cr_assert(message_has_case(&printing.message));
	cr_assert_not(message_has_case(&says));
	cr_assert_eq(message_spell_args(&printing.message, &says, &value,
			 &printing.context, &args),
	    4);
	cr_assert(slice_eq(buf_slice(&args), SLICE("1\0002\0001\0003\0")));
	buf_release(&args);
	printing_release(&printing);
}

/* Whatever reads texts takes a NUL for their end: what is behind one is not to
 * be taken for the next argument. */
Test(rule_message, an_argument_ends_at_a_nul)
{
	struct printing printing;
	struct cel_value value = {
	    .kind = CEL_STRING, .text = {"a\0b", strlen("a") + 2}};
	struct buf args = {0};

	print(&printing, SLICE("{v}, {v + 'c'}."), value);
	cr_assert_str_eq(buf_text(&printing.text), "a, a.");
	cr_assert_eq(message_spell_args(&printing.message, NULL, &value,
			 &printing.context, &args),
	    2);
	cr_assert(slice_eq(buf_slice(&args), SLICE("a\0a\0")));
	buf_release(&args);
	printing_release(&printing);
}

static void expect_expanded(const char *text, const char *expected)
{
	struct buf buf = {0};

	message_expand(slice_of(text), SLICE("is {v}"), &buf);
	cr_assert_str_eq(buf_text(&buf), expected);
	buf_release(&buf);
}

Test(rule_message, templates_with_the_case_filled_in)
{
	expect_expanded("{case}", "is {v}");
	expect_expanded("a {case}, b {case}", "a is {v}, b is {v}");
	expect_expanded("{{case}} {v}", "{{case}} {v}");
	expect_expanded("{{{case}}}", "{{is {v}}}");
	expect_expanded("{'{case}'}", "{'{case}'}");
}
