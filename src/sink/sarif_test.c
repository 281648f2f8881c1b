/* SARIF, read back by a strict reader. */
#include "sink/sink.h"
#include "sink/test_json.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct diag_kind probe = {
    .id = "no-probe",
    .code = "RL1001",
    .name = "NoProbe",
    .group = "probes",
    .invariant = "readiness must reflect serving ability.",
    .message = "container '{name}' has no probe",
    .why = "First paragraph.\n\nSecond.",
    .fix = "Add one.",
    .bad = "a: ```\n",
    .severity = SEVERITY_ERROR,
};
static const struct diag_kind silent = {
    .id = "quiet",
    .code = "RL1002",
    .name = "Quiet",
    .group = "probes",
    .invariant = "quiet things must be quiet.",
    .message = "{problem}",
    .why = "Why.",
    .fix = "Fix.",
    .severity = SEVERITY_OFF,
};
static const struct diag_kind *const kinds[] = {&probe, &silent};

static const struct origin input = {.name = "<stdin>", .is_stdin = true};
static const struct origin chart = {.name = "./a b.yaml", .index = 1};
static const struct origin contract = {
    .name = "c.json", .role = ORIGIN_CONTRACT, .index = 2};
static const struct origin *const origins[] = {&input, &chart, &contract};

static const struct subject web = {
    .group = "apps",
    .version = "v1",
    .kind = "Deployment",
    .namespace = "shop",
    .name = "web",
    .source = "",
};

static const struct finding example = {
    .kind = &probe,
    .severity = SEVERITY_WARNING,
    .place = {&chart, {3, 5, 3, 8}},
    .args = "x",
    .nargs = 1,
    .subject = &web,
    .path = "spec.x",
    .quote = "    x\xC3\xA9y: 1",
};

static struct report report_of(const struct finding *findings, size_t n)
{
	return (struct report){
	    .version = "1.2.3",
	    .findings = findings,
	    .nfindings = n,
	    .kinds = kinds,
	    .nkinds = COUNT_OF(kinds),
	    .origins = origins,
	    .norigins = COUNT_OF(origins),
	    .exit_status = n ? 1 : 0,
	};
}

/* What is written for the report; caller frees. */
static char *print(const struct report *report)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	sink_find(SLICE("sarif"))
	    ->write(out, report, &(struct sink_options){0});
	fclose(out);
	cr_assert_eq(strlen(text), size);
	cr_assert_eq(text[size - 1], '\n');
	return text;
}

/* The same, parsed: the one run.  Lives as long as the test. */
static struct json_object *run_of(const struct report *report)
{
	char *text = print(report);
	struct json_object *log = test_parse(text), *runs;

	free(text);
	cr_assert(json_object_object_get_ex(log, "runs", &runs));
	cr_assert_eq(json_object_array_length(runs), 1);
	return json_object_array_get_idx(runs, 0);
}

TestSuite(sink_sarif, .fini = test_forget_json);

static struct json_object *run_with(const struct finding *finding)
{
	struct report report = report_of(finding, 1);

	return run_of(&report);
}

/* Follows keys, and indexes written as digits, down from json; ends by NULL
 * where there is none. */
static struct json_object *at(struct json_object *json, const char *path)
{
	char *copy = strdup(path), *rest = copy, *key;

	while (json && (key = strsep(&rest, "/"))) {
		if (json_object_is_type(json, json_type_array))
			json = json_object_array_get_idx(
			    json, strtoul(key, NULL, 10));
		else if (!json_object_object_get_ex(json, key, &json))
			json = NULL;
	}
	free(copy);
	return json;
}

static const char *text_at(struct json_object *json, const char *path)
{
	struct json_object *found = at(json, path);

	cr_assert_not_null(found, "%s", path);
	return json_object_get_string(found);
}

static int64_t number_at(struct json_object *json, const char *path)
{
	struct json_object *found = at(json, path);

	cr_assert(json_object_is_type(found, json_type_int), "%s", path);
	return json_object_get_int64(found);
}

static size_t length_at(struct json_object *json, const char *path)
{
	struct json_object *found = at(json, path);

	cr_assert(json_object_is_type(found, json_type_array), "%s", path);
	return json_object_array_length(found);
}

#define PLACE "results/0/locations/0/physicalLocation/"

