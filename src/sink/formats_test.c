/* The formats besides text and SARIF: their bytes, and what hostile input
 * makes of them. */
#include "diag/suppression.h"
#include "report/fingerprint.h"
#include "report/phrase.h"
#include "report/unique.h"
#include "report/uri.h"
#include "report/xml.h"
#include "sink/test_json.h"
#include "sink/test_report.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

/* HOSTILE_PLAIN between quotes of XML; U+FFFE cannot be in it. */
#define HOSTILE_XML                                                  \
	"&quot;&apos;&lt;&amp;&gt;]]&gt;% #\\#[error]&lt;U+000D&gt;" \
	"&lt;U+000A&gt;::error::x&lt;U+0001&gt;&lt;U+001B&gt;[0m"    \
	"&lt;U+202E&gt;\xF0\x9F\x98\x80\xEF\xBF\xBD&lt;ff&gt;#\\"

/* The same in a command: the "%" is escaped. */
#define HOSTILE_COMMAND                                           \
	"\"'<&>]]>%25 #\\#[error]<U+000D><U+000A>::error::x"      \
	"<U+0001><U+001B>[0m<U+202E>\xF0\x9F\x98\x80\xEF\xBF\xBE" \
	"<ff>#\\"

/* The same in a description of TAP. */
#define HOSTILE_TAP                                               \
	"\"'<&>]]>% \\#\\#[error]<U+000D><U+000A>::error::x"      \
	"<U+0001><U+001B>[0m<U+202E>\xF0\x9F\x98\x80\xEF\xBF\xBE" \
	"<ff>\\#\\\\"

static void expect(
    const char *format, size_t nfindings, size_t ntroubles, const char *wanted)
{
	struct report report = test_report(nfindings, ntroubles);
	char *got = test_print(format, &report);

	cr_assert_str_eq(got, wanted);
	free(got);
}

/* The report has that line. */
static void expect_line(
    const char *format, size_t nfindings, size_t ntroubles, const char *line)
{
	struct report report = test_report(nfindings, ntroubles);
	char *got = test_print(format, &report);
	struct buf wanted = {0};

	buf_printf(&wanted, "\n%s\n", line);
	cr_assert_not_null(strstr(got, buf_text(&wanted)), "%s", got);
	buf_release(&wanted);
	free(got);
}

/* The report as JSON, read strictly.  Lives as long as the test. */
static struct json_object *parse(
    const char *format, size_t nfindings, size_t ntroubles)
{
	struct report report = test_report(nfindings, ntroubles);
	char *text = test_print(format, &report);
	struct json_object *json = test_parse(text);

	cr_assert_null(strstr(text, "##["));
	free(text);
	return json;
}

/* The value at a JSON pointer, as text; "null" for null. */
static const char *at(struct json_object *json, const char *pointer)
{
	struct json_object *found;

	cr_assert_eq(json_pointer_get(json, pointer, &found), 0, "%s", pointer);
	return found ? json_object_get_string(found) : "null";
}

static bool has(struct json_object *json, const char *pointer)
{
	struct json_object *found;

	return !json_pointer_get(json, pointer, &found);
}

TestSuite(sink_formats, .fini = test_forget_json);

/* All machine formats: nothing that a terminal, a log or GitHub's runner would
 * obey, whatever the manifest holds; and the same bytes twice. */
Test(sink_formats, hostile_input_stays_text)
{
	struct report report = test_report(4, 2);

	for (size_t i = 0; sink_at(i); i++) {
		char *text = test_print(sink_at(i)->name, &report);
		char *again = test_print(sink_at(i)->name, &report);

		cr_assert_str_eq(text, again, "%s", sink_at(i)->name);
		cr_assert_null(strstr(text, "##["), "%s", sink_at(i)->name);
		cr_assert_null(strpbrk(text, "\r\x1b\x01"));
		cr_assert_null(strstr(text, "\n::error::x"));
		cr_assert_null(strchr(text, '\xff'), "%s", sink_at(i)->name);
		free(text);
		free(again);
	}
}

/* Trouble shows in every format that is not beside standard error anyway. */
Test(sink_formats, trouble_is_in_all_of_them)
{
	struct report report = test_report(0, 1);

	for (size_t i = 0; sink_at(i); i++) {
		char *text = test_print(sink_at(i)->name, &report);

		cr_assert_eq(strstr(text, "cannot read ") != NULL,
		    sink_at(i)->is_machine, "%s", sink_at(i)->name);
		free(text);
	}
}

