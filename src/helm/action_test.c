/* Templates cut as Go cuts them. */
#include "helm/action.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* The tokens of source, one a line: kind, lines, text. */
static const char *spell(const char *source, struct arena *arena)
{
	static const char *const kinds[] = {"text", "output", "assign",
	    "silent", "if", "with", "range", "define", "block", "else", "end"};
	struct buf buf = {0};
	struct go_token *tokens;
	const char *result;
	size_t n;

	go_lex(slice_of(source), arena, &tokens, &n);
	for (size_t i = 0; i < n; i++) {
		buf_printf(&buf, "%s %u-%u [%.*s]\n", kinds[tokens[i].kind],
		    tokens[i].line, tokens[i].end_line,
		    SLICE_ARGS(tokens[i].text));
	}
	result = slice_copy(arena, buf_slice(&buf)).ptr;
	buf_release(&buf);
	return result;
}

static void expect_tokens(const char *source, const char *wanted)
{
	struct arena arena = {0};
	const char *got = spell(source, &arena);

	cr_expect_str_eq(got, wanted, "%s gives\n%s", source, got);
	arena_release(&arena);
}

Test(map_action, text_and_actions_have_lines)
{
	expect_tokens("a\n{{ .x }}b\nc",
	    "text 1-2 [a\n]\noutput 2-2 [.x]\ntext 2-3 [b\nc]\n");
	expect_tokens("{{ include \"x\"\n  . }}\n",
	    "output 1-2 [include \"x\"\n  .]\ntext 2-3 [\n]\n");
}

Test(map_action, minus_trims_with_a_blank_only)
{
	expect_tokens("a \n {{- .x -}} \n b",
	    "text 1-1 [a]\noutput 2-2 [.x]\ntext 3-3 [b]\n");
	/* One blank may serve both, where nothing is between them. */
	expect_tokens("a {{- -}} b", "text 1-1 [a]\nsilent 1-1 []\n"
				     "text 1-1 [b]\n");
	/* Go reads "-3" here: a number. */
	expect_tokens("a {{-3}} b", "text 1-1 [a ]\noutput 1-1 [-3]\n"
				    "text 1-1 [ b]\n");
	expect_tokens("{{ .x-}} b", "output 1-1 [.x-]\ntext 1-1 [ b]\n");
}

Test(map_action, strings_hide_the_end)
{
	expect_tokens("{{ \"}}\" }}{{ `}}\n` }}{{ '\\'' }}",
	    "output 1-1 [\"}}\"]\noutput 1-2 [`}}\n`]\n"
	    "output 2-2 ['\\'']\n");
}

Test(map_action, comments_print_nothing)
{
	expect_tokens("{{- /* }} \" */ -}}\nx",
	    "silent 1-1 [/* }} \" */]\ntext 2-2 [x]\n");
}

Test(map_action, keywords_are_told_from_fields)
{
	expect_tokens("{{ if a }}{{ else if b }}{{ end }}{{ ifs }}{{ .end }}",
	    "if 1-1 [if a]\nelse 1-1 [else if b]\nend 1-1 [end]\n"
	    "output 1-1 [ifs]\noutput 1-1 [.end]\n");
	expect_tokens("{{ $x := 1 }}{{ $x = 2 }}{{ $i, $x := f }}{{ $x }}",
	    "assign 1-1 [$x := 1]\nassign 1-1 [$x = 2]\n"
	    "assign 1-1 [$i, $x := f]\noutput 1-1 [$x]\n");
}

Test(map_action, what_has_no_end_is_text)
{
	expect_tokens("a\n{{ b }}\n{{ c", "text 1-2 [a\n]\noutput 2-2 [b]\n"
					  "text 2-3 [\n{{ c]\n");
	expect_tokens("{{ \"a\n}}", "text 1-2 [{{ \"a\n}}]\n");
	expect_tokens("{{/* a }}", "text 1-1 [{{/* a }}]\n");
	expect_tokens("{{", "text 1-1 [{{]\n");
	expect_tokens("{{-", "text 1-1 [{{-]\n");
	expect_tokens("", "");
}

/* Each cut of a template must give tokens, whatever it cuts through. */
Test(map_action, every_truncation_is_read)
{
	static const char text[] =
	    "a{{- /* c */ -}}\n{{ if \"x\\\"\" }}{{ `r` | f 'c' }}{{- end -}}";
	struct arena arena = {0};
	struct go_token *tokens;
	size_t n;

	for (size_t len = 0; len < sizeof(text); len++) {
		char *copy = xmalloc(len + 1);

		memcpy(copy, text, len);
		go_lex((struct slice){copy, len}, &arena, &tokens, &n);
		cr_assert(n <= len);
		free(copy);
	}
	arena_release(&arena);
}

Test(map_action, items_are_cut)
{
	struct slice rest =
	    SLICE("(include \"a.b\" .Values.x | nindent 4) $y := -1");
	static const struct {
		enum item_kind kind;
		const char *text;
	} wanted[] = {
	    {ITEM_OPEN, "("},
	    {ITEM_WORD, "include"},
	    {ITEM_STRING, "\"a.b\""},
	    {ITEM_FIELD, ".Values.x"},
	    {ITEM_PIPE, "|"},
	    {ITEM_WORD, "nindent"},
	    {ITEM_NUMBER, "4"},
	    {ITEM_CLOSE, ")"},
	    {ITEM_VARIABLE, "$y"},
	    {ITEM_ASSIGN, ":="},
	    {ITEM_NUMBER, "-1"},
	};
	struct item item;

	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		cr_assert(item_next(&rest, &item));
		cr_expect_eq(item.kind, wanted[i].kind, "item %zu", i);
		cr_expect(slice_is(item.text, wanted[i].text), "item %zu", i);
	}
	cr_assert_not(item_next(&rest, &item));
}