Test(sink_sarif, no_findings)
{
	struct report report = report_of(NULL, 0);
	struct json_object *run = run_of(&report);

	cr_assert_eq(length_at(run, "results"), 0);
	cr_assert_eq(length_at(run, "tool/driver/rules"), 2);
	cr_assert_str_eq(text_at(run, "tool/driver/name"), "rolloutlint");
	cr_assert_str_eq(text_at(run, "tool/driver/version"), "1.2.3");
	cr_assert_str_eq(text_at(run, "columnKind"), "unicodeCodePoints");
	cr_assert_str_eq(
	    text_at(run, "invocations/0/executionSuccessful"), "true");
	cr_assert_eq(number_at(run, "invocations/0/exitCode"), 0);
	cr_assert_str_eq(text_at(run, "invocations/0/exitCodeDescription"),
	    "no finding of a level that fails the run");
	cr_assert_str_eq(text_at(run, "invocations/0/stdin/uri"), "stdin");
	cr_assert_null(at(run, "originalUriBaseIds/%SRCROOT%/uri"));
	cr_assert_null(at(run, "originalUriBaseIds/%FILESYSTEM%"));
	cr_assert_not_null(at(run, "originalUriBaseIds/%SRCROOT%"));
}

Test(sink_sarif, catalogue)
{
	struct report report = report_of(NULL, 0);
	struct json_object *run = run_of(&report);
	struct json_object *rule = at(run, "tool/driver/rules/0");

	cr_assert_str_eq(text_at(rule, "id"), "RL1001");
	cr_assert_str_eq(text_at(rule, "name"), "NoProbe");
	cr_assert_str_eq(text_at(rule, "shortDescription/text"),
	    "Container '...' has no probe.");
	cr_assert_str_eq(
	    text_at(rule, "fullDescription/text"), "First paragraph.");
	cr_assert_str_eq(text_at(rule, "messageStrings/default/text"),
	    "container '{0}' has no probe.");
	cr_assert_str_eq(text_at(rule, "defaultConfiguration/level"), "error");
	cr_assert_null(at(rule, "defaultConfiguration/enabled"));
	cr_assert_str_eq(text_at(rule, "properties/tags/0"), "probes");
	cr_assert_str_eq(text_at(rule, "properties/problem.severity"), "error");
	cr_assert_not_null(strstr(text_at(rule, "help/text"), "Add one."));
	cr_assert_not_null(
	    strstr(text_at(rule, "help/markdown"), "\n````yaml\na: ```\n````"));
	rule = at(run, "tool/driver/rules/1");
	cr_assert_str_eq(
	    text_at(rule, "defaultConfiguration/enabled"), "false");
	cr_assert_str_eq(text_at(rule, "shortDescription/text"),
	    "Quiet things must be quiet.");
}

Test(sink_sarif, long_descriptions_are_cut)
{
	char why[3001];
	struct diag_kind kind = probe;
	const struct diag_kind *only = &kind;
	struct report report = report_of(NULL, 0);
	const char *text;

	for (size_t i = 0; i + 1 < sizeof(why); i += 2)
		memcpy(why + i, "\xC3\xA9", 3);
	kind.why = why;
	report.kinds = &only;
	report.nkinds = 1;
	text = text_at(
	    run_of(&report), "tool/driver/rules/0/fullDescription/text");
	cr_assert(strlen(text) <= 1024);
	cr_assert_null(strstr(text, "\xEF\xBF\xBD"));
	cr_assert_str_eq(text + strlen(text) - 3, "...");
}

Test(sink_sarif, result)
{
	struct json_object *run = run_with(&example);

	cr_assert_str_eq(text_at(run, "results/0/ruleId"), "RL1001");
	cr_assert_eq(number_at(run, "results/0/ruleIndex"), 0);
	cr_assert_str_eq(text_at(run, "results/0/level"), "warning");
	cr_assert_str_eq(text_at(run, "results/0/message/text"),
	    "container 'x' has no probe.");
	cr_assert_str_eq(text_at(run, "results/0/message/id"), "default");
	cr_assert_str_eq(text_at(run, "results/0/message/arguments/0"), "x");
	cr_assert_str_eq(
	    text_at(run, PLACE "artifactLocation/uri"), "a%20b.yaml");
	cr_assert_eq(number_at(run, PLACE "artifactLocation/index"), 1);
	cr_assert_eq(number_at(run, PLACE "region/startLine"), 3);
	cr_assert_eq(number_at(run, PLACE "region/startColumn"), 5);
	cr_assert_eq(number_at(run, PLACE "region/endLine"), 3);
	cr_assert_eq(number_at(run, PLACE "region/endColumn"), 8);
	cr_assert_str_eq(
	    text_at(run, PLACE "region/snippet/text"), "x\xC3\xA9y");
	cr_assert_null(at(run, "results/0/relatedLocations"));
}

