/* The parts of the drain budget, and their sum. */
#include "fact/drain/drain.h"

#include "doc/test_table.h"
#include "fact/entity.h"
#include "fact/number.h"
#include "fact/test_release.h"

/* A cell that holds a number, or "-" for none. */
static bool wanted_number(const struct test_row *row, size_t i, int64_t *number)
{
	if (slice_is(row->cells[i], "-"))
		return false;
	cr_assert(slice_to_int(row->cells[i], number), "%s:%zu: no number",
	    row->name, row->line);
	return true;
}

static void expect_number(const struct test_row *row, size_t i, bool found,
    int64_t number, struct slice why)
{
	int64_t wanted = 0;
	bool is_wanted = wanted_number(row, i, &wanted);

	cr_assert_eq(found, is_wanted, "%s:%zu: %.*s", row->name, row->line,
	    SLICE_ARGS(why));
	if (found)
		cr_assert_eq(number, wanted, "%s:%zu: %lld: %.*s", row->name,
		    row->line, (long long)number, SLICE_ARGS(why));
}

static void check_duration(const struct test_row *row)
{
	int64_t number = 0;
	bool found = parse_duration(row->cells[0], &number);

	expect_number(row, 1, found, number, row->cells[2]);
}

Test(fact_drain, durations)
{
	test_table(getenv("srcdir"), "durations.txt", 3, 30, check_duration);
}

static void check_sleep(const struct test_row *row)
{
	struct arena arena = {0};
	const struct node *command = test_cell_node(row, 0, &arena);
	int64_t number = 0;
	bool found = sleep_seconds(command, &number);

	expect_number(row, 1, found, number, row->cells[2]);
	arena_release(&arena);
}

Test(fact_drain, sleeps)
{
	test_table(getenv("srcdir"), "sleeps.txt", 3, 40, check_sleep);
}

static void check_variable(const struct test_row *row)
{
	struct settings settings;
	struct facts facts;
	struct arena arena = {0};
	struct buf drains = {0};
	struct drain_setting drain = {0};

	settings = (struct settings){0};
	settings_set_defaults(&settings);
	facts_init(&facts, &settings);
	add_drain(
	    &facts, row->cells[0], test_cell_node(row, 1, &arena), &drains);
	if (drains.len)
		memcpy(&drain, drains.ptr, sizeof(drain));
	cr_assert(drains.len == 0 || drains.len == sizeof(drain));
	expect_number(row, 2, drain.by_name, drain.seconds, row->cells[3]);
	if (drains.len)
		cr_assert(slice_is(row->cells[0], drain.name));
	buf_release(&drains);
	arena_release(&arena);
	facts_release(&facts);
	settings_release(&settings);
}

Test(fact_drain, variables)
{
	test_table(getenv("srcdir"), "variables.txt", 4, 40, check_variable);
}

/* A Deployment with one container, app, of which container is what it has
 * besides its name, and spec what its pod has. */
#define DEPLOYMENT(spec, container)                                          \
	"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"     \
	"spec: {template: {spec: {" spec "containers: [{name: app" container \
	"}]}}}\n---\n"
#define CONFIGMAP(name, data)                                           \
	"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " name "}\n" \
	"data: {" data "}\n---\n"
#define EXEC(command) ", lifecycle: {preStop: {exec: {command: " command "}}}"

static struct fact prestop(const struct test_release *test)
{
	return fact_drain_prestop_seconds(
	    test->release, test_container(test, "app"));
}

static struct fact app(const struct test_release *test)
{
	return fact_drain_app_seconds(
	    test->release, test_container(test, "app"));
}

static void expect_prestop(const char *yaml, int64_t seconds)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	test_expect_int(prestop(&test), seconds);
	test_release_free(&test);
}

static void expect_app(const char *yaml, int64_t seconds)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	test_expect_int(app(&test), seconds);
	test_release_free(&test);
}

