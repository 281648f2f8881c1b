/* What rules propose to write: the text in both forms, its place, or nothing
 * at all. */
#include "fact/test_release.h"
#include "rule/check.h"

static const char web[] = "apiVersion: apps/v1\n"
			  "kind: Deployment\n"
			  "metadata: {name: web}\n"
			  "spec:\n"
			  "  replicas: 3\n"
			  "  template:\n"
			  "    metadata: {labels: {app: web}}\n"
			  "    spec:\n"
			  "      containers:\n"
			  "        - name: app\n"
			  "          image: a b\n";

static const struct origin rule_origin = {.name = "a.yaml"};

struct proposed {
	struct test_release test;
	struct ruleset ruleset;
	struct finding_list findings;
};

/* What a rule on workloads, which finds web, proposes. */
static const struct finding *propose(
    struct proposed *proposed, const char *fixit)
{
	struct fault fault = {0};
	struct buf text = {0};
	uint64_t steps = INT64_MAX;
	struct slice kept;

	*proposed = (struct proposed){0};
	test_release_init(&proposed->test, web, NULL);
	buf_printf(&text,
	    "id: a\ncode: ACME101\nseverity: warning\ngroup: own\n"
	    "on: workload\nrequire: 'false'\nmessage: '{workload.name}'\n"
	    "params: {n: 3, long: 'a \"b\"'}\nfixit: %s\n",
	    fixit);
	kept = slice_copy(&proposed->ruleset.arena, buf_slice(&text));
	buf_release(&text);
	cr_assert_eq(
	    ruleset_add_text(&proposed->ruleset, &rule_origin, kept, &fault), 0,
	    "%s", fault_text(&fault));
	check_release(&proposed->ruleset, proposed->test.release,
	    (struct place){0}, 1, &steps, &proposed->findings, NULL);
	cr_assert_eq(proposed->findings.n, 1);
	return &proposed->findings.items[0];
}

static void proposed_release(struct proposed *proposed)
{
	finding_list_release(&proposed->findings);
	ruleset_release(&proposed->ruleset);
	test_release_free(&proposed->test);
}

/* One edit of that kind at that place. */
static void expect_one(const char *fixit, enum fix_kind kind, uint32_t line,
    uint32_t col, const char *text, const char *json)
{
	struct proposed proposed;
	const struct finding *finding = propose(&proposed, fixit);

	cr_assert_eq(finding->nfixes, 1, "%s", fixit);
	cr_expect_eq(finding->fixes[0].kind, kind);
	cr_expect_eq(finding->fixes[0].place.span.line, line);
	cr_expect_eq(finding->fixes[0].place.span.col, col);
	cr_expect_str_eq(finding->fixes[0].text, text);
	cr_expect_str_eq(finding->fixes[0].json, json);
	proposed_release(&proposed);
}

static void expect_none(const char *fixit)
{
	struct proposed proposed;

	cr_expect_eq(propose(&proposed, fixit)->nfixes, 0, "%s", fixit);
	proposed_release(&proposed);
}

Test(rule_fixit, replaces_by_a_literal_or_a_value)
{
	expect_one("{at: workload.replicas, replace: 5}", FIX_REPLACE, 5, 13,
	    "5", "5");
	expect_one("{at: workload.replicas, replace: '{params.n + 1}'}",
	    FIX_REPLACE, 5, 13, "4", "4");
	expect_one("{at: workload.replicas, replace: Rollout}", FIX_REPLACE, 5,
	    13, "Rollout", "\"Rollout\"");
}

/* What YAML would take for something else is quoted in it, too. */
Test(rule_fixit, strings_stay_strings)
{
	expect_one("{at: workload.replicas, replace: '5'}", FIX_REPLACE, 5, 13,
	    "\"5\"", "\"5\"");
	expect_one("{at: workload.replicas, replace: 'no'}", FIX_REPLACE, 5, 13,
	    "\"no\"", "\"no\"");
	expect_one("{at: workload.replicas, replace: no}", FIX_REPLACE, 5, 13,
	    "false", "false");
	expect_one("{at: workload.replicas, replace: '{params.long}'}",
	    FIX_REPLACE, 5, 13, "\"a \\\"b\\\"\"", "\"a \\\"b\\\"\"");
	expect_one("{at: workload.replicas, replace: 50%}", FIX_REPLACE, 5, 13,
	    "50%", "\"50%\"");
}

Test(rule_fixit, inserts_trees)
{
	expect_one(
	    "{at: workload.pod_fields, insert: {a: {b: [1, '{params.n}', "
	    "null], c d: {}}}}",
	    FIX_INSERT, 9, 7, "a: {b: [1, 3, null], \"c d\": {}}",
	    "\"a\": {\"b\": [1, 3, null], \"c d\": {}}");
}

/* Each key is an edit by itself, since GCC's hold one line at most. */
Test(rule_fixit, several_keys_are_several_edits)
{
	struct proposed proposed;
	const struct finding *finding = propose(
	    &proposed, "{at: workload.pod_fields, insert: {a: 1, b: 2}}");

	cr_assert_eq(finding->nfixes, 2);
	cr_expect_str_eq(finding->fixes[0].text, "a: 1");
	cr_expect_str_eq(finding->fixes[1].text, "b: 2");
	cr_expect_eq(finding->fixes[0].place.span.line, 9);
	cr_expect_eq(finding->fixes[1].place.span.line, 9);
	proposed_release(&proposed);
}

/* The container's second key has a line to itself, the first one not. */
Test(rule_fixit, fields_are_where_a_line_can_go)
{
	expect_one("{at: 'workload.containers[0].fields', insert: {a: 1}}",
	    FIX_INSERT, 11, 11, "a: 1", "\"a\": 1");
}

Test(rule_fixit, only_where_its_condition_holds)
{
	expect_none("{when: 'false', at: workload.replicas, replace: 1}");
	expect_one("[{when: 'false', at: workload.replicas, replace: 1}, "
		   "{when: 'true', at: workload.replicas, replace: 2}]",
	    FIX_REPLACE, 5, 13, "2", "2");
}

/* Half of a fix mends nothing. */
Test(rule_fixit, all_edits_or_none)
{
	expect_none("[{at: workload.replicas, replace: 1}, "
		    "{at: workload.grace_seconds, replace: 2}]");
	expect_none("[{at: workload.replicas, replace: 1}, "
		    "{at: workload.replicas, replace: '{workload}'}]");
	expect_none("[{at: workload.replicas, replace: 1}, "
		    "{at: workload.replicas, replace: '{1 / 0}'}]");
	expect_none("[{at: workload.replicas, replace: 1}, {when: "
		    "'workload.effective_replicas / 0 > 1', at: "
		    "workload.replicas, replace: 2}]");
}

/* A field that already exists, if only as null, cannot be inserted. */
Test(rule_fixit, no_key_twice)
{
	expect_none("{at: workload.pod_fields, insert: {containers: 1}}");
	expect_none(
	    "[{at: workload.replicas, replace: 1}, "
	    "{at: workload.pod_fields, insert: {a: 1, containers: 2}}]");
}
