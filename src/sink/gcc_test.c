/* The text format, byte by byte. */
#include "sink/excerpt.h"
#include "sink/sink.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct diag_kind kind = {
    .id = "no-probe",
    .code = "RL1001",
    .message = "container '{name}' has no probe",
    .severity = SEVERITY_ERROR,
};
static const struct origin file = {.name = "a.yaml"};
static const struct subject web = {
    .group = "apps",
    .version = "v1",
    .kind = "Deployment",
    .namespace = "shop",
    .name = "web",
    .source = "chart/templates/d.yaml",
};

static const struct finding plain_finding = {
    .kind = &kind,
    .severity = SEVERITY_ERROR,
    .place = {&file, {3, 5, 3, 8}},
    .text = "container 'x' has no probe",
};

/* What is printed for the findings; caller frees. */
static char *print(
    const struct finding *findings, size_t n, struct sink_options options)
{
	struct report report = {.findings = findings, .nfindings = n};
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	sink_find(SLICE("gcc"))->write(out, &report, &options);
	fclose(out);
	cr_assert_eq(strlen(text), size);
	return text;
}

static void expect(const struct finding *findings, size_t n,
    struct sink_options options, const char *wanted)
{
	char *got = print(findings, n, options);

	cr_assert_str_eq(got, wanted);
	free(got);
}

static void expect_one(const struct finding *finding, const char *wanted)
{
	expect(finding, 1, (struct sink_options){0}, wanted);
}

static void expect_excerpt(
    struct slice line, struct span span, const char *wanted)
{
	struct buf buf = {0};

	excerpt_add(&buf, line, span, "", "");
	cr_assert_str_eq(buf_text(&buf), wanted);
	buf_release(&buf);
}

Test(sink_gcc, nothing_for_nothing)
{
	expect(
	    NULL, 0, (struct sink_options){.color = true, .quote = true}, "");
}

Test(sink_gcc, severities)
{
	struct finding finding = plain_finding;

	expect_one(&finding, "a.yaml:3:5: error: container 'x' has no probe "
			     "[-Wno-probe]\n");
	finding.promoted = true;
	expect_one(&finding, "a.yaml:3:5: error: container 'x' has no probe "
			     "[-Werror=no-probe]\n");
	finding.promoted = false;
	finding.severity = SEVERITY_WARNING;
	expect_one(&finding, "a.yaml:3:5: warning: container 'x' has no probe "
			     "[-Wno-probe]\n");
	finding.severity = SEVERITY_NOTE;
	expect_one(&finding, "a.yaml:3:5: note: container 'x' has no probe "
			     "[-Wno-probe]\n");
}

Test(sink_gcc, without_a_place)
{
	struct finding finding = plain_finding;

	finding.place = (struct place){0};
	expect_one(&finding, "rolloutlint: error: container 'x' has no probe "
			     "[-Wno-probe]\n");
	finding.place.origin = &file; /* never line or column 0 */
	expect_one(&finding, "a.yaml:1:1: error: container 'x' has no probe "
			     "[-Wno-probe]\n");
}

Test(sink_gcc, context_only_when_it_changes)
{
	struct subject same = web, other = web;
	struct finding findings[5];

	other.namespace = other.source = "";
	for (size_t i = 0; i < COUNT_OF(findings); i++) {
		findings[i] = plain_finding;
		findings[i].text = "t";
	}
	findings[0].subject = &web;
	findings[1].subject = &same;
	findings[2].subject = &other;
	findings[4].subject = &other;
	expect(findings, COUNT_OF(findings), (struct sink_options){0},
	    "a.yaml: In Deployment 'shop/web', from chart/templates/d.yaml:\n"
	    "a.yaml:3:5: error: t [-Wno-probe]\n"
	    "a.yaml:3:5: error: t [-Wno-probe]\n"
	    "a.yaml: In Deployment 'web':\n"
	    "a.yaml:3:5: error: t [-Wno-probe]\n"
	    "a.yaml:3:5: error: t [-Wno-probe]\n"
	    "a.yaml: In Deployment 'web':\n"
	    "a.yaml:3:5: error: t [-Wno-probe]\n");
}

/* So many findings are printed by threads, some hundred at a time. */
Test(sink_gcc, a_context_goes_on_whoever_prints)
{
	enum { N = 1000, OF_ONE = 300 };
	struct subject subjects[] = {web, web, web, web};
	static const char *const names[] = {"a", "b", "c", "d"};
	struct finding findings[N];
	struct buf wanted = {0};

	for (size_t i = 0; i < N; i++) {
		struct subject *subject = &subjects[i / OF_ONE];

		subject->name = names[i / OF_ONE];
		findings[i] = plain_finding;
		findings[i].text = "t";
		findings[i].subject = subject;
		if (i % OF_ONE == 0)
			buf_printf(&wanted,
			    "a.yaml: In Deployment 'shop/%s', from "
			    "chart/templates/d.yaml:\n",
			    subject->name);
		buf_add_text(&wanted, "a.yaml:3:5: error: t [-Wno-probe]\n");
	}
	for (unsigned njobs = 0; njobs <= 8; njobs++)
		expect(findings, N, (struct sink_options){.njobs = njobs},
		    buf_text(&wanted));
	buf_release(&wanted);
}