Test(fact_drain, prestop_that_is_told)
{
	expect_prestop(DEPLOYMENT("", ""), 0);
	expect_prestop(DEPLOYMENT("", ", lifecycle: {}"), 0);
	expect_prestop(DEPLOYMENT("", ", lifecycle: {preStop: {}}"), 0);
	expect_prestop(DEPLOYMENT("", ", lifecycle: {preStop: null}"), 0);
	expect_prestop(
	    DEPLOYMENT("", ", lifecycle: {postStart: {sleep: {seconds: 9}}}"),
	    0);
	expect_prestop(
	    DEPLOYMENT("", ", lifecycle: {preStop: {sleep: {seconds: 7}}}"), 7);
	expect_prestop(DEPLOYMENT("", EXEC("[sleep, '12']")), 12);
	expect_prestop(
	    DEPLOYMENT("", EXEC("[sh, -c, 'sleep 5 && sleep 3']")), 8);
	/* Helm's null beside the handler that counts. */
	expect_prestop(
	    DEPLOYMENT("",
		", lifecycle: {preStop: {exec: null, sleep: {seconds: 7}}}"),
	    7);
}

Test(fact_drain, prestop_that_nobody_can_tell)
{
	static const char *const forms[] = {
	    DEPLOYMENT("", ", lifecycle: {preStop: {httpGet: {port: 80}}}"),
	    DEPLOYMENT("", ", lifecycle: {preStop: {tcpSocket: {port: 80}}}"),
	    DEPLOYMENT("", EXEC("[/drain.sh]")),
	    DEPLOYMENT("", ", lifecycle: {preStop: {exec: {}}}"),
	    DEPLOYMENT("", ", lifecycle: {preStop: {sleep: {seconds: x}}}"),
	};

	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		struct test_release test;

		test_release_init(&test, forms[i], NULL);
		cr_assert_eq(
		    prestop(&test).state, FACT_UNKNOWN, "%s", forms[i]);
		test_release_free(&test);
	}
}

#define ENV(entries) ", env: [" entries "]"
#define FROM(name) ", envFrom: [{configMapRef: {name: " name "}}]"
#define KEY(variable, map, key)                                         \
	"{name: " variable ", valueFrom: {configMapKeyRef: {name: " map \
	", key: " key "}}}"

Test(fact_drain, the_longest_variable_counts)
{
	expect_app(DEPLOYMENT("", ""), 0);
	expect_app(DEPLOYMENT("", ENV("{name: DRAIN_SECONDS, value: '20'},"
				      "{name: GRACE_PERIOD, value: 25s},"
				      "{name: SHUTDOWN_MS, value: '3000'}")),
	    25);
	expect_app(
	    DEPLOYMENT("", ENV("{name: TIMEOUT_SECONDS, value: '20'}")), 0);
	expect_app(DEPLOYMENT("", ENV("{value: '20'}, text")), 0);
}

Test(fact_drain, all_of_a_configmap)
{
	expect_app(CONFIGMAP("web", "DRAIN_SECONDS: '20', PORT: '80'")
		       DEPLOYMENT("", FROM("web")),
	    20);
	/* The longest counts, wherever it stands. */
	expect_app(CONFIGMAP("web", "DRAIN_A_S: '10', DRAIN_B_S: '20', "
				    "DRAIN_C_S: '15'")
		       DEPLOYMENT("", FROM("web")),
	    20);
	/* The map may come after who reads it, and be another's. */
	expect_app(DEPLOYMENT("", FROM("web"))
		       CONFIGMAP("web", "DRAIN_SECONDS: '20'"),
	    20);
	expect_app(CONFIGMAP("api", "DRAIN_SECONDS: '20'")
		       DEPLOYMENT("", FROM("web")),
	    0);
	expect_app(
	    CONFIGMAP("web", "DRAIN_SECONDS: '20'") DEPLOYMENT("", ""), 0);
	expect_app(CONFIGMAP("a", "DRAIN_SECONDS: '20'")
		       CONFIGMAP("b", "DRAIN_SECONDS: '30'") DEPLOYMENT("",
			   ", envFrom: [{configMapRef: {name: a}}, "
			   "{secretRef: {name: s}}, "
			   "{configMapRef: {name: b}}]"),
	    30);
}

