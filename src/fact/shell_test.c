/* The text of a shell cut into commands, and a container's script. */
#include "fact/shell.h"

#include "doc/scalar.h"
#include "doc/test_table.h"

#include <criterion/criterion.h>

/* Commands as "[text]END" one behind the other; "!" when not all was read. */
static void expect_cut(const char *text, const char *expected)
{
	static const char *const ends[] = {[SHELL_NEXT] = ";",
	    [SHELL_AND] = "&&",
	    [SHELL_OR] = "||",
	    [SHELL_PIPE] = "|",
	    [SHELL_DETACHED] = "&"};
	struct shell shell = {.text = slice_of(text)};
	struct shell_command command;
	struct buf cut = {0};

	while (shell_next(&shell, &command))
		buf_printf(&cut, "[%.*s]%s", SLICE_ARGS(command.text),
		    ends[command.end]);
	if (shell.is_broken)
		buf_add_char(&cut, '!');
	cr_assert_str_eq(
	    buf_text(&cut), expected, "%s: %s", text, buf_text(&cut));
	buf_release(&cut);
}

Test(fact_shell, what_stands_between_commands)
{
	expect_cut("", "");
	expect_cut(" a b ; c\n\nd", "[a b];[c];[d];");
	expect_cut("a && b || c | d |& e & f", "[a]&&[b]||[c]|[d]|[e]&[f];");
	expect_cut("a &&\n # why\n b", "[a]&&[b];");
	expect_cut("a >x 2>&1 &>y <&3 >|z", "[a >x 2>&1 &>y <&3 >|z];");
	expect_cut("a;; b", "[a];[b];");
	expect_cut("a\r\nb\r\n", "[a];[b];");
}

Test(fact_shell, what_holds_separators_as_text)
{
	expect_cut("a 'b; c' \"d | \\\" e\" f\\;g",
	    "[a 'b; c' \"d | \\\" e\" f\\;g];");
	expect_cut(
	    "a \"it's; $(b \"c; d\")\"; e", "[a \"it's; $(b \"c; d\")\"];[e];");
	expect_cut("a `b; c` ${d:-e; f} $((1;2)); g",
	    "[a `b; c` ${d:-e; f} $((1;2))];[g];");
	expect_cut("a # b; c\nd", "[a];[d];");
	expect_cut("a#b; ${#c} $#", "[a#b];[${#c} $#];");
	expect_cut("a \\\n b; c", "[a \\\n b];[c];");
}

Test(fact_shell, groups)
{
	expect_cut("(a; b) && { c; d; }; e", "[(a; b)]&&[{ c; d; }];[e];");
	expect_cut("f() { a; }; echo }; g {x,y}; h",
	    "[f() { a; }];[echo }];[g {x,y}];[h];");
	expect_cut("if a; then { b; c; }; fi", "[if a];[then { b; c; }];[fi];");
	expect_cut("( a # )\n b )", "[( a # )\n b )];");
	expect_cut("case a in b) c;; esac", "[case a in b) c];[esac];");
}

Test(fact_shell, here_documents)
{
	expect_cut("a <<E; b\n c; 'd\nE\ne", "[a <<E];[b];[e];");
	expect_cut(
	    "a <<'E F' <<-G\nE\nE F\n\tx\n\tG\nb", "[a <<'E F' <<-G];[b];");
	expect_cut("a <<\\E\r\nx\r\nE\r\nb", "[a <<\\E];[b];");
	expect_cut("{ a <<E\n}\nE\n}; b", "[{ a <<E\n}\nE\n}];[b];");
	expect_cut("a <<<b; c", "[a <<<b];[c];");
}

Test(fact_shell, what_does_not_end)
{
	expect_cut("a; b 'c; d", "[a];[b 'c; d];!");
	expect_cut("a \"b", "[a \"b];!");
	expect_cut("a `b", "[a `b];!");
	expect_cut("a $(b", "[a $(b];!");
	expect_cut("(a; b", "[(a; b];!");
	expect_cut("a <<E\nb", "[a <<E];!");
	expect_cut("a <<E", "[a <<E];!");
	expect_cut("a <<", "[a <<];!");
	expect_cut("a \\", "[a \\];");
}

/* As deep as nobody nests: not read, and no stack is used up. */
Test(fact_shell, depth_is_bounded)
{
	struct shell shell = {0};
	struct shell_command command;
	struct buf text = {0};

	for (int i = 0; i < 100000; i++)
		buf_add_text(&text, "\"$(");
	shell.text = buf_slice(&text);
	cr_assert(shell_next(&shell, &command));
	cr_assert(shell.is_broken);
	cr_assert_not(shell_next(&shell, &command));
	buf_release(&text);
}

static void expect_group(const char *command, const char *expected)
{
	struct slice inner = {0};
	bool is_group = shell_group(slice_of(command), &inner);

	cr_assert_eq(is_group, expected != NULL, "%s", command);
	cr_assert(!expected || slice_is(slice_trim(inner), expected),
	    "%s: %.*s", command, SLICE_ARGS(inner));
}

Test(fact_shell, what_a_group_holds)
{
	expect_group("(a; b)", "a; b");
	expect_group("{ a; }", "a;");
	expect_group("{ a; } >log 2>&1", "a;");
	expect_group("{ a; } > log", "a;");
	expect_group("((a))", "(a)");
	expect_group("(a) && (b)", NULL);
	expect_group("(a) b", NULL);
	expect_group("{a,b}", NULL);
	expect_group("a", NULL);
	expect_group("(a", NULL);
}

static void expect_arguments(const char *text, const char *expected)
{
	struct slice command = slice_of(text), word;
	struct buf words = {0};

	while (shell_argument(&command, &word))
		buf_printf(&words, "[%.*s]", SLICE_ARGS(word));
	cr_assert_str_eq(buf_text(&words), expected, "%s", text);
	buf_release(&words);
}

Test(fact_shell, words_without_redirections)
{
	expect_arguments("a 'b c'\"d e\" f\\ g", "[a]['b c'\"d e\"][f\\ g]");
	expect_arguments("a >x b 2> y c <z d", "[a][b][c][d]");
	expect_arguments("a 2>&1 b >& x c >&- d", "[a][b][c][d]");
	expect_arguments("a x>y 1", "[a][x>y][1]");
	expect_arguments("a \\\n b", "[a][b]");
}

static void expect_script(
    const char *argv, const char *expected, bool expected_stops)
{
	struct test_row row = {.name = "argv", .cells = {slice_of(argv)}};
	struct arena arena = {0};
	struct arguments arguments = {
	    .second = test_cell_node(&row, 0, &arena)};
	bool stops = false;
	const struct node *script = shell_script(arguments, &stops);
	struct slice text = {"none", 4};

	node_to_text(script, &text);
	cr_assert(slice_is(text, expected), "%s: %.*s", argv, SLICE_ARGS(text));
	cr_assert_eq(stops, expected_stops, "%s", argv);
	arena_release(&arena);
}

Test(fact_shell, what_a_shell_is_told)
{
	expect_script("[sh, -c, a]", "a", false);
	expect_script("[/bin/bash, -euo, pipefail, -c, a]", "a", true);
	expect_script("[dumb-init, --, sh, -ec, a, b]", "a", true);
	expect_script("[sh, --norc, a]", "none", false);
	expect_script("[sh]", "none", false);
	expect_script("[python, -c, a]", "none", false);
	expect_script("[]", "none", false);
}
