/*
 * JUnit XML: one suite, a test case for each finding.  What makes the exit
 * status 1 is a failure; other findings are skipped tests, which CI systems
 * show without failing; trouble is an error.  No times, so that equal input
 * gives equal bytes.  No more elements and attributes than the schema of
 * Jenkins' xUnit plugin (junit-10.xsd) has, which refuses a whole file for one:
 * a place is told in the text.
 */
#include "diag/suppression.h"
#include "report/phrase.h"
#include "report/plain.h"
#include "report/unique.h"
#include "report/xml.h"
#include "sink/sink.h"

#include <string.h>

struct suite {
	const struct report *report;
	struct buf out;
	struct unique names; /* a case is known by its class and name */
};

static bool fails(const struct suite *suite, const struct finding *finding)
{
	return !finding->suppression &&
	       finding->severity >= suite->report->fail_on;
}

/* '<testcase classname="..." name="..."', the text taken out of name. */
static void begin_case(struct suite *suite, const char *class, struct buf *name)
{
	struct buf text = {0};

	plain_add(&text, slice_of(class));
	buf_add_text(&suite->out, "<testcase");
	xml_add_attribute(&suite->out, "classname", &text);
	xml_add_attribute(&suite->out, "name", name);
	xml_add_word(&suite->out, "time", "0");
	buf_release(&text);
}

/* '<failure message="..." type="...">'; text is taken out of its buffer. */
static void begin_result(struct suite *suite, const char *element,
    const char *type, struct buf *text)
{
	buf_printf(&suite->out, "<%s", element);
	xml_add_attribute(&suite->out, "message", text);
	if (type)
		xml_add_word(&suite->out, "type", type);
	buf_add_char(&suite->out, '>');
}

/* "FILE:LINE:COL: error: MESSAGE [-Wid]" and its notes, a line each. */
static void add_details(struct suite *suite, const struct finding *finding)
{
	struct buf text = {0};

	phrase_add_place(&text, finding->place);
	buf_printf(&text, ": %s: ", severity_name(finding->severity));
	phrase_add_message(&text, finding);
	phrase_add_notes(&text, finding, "\n");
	xml_add(&suite->out, buf_slice(&text));
	buf_release(&text);
}

/* The rule's id stands before the title, so that rules do not share numbers. */
static void add_name(
    const struct finding *finding, struct unique *names, struct buf *ret_name)
{
	size_t len;

	buf_printf(ret_name, "%s ", finding->kind->id);
	len = ret_name->len;
	phrase_add_title(ret_name, finding);
	unique_number(names, ret_name, " #");
	ret_name->len -= len;
	memmove(ret_name->ptr, ret_name->ptr + len, ret_name->len);
}

/* What services group failures by. */
static const char *type_of(const struct finding *finding)
{
	return finding->kind->title ? finding->kind->title
				    : severity_name(finding->severity);
}

/* The text of what is held back is the reason. */
static void add_result(struct suite *suite, const struct finding *finding)
{
	const char *element = fails(suite, finding) ? "failure" : "skipped";
	const char *type = fails(suite, finding) ? type_of(finding) : NULL;
	struct buf text = {0};

	if (finding->suppression) {
		buf_add_text(&text, "suppressed: ");
		plain_add(&text, slice_of(finding->suppression->reason));
	} else {
		phrase_add_text(&text, finding);
	}
	begin_result(suite, element, type, &text);
	add_details(suite, finding);
	buf_printf(&suite->out, "</%s>\n", element);
	buf_release(&text);
}

static void add_finding(struct suite *suite, const struct finding *finding)
{
	struct buf text = {0};

	add_name(finding, &suite->names, &text);
	begin_case(suite, finding->kind->id, &text);
	buf_add_text(&suite->out, ">\n");
	add_result(suite, finding);
	buf_add_text(&suite->out, "</testcase>\n");
	buf_release(&text);
}

static void add_trouble(struct suite *suite, const struct trouble *trouble)
{
	struct buf text = {0};

	buf_add_text(&text, "run");
	unique_number(&suite->names, &text, " #");
	begin_case(suite, "rolloutlint", &text);
	buf_add_text(&suite->out, ">\n");
	plain_add(&text, slice_of(trouble->text));
	begin_result(suite, "error", "trouble", &text);
	buf_add_text(&suite->out, "</error>\n</testcase>\n");
	buf_release(&text);
}

/* A suite without any test counts as a mistake in some CI systems. */
static void add_clean(struct suite *suite)
{
	struct buf name = {0};

	buf_add_text(&name, "no findings");
	begin_case(suite, "rolloutlint", &name);
	buf_add_text(&suite->out, "/>\n");
	buf_release(&name);
}

static void begin_suite(struct suite *suite)
{
	const struct report *report = suite->report;
	size_t tests = report->nfindings + report->nsuppressed;
	size_t failures = 0, errors = report->ntroubles;

	for (size_t i = 0; i < report->nfindings; i++)
		failures += fails(suite, &report->findings[i]);
	buf_printf(&suite->out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
	    "<testsuite name=\"rolloutlint\" tests=\"%zu\" failures=\"%zu\" "
	    "errors=\"%zu\" skipped=\"%zu\" time=\"0\">\n",
	    tests + errors ? tests + errors : 1, failures, errors,
	    tests - failures);
}

void junit_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	struct suite suite = {.report = report};

	(void)options;
	begin_suite(&suite);
	for (size_t i = 0; i < report->ntroubles; i++)
		add_trouble(&suite, &report->troubles[i]);
	for (size_t i = 0; i < report->nfindings; i++)
		add_finding(&suite, &report->findings[i]);
	for (size_t i = 0; i < report->nsuppressed; i++)
		add_finding(&suite, &report->suppressed[i]);
	if (!report->ntroubles && !report->nfindings && !report->nsuppressed)
		add_clean(&suite);
	buf_add_text(&suite.out, "</testsuite>\n</testsuites>\n");
	fwrite(suite.out.ptr, 1, suite.out.len, out);
	buf_release(&suite.out);
	unique_release(&suite.names);
}