Test(fact_drain, one_key_of_a_configmap)
{
	expect_app(CONFIGMAP("web", "DRAIN_SECONDS: '20', DRAIN_MS: '90000'")
		       DEPLOYMENT("",
			   ENV(KEY("DRAIN_SECONDS", "web", "DRAIN_SECONDS"))),
	    20);
	expect_app(CONFIGMAP("web", "DRAIN_SECONDS: '20'") DEPLOYMENT(
		       "", ENV(KEY("DRAIN_SECONDS", "web", "DRAIN"))),
	    0);
	expect_app(CONFIGMAP("api", "DRAIN_SECONDS: '20'") DEPLOYMENT(
		       "", ENV(KEY("DRAIN_SECONDS", "web", "DRAIN_SECONDS"))),
	    0);
	/* What a Secret holds is not in the stream to be read. */
	expect_app(CONFIGMAP("web", "DRAIN_SECONDS: '20'") DEPLOYMENT("",
		       ENV("{name: DRAIN_SECONDS, valueFrom: {secretKeyRef: "
			   "{name: web, key: DRAIN_SECONDS}}}")),
	    0);
}

Test(fact_drain, env_overrides_a_configmap)
{
	expect_app(CONFIGMAP("web", "DRAIN_SECONDS: '300'") DEPLOYMENT("",
		       FROM("web") ENV("{name: DRAIN_SECONDS, value: '5'}")),
	    5);
	/* Another variable overrides nothing. */
	expect_app(CONFIGMAP("web", "DRAIN_SECONDS: '300'") DEPLOYMENT(
		       "", FROM("web") ENV("{name: DRAIN_MS, value: '5000'}")),
	    300);
}

/* A duration by itself is a drain time only under a name that says so. */
Test(fact_drain, a_name_must_say_it)
{
	expect_app(
	    CONFIGMAP("web", "CACHE_TTL: 300s") DEPLOYMENT("", FROM("web")), 0);
	expect_app(CONFIGMAP("web", "CACHE_TTL: 300s")
		       DEPLOYMENT("", ENV(KEY("TTL", "web", "CACHE_TTL"))),
	    0);
	expect_app(CONFIGMAP("web", "LONGEST: 300s, CACHE_TTL: 600s")
		       DEPLOYMENT("", ENV(KEY("DRAIN_TIME", "web", "LONGEST"))),
	    300);
	expect_app(CONFIGMAP("web", "DRAIN_TIME: 300s")
		       DEPLOYMENT("", ENV(KEY("LONGEST", "web", "DRAIN_TIME"))),
	    300);
}

Test(fact_drain, the_last_source_counts)
{
	static const char maps[] = CONFIGMAP("a", "DRAIN_S: '50', GRACE_S: '9'")
	    CONFIGMAP("b", "DRAIN_S: '20'");
	static const struct {
		const char *container;
		int64_t seconds;
	} cases[] = {
	    {", envFrom: [{configMapRef: {name: a}}, "
	     "{configMapRef: {name: b}}]",
		20},
	    {", envFrom: [{configMapRef: {name: b}}, "
	     "{configMapRef: {name: a}}]",
		50},
	    /* Under another prefix it is another variable. */
	    {", envFrom: [{configMapRef: {name: a}}, "
	     "{configMapRef: {name: b}, prefix: B_}]",
		50},
	    {", envFrom: [{configMapRef: {name: a}, prefix: B_}, "
	     "{configMapRef: {name: b}, prefix: B_}]",
		20},
	    /* env wins over both, and takes the last of its own. */
	    {", envFrom: [{configMapRef: {name: a}}], "
	     "env: [{name: DRAIN_S, value: '40'}, "
	     "{name: DRAIN_S, value: '5'}]",
		9},
	    {", envFrom: [{configMapRef: {name: a}}], "
	     "env: [{name: DRAIN_S, value: unclear}]",
		9},
	    /* A key of a ConfigMap that a later entry replaces. */
	    {", env: [{name: X_S, valueFrom: {configMapKeyRef: "
	     "{name: a, key: DRAIN_S}}}, {name: X_S, value: '70'}]",
		0},
	    {", env: [{name: X_S, value: '70'}, {name: X_S, valueFrom: "
	     "{configMapKeyRef: {name: a, key: DRAIN_S}}}]",
		50},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct buf yaml = {0};

		buf_printf(
		    &yaml, "%s" DEPLOYMENT("", "%s"), maps, cases[i].container);
		expect_app(buf_text(&yaml), cases[i].seconds);
		buf_release(&yaml);
	}
	/* A time that is unknown hides the one before it, too. */
	expect_app(
	    CONFIGMAP("a", "DRAIN_S: '50'") CONFIGMAP("b", "DRAIN_S: auto")
		DEPLOYMENT("", ", envFrom: [{configMapRef: {name: a}}, "
			       "{configMapRef: {name: b}}]"),
	    0);
}

