/* Where entities and facts stand, and how they are called. */
#include "fact/entity.h"

#include "fact/computed.h"
#include "fact/test_release.h"

static const char yaml[] =
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata:\n"
    "  name: web\n"
    "spec:\n"
    "  replicas: 12\n"
    "  template:\n"
    "    spec:\n"
    "      initContainers:\n"
    "        - name: setup\n"
    "        - restartPolicy: Always\n"
    "          name: proxy\n"
    "      containers:\n"
    "        - name: app\n"
    "          readinessProbe:\n"
    "            tcpSocket: {port: 80}\n"
    "---\n"
    "apiVersion: batch/v1\n"
    "kind: CronJob\n"
    "metadata: {name: nightly}\n"
    "spec: {jobTemplate: {spec: {template: {spec: {"
    "containers: [{name: c}]}}}}}\n"
    "---\n"
    "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: "
    "[{name: d}]}}\n";

static void expect_place(
    struct place place, uint32_t line, uint32_t col, uint32_t end_col)
{
	cr_assert_eq(place.origin, &test_origin);
	cr_assert_eq(place.span.line, line, "line %u", place.span.line);
	cr_assert_eq(place.span.col, col, "column %u", place.span.col);
	cr_assert_eq(place.span.end_line, line);
	cr_assert_eq(place.span.end_col, end_col);
}

/* An object is shown at its kind, a container at the name that opens it. */
Test(fact_model, places_of_entities)
{
	struct test_release test;
	const struct container *app, *proxy;

	test_release_init(&test, yaml, NULL);
	app = test_container(&test, "app");
	proxy = test_container(&test, "proxy");
	expect_place(entity_place(ENTITY_workload, test_workload(&test, "web")),
	    2, 7, 17);
	expect_place(entity_place(ENTITY_container, app), 14, 17, 20);
	expect_place(entity_place(ENTITY_drain, app), 14, 17, 20);
	expect_place(entity_place(ENTITY_container, proxy), 11, 11, 12);
	expect_place(entity_place(ENTITY_probe, app->readiness), 15, 11, 25);
	cr_assert_not(place_known(entity_place(ENTITY_release, test.release)));
	cr_assert_not(
	    place_known(entity_place(ENTITY_contract, &test.profile)));
	test_release_free(&test);
}

Test(fact_model, places_of_facts)
{
	struct test_release test;
	const struct workload *web;
	struct place place;

	test_release_init(&test, yaml, NULL);
	web = test_workload(&test, "web");
	expect_place(
	    fact_place(test.release, ENTITY_workload, web, web->replicas), 6,
	    13, 15);
	expect_place(fact_place(test.release, ENTITY_workload, web,
			 fact_workload_kind(test.release, web)),
	    2, 7, 17);
	/* A default was written nowhere. */
	place =
	    fact_place(test.release, ENTITY_workload, web, web->grace_seconds);
	cr_assert_not(place_known(place));
	test_release_free(&test);
}

/* A fact that another file says: a drain time out of a ConfigMap. */
Test(fact_model, places_of_facts_in_another_file)
{
	static const struct origin other = {.name = "y.yaml", .index = 1};
	static const struct origin *const origins[] = {&test_origin, &other};
	struct release release = {.origins = origins};
	struct manifest manifest = {.origin = &test_origin};
	struct fact fact = fact_int(7);
	struct place place;

	fact.line = 3;
	fact.col = 4;
	fact.width = 2;
	place = fact_place(&release, ENTITY_manifest, &manifest, fact);
	expect_place(place, 3, 4, 6);
	fact.file_index = 2;
	place = fact_place(&release, ENTITY_manifest, &manifest, fact);
	cr_assert_eq(place.origin, &other);
	cr_assert_eq(place.span.line, 3);
}

static void expect_path(
    enum entity_kind kind, const void *entity, const char *expected)
{
	struct buf path = {0};

	entity_path(kind, entity, &path);
	cr_assert_str_eq(buf_text(&path), expected);
	buf_release(&path);
}

Test(fact_model, paths)
{
	struct test_release test;
	const struct container *app;

	test_release_init(&test, yaml, NULL);
	app = test_container(&test, "app");
	expect_path(ENTITY_workload, test_workload(&test, "web"), "");
	expect_path(ENTITY_container, app, "spec.template.spec.containers[0]");
	expect_path(ENTITY_drain, app, "spec.template.spec.containers[0]");
	expect_path(ENTITY_probe, app->readiness,
	    "spec.template.spec.containers[0].readinessProbe");
	expect_path(ENTITY_container, test_container(&test, "proxy"),
	    "spec.template.spec.initContainers[1]");
	expect_path(ENTITY_container, test_container(&test, "c"),
	    "spec.jobTemplate.spec.template.spec.containers[0]");
	expect_path(
	    ENTITY_container, test_container(&test, "d"), "spec.containers[0]");
	test_release_free(&test);
}

