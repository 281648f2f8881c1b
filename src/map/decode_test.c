/*
 * Templates and what they print, line by line.  A row of what is wanted gives
 * the rendered line and behind "<" where it comes from: a line of the file,
 * "H" and a line of the helpers, lines with "|" between them when it cannot be
 * told, "-" for nothing.
 */
#include "map/decode.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* A template and helpers, and the search over them. */
struct fixture {
	struct arena arena;
	struct defines defines;
	struct template_file file, helpers;
	const struct program *program;
	struct decoder decoder;
	struct decode_result result;
};

static void set_up(
    struct fixture *fixture, const char *template, const char *helpers)
{
	*fixture = (struct fixture){
	    .file = {.text = slice_of(template)},
	    .helpers = {.text = slice_of(helpers)},
	};
	fixture->defines.arena = &fixture->arena;
	template_read(&fixture->file, &fixture->defines);
	template_read(&fixture->helpers, &fixture->defines);
	fixture->program =
	    program_compile(&(struct program_request){.file = &fixture->file,
				.defines = &fixture->defines},
		&fixture->arena);
}

static void tear_down(struct fixture *fixture)
{
	decoder_release(&fixture->decoder);
	map_release(&fixture->defines.by_name);
	map_release(&fixture->defines.changing);
	arena_release(&fixture->arena);
}

/* Lines of the file that were named already are left out. */
static void spell_others(const struct decoded_line *line, struct buf *buf)
{
	uint32_t told[MOST_LEAVES + 1] = {line->leaf->source_line};
	size_t ntold = 1;

	for (uint8_t i = 0; i < line->nleaves; i++) {
		uint32_t number = line->leaves[i]->source_line;
		size_t j = 0;

		while (j < ntold && told[j] != number)
			j++;
		if (j < ntold)
			continue;
		told[ntold++] = number;
		buf_printf(buf, "|%u", number);
	}
}

static void spell_line(const struct fixture *fixture,
    const struct decoded_line *line, struct buf *buf)
{
	if (!line->leaf) {
		buf_add_char(buf, '-');
		return;
	}
	if (line->leaf->site.file == &fixture->helpers)
		buf_printf(buf, "H%u of ", line->leaf->line);
	buf_printf(buf, "%u", line->leaf->source_line);
	spell_others(line, buf);
}

/* The text before "<" of each line that is wanted, as it was rendered. */
static void render(const char *wanted, struct buf *rendered)
{
	for (const char *at = wanted; *at; at += strcspn(at, "\n") + 1)
		buf_printf(rendered, "%.*s\n", (int)strcspn(at, "<"), at);
}

static void search(struct fixture *fixture, const struct rendered_lines *lines,
    struct decoded_line *decoded)
{
	struct decode_request request = {
	    .program = fixture->program,
	    .lines = lines->items,
	    .n = lines->n,
	    .is_first = true,
	    .with_margin = true,
	    .margin = COST_MARGIN,
	    .to = UINT32_MAX,
	    .indent_cost = COST_INDENT,
	    .beam = COST_BEAM_WIDE,
	};

	cr_assert(
	    decode(&fixture->decoder, &request, decoded, &fixture->result));
}

/* wanted: lines with "<" and the place behind them. */
static void expect_places_of(const char *template, const char *helpers,
    const char *wanted, bool have_drifted)
{
	struct fixture fixture;
	struct rendered_lines lines = {0};
	struct decoded_line *decoded;
	struct buf rendered = {0}, got = {0};

	render(wanted, &rendered);
	set_up(&fixture, template, helpers);
	rendered_lines_read(&lines, buf_slice(&rendered), 1, have_drifted);
	decoded = xcalloc(lines.n, sizeof(*decoded));
	search(&fixture, &lines, decoded);
	for (size_t i = 0; i < lines.n; i++) {
		buf_printf(&got, "%*s%.*s<", (int)lines.items[i].indent, "",
		    SLICE_ARGS(lines.items[i].text));
		spell_line(&fixture, &decoded[i], &got);
		buf_add_char(&got, '\n');
	}
	cr_expect_str_eq(
	    buf_text(&got), wanted, "%s gives\n%s", template, buf_text(&got));
	free(decoded);
	buf_release(&got);
	buf_release(&rendered);
	rendered_lines_release(&lines);
	tear_down(&fixture);
}

static void expect_places(
    const char *template, const char *helpers, const char *wanted)
{
	expect_places_of(template, helpers, wanted, false);
}

/* Where lists have drifted to the columns of their keys. */
static void expect_drifted(const char *template, const char *wanted)
{
	expect_places_of(template, "", wanted, true);
}

