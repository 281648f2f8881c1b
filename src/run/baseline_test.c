/* What is read from a log, and what is refused. */
#include "run/baseline.h"

#include "run/baseline_write.h"

#include "sink/test_report.h"

#include <criterion/criterion.h>

#define OURS "\"tool\":{\"driver\":{\"name\":\"rolloutlint\"}}"
#define LOG(runs) "{\"version\":\"2.1.0\",\"runs\":[" runs "]}"
#define RUN(results) "{" OURS ",\"results\":[" results "]}"
#define RESULT                                       \
	"{\"ruleId\":\"RL1\",\"level\":\"warning\"," \
	"\"partialFingerprints\":{\"primaryLocationLineHash\":\"aa:1\"}"

/* "CODE OBJECT LINE LEVEL; ..." */
static void expect(const char *text, const char *expected)
{
	struct baseline baseline = {0};
	struct fault fault = {0};
	struct buf got = {0};
	int result =
	    baseline_parse(&baseline, "b.sarif", slice_of(text), &fault);

	cr_assert_eq(result, 0, "%s", fault_text(&fault));
	for (size_t i = 0; i < baseline.n; i++) {
		const struct baseline_item *item = &baseline.items[i];

		buf_printf(&got, "%s%s %s %s %s", i ? "; " : "", item->code,
		    item->object ? item->object : "-",
		    item->line ? item->line : "-",
		    severity_name(item->severity));
	}
	cr_assert_str_eq(buf_text(&got), expected, "%s", buf_text(&got));
	buf_release(&got);
	fault_release(&fault);
	baseline_release(&baseline);
}

/* The beginning of the sentence. */
static void refuse(struct slice text, const char *expected)
{
	struct baseline baseline = {0};
	struct fault fault = {0};

	cr_assert_eq(baseline_parse(&baseline, "b.sarif", text, &fault), -1);
	cr_assert(
	    slice_starts(slice_of(fault_text(&fault)), slice_of(expected)),
	    "%s", fault_text(&fault));
	fault_release(&fault);
	baseline_release(&baseline);
}

Test(sink_baseline, what_sarif_writes_is_read)
{
	struct report report = test_report(4, 0);
	char *text = test_print("sarif", &report);
	struct baseline baseline = {0};
	struct fault fault = {0};

	cr_assert_eq(
	    baseline_parse(&baseline, "b.sarif", slice_of(text), &fault), 0);
	cr_assert_eq(baseline.n, 4);
	cr_assert_str_eq(baseline.items[0].code, test_kind.code);
	cr_assert_str_eq(baseline.items[0].line, "a7f2ff13bc495cf2:6");
	cr_assert_eq(strlen(baseline.items[0].object), 16);
	cr_assert_eq(baseline.items[0].severity, SEVERITY_ERROR);
	cr_assert_null(baseline.items[1].line);
	cr_assert_str_eq(baseline.items[0].object, baseline.items[1].object);
	cr_assert_eq(baseline.items[3].severity, SEVERITY_NOTE);
	baseline_release(&baseline);
	fault_release(&fault);
	free(text);
}

/* What baseline_write() makes of the report; caller frees. */
static char *write_text(const struct report *report)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	cr_assert_not_null(out);
	baseline_write(out, report);
	fclose(out);
	return text;
}

/* The same items as SARIF has, in a small part of its size. */
Test(sink_baseline, what_is_written_is_read)
{
	struct report report = test_report(4, 0);
	char *text = write_text(&report), *sarif = test_print("sarif", &report);
	struct baseline baseline = {0}, other = {0};
	struct fault fault = {0};

	cr_assert_eq(
	    baseline_parse(&baseline, "b.sarif", slice_of(text), &fault), 0);
	cr_assert_eq(
	    baseline_parse(&other, "b.sarif", slice_of(sarif), &fault), 0);
	cr_assert_eq(baseline.n, 4);
	cr_assert_eq(other.n, 4);
	for (size_t i = 0; i < 4; i++) {
		cr_assert_str_eq(baseline.items[i].code, other.items[i].code);
		cr_assert_str_eq(
		    baseline.items[i].object, other.items[i].object);
		cr_assert_eq(
		    baseline.items[i].severity, other.items[i].severity);
	}
	cr_assert_lt(strlen(text), 4096);
	cr_assert_null(strstr(text, "\"rules\""));
	baseline_release(&baseline);
	baseline_release(&other);
	free(text);
	free(sarif);
}