/* What is not printed has no context. */
Test(sink_gcc, a_context_goes_on_over_what_is_folded)
{
	enum { N = 1000 };
	static const struct slice first =
	    SLICE("a.yaml: In Deployment 'shop/web', ");
	struct subject other = web;
	struct finding findings[N];
	struct fold folds[N] = {0};
	const struct report report = {
	    .findings = findings, .nfindings = N, .folds = folds};
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	other.name = "other";
	for (size_t i = 0; i < N; i++) {
		findings[i] = plain_finding;
		findings[i].text = "t";
		findings[i].subject = i % 2 ? &other : &web;
		folds[i].is_repeat = i % 2 || (i > 10 && i < 900);
	}
	sink_find(SLICE("gcc"))->write(
	    out, &report, &(struct sink_options){.njobs = 2});
	fclose(out);
	cr_assert(slice_starts(slice_of(text), first));
	cr_assert_null(strstr(text + first.len, ": In "));
	free(text);
}

Test(sink_gcc, notes_follow)
{
	static const struct origin contract = {.name = "c.json"};
	struct note notes[] = {
	    {.place = {&contract, {7, 9, 7, 12}},
		.text = "required here",
		.quote = "\"a\": 1"},
	    {.text = "no place"},
	};
	struct finding finding = plain_finding;

	finding.notes = notes;
	finding.nnotes = 2;
	expect(&finding, 1, (struct sink_options){.quote = true},
	    "a.yaml:3:5: error: container 'x' has no probe [-Wno-probe]\n"
	    "c.json:7:9: note: required here\n"
	    "    7 | \"a\": 1\n"
	    "      |       ^\n"
	    "a.yaml:3:5: note: no place\n");
}

/* Columns in bytes and bytes in octal; an empty range is an insertion. */
Test(sink_gcc, fixits_as_gcc_prints_them)
{
	struct origin odd = {.name = "q\"\xC3\xA9\t\\.c"};
	const struct fix fixes[] = {
	    {FIX_EXACT, {&odd, {2, 61, 2, 63}}, "x", NULL, 64, 66,
		{0}},
	    {FIX_EXACT, {&odd, {4, 1, 4, 1}}, "  \"\xC3\xA9\": 1\r\n", NULL, 1,
		1, {0}},
	};
	const struct note note = {.text = "see here"};
	struct finding finding = plain_finding;

	finding.fixes = fixes;
	finding.nfixes = 2;
	finding.notes = &note;
	finding.nnotes = 1;
	expect(&finding, 1, (struct sink_options){.fixits = true},
	    "a.yaml:3:5: error: container 'x' has no probe [-Wno-probe]\n"
	    "fix-it:\"q\\\"\\303\\251\\t\\\\.c\":{2:64-2:66}:\"x\"\n"
	    "fix-it:\"q\\\"\\303\\251\\t\\\\.c\":{4:1-4:1}:"
	    "\"  \\\"\\303\\251\\\": 1\\015\\n\"\n"
	    "a.yaml:3:5: note: see here\n");
	expect(&finding, 1, (struct sink_options){0},
	    "a.yaml:3:5: error: container 'x' has no probe [-Wno-probe]\n"
	    "a.yaml:3:5: note: see here\n");
}

Test(sink_gcc, quotes_only_on_request)
{
	struct finding finding = plain_finding;

	finding.quote = "    x: 1";
	expect_one(&finding, "a.yaml:3:5: error: container 'x' has no probe "
			     "[-Wno-probe]\n");
	expect(&finding, 1, (struct sink_options){.quote = true},
	    "a.yaml:3:5: error: container 'x' has no probe [-Wno-probe]\n"
	    "    3 |     x: 1\n"
	    "      |     ^~~\n");
}

Test(sink_gcc, colors_are_those_of_gcc)
{
	struct finding finding = plain_finding;

	finding.text = "t";
	finding.quote = "    x: 1";
	expect(&finding, 1, (struct sink_options){.color = true, .quote = true},
	    "\33[01m\33[Ka.yaml:3:5:\33[m\33[K "
	    "\33[01;31m\33[Kerror: \33[m\33[Kt "
	    "[\33[01;31m\33[K-Wno-probe\33[m\33[K]\n"
	    "    3 |     x: 1\n"
	    "      |     \33[01;31m\33[K^~~\33[m\33[K\n");
}