static void expect_spelled(
    enum entity_kind kind, const void *entity, const char *expected)
{
	struct buf name = {0};

	entity_spell(kind, entity, &name);
	cr_assert_str_eq(buf_text(&name), expected);
	buf_release(&name);
}

Test(fact_model, names)
{
	struct test_release test;
	const struct container *app;
	struct profile profile = {.id.text = "prod"};

	test_release_init(&test, yaml, NULL);
	app = test_container(&test, "app");
	expect_spelled(ENTITY_release, test.release, "the release");
	expect_spelled(ENTITY_contract, &profile, "profile prod");
	expect_spelled(
	    ENTITY_workload, test_workload(&test, "web"), "Deployment web");
	expect_spelled(
	    ENTITY_container, app, "container app of Deployment web");
	expect_spelled(ENTITY_drain, app, "container app of Deployment web");
	expect_spelled(ENTITY_probe, app->readiness,
	    "readinessProbe of container app of Deployment web");
	test_release_free(&test);
}

Test(fact_model, what_an_entity_is_part_of)
{
	struct test_release test;
	const struct workload *web;

	test_release_init(&test, yaml, NULL);
	web = test_workload(&test, "web");
	cr_assert_eq(entity_manifest(ENTITY_workload, web), web->manifest);
	cr_assert_eq(
	    entity_manifest(ENTITY_manifest, web->manifest), web->manifest);
	cr_assert_eq(
	    entity_manifest(ENTITY_probe, web->containers[0].readiness),
	    web->manifest);
	cr_assert_null(entity_manifest(ENTITY_release, test.release));
	cr_assert_null(entity_manifest(ENTITY_contract, &test.profile));
	test_release_free(&test);
}

/* State and value of the facts that are made in passing. */
Test(fact_model, facts)
{
	cr_assert_eq(fact_int(7).integer, 7);
	cr_assert_eq(fact_int(7).state, FACT_KNOWN);
	cr_assert_eq(fact_entity(NULL).state, FACT_ABSENT);
	cr_assert_not(fact_entity(NULL).has_value);
	cr_assert_eq(fact_unknown().state, FACT_UNKNOWN);
	cr_assert_not(fact_unknown().has_value);
	cr_assert_eq((struct fact){0}.state, FACT_ABSENT);
}

static void expect_stable_path(
    enum entity_kind kind, const void *entity, const char *expected)
{
	struct buf path = {0};

	entity_stable_path(kind, entity, &path);
	cr_assert_str_eq(buf_text(&path), expected, "%s", buf_text(&path));
	buf_release(&path);
}

/* What a finding is told by tomorrow, when a container was inserted. */
Test(fact_model, stable_paths_name_containers)
{
	struct test_release test;
	const struct container *app;

	test_release_init(&test, yaml, NULL);
	app = test_container(&test, "app");
	expect_stable_path(
	    ENTITY_container, app, "spec.template.spec.containers[name=app]");
	expect_stable_path(ENTITY_container, test_container(&test, "proxy"),
	    "spec.template.spec.initContainers[name=proxy]");
	expect_stable_path(ENTITY_container, test_container(&test, "c"),
	    "spec.jobTemplate.spec.template.spec.containers[name=c]");
	expect_stable_path(ENTITY_container, test_container(&test, "d"),
	    "spec.containers[name=d]");
	expect_stable_path(ENTITY_probe, app->readiness,
	    "spec.template.spec.containers[name=app].readinessProbe");
	expect_stable_path(ENTITY_workload, app->workload, "");
	test_release_free(&test);
}

static void expect_stable_refusal(const char *container, const char *expected)
{
	struct test_release test;
	struct buf text = {0};

	buf_printf(&text,
	    "apiVersion: v1\nkind: List\nitems:\n"
	    "- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n"
	    "- apiVersion: apps/v1\n"
	    "  kind: Deployment\n"
	    "  metadata: {name: web}\n"
	    "  spec:\n"
	    "    selector: {matchLabels: {a: b}}\n"
	    "    template:\n"
	    "      metadata: {labels: {a: b}}\n"
	    "      spec: {containers: [{name: a, image: x}, %s]}\n",
	    container);
	test_release_init(&test, buf_text(&text), NULL);
	cr_assert_eq(test.release->lists[ENTITY_refusal].n, 1);
	expect_stable_path(ENTITY_refusal,
	    test.release->lists[ENTITY_refusal].items[0], expected);
	test_release_free(&test);
	buf_release(&text);
}

/* Items of any list go by their names, below the object and not its List. */
Test(fact_model, stable_paths_name_items)
{
	expect_stable_refusal(
	    "{name: b}", "spec.template.spec.containers[name=b]");
	expect_stable_refusal("{image: x}", "spec.template.spec.containers[1]");
	expect_stable_refusal("{name: b, image: x, ports: [{name: p, "
			      "containerPort: 0}]}",
	    "spec.template.spec.containers[name=b].ports[name=p]."
	    "containerPort");
}