/* A baseline knows more than a service would take. */
Test(sink_baseline, nothing_is_left_out_of_one)
{
	enum { MANY = 25001 };
	struct finding *findings = xcalloc(MANY, sizeof(*findings));
	struct report report = test_report(0, 0);
	struct baseline baseline = {0};
	struct fault fault = {0};
	char *text;

	for (size_t i = 0; i < MANY; i++)
		findings[i] = test_findings[3];
	report.findings = findings;
	report.nfindings = MANY;
	text = write_text(&report);
	cr_assert_eq(
	    baseline_parse(&baseline, "b.sarif", slice_of(text), &fault), 0);
	cr_assert_eq(baseline.n, MANY);
	baseline_release(&baseline);
	free(text);
	free(findings);
}

Test(sink_baseline, all_runs_of_ours_and_no_others)
{
	expect(LOG(RUN("")), "");
	expect(LOG(RUN(RESULT "}") ",{\"tool\":{\"driver\":{\"name\":\"x\"}},"
				   "\"results\":7}," RUN(RESULT "}")),
	    "RL1 - aa:1 warning; RL1 - aa:1 warning");
}

Test(sink_baseline, what_was_closed_is_not_known)
{
	expect(LOG(RUN(RESULT ",\"suppressions\":[{\"kind\":\"inSource\"}]}")),
	    "");
	expect(LOG(RUN(RESULT ",\"baselineState\":\"absent\"}")), "");
	expect(
	    LOG(RUN(RESULT ",\"suppressions\":[],\"baselineState\":\"new\"}")),
	    "RL1 - aa:1 warning");
}

Test(sink_baseline, what_is_no_json_is_refused_at_its_place)
{
	refuse(
	    SLICE(""), "b.sarif:1:1: error: the baseline is not JSON: it ends");
	refuse(SLICE("{\"version\":\n  \"2.1"),
	    "b.sarif:2:7: error: the baseline is not JSON: a string is not");
	refuse(SLICE("{\n  nonsense"),
	    "b.sarif:2:3: error: the baseline is not JSON");
	refuse(SLICE("{}\n{}"), "b.sarif:2:1: error: the baseline is not JSON");
	refuse(SLICE("{}\0"), "b.sarif:1:3: error: the baseline is not JSON");
	refuse(SLICE("{\"\xFF\":1}"),
	    "b.sarif:1:3: error: the baseline is not JSON");
}

/* Nesting costs a hostile file no stack of ours. */
Test(sink_baseline, what_is_too_deep_is_refused)
{
	enum { DEEP = 100000 };
	char *text = xmalloc(DEEP);

	memset(text, '[', DEEP);
	refuse((struct slice){text, DEEP}, "b.sarif:1:");
	free(text);
}

Test(sink_baseline, what_is_no_log_of_ours_is_refused)
{
	static const char *const logs[] = {"null\n", "7\n", "[]", "{}",
	    "{\"version\":\"2.1.0\"}", "{\"version\":\"2.1.0\",\"runs\":{}}",
	    "{\"version\":\"2.0.0\",\"runs\":[]}",
	    "{\"version\":2.1,\"runs\":[]}"};

	for (size_t i = 0; i < COUNT_OF(logs); i++)
		refuse(slice_of(logs[i]), "b.sarif:1:1: error: the baseline is "
					  "not a SARIF 2.1.0 log");
	refuse(SLICE(LOG("")),
	    "b.sarif:1:1: error: the baseline holds no run of this");
	refuse(SLICE(LOG("null,{\"tool\":[]}")),
	    "b.sarif:1:1: error: the baseline holds no run of this");
	refuse(SLICE(LOG("{\"tool\":{\"driver\":{\"name\":\"Trivy\"}}}")),
	    "b.sarif:1:1: error: the baseline holds findings of 'Trivy' and "
	    "none of this");
	refuse(SLICE(LOG("{" OURS "}")),
	    "b.sarif:1:1: error: runs[0] of the baseline has no results");
}

Test(sink_baseline, results_that_cannot_be_recognised_are_refused)
{
	refuse(
	    SLICE(LOG(RUN("null"))), "b.sarif:1:1: error: runs[0].results[0] "
				     "of the baseline has no ruleId");
	refuse(SLICE(LOG(RUN(RESULT "}," RESULT ",\"ruleId\":7}"))),
	    "b.sarif:1:1: error: runs[0].results[1] of the baseline has no "
	    "ruleId");
	refuse(SLICE(LOG(RUN(RESULT ",\"partialFingerprints\":[]}"))),
	    "b.sarif:1:1: error: runs[0].results[0] of the baseline has no "
	    "fingerprint");
	refuse(SLICE(LOG(RUN(RESULT ",\"level\":\"fatal\"}"))),
	    "b.sarif:1:1: error: runs[0].results[0] of the baseline has no "
	    "level");
}