/* No value makes a line of its own or moves the cursor. */
Test(sink_gcc, values_cannot_forge_lines)
{
	struct origin evil = {.name = "a\nb.yaml"};
	struct subject subject = {.kind = "K\33",
	    .namespace = "n\n",
	    .name = "##[error]",
	    .source = "\r"};
	struct note note = {.text = "x\ny"};
	struct finding finding = plain_finding;

	finding.place.origin = &evil;
	finding.text = "x\n/etc/passwd:1:1: error: y\xff";
	finding.subject = &subject;
	finding.notes = &note;
	finding.nnotes = 1;
	expect_one(&finding,
	    "a<U+000A>b.yaml: In K<U+001B> 'n<U+000A>/#\\#[error]', "
	    "from <U+000D>:\n"
	    "a<U+000A>b.yaml:3:5: error: x<U+000A>/etc/passwd:1:1: error: "
	    "y<ff> [-Wno-probe]\n"
	    "a<U+000A>b.yaml:3:5: note: x<U+000A>y\n");
}

Test(sink_gcc, gutter_grows_with_the_number)
{
	expect_excerpt(SLICE("a"), (struct span){12345, 1, 12345, 2},
	    "12345 | a\n      | ^\n");
	expect_excerpt(SLICE("a"), (struct span){1234567, 1, 1234567, 2},
	    "1234567 | a\n        | ^\n");
}

Test(sink_gcc, caret_by_display_width)
{
	/* A tab goes to column 8; two wide characters take four columns; a
	 * combining mark none; an escape as many as it is long. */
	expect_excerpt(SLICE("\tab"), (struct span){1, 2, 1, 4},
	    "    1 |         ab\n      |         ^~\n");
	expect_excerpt(SLICE("\xE6\x97\xA5\xE6\x9C\xAC x"),
	    (struct span){1, 4, 1, 5},
	    "    1 | \xE6\x97\xA5\xE6\x9C\xAC x\n      |      ^\n");
	expect_excerpt(SLICE("\xE6\x97\xA5 x"), (struct span){1, 1, 1, 2},
	    "    1 | \xE6\x97\xA5 x\n      | ^~\n");
	expect_excerpt(SLICE("e\xCC\x81x"), (struct span){1, 3, 1, 4},
	    "    1 | e\xCC\x81x\n      |  ^\n");
	/* U+FF60 is the last of the full-width forms, U+FF61 a half-width one;
	 * U+036F is the last mark of its block, U+0370 a letter. */
	expect_excerpt(SLICE("\xEF\xBD\xA0x"), (struct span){1, 2, 1, 3},
	    "    1 | \xEF\xBD\xA0x\n      |   ^\n");
	expect_excerpt(SLICE("\xEF\xBD\xA1x"), (struct span){1, 2, 1, 3},
	    "    1 | \xEF\xBD\xA1x\n      |  ^\n");
	expect_excerpt(SLICE("e\xCD\xAFx"), (struct span){1, 3, 1, 4},
	    "    1 | e\xCD\xAFx\n      |  ^\n");
	expect_excerpt(SLICE("e\xCD\xB0x"), (struct span){1, 3, 1, 4},
	    "    1 | e\xCD\xB0x\n      |   ^\n");
	expect_excerpt(SLICE("\xff\x01x"), (struct span){1, 3, 1, 4},
	    "    1 | <ff><U+0001>x\n      |             ^\n");
}

Test(sink_gcc, spans_beyond_the_line)
{
	expect_excerpt(SLICE("a: b  \r"), (struct span){1, 4, 3, 2},
	    "    1 | a: b\n      |    ^\n");
	expect_excerpt(SLICE("a:"), (struct span){1, 3, 1, 3},
	    "    1 | a:\n      |   ^\n");
	expect_excerpt(SLICE("a:"), (struct span){1, 99, 1, 120},
	    "    1 | a:\n      |   ^\n");
	expect_excerpt(
	    SLICE(""), (struct span){1, 1, 1, 1}, "    1 | \n      | ^\n");
}

/* The line of an excerpt, and the column of its caret, both from the "| ". */
static void take_excerpt(struct slice line, struct span span,
    struct buf *ret_shown, size_t *ret_caret)
{
	struct buf buf = {0};
	char *shown, *mark;

	excerpt_add(&buf, line, span, "", "");
	shown = strstr(buf_text(&buf), "| ") + 2;
	mark = strchr(shown, '\n');
	buf_add(ret_shown, shown, (size_t)(mark - shown));
	mark = strstr(mark, "| ") + 2;
	*ret_caret = strcspn(mark, "^");
	buf_release(&buf);
}

Test(sink_gcc, long_lines_are_cut_around_the_caret)
{
	char line[1000];
	size_t caret;

	for (size_t i = 0; i < sizeof(line); i++)
		line[i] = (char)('a' + i % 26);
	for (uint32_t col = 1; col <= sizeof(line); col += 37) {
		struct buf shown = {0};
		struct span span = {1, col, 1, sizeof(line) + 1};

		take_excerpt(
		    (struct slice){line, sizeof(line)}, span, &shown, &caret);
		cr_assert(shown.len <= 166);
		cr_assert_eq(shown.ptr[caret], line[col - 1], "%u", col);
		cr_assert_eq(slice_starts(buf_slice(&shown), SLICE("...")),
		    col > 61, "%u", col);
		cr_assert_eq(slice_ends(buf_slice(&shown), SLICE("...")),
		    col < 900, "%u", col);
		buf_release(&shown);
	}
}
