/* Disruption budgets: what the disruption controller makes of an amount, whose
 * pods it counts, which budgets meet on one pod. */
#include "fact/update/update.h"

#include "fact/test_release.h"

/* One budget over app=web, and what runs such pods. */
struct budget_case {
	const char *spec; /* of the budget, a flow mapping without braces */
	const char *others;
	const char *wanted; /* "expected desired allowed" */
};

#define WEB                                                          \
	"selector: {matchLabels: {app: web}}, template: {metadata: " \
	"{labels: {app: web}}, spec: {containers: [{name: a}]}}"
#define RUN(group, kind, name, spec)                                         \
	"---\napiVersion: " group "\nkind: " kind "\nmetadata: {name: " name \
	"}\nspec: {" spec "}\n"
#define DEPLOYMENT(replicas) \
	RUN("apps/v1", "Deployment", "web", "replicas: " replicas ", " WEB)

static void spell_pods(struct fact fact, struct buf *buf)
{
	if (buf->len)
		buf_add_char(buf, ' ');
	if (fact.state == FACT_UNKNOWN)
		buf_add_char(buf, '?');
	else
		buf_printf(buf, "%lld", (long long)fact.integer);
}

static void check_budget(const struct budget_case *c)
{
	struct buf yaml = {0}, got = {0};
	struct test_release test;
	const struct pdb *pdb;

	buf_printf(&yaml,
	    "apiVersion: policy/v1\n"
	    "kind: PodDisruptionBudget\n"
	    "metadata: {name: budget}\n"
	    "spec: {selector: {matchLabels: {app: web}}, %s}\n%s",
	    c->spec, c->others);
	test_release_init(&test, buf_text(&yaml), NULL);
	pdb = test_entity(&test, ENTITY_pdb, "budget");
	spell_pods(fact_pdb_expected_pods(test.release, pdb), &got);
	spell_pods(fact_pdb_desired_healthy(test.release, pdb), &got);
	spell_pods(fact_pdb_allowed_disruptions(test.release, pdb), &got);
	cr_assert_str_eq(buf_text(&got), c->wanted, "%s: '%s', not '%s'",
	    c->spec, buf_text(&got), c->wanted);
	test_release_free(&test);
	buf_release(&yaml);
	buf_release(&got);
}