#define CHANGE "results/0/fixes/0/artifactChanges/0/"
#define SECOND CHANGE "replacements/1/"

/* In code points, and with an empty region where something is inserted. */
Test(sink_sarif, fixes)
{
	const struct fix fixes[] = {
	    {FIX_EXACT, {&chart, {2, 61, 2, 63}}, "x", NULL, 64, 66, {0}},
	    {FIX_EXACT, {&chart, {4, 1, 4, 1}}, "  a: 1\n", NULL, 1, 1, {0}},
	};
	struct finding finding = example;
	struct json_object *run;

	finding.fixes = fixes;
	finding.nfixes = 2;
	run = run_with(&finding);
	cr_assert_eq(length_at(run, "results/0/fixes"), 1);
	cr_assert_str_eq(text_at(run, "results/0/fixes/0/description/text"),
	    "Write 'x' instead. Insert 'a: 1'.");
	cr_assert_str_eq(
	    text_at(run, CHANGE "artifactLocation/uri"), "a%20b.yaml");
	cr_assert_eq(length_at(run, CHANGE "replacements"), 2);
	cr_assert_eq(
	    number_at(run, CHANGE "replacements/0/deletedRegion/endColumn"),
	    63);
	cr_assert_eq(number_at(run, SECOND "deletedRegion/startLine"), 4);
	cr_assert_eq(number_at(run, SECOND "deletedRegion/startColumn"), 1);
	cr_assert_eq(number_at(run, SECOND "deletedRegion/endLine"), 4);
	cr_assert_eq(number_at(run, SECOND "deletedRegion/endColumn"), 1);
	cr_assert_str_eq(
	    text_at(run, SECOND "insertedContent/text"), "  a: 1\n");
}

Test(sink_sarif, no_fixes_without_any)
{
	cr_assert_null(at(run_with(&example), "results/0/fixes"));
}

/* The fingerprint in a run of just that finding; caller frees. */
static char *fingerprint(const struct finding *finding)
{
	struct json_object *prints =
	    at(run_with(finding), "results/0/partialFingerprints");

	cr_assert(
	    json_object_object_get_ex(prints, "resourcePath/v1", &prints));
	return strdup(json_object_get_string(prints));
}

/* Computed apart from the program: FNV-1a of RL1001, apps, Deployment, shop,
 * web and spec.x, each with its NUL. */
Test(sink_sarif, fingerprint_stays_when_lines_move)
{
	struct finding finding = example;
	struct subject newer = web;
	char *first = fingerprint(&finding), *moved, *other;

	cr_assert_str_eq(first, "a588703a3155cfd7");
	newer.version = "v2";
	finding.subject = &newer;
	finding.place.span.line = finding.place.span.end_line = 90;
	moved = fingerprint(&finding);
	cr_assert_str_eq(moved, first);
	finding.path = "spec.y";
	other = fingerprint(&finding);
	cr_assert_str_neq(other, first);
	free(first);
	free(moved);
	free(other);
}

/* The hash of the line is GitHub's; without one its uploader fills it in. */
Test(sink_sarif, line_hash_is_handed_on)
{
	struct finding finding = example;
	struct json_object *run;

	run = run_with(&finding);
	cr_assert_null(
	    at(run, "results/0/partialFingerprints/primaryLocationLineHash"));
	finding.line_hash = "a7f2ff13bc495cf2:6";
	run = run_with(&finding);
	cr_assert_str_eq(
	    text_at(
		run, "results/0/partialFingerprints/primaryLocationLineHash"),
	    "a7f2ff13bc495cf2:6");
}

