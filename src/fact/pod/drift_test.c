/* A Rollout and a Deployment for the same pods, compared container by
 * container. */
#include "fact/test_release.h"

#include <stdio.h>

#define ALIKE NULL

/* The drift of the Rollout whose pod spec is ours, beside a Deployment whose
 * pod spec is theirs. */
static void expect_drift(
    const char *ours, const char *theirs, const char *expected)
{
	static const char format[] =
	    "apiVersion: %s\n"
	    "kind: %s\n"
	    "metadata: {name: %s}\n"
	    "spec:\n"
	    "  selector: {matchLabels: {app: web}}\n"
	    "  template: {metadata: {labels: {app: web}}, spec: %s}\n";
	char yaml[3000];
	struct test_release test;
	const struct workload *rollout, *deployment;
	size_t n = (size_t)snprintf(yaml, sizeof(yaml), format,
	    "argoproj.io/v1alpha1", "Rollout", "ours", ours);

	n += (size_t)snprintf(yaml + n, sizeof(yaml) - n, "---\n");
	snprintf(yaml + n, sizeof(yaml) - n, format, "apps/v1", "Deployment",
	    "theirs", theirs);
	test_release_init(&test, yaml, NULL);
	rollout = test_workload(&test, "ours");
	deployment = test_workload(&test, "theirs");
	cr_assert_eq(rollout->rollout->twin, deployment);
	cr_assert_eq(deployment->rollout->twin, rollout);
	cr_assert_eq(deployment->rollout->difference.state,
	    rollout->rollout->difference.state);
	if (!expected)
		cr_assert_eq(rollout->rollout->difference.state, FACT_ABSENT,
		    "%s: %s", ours, rollout->rollout->difference.text);
	else
		cr_assert_str_eq(rollout->rollout->difference.text, expected);
	test_release_free(&test);
}

Test(fact_drift, other_words_for_the_same)
{
	expect_drift(
	    "{containers: [{name: a}]}", "{containers: [{name: a}]}", ALIKE);
	expect_drift("{containers: [{name: a, readinessProbe: null, ports: [], "
		     "env: ~}]}",
	    "{containers: [{name: a}]}", ALIKE);
	expect_drift("{containers: [{name: a, readinessProbe: "
		     "{httpGet: {path: /r, port: 0x50}, timeoutSeconds: 1}}]}",
	    "{containers: [{name: a, readinessProbe: "
	    "{periodSeconds: 10, httpGet: {port: 80, path: /r}}}]}",
	    ALIKE);
	expect_drift("{containers: [{name: a}, {name: b}]}",
	    "{containers: [{name: b}, {name: a}]}", ALIKE);
	expect_drift("{containers: [{name: a, env: [{name: x, value: '1'}, "
		     "{name: y, value: '2'}]}]}",
	    "{containers: [{name: a, env: [{value: '2', name: y}, "
	    "{name: x, value: '1'}]}]}",
	    ALIKE);
	expect_drift("{terminationGracePeriodSeconds: 30, "
		     "containers: [{name: a}]}",
	    "{containers: [{name: a}]}", ALIKE);
	/* Nothing is the empty text; "0" is another. */
	expect_drift("{containers: [{name: a, env: [{name: x, value: ''}]}]}",
	    "{containers: [{name: a, env: [{name: x}]}]}", ALIKE);
	expect_drift("{containers: [{name: a, env: [{name: x, value: '0'}]}]}",
	    "{containers: [{name: a, env: [{name: x}]}]}",
	    "container 'a' in env");
	/* The image is what a rollout changes. */
	expect_drift("{containers: [{name: a, image: web:2}]}",
	    "{containers: [{name: a, image: web:1}]}", ALIKE);
}