Test(map_decode, lines_of_text)
{
	expect_places(
	    "kind: Pod\nname: {{ .x }}\n", "", "kind: Pod<1\nname: a<2\n");
	/* The second cannot have printed this. */
	expect_places(
	    "a: {{ .x }}\nb: {{ .x }}\nc: 1\n", "", "a: 1<1\nc: 1<3\n");
	expect_places("a: 1\n", "", "a: 1<1\nz: 9<-\n");
}

Test(map_decode, branches)
{
	static const char template[] =
	    "{{- if .a }}\na: 1\nx: y\n{{- else }}\nb: 1\nx: y\n{{- end }}\n";

	expect_places(template, "", "a: 1<2\nx: y<3\n");
	expect_places(template, "", "b: 1<5\nx: y<6\n");
	/* Nothing in the text tells which. */
	expect_places("{{ if .a }}\nx: {{ .b }}\n{{ else }}\nx: {{ .c }}\n"
		      "{{ end }}",
	    "", "x: y<2|4\n");
}

Test(map_decode, loops)
{
	expect_places("l:\n{{- range .x }}\n- name: {{ . }}\n  port: 1\n"
		      "{{- end }}\nz: 1\n",
	    "",
	    "l:<1\n- name: a<3\n  port: 1<4\n- name: b<3\n  port: 1<4\n"
	    "z: 1<6\n");
	expect_places("l:\n{{- range .x }}\n- {{ . }}\n{{- else }}\n- none\n"
		      "{{- end }}\n",
	    "", "l:<1\n- none<5|3\n");
}

/* The first loop is as likely, though it is left through a condition whose
 * lines, by the beam, nobody can have skipped. */
Test(map_decode, loops_that_end_in_a_condition)
{
	expect_places("a:\n"
		      "{{- range .x }}\n"
		      "- {{ . }}\n"
		      "{{- if $.y }}\n"
		      "  b: 1\n"
		      "  c: 1\n"
		      "  d: 1\n"
		      "  e: 1\n"
		      "  f: 1\n"
		      "  g: 1\n"
		      "{{- end }}\n"
		      "{{- end }}\n"
		      "{{- if .z }}\n"
		      "- {{ .a }}\n"
		      "- {{ .b }}\n"
		      "{{- end }}\n",
	    "",
	    "a:<1\n"
	    "- one<14|3\n"
	    "- two<15|3\n");
}

Test(map_decode, helpers_move_their_lines)
{
	static const char helpers[] = "{{ define \"l\" -}}\na: {{ .a }}\n"
				      "b: {{ .b }}\n{{- end }}";

	expect_places("m:\n  {{- include \"l\" . | nindent 2 }}\nz: 1\n",
	    helpers, "m:<1\n  a: 1<H2 of 2\n  b: 2<H3 of 2\nz: 1<3\n");
	/* Only the column tells the two apart. */
	expect_places("m:\n  {{- include \"l\" . | nindent 2 }}\n"
		      "  n:\n    {{- include \"l\" . | nindent 4 }}\n",
	    helpers,
	    "m:<1\n  a: 1<H2 of 2\n  b: 2<H3 of 2\n  n:<3\n"
	    "    a: 1<H2 of 4\n    b: 2<H3 of 4\n");
	/* A helper in the text of a variable, and of "with". */
	expect_places("{{ $x := include \"l\" . }}\nm:\n{{ $x | indent 2 }}\n",
	    helpers, "m:<2\n  a: 1<H2 of 3\n  b: 2<H3 of 3\n");
	expect_places("m:\n{{- with include \"l\" . }}\n"
		      "{{- . | nindent 2 }}\n{{- end }}\n",
	    helpers, "m:<1\n  a: 1<H2 of 3\n  b: 2<H3 of 3\n");
	/* Its text does not come out as it is written. */
	expect_places("m: {{ include \"l\" . | fromYaml | toYaml | nindent 2 }}"
		      "\n",
	    helpers, "m:<1\n  a: 1<1\n  b: 2<1\n");
}

/* Nothing was printed before the first line of such a helper, so its column is
 * known, and what stands to the left of it is not the helper's. */
Test(map_decode, helpers_that_begin_in_a_condition)
{
	static const char template[] =
	    "a:\n  b: {{- include \"l\" . | nindent 4 }}\n"
	    "{{- if .c }}\n{{- toYaml .c | nindent 2 }}\n{{- end }}\n";
	static const char wanted[] = "a:<1\n"
				     "  b:<2\n"
				     "    x: 1<H%u of 2\n"
				     "    y: 2<H%u of 2\n"
				     "  z: 3<4\n";
	static const struct {
		const char *helper;
		unsigned line;
	} rows[] = {
	    {"{{- define \"l\" -}}\n{{- if .l -}}\n{{- .l | toYaml -}}\n"
	     "{{- end -}}\n{{- end -}}\n",
		3},
	    /* What only assigns prints nothing either. */
	    {"{{- define \"l\" -}}\n{{- $l := .l -}}\n{{- if .m -}}\n"
	     "{{- $l = .m -}}\n{{- end -}}\n{{- $l | toYaml -}}\n"
	     "{{- end -}}\n",
		6},
	    {"{{- define \"l\" -}}\n{{- include \"m\" . -}}\n{{- end -}}\n"
	     "{{- define \"m\" -}}\n{{- .l | toYaml -}}\n{{- end -}}\n",
		5},
	};
	struct arena arena = {0};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect_places(template, rows[i].helper,
		    arena_printf(&arena, wanted, rows[i].line, rows[i].line));
	arena_release(&arena);
}