Test(sink_formats, xml_text)
{
	struct buf buf = {0};

	xml_add(&buf, SLICE("a\tb\nc\rd<&>\"'"));
	cr_assert_str_eq(
	    buf_text(&buf), "a\tb\nc&#13;d&lt;&amp;&gt;&quot;&apos;");
	buf_clear(&buf);
	xml_add_quoted(&buf, SLICE("a\tb\nc\rd"));
	cr_assert_str_eq(buf_text(&buf), "a&#9;b&#10;c&#13;d");
	buf_clear(&buf);
	/* NUL, a control, an unassigned character of plane 0, bad bytes, a
	 * surrogate, and U+FFFD itself, which is a character like any. */
	xml_add(&buf, SLICE("\0\x1f\xEF\xBF\xBF\xff\xED\xA0\x80\xEF\xBF\xBD"));
	for (size_t i = 0; i < buf.len; i += 3)
		cr_assert_eq(memcmp(buf.ptr + i, "\xEF\xBF\xBD", 3), 0);
	cr_assert_eq(buf.len, 8 * 3);
	buf_release(&buf);
}

Test(sink_formats, checkstyle)
{
	expect("checkstyle", 0, 0,
	    XML_HEAD "<checkstyle version=\"4.3\">\n</checkstyle>\n");
	expect("checkstyle", 3, 0,
	    XML_HEAD "<checkstyle version=\"4.3\">\n"
		     "<file name=\"a b,c:d.yaml\">\n"
		     "<error line=\"3\" column=\"6\" severity=\"error\" "
		     "message=\"container &apos;x&apos; has no probe; note: "
		     "asked here (c.json:7:9); note: no place\" "
		     "source=\"rolloutlint.no-probe\"/>\n"
		     "<error line=\"4\" column=\"1\" severity=\"error\" "
		     "message=\"container &apos;y&apos; has no probe\" "
		     "source=\"rolloutlint.no-probe\"/>\n"
		     "</file>\n"
		     "<file name=\"stdin\">\n"
		     "<error line=\"1\" column=\"1\" severity=\"warning\" "
		     "message=\"" HOSTILE_XML "; note: " HOSTILE_XML "\" "
		     "source=\"rolloutlint.no-probe\"/>\n"
		     "</file>\n"
		     "</checkstyle>\n");
	expect("checkstyle", 0, 2,
	    XML_HEAD "<checkstyle version=\"4.3\">\n"
		     "<file name=\"a b,c:d.yaml\">\n"
		     "<error line=\"1\" severity=\"error\" message=\"cannot "
		     "read &apos;x&apos;\" source=\"rolloutlint.trouble\"/>\n"
		     "<error line=\"1\" severity=\"error\" "
		     "message=\"" HOSTILE_XML
		     "\" source=\"rolloutlint.trouble\"/>\n"
		     "</file>\n</checkstyle>\n");
}

Test(sink_formats, junit)
{
	expect("junit", 0, 0,
	    XML_HEAD "<testsuites>\n"
		     "<testsuite name=\"rolloutlint\" tests=\"1\" "
		     "failures=\"0\" errors=\"0\" skipped=\"0\" time=\"0\">\n"
		     "<testcase classname=\"rolloutlint\" "
		     "name=\"no findings\" time=\"0\"/>\n"
		     "</testsuite>\n</testsuites>\n");
	expect("junit", 2, 1,
	    XML_HEAD
	    "<testsuites>\n"
	    "<testsuite name=\"rolloutlint\" tests=\"3\" failures=\"2\" "
	    "errors=\"1\" skipped=\"0\" time=\"0\">\n"
	    "<testcase classname=\"rolloutlint\" name=\"run\" time=\"0\">\n"
	    "<error message=\"cannot read &apos;x&apos;\" "
	    "type=\"trouble\"></error>\n"
	    "</testcase>\n"
	    "<testcase classname=\"no-probe\" name=\"Deployment "
	    "&apos;shop/web&apos; spec.x\" time=\"0\">\n"
	    "<failure message=\"container &apos;x&apos; has no probe\" "
	    "type=\"error\">./a b,c:d.yaml:3:6: error: container "
	    "&apos;x&apos; has no probe [-Wno-probe]\n"
	    "note: asked here (c.json:7:9)\n"
	    "note: no place</failure>\n"
	    "</testcase>\n"
	    "<testcase classname=\"no-probe\" name=\"Deployment "
	    "&apos;shop/web&apos; spec.x #2\" time=\"0\">\n"
	    "<failure message=\"container &apos;y&apos; has no probe\" "
	    "type=\"error\">./a b,c:d.yaml:4:1: error: container "
	    "&apos;y&apos; has no probe [-Werror=no-probe]</failure>\n"
	    "</testcase>\n"
	    "</testsuite>\n</testsuites>\n");
}

