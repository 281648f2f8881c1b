/* How many pods amounts come to, by the table of testdata/facts/rounding.txt.
 */
#include "fact/update/update.h"

#include "doc/test_table.h"
#include "fact/kind.h"
#include "fact/test_release.h"

static void add_int(struct fact fact, struct buf *buf)
{
	if (buf->len)
		buf_add_char(buf, ' ');
	if (fact.state == FACT_UNKNOWN)
		buf_add_char(buf, '?');
	else
		buf_printf(buf, "%lld", (long long)fact.integer);
}

static void add_object(
    struct buf *yaml, const char *group, const char *kind, struct slice spec)
{
	buf_printf(yaml,
	    "---\napiVersion: %s\nkind: %s\nmetadata: {name: web}\n"
	    "spec: {template: {metadata: {labels: {app: web}}}, %.*s}\n",
	    group, kind, SLICE_ARGS(spec));
}

/* "replicas: N, " where there are any, and the amounts where they belong. */
static void add_updated(struct buf *yaml, const struct test_row *row)
{
	struct slice kind = row->cells[0], pods = row->cells[1];
	bool is_rollout =
	    slice_is(kind, "canary") || slice_is(kind, "blueGreen");
	bool is_deployment = slice_is(kind, "Deployment");
	struct buf spec = {0}, name = {0};

	buf_add_slice(&name, kind);
	if (pods.len)
		buf_printf(&spec, "replicas: %.*s, ", SLICE_ARGS(pods));
	buf_printf(&spec, "%s: {%s: {%.*s}}",
	    is_rollout || is_deployment ? "strategy" : "updateStrategy",
	    is_rollout ? buf_text(&name) : "rollingUpdate",
	    SLICE_ARGS(row->cells[2]));
	add_object(yaml, is_rollout ? "argoproj.io/v1alpha1" : "apps/v1",
	    is_rollout ? "Rollout" : buf_text(&name), buf_slice(&spec));
	buf_release(&spec);
	buf_release(&name);
}

/* One of those that a budget selects: "3", "10/2", "D", "J". */
static void add_selected(struct buf *yaml, struct slice pods, int number)
{
	ptrdiff_t bar = slice_find(pods, SLICE("/"), 0);
	struct buf spec = {0};

	buf_printf(yaml,
	    "---\napiVersion: %s\nkind: %s\nmetadata: {name: w%d}\n",
	    slice_is(pods, "J") ? "batch/v1" : "apps/v1",
	    slice_is(pods, "D")	  ? "DaemonSet"
	    : slice_is(pods, "J") ? "Job"
				  : "Deployment",
	    number);
	buf_add_text(yaml, "spec: {template: {metadata: {labels: {app: web}}}");
	if (pods.ptr[0] >= '0' && pods.ptr[0] <= '9')
		buf_printf(yaml, ", replicas: %.*s",
		    (int)(bar < 0 ? (ptrdiff_t)pods.len : bar), pods.ptr);
	buf_add_text(yaml, "}\n");
	if (bar >= 0)
		buf_printf(yaml,
		    "---\napiVersion: autoscaling/v2\n"
		    "kind: HorizontalPodAutoscaler\nmetadata: {name: h%d}\n"
		    "spec: {minReplicas: %.*s, maxReplicas: 99, scaleTargetRef:"
		    " {apiVersion: apps/v1, kind: Deployment, name: w%d}}\n",
		    number, (int)((ptrdiff_t)pods.len - bar - 1),
		    pods.ptr + bar + 1, number);
	buf_release(&spec);
}

static void add_budget(struct buf *yaml, const struct test_row *row)
{
	struct slice rest = row->cells[1];
	ptrdiff_t plus;
	int number = 0;

	buf_printf(yaml,
	    "apiVersion: policy/v1\nkind: PodDisruptionBudget\n"
	    "metadata: {name: p}\n"
	    "spec: {selector: {matchLabels: {app: web}}, %.*s}\n",
	    SLICE_ARGS(row->cells[2]));
	do {
		plus = slice_find(rest, SLICE("+"), 0);
		add_selected(yaml,
		    (struct slice){
			rest.ptr, plus < 0 ? rest.len : (size_t)plus},
		    number++);
		if (plus >= 0)
			rest = (struct slice){
			    rest.ptr + plus + 1, rest.len - (size_t)plus - 1};
	} while (plus >= 0);
}

static void spell_budget(const struct test_release *test, struct buf *got)
{
	const struct pdb *pdb = test_entity(test, ENTITY_pdb, "p");

	add_int(fact_pdb_expected_pods(test->release, pdb), got);
	add_int(fact_pdb_desired_healthy(test->release, pdb), got);
	add_int(fact_pdb_allowed_disruptions(test->release, pdb), got);
}

static void spell_update(const struct test_release *test, struct buf *got)
{
	const struct workload *update = test_entity(test, ENTITY_update, "web");

	add_int(fact_update_surge(test->release, update), got);
	add_int(fact_update_unavailable(test->release, update), got);
}

static void check_rounding(const struct test_row *row)
{
	bool is_budget = slice_is(row->cells[0], "PodDisruptionBudget");
	struct buf yaml = {0}, got = {0};
	struct test_release test;

	if (is_budget)
		add_budget(&yaml, row);
	else
		add_updated(&yaml, row);
	test_release_init(&test, buf_text(&yaml), NULL);
	if (is_budget)
		spell_budget(&test, &got);
	else
		spell_update(&test, &got);
	cr_assert(slice_eq(buf_slice(&got), row->cells[3]),
	    "%s:%zu: '%s', but %.*s", row->name, row->line, buf_text(&got),
	    SLICE_ARGS(row->cells[4]));
	test_release_free(&test);
	buf_release(&yaml);
	buf_release(&got);
}

Test(fact_rounding, as_the_controllers_do)
{
	test_table(getenv("srcdir"), "rounding.txt", 5, 55, check_rounding);
}