#define NAMED(kind, name, namespace)                             \
	"apiVersion: v1\nkind: " kind "\nmetadata: {name: " name \
	", namespace: " namespace "}\n"

Test(fact_drain, a_configmap_of_another_namespace_is_another)
{
	expect_app(
	    NAMED("ConfigMap", "web", "a") "data: {DRAIN_S: '20'}\n---\n" NAMED(
		"ConfigMap", "web",
		"b") "data: {DRAIN_S: '30'}\n---\n" NAMED("Pod", "p",
		"a") "spec: {containers: [{name: app" FROM("web") "}]}\n",
	    20);
}

/* The setting is in another document: its place is the value's there. */
Test(fact_drain, a_setting_has_its_place)
{
	struct test_release test;
	struct fact fact;
	struct place place;

	test_release_init(&test,
	    CONFIGMAP("web", "DRAIN_SECONDS: '20'") DEPLOYMENT(
		"", FROM("web") ENV("{name: DRAIN_MS, value: '5000'}")),
	    NULL);
	fact = app(&test);
	place = fact_place(
	    test.release, ENTITY_drain, test_container(&test, "app"), fact);
	cr_assert_eq(place.origin, &test_origin);
	cr_assert_eq(place.span.line, 4);
	cr_assert_eq(place.span.col, 23);
	cr_assert_eq(place.span.end_col, 27);
	test_release_free(&test);
}

static void expect_sum(const char *yaml, int64_t needed, int64_t budget)
{
	struct test_release test;
	const struct container *drain;

	test_release_init(&test, yaml, NULL);
	drain = test_container(&test, "app");
	test_expect_int(fact_drain_needed_seconds(test.release, drain), needed);
	test_expect_int(fact_drain_budget_seconds(test.release, drain), budget);
	test_expect_int(fact_drain_margin_seconds(test.release, drain), 5);
	test_release_free(&test);
}

Test(fact_drain, sums)
{
	expect_sum(DEPLOYMENT("", ""), 5, 30);
	expect_sum(DEPLOYMENT("terminationGracePeriodSeconds: 60, ",
		       EXEC("[sleep, '10']")
			   ENV("{name: DRAIN_SECONDS, value: '20'}")),
	    35, 30);
	expect_sum(DEPLOYMENT("terminationGracePeriodSeconds: 0, ",
		       EXEC("[sleep, '10']")),
	    15, -10);
	/* Not more than the largest number there is. */
	expect_sum(DEPLOYMENT("", ", lifecycle: {preStop: {sleep: "
				  "{seconds: 9223372036854775807}}}"),
	    INT64_MAX, 30 - INT64_MAX);
}

static void expect_wait(
    const struct test_release *test, const char *name, int64_t wait)
{
	test_expect_int(
	    fact_drain_wait_seconds(test->release, test_container(test, name)),
	    wait);
}

/* app takes 10 + 20 s, the others by then have run their preStop. */
#define SIDECAR(name, prestop, env)                                            \
	"{name: " name ", restartPolicy: Always, lifecycle: {preStop: "        \
	"{sleep: {seconds: " prestop "}}}, env: [{name: DRAIN_S, value: '" env \
	"'}]}"

