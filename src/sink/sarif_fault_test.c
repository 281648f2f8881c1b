/*
 * The faults of a SARIF file that no validator sees and a service punishes: it
 * refuses the whole file, or shows what nobody can act on.
 */
#include "sink/test_json.h"
#include "sink/test_report.h"

/* The one run of the report.  Lives as long as the test. */
static struct json_object *run_of(size_t nfindings, size_t ntroubles)
{
	struct report report = test_report(nfindings, ntroubles);
	char *text = test_print("sarif", &report);
	struct json_object *log = test_parse(text), *run;

	cr_assert_eq(json_pointer_get(log, "/runs/0", &run), 0);
	free(text);
	return run;
}

TestSuite(sink_sarif_fault, .fini = test_forget_json);

static struct json_object *get(struct json_object *json, const char *key)
{
	struct json_object *value = NULL;

	json_object_object_get_ex(json, key, &value);
	return value;
}

static const char *text_of(struct json_object *json, const char *key)
{
	struct json_object *value = get(json, key);

	cr_assert(json_object_is_type(value, json_type_string), "%s", key);
	return json_object_get_string(value);
}

static struct json_object *result_at(struct json_object *run, size_t i)
{
	return json_object_array_get_idx(get(run, "results"), i);
}

static size_t count_results(struct json_object *run)
{
	return json_object_array_length(get(run, "results"));
}

/* Calls use for every key and value below json. */
static void visit(struct json_object *json,
    void (*use)(const char *key, struct json_object *value))
{
	if (json_object_is_type(json, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(json); i++)
			visit(json_object_array_get_idx(json, i), use);
		return;
	}
	if (!json_object_is_type(json, json_type_object))
		return;
	json_object_object_foreach(json, key, value)
	{
		use(key, value);
		visit(value, use);
	}
}

/* How many times text has "](NUMBER)" for a number of 1 to most; -1 when it
 * has another. */
static int count_links(const char *text, size_t most)
{
	int count = 0;

	while ((text = strstr(text, "]("))) {
		char *end;
		unsigned long id = strtoul(text + 2, &end, 10);

		if (end == text + 2 || *end != ')' || !id || id > most)
			return -1;
		text = end;
		count++;
	}
	return count;
}

Test(sink_sarif_fault, links_lead_somewhere)
{
	struct json_object *run = run_of(4, 0);

	for (size_t i = 0; i < count_results(run); i++) {
		struct json_object *result = result_at(run, i);
		struct json_object *related = get(result, "relatedLocations");
		size_t n = related ? json_object_array_length(related) : 0;

		cr_assert_eq(
		    count_links(text_of(get(result, "message"), "text"), n),
		    (int)test_findings[i].nnotes);
		for (size_t j = 0; j < n; j++)
			cr_assert_eq(
			    json_object_get_int64(get(
				json_object_array_get_idx(related, j), "id")),
			    (int64_t)j + 1);
	}
}

/* A value of the manifest makes no link, not even beside one of ours. */
Test(sink_sarif_fault, values_make_no_links)
{
	struct finding finding = test_findings[0];
	struct report report = test_report(1, 0);
	char *text;

	finding.text = "[x](1) [y](7) [z](https://example.com)";
	report.findings = &finding;
	text = test_print("sarif", &report);
	cr_assert_not_null(strstr(text,
	    "[x] (1) [y] (7) [z] (https://example.com). [asked here](1)."));
	free(text);
}

Test(sink_sarif_fault, rule_and_index_agree)
{
	struct json_object *run = run_of(4, 0);
	struct json_object *rules =
	    get(get(get(run, "tool"), "driver"), "rules");

	for (size_t i = 0; i < count_results(run); i++) {
		struct json_object *result = result_at(run, i);
		size_t index =
		    (size_t)json_object_get_int64(get(result, "ruleIndex"));
		struct json_object *rule =
		    json_object_array_get_idx(rules, index);

		cr_assert_str_eq(
		    text_of(rule, "id"), text_of(result, "ruleId"));
	}
}