/* GitHub makes alerts of a rule with that tag security alerts. */
Test(sink_sarif, no_rule_is_about_security)
{
	struct diag_kind kind = probe;
	const struct diag_kind *only = &kind;
	struct report report = report_of(NULL, 0);
	struct json_object *rule;

	kind.group = "security";
	report.kinds = &only;
	report.nkinds = 1;
	rule = at(run_of(&report), "tool/driver/rules/0");
	cr_assert_eq(length_at(rule, "properties/tags"), 0);
	cr_assert_null(at(rule, "properties/security-severity"));
}

Test(sink_sarif, regions_are_made_valid)
{
	struct finding finding = example;
	struct json_object *run;

	finding.place.span = (struct span){3, 5, 9, 1}; /* first line only */
	run = run_with(&finding);
	cr_assert_eq(number_at(run, PLACE "region/endLine"), 3);
	cr_assert_eq(number_at(run, PLACE "region/endColumn"), 11);
	cr_assert_str_eq(
	    text_at(run, PLACE "region/snippet/text"), "x\xC3\xA9y: 1");
	finding.quote = NULL;
	run = run_with(&finding);
	cr_assert_eq(number_at(run, PLACE "region/endLine"), 9);
	cr_assert_null(at(run, PLACE "region/snippet"));
	finding.place.span = (struct span){3, 5, 3, 5}; /* empty */
	run = run_with(&finding);
	cr_assert_eq(number_at(run, PLACE "region/endColumn"), 6);
	finding.place = (struct place){0}; /* none at all */
	run = run_with(&finding);
	cr_assert_str_eq(text_at(run, PLACE "artifactLocation/uri"), "stdin");
	cr_assert_eq(number_at(run, PLACE "region/startLine"), 1);
	cr_assert_eq(number_at(run, PLACE "region/startColumn"), 1);
}

Test(sink_sarif, arguments_only_when_they_fit)
{
	struct finding finding = example;
	struct json_object *message;

	finding.text = "container 'x' has no probe"; /* found again in it */
	message = at(run_with(&finding), "results/0/message");
	cr_assert_str_eq(text_at(message, "arguments/0"), "x");
	finding.text = NULL;
	finding.nargs = 0;
	message = at(run_with(&finding), "results/0/message");
	cr_assert_null(at(message, "arguments"), "they fill another template");
	finding.text = "something else";
	message = at(run_with(&finding), "results/0/message");
	cr_assert_null(at(message, "id"));
	cr_assert_null(at(message, "arguments"));
	cr_assert_str_eq(text_at(message, "text"), "something else.");
}

/* The message of each case is in the catalogue, and the result names its own;
 * the title is what a list shows. */
Test(sink_sarif, cases_and_titles)
{
	static const char *const cases[] = {"{a} is {b}", "{a} waits"};
	static const char *const links[] = {"https://a.example/"};
	static const struct diag_kind kind = {
	    .id = "by-case",
	    .code = "RL1003",
	    .name = "ByCase",
	    .title = "thing that waits",
	    .group = "probes",
	    .invariant = "things must not wait.",
	    .message = "{a} {case}",
	    .cases = cases,
	    .ncases = COUNT_OF(cases),
	    .why = "Why.",
	    .fix = "Fix.",
	    .see = links,
	    .nsee = COUNT_OF(links),
	    .severity = SEVERITY_NOTE,
	};
	static const struct diag_kind *const all[] = {&kind};
	struct finding finding = example;
	struct report report = report_of(&finding, 1);
	struct json_object *run, *rule, *message;

	report.kinds = all;
	report.nkinds = 1;
	finding.kind = &kind;
	finding.args = "x";
	finding.which = 1;
	run = run_of(&report);
	rule = at(run, "tool/driver/rules/0");
	cr_assert_str_eq(
	    text_at(rule, "shortDescription/text"), "Thing that waits.");
	cr_assert_str_eq(
	    text_at(rule, "messageStrings/case1/text"), "{0} is {1}.");
	cr_assert_str_eq(
	    text_at(rule, "messageStrings/case2/text"), "{0} waits.");
	cr_assert_null(at(rule, "messageStrings/default"));
	cr_assert_not_null(
	    strstr(text_at(rule, "help/markdown"), "- <https://a.example/>"));
	message = at(run, "results/0/message");
	cr_assert_str_eq(text_at(message, "id"), "case2");
	cr_assert_str_eq(text_at(message, "arguments/0"), "x");
	cr_assert_null(at(message, "arguments/1"));
}