/* What the exit status does not count is skipped, and still said. */
Test(sink_formats, junit_failures_follow_the_exit_status)
{
	struct report report = test_report(4, 0);
	char *text;

	expect_line("junit", 4, 0,
	    "<testsuite name=\"rolloutlint\" tests=\"4\" failures=\"2\" "
	    "errors=\"0\" skipped=\"2\" time=\"0\">");
	expect_line("junit", 4, 0,
	    "<skipped message=\"nowhere\">rolloutlint: note: nowhere "
	    "[-Wno-probe]</skipped>");
	expect_line("junit", 4, 0,
	    "<skipped message=\"" HOSTILE_XML
	    "\">&lt;stdin&gt;:1:1: warning: " HOSTILE_XML " [-Wno-probe]\n"
	    "note: " HOSTILE_XML "</skipped>");
	report.fail_on = SEVERITY_NOTE;
	text = test_print("junit", &report);
	cr_assert_not_null(strstr(text, " failures=\"4\" "));
	cr_assert_not_null(
	    strstr(text, "<failure message=\"nowhere\" type=\"note\">"));
	cr_assert_null(strstr(text, "<skipped"));
	free(text);
}

Test(sink_formats, tap)
{
	expect("tap", 0, 0, "TAP version 14\n1..1\nok 1 - no findings\n");
	expect("tap", 1, 1,
	    "TAP version 14\n1..2\n"
	    "not ok 1 - Deployment 'shop/web' spec.x: container 'x' has no "
	    "probe\n"
	    "  ---\n"
	    "  message: \"container 'x' has no probe\"\n"
	    "  severity: \"error\"\n"
	    "  rule: \"no-probe\"\n"
	    "  at: {file: \"./a b,c:d.yaml\", line: 3, column: 6}\n"
	    "  notes:\n"
	    "    - message: \"asked here\"\n"
	    "      at: {file: \"c.json\", line: 7, column: 9}\n"
	    "    - message: \"no place\"\n"
	    "  ...\n"
	    "not ok 2 - cannot read 'x'\n"
	    "Bail out! cannot read 'x'\n");
}

/* No value begins a directive, ends a line or the YAML. */
Test(sink_formats, tap_escapes)
{
	expect_line("tap", 4, 0,
	    "not ok 4 - rolloutlint: nowhere # TODO note\n"
	    "  ---\n"
	    "  message: \"nowhere\"\n"
	    "  severity: \"note\"\n"
	    "  rule: \"no-probe\"\n"
	    "  ...");
	expect_line("tap", 0, 2, "not ok 2 - " HOSTILE_TAP);
	expect_line("tap", 3, 0,
	    "  message: \"\\\"'<&>]]>% #\\\\#[error]<U+000D><U+000A>::error::x"
	    "<U+0001><U+001B>[0m<U+202E>\xF0\x9F\x98\x80\xEF\xBF\xBE"
	    "<ff>#\\\\\"");
}