Test(fact_drain, sidecars_end_one_after_the_other)
{
	struct test_release test;
	const struct container *first;

	test_release_init(&test,
	    DEPLOYMENT("terminationGracePeriodSeconds: 90, "
		       "initContainers: [" SIDECAR("a", "5",
			   "7") ", {name: i}, " SIDECAR("b", "40", "2") "], ",
		EXEC("[sleep, '10']")
		    ENV("{name: DRAIN_SECONDS, value: '20'}")),
	    NULL);
	expect_wait(&test, "app", 0);
	expect_wait(&test, "b", 30);
	expect_wait(&test, "a", 42);
	first = test_container(&test, "a");
	test_expect_int(fact_drain_needed_seconds(test.release, first), 54);
	test_expect_int(fact_drain_budget_seconds(test.release, first), 41);
	test_release_free(&test);
}

/* A sidecar gets its SIGTERM when its preStop has ended and the containers
 * before it have: 30 s for them, the time of app. */
Test(fact_drain, a_preStop_longer_than_the_wait_counts)
{
	static const struct {
		const char *pod;
		int64_t needed;
	} rows[] = {
	    {"initContainers: [" SIDECAR("a", "29", "7") "], ", 30 + 7 + 5},
	    {"initContainers: [" SIDECAR("a", "30", "7") "], ", 30 + 7 + 5},
	    {"initContainers: [" SIDECAR("a", "31", "7") "], ", 31 + 7 + 5},
	    {"initContainers: [" SIDECAR("a", "32", "7") "], ", 32 + 7 + 5},
	};
	struct buf yaml = {0};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct test_release test;

		buf_clear(&yaml);
		buf_printf(&yaml,
		    DEPLOYMENT("%s", EXEC("[sleep, '10']") ENV(
					 "{name: DRAIN_SECONDS, value: '20'}")),
		    rows[i].pod);
		test_release_init(&test, buf_text(&yaml), NULL);
		test_expect_int(fact_drain_needed_seconds(
				    test.release, test_container(&test, "a")),
		    rows[i].needed);
		test_release_free(&test);
	}
	buf_release(&yaml);
}

/* What is needed is told as far as it is known, what is left is not. */
Test(fact_drain, sums_of_what_nobody_can_tell)
{
	struct test_release test;
	const struct container *drain;

	test_release_init(&test,
	    DEPLOYMENT("",
		EXEC("[/drain.sh]") ENV("{name: DRAIN_SECONDS, value: '20'}")),
	    NULL);
	drain = test_container(&test, "app");
	test_expect_int(fact_drain_needed_seconds(test.release, drain), 25);
	cr_assert_eq(
	    fact_drain_budget_seconds(test.release, drain).state, FACT_UNKNOWN);
	test_release_free(&test);
	test_release_init(&test,
	    DEPLOYMENT("terminationGracePeriodSeconds: '${G}', ", ""), NULL);
	drain = test_container(&test, "app");
	cr_assert_eq(
	    fact_drain_grace_seconds(test.release, drain).state, FACT_UNKNOWN);
	cr_assert_eq(
	    fact_drain_budget_seconds(test.release, drain).state, FACT_UNKNOWN);
	test_release_free(&test);
}

Test(fact_drain, grace_is_30_unless_written)
{
	struct test_release test;
	struct fact grace;

	test_release_init(&test, DEPLOYMENT("", ""), NULL);
	grace = test_workload(&test, "web")->grace_seconds;
	test_expect_int(grace, 30);
	cr_assert_eq(grace.state, FACT_ABSENT);
	test_release_free(&test);
	test_release_init(
	    &test, DEPLOYMENT("terminationGracePeriodSeconds: 30, ", ""), NULL);
	grace = test_workload(&test, "web")->grace_seconds;
	test_expect_int(grace, 30);
	cr_assert_eq(grace.state, FACT_KNOWN);
	test_release_free(&test);
}