Test(fact_drift, what_differs)
{
	expect_drift("{containers: [{name: a, ports: [{containerPort: 80}]}]}",
	    "{containers: [{name: a, "
	    "ports: [{name: http, containerPort: 80}]}]}",
	    "container 'a' in ports");
	/* The order in which sources come decides which wins. */
	expect_drift("{containers: [{name: a, envFrom: ["
		     "{configMapRef: {name: x}}, {configMapRef: {name: y}}]}]}",
	    "{containers: [{name: a, envFrom: ["
	    "{configMapRef: {name: y}}, {configMapRef: {name: x}}]}]}",
	    "container 'a' in envFrom");
	/* Values of two variables, swapped. */
	expect_drift("{containers: [{name: a, env: [{name: x, value: '1'}, "
		     "{name: y, value: '2'}]}]}",
	    "{containers: [{name: a, env: [{name: x, value: '2'}, "
	    "{name: y, value: '1'}]}]}",
	    "container 'a' in env");
	/* A quoted number is the name of a port. */
	expect_drift("{containers: [{name: a, livenessProbe: "
		     "{tcpSocket: {port: '80'}}}]}",
	    "{containers: [{name: a, livenessProbe: "
	    "{tcpSocket: {port: 80}}}]}",
	    "container 'a' in livenessProbe");
	expect_drift("{terminationGracePeriodSeconds: 31, "
		     "containers: [{name: a, lifecycle: {preStop: {sleep: "
		     "{seconds: 5}}}, startupProbe: {exec: {}}}, {name: b}]}",
	    "{containers: [{name: a}, {name: c}]}",
	    "container 'a' in startupProbe, lifecycle; container 'b', which "
	    "only Rollout has; container 'c', which only Deployment has; "
	    "terminationGracePeriodSeconds");
}

/* Where the drift of the object of that name is shown. */
static void expect_place(const struct test_release *test, const char *name,
    uint32_t line, uint32_t col)
{
	const struct fact *drift =
	    &test_workload(test, name)->rollout->difference;

	cr_assert_eq(drift->line, line, "%s: line %u", name, drift->line);
	cr_assert_eq(drift->col, col, "%s: column %u", name, drift->col);
}

/* At the first field that is there; its container where it is not. */
Test(fact_drift, is_shown_at_what_differs)
{
	struct test_release test;

	test_release_init(&test,
	    "apiVersion: apps/v1\n"
	    "kind: Deployment\n"
	    "metadata: {name: theirs}\n"
	    "spec:\n"
	    "  selector: {matchLabels: {app: web}}\n"
	    "  template:\n"
	    "    metadata: {labels: {app: web}}\n"
	    "    spec:\n"
	    "      containers:\n"
	    "      - name: a\n"
	    "        readinessProbe: {tcpSocket: {port: 80}}\n"
	    "        ports: [{containerPort: 80}]\n"
	    "---\n"
	    "apiVersion: argoproj.io/v1alpha1\n"
	    "kind: Rollout\n"
	    "metadata: {name: ours}\n"
	    "spec:\n"
	    "  selector: {matchLabels: {app: web}}\n"
	    "  template:\n"
	    "    metadata: {labels: {app: web}}\n"
	    "    spec:\n"
	    "      containers:\n"
	    "      - name: a\n"
	    "        image: a\n"
	    "        ports: [{containerPort: 80, name: http}]\n",
	    NULL);
	expect_place(&test, "theirs", 11, 9);
	expect_place(&test, "ours", 25, 9);
	test_release_free(&test);
}

Test(fact_drift, partners_are_no_twins)
{
	struct test_release test;

	test_release_init(&test,
	    "apiVersion: apps/v1\n"
	    "kind: Deployment\n"
	    "metadata: {name: web}\n"
	    "spec:\n"
	    "  selector: {matchLabels: {app: web}}\n"
	    "  template: {metadata: {labels: {app: web}}, spec: {}}\n"
	    "---\n"
	    "apiVersion: argoproj.io/v1alpha1\n"
	    "kind: Rollout\n"
	    "metadata: {name: governor}\n"
	    "spec:\n"
	    "  selector: {matchLabels: {app: web}}\n"
	    "  workloadRef: {name: web}\n",
	    NULL);
	cr_assert_null(test_workload(&test, "governor")->rollout->twin);
	cr_assert_null(test_workload(&test, "web")->rollout->twin);
	test_release_free(&test);
}