/* Errors first, whatever the order of the input: the runner drops the rest. */
Test(sink_formats, github)
{
	expect("github", 0, 0, "");
	expect("github", 4, 2,
	    "::error title=rolloutlint::cannot read 'x'\n"
	    "::error title=rolloutlint::" HOSTILE_COMMAND "\n"
	    "::error file=a b%2Cc%3Ad.yaml,line=3,endLine=3,col=6,endColumn=6,"
	    "title=RL1001 NoProbe::container 'x' has no probe [-Wno-probe]"
	    "%0Anote: asked here (c.json:7:9)%0Anote: no place\n"
	    "::error file=a b%2Cc%3Ad.yaml,line=4,endLine=6,"
	    "title=RL1001 NoProbe::container 'y' has no probe "
	    "[-Werror=no-probe]\n"
	    "::warning title=RL1001 NoProbe::<stdin>:1:1: " HOSTILE_COMMAND
	    " [-Wno-probe]%0Anote: " HOSTILE_COMMAND "\n"
	    "::notice title=RL1001 NoProbe::nowhere [-Wno-probe]\n");
}

Test(sink_formats, github_puts_errors_first)
{
	struct finding findings[] = {test_findings[3], test_findings[0]};
	struct report report = test_report(2, 0);
	char *text;

	report.findings = findings;
	text = test_print("github", &report);
	cr_assert_eq(strncmp(text, "::error ", 8), 0);
	cr_assert_not_null(strstr(text, "\n::notice "));
	free(text);
}

Test(sink_formats, gitlab)
{
	struct json_object *issues = parse("gitlab", 4, 2);

	expect("gitlab", 0, 0, "[]\n");
	cr_assert_eq(json_object_array_length(issues), 6);
	cr_assert_str_eq(at(issues, "/0/severity"), "blocker");
	cr_assert_str_eq(at(issues, "/0/description"), "cannot read 'x'");
	cr_assert_str_eq(at(issues, "/0/location/lines/begin"), "1");
	cr_assert_str_eq(at(issues, "/1/description"), HOSTILE_PLAIN);
	cr_assert_str_eq(at(issues, "/2/check_name"), "no-probe");
	cr_assert_str_eq(at(issues, "/2/severity"), "critical");
	cr_assert_str_eq(at(issues, "/2/description"),
	    "container 'x' has no probe; note: asked here (c.json:7:9); "
	    "note: no place");
	cr_assert_str_eq(at(issues, "/2/location/path"), "a b,c:d.yaml");
	cr_assert_str_eq(at(issues, "/2/location/lines/begin"), "3");
	cr_assert_str_eq(at(issues, "/4/severity"), "minor");
	cr_assert_str_eq(at(issues, "/4/location/path"), "stdin");
	cr_assert_str_eq(at(issues, "/5/severity"), "info");
	cr_assert_str_eq(at(issues, "/5/location/path"), "a b,c:d.yaml");
}

/* One issue for each fingerprint is shown: they differ, stay when lines move,
 * and tell files apart. */
Test(sink_formats, gitlab_fingerprints)
{
	struct json_object *issues = parse("gitlab", 2, 0);
	const char *first = at(issues, "/0/fingerprint");
	struct finding moved = test_findings[0];
	struct buf buf = {0};

	buf_printf(&buf, "%s:2", first);
	cr_assert_str_eq(at(issues, "/1/fingerprint"), buf_text(&buf));
	buf_clear(&buf);
	moved.place.span.line = 90;
	fingerprint_add_of_file(&buf, &moved);
	cr_assert_str_eq(buf_text(&buf), first);
	buf_clear(&buf);
	moved.place.origin = &test_stdin;
	fingerprint_add_of_file(&buf, &moved);
	cr_assert_str_neq(buf_text(&buf), first);
	buf_release(&buf);
}

/* Columns are bytes: the e with its accent is one column but two of them. */
Test(sink_formats, rdjson)
{
	struct json_object *result = parse("rdjson", 4, 2);

	cr_assert_str_eq(at(result, "/source/name"), "rolloutlint");
	cr_assert_str_eq(at(result, "/diagnostics/0/severity"), "ERROR");
	cr_assert_str_eq(at(result, "/diagnostics/1/message"), HOSTILE_PLAIN);
	result = parse("rdjson", 4, 0);
	cr_assert_str_eq(
	    at(result, "/diagnostics/0/location/path"), "a b,c:d.yaml");
	cr_assert_str_eq(at(result, "/diagnostics/0/location/range/start"),
	    "{ \"line\": 3, \"column\": 7 }");
	cr_assert_str_eq(at(result, "/diagnostics/0/location/range/end"),
	    "{ \"line\": 3, \"column\": 8 }");
	cr_assert_str_eq(at(result, "/diagnostics/0/code/value"), "no-probe");
	cr_assert_str_eq(
	    at(result, "/diagnostics/0/relatedLocations/0/location"),
	    "{ \"path\": \"c.json\", \"range\": { \"start\": { \"line\": 7, "
	    "\"column\": 9 }, \"end\": { \"line\": 7, \"column\": 12 } } }");
	/* Without the line its bytes are not known: whole lines. */
	cr_assert_str_eq(at(result, "/diagnostics/1/location/range"),
	    "{ \"start\": { \"line\": 4 }, \"end\": { \"line\": 6 } }");
	cr_assert_str_eq(at(result, "/diagnostics/2/severity"), "WARNING");
	cr_assert_str_eq(at(result, "/diagnostics/3/severity"), "INFO");
}