/* Words that fit are not everything: what is printed whole may begin with the
 * words of the branch that stands in for it. */
Test(map_decode, defaults_that_begin_like_what_they_stand_in_for)
{
	expect_places("s:\n"
		      "  {{- if .s }}\n"
		      "  {{- toYaml .s | nindent 2 }}\n"
		      "  {{- else }}\n"
		      "  matchLabels:\n"
		      "    {{- include \"l\" . | indent 4 }}\n"
		      "  {{- end }}\n",
	    "{{- define \"l\" }}\n"
	    "{{- if .l }}\n"
	    "{{ toYaml .l }}\n"
	    "{{- else }}\n"
	    "name: {{ .n }}\n"
	    "{{- end }}\n"
	    "{{- end }}\n",
	    "s:<1\n"
	    "  matchLabels:<5|3\n"
	    "    x: \"y\"<H3 of 6|3\n");
}

Test(map_decode, blocks_of_yaml)
{
	expect_places("r:\n  {{- toYaml .r | nindent 2 }}\nz: 1\n", "",
	    "r:<1\n  limits:<2\n    cpu: 1<2\nz: 1<3\n");
	/* The second may well begin where the keys are no longer sorted. */
	expect_places("{{- toYaml .a | nindent 0 }}\n"
		      "{{- toYaml .b | nindent 0 }}\n",
	    "", "x: 1<1|2\ny: 2<1|2\na: 1<2|1\n");
	expect_places("args: {{ .a }}\n", "", "args: [a,<1\n  b]<1\n");
}

/* It sorts keys, has no comments and no quotes that it could do without, so the
 * action that prints any text did that, though toYaml is likelier. */
Test(map_decode, blocks_that_to_yaml_would_not_print)
{
	static const char template[] =
	    "{{- if .x }}\n{{- toYaml .a | nindent 0 }}\n{{- else }}\n"
	    "{{- .b | nindent 0 }}\n{{- end }}\n";

	expect_places(template, "", "a: plain<2|4\n");
	expect_places(template, "", "a: \"quoted\"<4|2\n");
	expect_places(template, "", "a: plain<2|4\nb: plain<2|4\n");
	expect_places(template, "", "a: plain<4|2\nb: \"quoted\"<4|2\n");
	expect_places(template, "", "# note<4\nb: \"quoted\"<4\n");
}

/* A list moves by two columns for each list around it, no other number. */
Test(map_decode, lists_that_drifted)
{
	/* From column 2, not from column 1. */
	expect_drifted("{{- if .a }}\na:\n - x: 1\n{{- else }}\na:\n"
		       "  - x: 1\n{{- end }}\n",
	    "a:<5\n- x: 1<6\n");
	/* From column 2, not from column 4. */
	expect_drifted("{{- if .a }}\na:\n    - x: 1\n{{- else }}\na:\n"
		       "  - x: 1\n{{- end }}\n",
	    "a:<5\n- x: 1<6\n");
	/* From either, as far as anything tells. */
	expect_drifted("{{- if .a }}\na:\n- x: 1\n{{- else }}\na:\n"
		       "  - x: 1\n{{- end }}\n",
	    "a:<2|5\n- x: 1<3|6\n");
	/* To the right nothing moves. */
	expect_drifted("{{- if .a }}\na:\n- x: 1\n{{- else }}\na:\n"
		       "  - x: 1\n{{- end }}\n",
	    "a:<5\n  - x: 1<6\n");
}

Test(map_decode, several_documents_of_a_file)
{
	static const char template[] = "kind: A\n---\nkind: B\nx: 1\n"
				       "--- # last\nkind: A\ny: 1\n";

	expect_places(template, "", "kind: B<3\nx: 1<4\n");
	expect_places(template, "", "kind: A<6\ny: 1<7\n");
}

