/*
 * For unit tests: a release made from a text, as the run makes it from a
 * stream, and a way to its entities by name.
 */
#ifndef FACT_TEST_RELEASE_H
#define FACT_TEST_RELEASE_H

#include "fact/collect.h"
#include "fact/relate.h"
#include "fact/settings.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct origin test_origin = {.name = "x.yaml"};
static const struct origin *const test_origins[] = {&test_origin};

struct test_release {
	struct settings settings;
	struct facts facts;
	struct finding_list findings;
	struct profile profile; /* asks for nothing */
	struct release *release;
};

/* Collects every document of yaml; release_new() is left to the caller. */
static inline void test_collect(struct test_release *test, const char *yaml)
{
	struct events *events = events_new(slice_of(yaml), 1);
	struct collection collection = {.facts = &test->facts,
	    .origin = &test_origin,
	    .findings = &test->findings};
	const struct node *root;
	struct arena arena = {0};

	while (document_load(events, &test_origin, &default_limits, &arena,
		   &test->findings, &root) > 0) {
		collect_document(&collection, root, NULL, NULL);
		collection.order++;
		/* Nothing of the tree may be needed any more. */
		arena_release(&arena);
	}
	arena_release(&arena);
	events_free(events);
}

/* What is recognised by its name in tests, whatever the rules say. */
static inline void test_settings_init(struct settings *settings)
{
	struct fault fault = {0};

	*settings = (struct settings){0};
	cr_assert_eq(
	    settings_set_pattern(settings, setting_find(SLICE("warmup.names")),
		SLICE("(?i)warm-?up|prefetch"), &fault),
	    0);
	cr_assert_eq(
	    settings_set_pattern(settings,
		setting_find(SLICE("drain.variables")),
		SLICE(
		    "(?i)^(?!.*(interval|poll|check|subscription|trial|login))"
		    ".*(shut[-_]?down|drain(?!age)|grace)"),
		&fault),
	    0);
	cr_assert_eq(
	    settings_set_int(settings,
		setting_find(SLICE("drain.margin_seconds")), 5, &fault),
	    0);
}

static inline void test_release_init(
    struct test_release *test, const char *yaml, const char *namespace)
{
	struct facts *facts = &test->facts;

	*test = (struct test_release){0};
	test_settings_init(&test->settings);
	facts_init(facts, &test->settings);
	test_collect(test, yaml);
	test->release = release_new(&facts, 1, &test->settings, &test->profile,
	    NULL, namespace, test_origins);
}

static inline void test_release_free(struct test_release *test)
{
	release_free(test->release);
	facts_release(&test->facts);
	finding_list_release(&test->findings);
	settings_release(&test->settings);
}

/* The first entity of that kind whose object has that name. */
static inline const void *test_entity(
    const struct test_release *test, enum entity_kind kind, const char *name)
{
	const struct entity_list *list = &test->release->lists[kind];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest =
		    entity_manifest(kind, list->items[i]);

		if (!strcmp(manifest->name, name))
			return list->items[i];
	}
	cr_assert_fail("there is no '%s'", name);
	return NULL;
}

static inline const struct workload *test_workload(
    const struct test_release *test, const char *name)
{
	return test_entity(test, ENTITY_workload, name);
}

/* The first container of that name. */
static inline const struct container *test_container(
    const struct test_release *test, const char *name)
{
	const struct entity_list *list =
	    &test->release->lists[ENTITY_container];

	for (size_t i = 0; i < list->n; i++) {
		const struct container *container = list->items[i];

		if (!strcmp(container->name.text, name))
			return container;
	}
	cr_assert_fail("there is no container '%s'", name);
	return NULL;
}

/* A fact as text: "3", "true", "unknown", "none"; a default is in brackets;
 * a list is the names of its objects. */
static inline void test_spell_list(
    enum entity_kind kind, struct fact fact, struct buf *buf)
{
	if (fact.state == FACT_UNKNOWN) {
		buf_add_text(buf, "unknown");
		return;
	}
	for (size_t i = 0; i < fact.list->n; i++)
		buf_printf(buf, "%s%s", i ? " " : "",
		    entity_manifest(kind, fact.list->items[i])->name);
}

static inline void test_expect_list(
    enum entity_kind kind, struct fact fact, const char *expected)
{
	struct buf buf = {0};

	test_spell_list(kind, fact, &buf);
	cr_assert_str_eq(buf_text(&buf), expected, "'%s', not '%s'",
	    buf_text(&buf), expected);
	buf_release(&buf);
}

static inline void test_expect_bool(struct fact fact, const char *expected)
{
	const char *got = fact.state == FACT_UNKNOWN ? "unknown"
			  : fact.boolean	     ? "true"
						     : "false";

	cr_assert_str_eq(got, expected);
}

/* NULL: there is none. */
static inline void test_expect_text(struct fact fact, const char *expected)
{
	const char *got = fact.state == FACT_KNOWN ? fact.text : NULL;

	if (!expected) {
		cr_assert_null(got, "'%s'", got);
		return;
	}
	cr_assert_not_null(got, "not '%s'", expected);
	cr_assert_str_eq(got, expected, "'%s', not '%s'", got, expected);
}

static inline void test_expect_int(struct fact fact, int64_t expected)
{
	cr_assert_neq(fact.state, FACT_UNKNOWN);
	cr_assert(fact.has_value);
	cr_assert_eq(fact.integer, expected, "%lld, not %lld",
	    (long long)fact.integer, (long long)expected);
}

#endif