/* What scripts rely on: these names do not change within a version. */
Test(sink_formats, json)
{
	struct json_object *report = parse("json", 4, 0);

	cr_assert_str_eq(at(report, "/format"), "rolloutlint");
	cr_assert_str_eq(at(report, "/format_version"), "1");
	cr_assert_str_eq(at(report, "/program_version"), "1.2.3");
	cr_assert_str_eq(at(report, "/exit_status"), "1");
	cr_assert_str_eq(at(report, "/complete"), "true");
	cr_assert_str_eq(at(report, "/counts"),
	    "{ \"error\": 2, \"warning\": 1, \"note\": 1 }");
	cr_assert_str_eq(at(report, "/files/1"),
	    "{ \"name\": \"<stdin>\", \"role\": \"manifest\", \"stdin\": true "
	    "}");
	cr_assert_str_eq(at(report, "/files/2/role"), "contract");
	cr_assert_str_eq(at(report, "/troubles"), "[ ]");
	cr_assert_str_eq(at(report, "/findings/0/rule"), "no-probe");
	cr_assert_str_eq(at(report, "/findings/0/code"), "RL1001");
	cr_assert_str_eq(at(report, "/findings/0/group"), "probes");
	cr_assert_str_eq(at(report, "/findings/0/severity"), "error");
	cr_assert_str_eq(at(report, "/findings/0/promoted"), "false");
	cr_assert_str_eq(at(report, "/findings/1/promoted"), "true");
	cr_assert_str_eq(
	    at(report, "/findings/0/message"), "container 'x' has no probe");
	cr_assert_str_eq(at(report, "/findings/0/location"),
	    "{ \"file\": \".\\/a b,c:d.yaml\", \"line\": 3, \"column\": 6, "
	    "\"end_line\": 3, \"end_column\": 7 }");
	cr_assert_str_eq(at(report, "/findings/0/object/kind"), "Deployment");
	cr_assert_str_eq(at(report, "/findings/0/path"), "spec.x");
	cr_assert_str_eq(at(report, "/findings/0/fingerprints"),
	    "{ \"line\": \"a7f2ff13bc495cf2:6\", \"object\": "
	    "\"a588703a3155cfd7\" }");
	cr_assert_str_eq(
	    at(report, "/findings/0/notes/0/location/file"), "c.json");
	cr_assert_str_eq(at(report, "/findings/0/notes/1/location"), "null");
	cr_assert_str_eq(at(report, "/findings/3/location"), "null");
	cr_assert_str_eq(at(report, "/findings/3/object"), "null");
	cr_assert_str_eq(at(report, "/findings/3/path"), "null");
	cr_assert(has(report, "/findings/3/excerpt"));
}