Test(map_decode, the_next_document_begins_behind_the_last)
{
	struct fixture fixture;
	struct rendered_lines lines = {0};
	struct decoded_line decoded;
	struct decode_request request;

	set_up(&fixture, "kind: A\n---\nkind: A\n", "");
	rendered_lines_read(&lines, SLICE("kind: A\n"), 1, false);
	search(&fixture, &lines, &decoded);
	cr_assert_eq(decoded.leaf->line, 1);
	request = (struct decode_request){
	    .program = fixture.program,
	    .lines = lines.items,
	    .n = lines.n,
	    .after = fixture.result.end,
	    .indent_cost = COST_INDENT,
	    .to = UINT32_MAX,
	    .beam = COST_BEAM,
	};
	cr_assert(
	    decode(&fixture.decoder, &request, &decoded, &fixture.result));
	cr_assert_eq(decoded.leaf->line, 3);
	rendered_lines_release(&lines);
	tear_down(&fixture);
}

Test(map_decode, inline_structures_are_part_of_their_line)
{
	expect_places("a: {{ if .x }}1{{ else }}2{{ end }}\n"
		      "{{ range .l }}[{{ . }}]{{ end }}\nb: 1\n",
	    "", "a: 2<1\n[x][y]<2\nb: 1<3\n");
}

Test(map_decode, windows_line_ends)
{
	expect_places("a: 1\r\n{{- if .x }}\r\nb: 2\r\n{{- end }}\r\nc: 3\r\n",
	    "", "a: 1<1\nb: 2<3\nc: 3<5\n");
}

/* Each would run for ever, or out of memory, if it were followed blindly. */
Test(map_decode, hostile_templates_end, .timeout = 20)
{
	struct buf text = {0};

	expect_places("{{ include \"a\" . }}\nx: 1\n",
	    "{{ define \"a\" }}{{ include \"b\" . }}{{ end }}"
	    "{{ define \"b\" }}\n{{ include \"a\" . }}\n{{ end }}",
	    "x: 1<2\n");
	for (int i = 0; i < 20; i++) {
		buf_printf(&text, "{{ define \"d%d\" }}\n", i);
		for (int j = 0; j < 30; j++)
			buf_printf(&text, "{{ include \"d%d\" . }}\n", i + 1);
		buf_add_text(&text, "{{ end }}\n");
	}
	expect_places(
	    "x: 1\n{{ include \"d0\" . }}\n", buf_text(&text), "x: 1<1\n");
	buf_clear(&text);
	buf_add_text(&text, "x: 1\n");
	for (int i = 0; i < 30000; i++)
		buf_add_text(&text, "{{ if .x }}\n{{ range .y }}\n");
	buf_add_text(&text, "y: 1\n");
	expect_places(buf_text(&text), "", "x: 1<1\n");
	buf_clear(&text);
	buf_add_text(&text, "x: 1\n{{ if .a }}\na: 1\n");
	for (int i = 0; i < 20000; i++)
		buf_printf(&text, "{{ else if .b%d }}\nb%d: 1\n", i, i);
	buf_add_text(&text, "{{ end }}\n");
	expect_places(buf_text(&text), "", "x: 1<1\nb19999: 1<40003\n");
	buf_release(&text);
}

/* A search that would take too long is given up, not left unfinished. */
Test(map_decode, long_searches_are_given_up, .timeout = 20)
{
	struct fixture fixture;
	struct rendered_lines lines = {0};
	struct buf template = {0}, rendered = {0};
	struct decode_request request;
	struct decoded_line *decoded;

	for (int i = 0; i < 20000; i++)
		buf_add_text(
		    &template, "{{ if .x }}\n{{ toYaml .x }}\n{{ end }}\n");
	for (int i = 0; i < 5000; i++)
		buf_add_text(&rendered, "a: 1\n");
	set_up(&fixture, buf_text(&template), "");
	rendered_lines_read(&lines, buf_slice(&rendered), 1, false);
	decoded = xcalloc(lines.n, sizeof(*decoded));
	request = (struct decode_request){
	    .program = fixture.program,
	    .lines = lines.items,
	    .n = lines.n,
	    .is_first = true,
	    .indent_cost = COST_INDENT,
	    .beam = COST_BEAM_WIDE,
	};
	cr_assert_not(
	    decode(&fixture.decoder, &request, decoded, &fixture.result));
	free(decoded);
	buf_release(&template);
	buf_release(&rendered);
	rendered_lines_release(&lines);
	tear_down(&fixture);
}

/* A flag with a value is likelier than a name with "=" in it. */
Test(map_decode, an_equals_sign_stands_between_two_actions)
{
	static const char template[] = "args:\n"
				       "{{- range $k, $v := .Values.flags }}\n"
				       "{{- if $v }}\n"
				       "  - --{{ $k }}={{ $v }}\n"
				       "{{- else }}\n"
				       "  - --{{ $k }}\n"
				       "{{- end }}\n"
				       "{{- end }}\n";

	expect_places(template, "",
	    "args:<1\n"
	    "  - --level=debug<4|6\n"
	    "  - --quiet<6\n");
}