Test(sink_sarif, notes_are_linked)
{
	struct note notes[] = {
	    {.place = {&contract, {7, 9, 7, 12}},
		.text = "asked [here]",
		.quote = "01234567abc"},
	    {.text = "no place\\"},
	};
	struct finding finding = example;
	struct json_object *result;

	finding.notes = notes;
	finding.nnotes = 2;
	result = at(run_with(&finding), "results/0");
	cr_assert_str_eq(text_at(result, "message/text"),
	    "container 'x' has no probe. [asked \\[here\\]](1). "
	    "[no place\\\\](2).");
	cr_assert_eq(length_at(result, "relatedLocations"), 2);
	cr_assert_eq(number_at(result, "relatedLocations/0/id"), 1);
	cr_assert_eq(number_at(result, "relatedLocations/1/id"), 2);
	cr_assert_str_eq(text_at(result, "relatedLocations/0/message/text"),
	    "asked [here].");
	cr_assert_str_eq(text_at(result, "relatedLocations/0/physicalLocation/"
					 "artifactLocation/uri"),
	    "c.json");
	cr_assert_str_eq(text_at(result, "relatedLocations/0/physicalLocation/"
					 "region/snippet/text"),
	    "abc");
	cr_assert_eq(number_at(result, "relatedLocations/1/physicalLocation/"
				       "region/startLine"),
	    3);
}

/* Every link in a message has its location, however many notes there are. */
Test(sink_sarif, related_locations_are_capped)
{
	enum { MANY = 300 };
	struct note *notes = calloc(MANY, sizeof(*notes));
	struct finding finding = example;
	struct json_object *result;
	const char *text;

	for (size_t i = 0; i < MANY; i++)
		notes[i].text = "again";
	finding.notes = notes;
	finding.nnotes = MANY;
	result = at(run_with(&finding), "results/0");
	text = text_at(result, "message/text");
	cr_assert_eq(length_at(result, "relatedLocations"), 100);
	cr_assert_not_null(strstr(text, "](100)."));
	cr_assert_null(strstr(text, "](101)."));
	free(notes);
}

Test(sink_sarif, hostile_values_stay_text)
{
	struct subject subject = {.group = "\xff",
	    .version = "\x01",
	    .kind = "\"",
	    .namespace = "\xED\xA0\x80",
	    .name = "a\\",
	    .source = ""};
	struct finding finding = example;
	struct json_object *message;

	finding.args = "[x](1)\xff";
	finding.subject = &subject;
	finding.quote = "    \xff\xfe\xfd";
	message = at(run_with(&finding), "results/0/message");
	cr_assert_str_eq(text_at(message, "text"),
	    "container '[x] (1)\xEF\xBF\xBD' has no probe.");
	cr_assert_str_eq(
	    text_at(message, "arguments/0"), "[x] (1)\xEF\xBF\xBD");
}

Test(sink_sarif, objects_have_namespaces)
{
	struct subject pod = {"", "v1", "Pod", "", "web", "", NULL};
	struct finding findings[] = {example, example, example};
	struct report report = report_of(findings, 3);
	struct json_object *run;

	findings[2].subject = &pod;
	run = run_of(&report);
	cr_assert_eq(length_at(run, "logicalLocations"), 4);
	cr_assert_str_eq(text_at(run, "logicalLocations/0/name"), "shop");
	cr_assert_null(at(run, "logicalLocations/0/parentIndex"));
	cr_assert_str_eq(text_at(run, "logicalLocations/1/fullyQualifiedName"),
	    "apps/v1/Deployment/shop/web");
	cr_assert_eq(number_at(run, "logicalLocations/1/parentIndex"), 0);
	cr_assert_str_eq(text_at(run, "logicalLocations/3/fullyQualifiedName"),
	    "v1/Pod/web");
	cr_assert_eq(number_at(run, "logicalLocations/3/parentIndex"), 2);
	cr_assert_eq(number_at(run, "results/1/locations/0/"
				    "logicalLocations/0/index"),
	    1);
}