/* What a container drains by what it is told, 0 for nothing. */
static void expect_told(const char *told, int64_t seconds)
{
	struct test_release test;
	struct buf yaml = {0};

	buf_printf(&yaml, DEPLOYMENT("", "%s"), told);
	test_release_init(&test, buf_text(&yaml), NULL);
	test_expect_int(
	    fact_drain_app_seconds(test.release, test_container(&test, "app")),
	    seconds);
	cr_assert_eq(test_container(&test, "app")->drain_word == DRAIN_FLAG,
	    seconds > 0);
	test_release_free(&test);
	buf_release(&yaml);
}

Test(fact_drain, flags)
{
	expect_told(", args: [--graceful-shutdown-timeout=600s]", 600);
	expect_told(", args: [--shutdown-timeout, 1m30s]", 90);
	expect_told(", args: [-shutdown-timeout, 90s]", 90);
	expect_told(", command: [envoy], args: [--drain-time-s, '60']", 60);
	expect_told(", args: [gunicorn, --graceful-timeout, '40']", 40);
	expect_told(", args: [--timeout-graceful-shutdown=40]", 40);
	expect_told(
	    ", args: [nginx, -g, 'worker_shutdown_timeout 50s; x;']", 50);
	expect_told(
	    ", args: [-Dspring.lifecycle.timeout-per-shutdown-phase=50s]", 50);
	expect_told(
	    ", args: [--spring.lifecycle.timeout-per-shutdown-phase=5000]", 5);
	expect_told(
	    ", command: [sh, -c, 'x; exec web --shutdown-timeout=\"50s\"']",
	    50);
}

static void expect_word(const char *yaml, enum drain_word word)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	cr_assert_eq(
	    test_container(&test, "app")->drain_word, word, "%s", yaml);
	test_release_free(&test);
}

/* The longest counts; of one that a key gives, the surer name. */
Test(fact_drain, words_of_names)
{
	expect_word(DEPLOYMENT("", ", env: [{name: STOP_GRACE, value: 9s}]"),
	    DRAIN_END);
	expect_word(
	    DEPLOYMENT("", ", env: [{name: GRACE, value: 9s}]"), DRAIN_GRACE);
	expect_word(DEPLOYMENT("", ", env: [{name: DRAIN_TIME, value: 9s}, "
				   "{name: SHUTDOWN_TIME, value: 8s}]"),
	    DRAIN_DRAIN);
	expect_word(CONFIGMAP("m", "grace: 9s, time: 9s") DEPLOYMENT("",
			", env: [{name: DRAIN, valueFrom: "
			"{configMapKeyRef: {name: m, key: grace}}}]"),
	    DRAIN_DRAIN);
	expect_word(CONFIGMAP("m", "drain: 9s") DEPLOYMENT("",
			", env: [{name: TIME, valueFrom: "
			"{configMapKeyRef: {name: m, key: drain}}}]"),
	    DRAIN_DRAIN);
	expect_word(CONFIGMAP("m", "time: 9s") DEPLOYMENT("",
			", env: [{name: GRACE, valueFrom: "
			"{configMapKeyRef: {name: m, key: time}}}]"),
	    DRAIN_GRACE);
	expect_word(CONFIGMAP("m", "GRACE: 9s") DEPLOYMENT(
			"", ", envFrom: [{configMapRef: {name: m}}]"),
	    DRAIN_GRACE);
}

/* Without a unit, of something else, or of others. */
Test(fact_drain, flags_that_say_nothing)
{
	expect_told(", args: [--shutdown-timeout=60]", 0);
	expect_told(", args: [--shutdown-timeout=$(TIME)]", 0);
	expect_told(", args: [--read-timeout=60s]", 0);
	expect_told(", args: [--drain-timeout=60s]", 0);
	expect_told(", args: [--graceful-restart-timeout=60s]", 0);
	expect_told(", args: [--node-shutdown-timeout=60s]", 0);
	expect_told(", args: [--shutdown-timeout, --idle=60s]", 0);
	expect_told(", args: [shutdown-timeout, 60s]", 0);
	expect_told(", args: [--shutdown-timeout]", 0);
}