/* The verdicts on the clauses of the contract, when there is one. */
Test(sink_formats, json_verdict)
{
	static const struct verdict items[] = {
	    {
		.clause = "requiredToggles",
		.value = "hpa.enabled=true",
		.asked = {&test_contract, {7, 9, 7, 12}},
		.status = VERDICT_VIOLATED,
		.rule = "no-probe",
		.place = {&test_file, {3, 6, 3, 7}},
		.nothers = 2,
		.remark = "",
	    },
	    {
		.clause = "cachePrewarm",
		.value = "",
		.status = VERDICT_UNCHECKED,
		.rule = "",
		.remark = HOSTILE,
	    },
	};
	static const struct verdicts verdicts = {
	    items, COUNT_OF(items), "prod", "prod: BLOCKED", false};
	struct report report = test_report(1, 0);
	struct json_object *json = parse("json", 1, 0);
	char *text;

	cr_assert_str_eq(at(json, "/verdict"), "null");
	report.verdicts = &verdicts;
	report.nverdicts = 1;
	text = test_print("json", &report);
	json = test_parse(text);
	free(text);
	cr_assert_str_eq(at(json, "/verdict/profile"), "prod");
	cr_assert_str_eq(at(json, "/verdict/allowed"), "false");
	cr_assert_str_eq(at(json, "/verdict/sentence"), "prod: BLOCKED");
	cr_assert_str_eq(
	    at(json, "/verdict/clauses/0/value"), "hpa.enabled=true");
	cr_assert_str_eq(at(json, "/verdict/clauses/0/status"), "violated");
	cr_assert_str_eq(at(json, "/verdict/clauses/0/asked/line"), "7");
	cr_assert_str_eq(at(json, "/verdict/clauses/0/rule"), "no-probe");
	cr_assert_str_eq(at(json, "/verdict/clauses/0/location/line"), "3");
	cr_assert_str_eq(at(json, "/verdict/clauses/0/others"), "2");
	cr_assert_str_eq(at(json, "/verdict/clauses/1/status"), "not checked");
	cr_assert_not(has(json, "/verdict/clauses/1/rule"));
	cr_assert_not(has(json, "/verdict/clauses/1/asked"));
}

/* Both ways between two releases, when there are two. */
Test(sink_formats, json_passages)
{
	static const struct passages passages = {
	    .forward = {PASSAGE_BY_ONE, "spec.replicas of Deployment 'web'"},
	    .back = {PASSAGE_FREE, ""},
	};
	struct report report = test_report(0, 0);
	struct json_object *json = parse("json", 0, 0);
	char *text;

	cr_assert_str_eq(at(json, "/upgrade"), "null");
	cr_assert_str_eq(at(json, "/rollback"), "null");
	report.passages = &passages;
	text = test_print("json", &report);
	json = test_parse(text);
	free(text);
	cr_assert_str_eq(at(json, "/upgrade/verdict"), "refused by Helm 4");
	cr_assert_str_eq(at(json, "/upgrade/because"),
	    "spec.replicas of Deployment 'web'");
	cr_assert_str_eq(at(json, "/rollback/verdict"), "accepted");
	cr_assert_str_eq(at(json, "/rollback/because"), "null");
}

/* What is held back is shown on request, and fails nothing. */
Test(sink_formats, suppressed_findings)
{
	static const struct suppression suppression = {
	    .form = SUPPRESS_LINE,
	    .reason = HOSTILE,
	    .place = {&test_file, {2, 1, 2, 4}},
	};
	struct finding finding = test_findings[0];
	struct report report = test_report(0, 0);
	struct json_object *json;
	char *text;

	finding.suppression = &suppression;
	report.suppressed = &finding;
	report.nsuppressed = 1;
	text = test_print("json", &report);
	json = test_parse(text);
	cr_assert_str_eq(at(json, "/findings"), "[ ]");
	cr_assert_str_eq(at(json, "/suppressed/0/rule"), "no-probe");
	cr_assert_str_eq(at(json, "/suppressed/0/suppression/form"), "comment");
	cr_assert_str_eq(
	    at(json, "/suppressed/0/suppression/location/line"), "2");
	free(text);
	text = test_print("tap", &report);
	cr_assert_str_eq(text,
	    "TAP version 14\n1..1\nok 1 - Deployment 'shop/web' spec.x: "
	    "container 'x' has no probe # SKIP " HOSTILE_TAP "\n");
	free(text);
	text = test_print("junit", &report);
	cr_assert_not_null(strstr(text, " tests=\"1\" failures=\"0\" "
					"errors=\"0\" skipped=\"1\" "));
	cr_assert_not_null(
	    strstr(text, "<skipped message=\"suppressed: " HOSTILE_XML "\">"));
	free(text);
}

/* Scripts cannot read the summary. */
Test(sink_formats, json_counts_what_a_baseline_knows)
{
	struct report report = test_report(1, 0);
	struct json_object *json;
	char *text;

	cr_assert_str_eq(at(parse("json", 1, 0), "/baseline"), "null");
	report.is_compared = true;
	report.nknown = 7;
	report.ngone = 2;
	text = test_print("json", &report);
	json = test_parse(text);
	free(text);
	cr_assert_str_eq(at(json, "/baseline/known"), "7");
	cr_assert_str_eq(at(json, "/baseline/gone"), "2");
	cr_assert_str_eq(at(json, "/counts/error"), "1");
}