/* Readers keep the last of two, some the first.  A key is on a line of its own,
 * so all of them can be counted, and those the reader kept, too. */
static size_t kept_keys;

static void count_key(const char *key, struct json_object *value)
{
	(void)key;
	(void)value;
	kept_keys++;
}

Test(sink_sarif_fault, no_key_is_given_twice)
{
	struct report report = test_report(4, 2);
	char *text = test_print("sarif", &report);
	size_t written = 0;

	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += strspn(line, "\n ");
		if (*line == '"') {
			for (line++; *line != '"'; line++)
				line += *line == '\\';
			written += line[1] == ':';
		}
	}
	visit(test_parse(text), count_key);
	cr_assert_eq(written, kept_keys);
	cr_assert(written > 50);
	free(text);
}

/* One of them without, and its alert is a new one each time. */
Test(sink_sarif_fault, every_result_has_a_fingerprint)
{
	struct json_object *run = run_of(4, 0);

	for (size_t i = 0; i < count_results(run); i++) {
		struct json_object *prints =
		    get(result_at(run, i), "partialFingerprints");

		cr_assert_eq(strlen(text_of(prints, "resourcePath/v1")), 16);
		cr_assert_eq(get(prints, "primaryLocationLineHash") != NULL,
		    test_findings[i].line_hash != NULL);
	}
}

/* Suppressions are to be on all results or on none. */
Test(sink_sarif_fault, suppressions_on_all_or_none)
{
	struct json_object *run = run_of(4, 0);
	size_t with = 0;

	for (size_t i = 0; i < count_results(run); i++)
		with += get(result_at(run, i), "suppressions") != NULL;
	cr_assert(with == 0 || with == count_results(run));
}

static void refuse_severity(const char *key, struct json_object *value)
{
	(void)value;
	cr_assert_str_neq(key, "security-severity");
}

/* A number there, or none at all, and the service refuses the file. */
Test(sink_sarif_fault, no_security_severity)
{
	visit(run_of(4, 2), refuse_severity);
}

static void check_uri(const char *key, struct json_object *value)
{
	if (!strcmp(key, "uri")) {
		cr_assert_str_neq(json_object_get_string(value), "");
		cr_assert_str_neq(json_object_get_string(value), "-");
		cr_assert_null(strpbrk(json_object_get_string(value), " <>:"));
	}
}

Test(sink_sarif_fault, every_uri_names_a_file)
{
	visit(run_of(4, 2), check_uri);
}

static const char *success_of(size_t nfindings, size_t ntroubles)
{
	struct json_object *run = run_of(nfindings, ntroubles);

	return json_object_get_string(
	    get(json_object_array_get_idx(get(run, "invocations"), 0),
		"executionSuccessful"));
}

/* Findings are no failure of the run; unread input is. */
Test(sink_sarif_fault, only_trouble_is_failure)
{
	cr_assert_str_eq(success_of(0, 0), "true");
	cr_assert_str_eq(success_of(4, 0), "true");
	cr_assert_str_eq(success_of(0, 1), "false");
	cr_assert_str_eq(success_of(4, 2), "false");
}

Test(sink_sarif_fault, results_are_an_array)
{
	for (size_t n = 0; n < 4; n++) {
		struct json_object *run = run_of(n, n % 2);

		cr_assert(
		    json_object_is_type(get(run, "results"), json_type_array));
		cr_assert_eq(count_results(run), n);
	}
}

static void check_kind(const char *key, struct json_object *value)
{
	if (!strcmp(key, "level"))
		cr_assert_str_neq(json_object_get_string(value), "none");
}

/* Other kinds and the level none would show as ordinary alerts. */
Test(sink_sarif_fault, nothing_but_failures)
{
	struct json_object *run = run_of(4, 0);

	visit(run, check_kind);
	for (size_t i = 0; i < count_results(run); i++)
		cr_assert_null(get(result_at(run, i), "kind"));
}