Test(sink_sarif, files_are_artifacts)
{
	static const struct origin again = {.name = "a b.yaml", .index = 3};
	static const struct origin away = {.name = "/c.json", .index = 4};
	const struct origin *all[] = {&input, &chart, &contract, &again, &away};
	struct finding finding = example;
	struct report report = report_of(&finding, 1);
	struct json_object *run;

	report.origins = all;
	report.norigins = COUNT_OF(all);
	finding.place.origin = &away;
	run = run_of(&report);
	cr_assert_eq(length_at(run, "artifacts"), 4); /* one given twice */
	cr_assert_str_eq(text_at(run, "artifacts/0/location/uri"), "stdin");
	cr_assert_str_eq(text_at(run, "artifacts/0/roles/1"), "standardStream");
	cr_assert_str_eq(text_at(run, "artifacts/1/roles/0"), "analysisTarget");
	cr_assert_str_eq(
	    text_at(run, "artifacts/1/roles/1"), "referencedOnCommandLine");
	cr_assert_str_eq(text_at(run, "artifacts/1/sourceLanguage"), "yaml");
	cr_assert_str_eq(
	    text_at(run, "artifacts/1/mimeType"), "application/yaml");
	cr_assert_str_eq(text_at(run, "artifacts/2/sourceLanguage"), "json");
	cr_assert_str_eq(
	    text_at(run, "artifacts/2/mimeType"), "application/json");
	cr_assert_str_eq(text_at(run, "artifacts/2/roles/0"), "policy");
	cr_assert_str_eq(
	    text_at(run, "artifacts/2/location/uriBaseId"), "%SRCROOT%");
	cr_assert_str_eq(text_at(run, PLACE "artifactLocation/uri"), "c.json");
	cr_assert_eq(number_at(run, PLACE "artifactLocation/index"), 3);
	cr_assert_str_eq(
	    text_at(run, PLACE "artifactLocation/uriBaseId"), "%FILESYSTEM%");
	cr_assert_str_eq(
	    text_at(run, "originalUriBaseIds/%FILESYSTEM%/uri"), "file:///");
}

/* By default the uploader chooses; what the file says would win over it. */
Test(sink_sarif, category_only_on_request)
{
	struct report report = report_of(NULL, 0);

	cr_assert_null(at(run_of(&report), "automationDetails"));
	report.category = "prod";
	cr_assert_str_eq(text_at(run_of(&report), "automationDetails/id"),
	    "rolloutlint/prod/");
}

Test(sink_sarif, trouble_is_a_failed_run)
{
	static const struct trouble trouble = {"cannot read \xff"};
	struct report report = report_of(&example, 1);
	struct json_object *invocation;

	report.troubles = &trouble;
	report.ntroubles = 1;
	report.exit_status = 2;
	invocation = at(run_of(&report), "invocations/0");
	cr_assert_str_eq(text_at(invocation, "executionSuccessful"), "false");
	cr_assert_eq(number_at(invocation, "exitCode"), 2);
	cr_assert_str_eq(
	    text_at(invocation, "toolExecutionNotifications/0/message/text"),
	    "cannot read \xEF\xBF\xBD");
	cr_assert_str_eq(
	    text_at(invocation, "toolExecutionNotifications/0/level"), "error");
}

Test(sink_sarif, results_are_capped, .timeout = 60)
{
	enum { MANY = 25001 };
	struct finding *findings = calloc(MANY, sizeof(*findings));
	struct report report = report_of(findings, MANY);
	struct json_object *run;

	for (size_t i = 0; i < MANY; i++) {
		findings[i] = example;
		findings[i].severity = i < 2 ? SEVERITY_NOTE : SEVERITY_WARNING;
	}
	findings[MANY - 1].severity = SEVERITY_ERROR;
	run = run_of(&report);
	cr_assert_eq(length_at(run, "results"), 25000);
	/* One note has no room, and the order stays. */
	cr_assert_str_eq(text_at(run, "results/0/level"), "note");
	cr_assert_str_eq(text_at(run, "results/1/level"), "warning");
	cr_assert_str_eq(text_at(run, "results/24999/level"), "error");
	cr_assert_str_eq(
	    text_at(run, "invocations/0/toolExecutionNotifications/0/"
			 "message/text"),
	    "Only 25000 of 25001 findings are written, errors before "
	    "warnings before notes.");
	cr_assert_str_eq(
	    text_at(run, "invocations/0/executionSuccessful"), "true");
	free(findings);
}

Test(sink_sarif, equal_reports_give_equal_bytes)
{
	struct report report = report_of(&example, 1);
	char *first = print(&report), *second = print(&report);

	cr_assert_str_eq(first, second);
	cr_assert_null(strstr(first, "\\/"));
	free(first);
	free(second);
}