/* Texts come back as they were, a bad byte aside. */
Test(sink_formats, json_keeps_texts)
{
	struct json_object *report = parse("json", 3, 2);
	struct buf wanted = {0};

	buf_add_utf8(&wanted, SLICE(HOSTILE));
	cr_assert_str_eq(at(report, "/complete"), "false");
	cr_assert_str_eq(at(report, "/exit_status"), "2");
	cr_assert_str_eq(at(report, "/troubles/1/message"), buf_text(&wanted));
	cr_assert_str_eq(at(report, "/findings/2/message"), buf_text(&wanted));
	cr_assert_str_eq(
	    at(report, "/findings/2/object/name"), buf_text(&wanted));
	buf_release(&wanted);
}

/* One edit is a suggestion, in bytes as the fix has them; half of two edits
 * would be none. */
Test(sink_formats, rdjson_suggests_a_single_edit)
{
	static const struct fix fixes[] = {
	    {.kind = FIX_EXACT,
		.place = {&test_file, {3, 6, 3, 7}},
		.text = "\xC3\xA9\n",
		.byte_col = 7,
		.end_byte_col = 9},
	    {.kind = FIX_EXACT,
		.place = {&test_file, {4, 1, 4, 1}},
		.text = "x",
		.byte_col = 1,
		.end_byte_col = 1},
	};
	struct finding findings[] = {test_findings[0], test_findings[1]};
	struct report report = test_report(0, 0);
	struct json_object *result;
	char *text;

	findings[0].fixes = findings[1].fixes = fixes;
	findings[0].nfixes = 1;
	findings[1].nfixes = 2;
	report.findings = findings;
	report.nfindings = COUNT_OF(findings);
	text = test_print("rdjson", &report);
	result = test_parse(text);
	free(text);
	cr_assert_str_eq(at(result, "/diagnostics/0/suggestions"),
	    "[ { \"range\": { \"start\": { \"line\": 3, \"column\": 7 }, "
	    "\"end\": { \"line\": 3, \"column\": 9 } }, \"text\": "
	    "\"\xC3\xA9\\n\" } ]");
	cr_assert_null(strstr(at(result, "/diagnostics/1"), "suggestions"));
}

/* reviewdog reads a name from the working directory on. */
Test(sink_formats, rdjson_keeps_names_outside_of_the_working_directory)
{
	static const char *const names[] = {
	    "../a.yaml", "./../a.yaml", "b/../../a.yaml", "/repository/a.yaml"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct origin origin = {.name = names[i], .relative = "a.yaml"};
		struct finding finding = test_findings[0];
		struct report report = test_report(1, 0);
		struct json_object *result;
		char *text;

		finding.place.origin = &origin;
		report.findings = &finding;
		text = test_print("rdjson", &report);
		result = test_parse(text);
		free(text);
		cr_assert_str_eq(
		    at(result, "/diagnostics/0/location/path"), names[i]);
	}
}

Test(sink_formats, paths_are_not_encoded)
{
	struct origin origin = {.name = "././a b%.yaml"};

	cr_assert(slice_is(uri_path(&origin), "a b%.yaml"));
	origin.relative = "x/y.yaml";
	cr_assert(slice_is(uri_path(&origin), "x/y.yaml"));
	cr_assert(slice_is(uri_path(&test_stdin), "stdin"));
	cr_assert(uri_is_nameless(&test_stdin));
	cr_assert_not(uri_is_nameless(&test_file));
}

Test(sink_formats, unique_keys)
{
	static const char *const keys[] = {"a", "b", "a", "a"};
	static const char *const wanted[] = {"a", "b", "a:2", "a:3"};
	struct unique unique = {0};

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		struct buf buf = {0};

		buf_add_text(&buf, keys[i]);
		unique_number(&unique, &buf, ":");
		cr_assert_str_eq(buf_text(&buf), wanted[i]);
		buf_release(&buf);
	}
	unique_release(&unique);
}
