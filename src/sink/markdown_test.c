/* Tests of Markdown: text stays text, and what is too long loses the least. */
#include "sink/markdown_text.h"
#include "sink/test_report.h"

#include <criterion/criterion.h>

static void check(void (*add)(struct buf *buf, struct slice text),
    const char *text, const char *expected)
{
	struct buf buf = {0};

	add(&buf, slice_of(text));
	cr_assert_str_eq(buf_text(&buf), expected);
	buf_release(&buf);
}

/* Marks are escaped, line ends shown; a mention and a reference are found in
 * the text of the page, so that only something between parts them. */
Test(markdown, marks_are_text)
{
	check(markdown_add, "a_b *c* `d` [e](f) ~g~ $h$ |i\\",
	    "a\\_b \\*c\\* \\`d\\` \\[e\\](f) \\~g\\~ \\$h\\$ \\|i\\\\");
	check(markdown_add, "<b>&amp;", "&lt;b&gt;&amp;amp;");
	check(markdown_add, "a\n# b", "a&lt;U+000A&gt;\\#<!-- --> b");
	check(markdown_add, "@me #1", "@<!-- -->me \\#<!-- -->1");
	check(markdown_add, "http://x www.x WWW.x 1.2",
	    "http<!-- -->://x www<!-- -->.x WWW<!-- -->.x 1.2");
}

/* In HTML a backslash escapes nothing. */
Test(markdown, html_is_text)
{
	check(markdown_add_html, "<b> \"*\" @me #1",
	    "&lt;b&gt; &quot;*&quot; @<!-- -->me #<!-- -->1");
}

/* The fence is longer than any in it, and a cell stays one. */
Test(markdown, code_holds_backticks)
{
	check(markdown_add_code, "a|b", "`a\\|b`");
	check(markdown_add_code, "``a`", "``` ``a` ```");
}

Test(markdown, fenced_lines)
{
	struct buf buf = {0};

	markdown_add_fenced(&buf, SLICE("a\n```\nb"), "yaml");
	cr_assert_str_eq(buf_text(&buf), "````yaml\na\n```\nb\n````\n");
	buf_release(&buf);
}

/* A report of n findings, every third an error. */
static struct report long_report(struct finding *findings, size_t n)
{
	struct report report = test_report(0, 0);

	for (size_t i = 0; i < n; i++) {
		findings[i] = test_findings[0];
		findings[i].severity = i % 3 ? SEVERITY_NOTE : SEVERITY_ERROR;
	}
	report.findings = findings;
	report.nfindings = n;
	report.exit_status = 1;
	return report;
}

static size_t count(const char *text, const char *words)
{
	size_t n = 0;

	while ((text = strstr(text, words))) {
		text += strlen(words);
		n++;
	}
	return n;
}

/* 600 findings are too many for a comment: all 200 errors stay, and the notes
 * that go are told of. */
Test(markdown, the_least_severe_is_left_out)
{
	static struct finding findings[600];
	struct report report = long_report(findings, 600);
	char *text = test_print("markdown", &report);
	size_t nnotes = count(text, "\n**note:**");
	char rest[80];

	cr_assert_leq(strlen(text), MARKDOWN_COMMENT);
	cr_assert_geq(strlen(text), MARKDOWN_COMMENT - 2000);
	cr_assert_eq(count(text, "\n**error:**"), 200);
	cr_assert_gt(nnotes, 0);
	snprintf(rest, sizeof(rest), "wants it: %zu notes.\n", 400 - nnotes);
	cr_assert_not_null(strstr(text, rest));
	cr_assert_eq(count(text, "<details>"), count(text, "</details>"));
	free(text);
}

/* Errors alone may be too many as well. */
Test(markdown, errors_are_left_out_last)
{
	static struct finding findings[3000];
	struct report report = long_report(findings, 3000);
	char *text = test_print("markdown", &report);

	cr_assert_leq(strlen(text), MARKDOWN_COMMENT);
	cr_assert_eq(count(text, "\n**note:**"), 0);
	cr_assert_not_null(strstr(text, "errors, 2000 notes.\n"));
	free(text);
}

/* Clauses that are violated stay when there is not room for all. */
Test(markdown, violated_clauses_stay)
{
	static struct verdict items[2000];
	const struct verdicts verdicts = {.items = items,
	    .n = COUNT_OF(items),
	    .profile = "prod",
	    .sentence = "prod: BLOCKED"};
	struct report report = test_report(1, 0);
	char *text;

	for (size_t i = 0; i < COUNT_OF(items); i++)
		items[i] = (struct verdict){.clause = "a_clause",
		    .value = "a value of some length",
		    .rule = "no-probe",
		    .remark = "",
		    .status = i % 20 ? VERDICT_HOLDS : VERDICT_VIOLATED};
	report.verdicts = &verdicts;
	report.nverdicts = 1;
	text = test_print("markdown", &report);
	cr_assert_leq(strlen(text), MARKDOWN_COMMENT);
	cr_assert_eq(count(text, " violated |"), 100);
	cr_assert_not_null(strstr(text, " clauses are not shown"));
	cr_assert_not_null(strstr(text, "\n**error:**"));
	free(text);
}

/* The object stands once, above its findings; rules have no link while nobody
 * has their pages, places none without --source-url. */
Test(markdown, a_small_report)
{
	struct report report = test_report(1, 0);
	char *text = test_print("markdown", &report);

	cr_assert_str_eq(text,
	    "## \xE2\x9D\x8C Not ready to roll out: 1 error\n\n"
	    "rolloutlint: 1 error\n\n### Findings by object\n\n"
	    "<details>\n<summary>Deployment <b>shop/web</b>: 1 error"
	    "</summary>\n\n"
	    "**error:** container 'x' has no probe<br>\n"
	    "`./a b,c:d.yaml:3`, rule `no-probe`\n\n"
	    "```\n    3 |    \xC3\xA9 y\n      |      ^\n```\n\n"
	    "- note: asked here (`c.json:7`)\n- note: no place\n\n"
	    "**How to fix it**\n\nFix.\n\n</details>\n");
	free(text);
	report.source_url = "https://h/{file}#L{line}";
	report.docs_url = "https://d/";
	text = test_print("markdown", &report);
	cr_assert_not_null(strstr(text,
	    "[`./a b,c:d.yaml:3`](<https://h/a%20b,c%3Ad.yaml#L3>), rule "
	    "[`no-probe`](<https://d/no-probe.md>)\n"));
	free(text);
}