Test(fact_disruption, amounts)
{
	static const struct budget_case cases[] = {
	    {"minAvailable: 1", DEPLOYMENT("3"), "3 1 2"},
	    {"minAvailable: 3", DEPLOYMENT("3"), "3 3 0"},
	    {"minAvailable: 5", DEPLOYMENT("3"), "3 5 0"},
	    {"maxUnavailable: 1", DEPLOYMENT("3"), "3 2 1"},
	    {"maxUnavailable: 4", DEPLOYMENT("3"), "3 0 3"},
	    /* Up: 1.5 is 2. */
	    {"minAvailable: 50%", DEPLOYMENT("3"), "3 2 1"},
	    {"maxUnavailable: 50%", DEPLOYMENT("3"), "3 1 2"},
	    {"maxUnavailable: 1%", DEPLOYMENT("3"), "3 2 1"},
	    {"minAvailable: 99%", DEPLOYMENT("3"), "3 3 0"},
	    {"maxUnavailable: 0%", DEPLOYMENT("3"), "3 3 0"},
	    /* What the API refuses allows nothing that could be told. */
	    {"minAvailable: 101%", DEPLOYMENT("3"), "3 ? ?"},
	    {"minAvailable: '1'", DEPLOYMENT("3"), "3 ? ?"},
	    {"minAvailable: -1", DEPLOYMENT("3"), "3 ? ?"},
	    {"minAvailable: 9223372036854775807", DEPLOYMENT("3"), "3 ? ?"},
	    {"minAvailable: 1, maxUnavailable: 1", DEPLOYMENT("3"), "3 ? ?"},
	    {"x: 1", DEPLOYMENT("3"), "3 ? ?"},
	    /* Nothing runs, nothing goes. */
	    {"maxUnavailable: 1", DEPLOYMENT("0"), "0 0 0"},
	    {"maxUnavailable: 1", "", "0 0 0"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		check_budget(&cases[i]);
}

Test(fact_disruption, counts)
{
	static const struct budget_case cases[] = {
	    /* The sum is rounded, not each part. */
	    {"minAvailable: 50%",
		DEPLOYMENT("3") RUN("apps/v1", "StatefulSet", "store", WEB),
		"4 2 2"},
	    /* The autoscaler's minimum, though replicas say more. */
	    {"minAvailable: 2",
		DEPLOYMENT("5")
		    RUN("autoscaling/v2", "HorizontalPodAutoscaler", "web",
			"minReplicas: 2, maxReplicas: 9, scaleTargetRef: "
			"{kind: Deployment, name: web}"),
		"2 2 0"},
	    /* A Rollout's pods count, not those of what it takes them from. */
	    {"maxUnavailable: 1",
		DEPLOYMENT("5") RUN("argoproj.io/v1alpha1", "Rollout", "r",
		    "replicas: 2, workloadRef: {kind: Deployment, name: web}"),
		"2 1 1"},
	    /* Nor does a pod that nobody keeps up. */
	    {"maxUnavailable: 1",
		DEPLOYMENT("2") "---\napiVersion: v1\nkind: Pod\nmetadata: "
				"{name: test, labels: {app: web}}\n",
		"2 1 1"},
	    {"minAvailable: 1",
		DEPLOYMENT("2") RUN("apps/v1", "DaemonSet", "agent", WEB),
		"? 1 ?"},
	    {"minAvailable: 50%", RUN("batch/v1", "Job", "job", WEB), "? ? ?"},
	    /* However many there are. */
	    {"maxUnavailable: 0", RUN("apps/v1", "DaemonSet", "agent", WEB),
		"? ? 0"},
	    {"minAvailable: 100%", RUN("apps/v1", "DaemonSet", "agent", WEB),
		"? ? 0"},
	    {"minAvailable: 1", DEPLOYMENT("9223372036854775807"), "? 1 ?"},
	    /* A Rollout whose template is elsewhere may be selected. */
	    {"minAvailable: 1",
		DEPLOYMENT("2") RUN("argoproj.io/v1alpha1", "Rollout", "r",
		    "workloadRef: {kind: Deployment, name: api}"),
		"? 1 ?"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		check_budget(&cases[i]);
}

#define BUDGET(name, spec)                                        \
	"---\napiVersion: policy/v1\nkind: PodDisruptionBudget\n" \
	"metadata: {name: " name "}\nspec: {" spec "}\n"
#define OVER_WEB "selector: {matchLabels: {app: web}}"

Test(fact_disruption, the_later_of_two_budgets_is_contested)
{
	struct test_release test;
	const struct pdb *first, *second;
	struct fact fact;

	test_release_init(&test,
	    RUN("batch/v1", "Job", "job", WEB) DEPLOYMENT("2")
		BUDGET("a", OVER_WEB) BUDGET("b", "selector: {}"),
	    NULL);
	first = test_entity(&test, ENTITY_pdb, "a");
	second = test_entity(&test, ENTITY_pdb, "b");
	cr_assert_eq(
	    fact_pdb_contested(test.release, first).state, FACT_ABSENT);
	fact = fact_pdb_contested(test.release, second);
	cr_assert_eq(fact.entity, test_workload(&test, "web"));
	cr_assert_eq(fact_pdb_rival(test.release, second).entity, first);
	test_release_free(&test);
}

Test(fact_disruption, a_number_to_keep_needs_no_scale)
{
	static const struct {
		const char *name, *uncounted;
	} cases[] = {{"keeps", NULL}, {"part", "job"}, {"misses", "job"}};
	struct test_release test;

	test_release_init(&test,
	    DEPLOYMENT("2") RUN("batch/v1", "Job", "job", WEB)
		BUDGET("keeps", "minAvailable: 1, " OVER_WEB)
		    BUDGET("part", "minAvailable: 50%, " OVER_WEB)
			BUDGET("misses", "maxUnavailable: 1, " OVER_WEB),
	    NULL);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fact fact = fact_pdb_uncounted(test.release,
		    test_entity(&test, ENTITY_pdb, cases[i].name));

		cr_assert_eq(
		    fact.entity, cases[i].uncounted
				     ? test_workload(&test, cases[i].uncounted)
				     : NULL);
	}
	test_release_free(&test);
}

/* Budgets of one selector share what was counted; another one's is its own, and
 * so is one that selects nothing. */
Test(fact_disruption, budgets_of_one_selector)
{
#define OVER(name, selector) \
	BUDGET(name, "maxUnavailable: 1, selector: {" selector "}")
#define PODS(kind, name, more)                                             \
	"---\napiVersion: apps/v1\nkind: " kind "\nmetadata: {name: " name \
	"}\nspec: {" more "template: {metadata: {labels: {app: " name "}}}}\n"
	static const struct {
		const char *name;
		int64_t expected; /* -1: unknown */
		bool is_unscaled;
	} cases[] = {{"none", 0, false}, {"a", 3, false}, {"b", 3, false},
	    {"all", -1, true}, {"all2", -1, true}, {"none2", 0, false}};
	struct test_release test;

	test_release_init(&test,
	    OVER("none", "matchLabels: {app: x}")
		OVER("a", "matchLabels: {app: web}")
		    OVER("b", "matchLabels: {app: web}") OVER("all", "")
			OVER("all2", "") OVER("none2", "matchLabels: {app: y}")
			    PODS("Deployment", "web", "replicas: 3, ")
				PODS("DaemonSet", "agent", ""),
	    NULL);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct pdb *pdb =
		    test_entity(&test, ENTITY_pdb, cases[i].name);
		struct fact expected =
		    fact_pdb_expected_pods(test.release, pdb);

		if (cases[i].expected < 0)
			cr_assert_eq(expected.state, FACT_UNKNOWN);
		else
			test_expect_int(expected, cases[i].expected);
		cr_assert_eq(fact_pdb_uncounted(test.release, pdb).has_value,
		    cases[i].is_unscaled, "%s", cases[i].name);
	}
	test_release_free(&test);
}

/* Of both amounts, which the API refuses together, maxUnavailable counts. */
Test(fact_disruption, the_limit_is_the_amount_that_counts)
{
	static const struct {
		const char *spec, *name, *limit;
	} rows[] = {
	    {"minAvailable: 2", "minAvailable", "2"},
	    {"maxUnavailable: 25%", "maxUnavailable", "25%"},
	    {"minAvailable: 2, maxUnavailable: 1", "maxUnavailable", "1"},
	    {"", NULL, NULL},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct test_release test;
		struct buf yaml = {0};
		struct fact name, limit;
		const struct pdb *pdb;

		buf_printf(&yaml,
		    "apiVersion: policy/v1\n"
		    "kind: PodDisruptionBudget\n"
		    "metadata: {name: budget}\n"
		    "spec: {%s}\n",
		    rows[i].spec);
		test_release_init(&test, buf_text(&yaml), NULL);
		pdb = test_entity(&test, ENTITY_pdb, "budget");
		name = fact_pdb_limit_name(test.release, pdb);
		limit = fact_pdb_limit(test.release, pdb);
		cr_assert_eq(name.has_value, rows[i].name != NULL);
		cr_assert_eq(limit.has_value, rows[i].limit != NULL);
		if (rows[i].limit) {
			cr_assert_str_eq(name.text, rows[i].name);
			cr_assert_str_eq(limit.text, rows[i].limit);
		}
		test_release_free(&test);
		buf_release(&yaml);
	}
}
