/* Files that share an object are kept apart, in pairs. */
#include "fact/apart.h"

#include "fact/relate.h"
#include "fact/test_release.h"

#define CONFIGMAP(name) \
	"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " name "}\n---\n"

static const struct origin files[] = {
    {.name = "a.yaml"},
    {.name = "b.yaml", .index = 1},
    {.name = "c.yaml", .index = 2},
};

/* A release of texts, each in a file of its own. */
static void init(struct test_release *test, const char *const *texts, size_t n)
{
	static const struct origin *const origins[] = {
	    &files[0], &files[1], &files[2]};
	static const struct profile profile;
	struct facts *facts[] = {&test->facts};
	struct collection collection = {
	    .facts = &test->facts, .findings = &test->findings};

	*test = (struct test_release){0};
	test_settings_init(&test->settings);
	facts_init(&test->facts, &test->settings);
	for (size_t i = 0; i < n; i++) {
		struct events *events = events_new(slice_of(texts[i]), 1);
		const struct node *root;
		struct arena arena = {0};

		collection.origin = &files[i];
		while (document_load(events, &files[i], &default_limits, &arena,
			   &test->findings, &root) > 0) {
			collect_document(&collection, root, NULL, NULL);
			collection.order++;
		}
		arena_release(&arena);
		events_free(events);
	}
	test->release = release_new(
	    facts, 1, &test->settings, &profile, NULL, NULL, origins);
}

static const struct manifest *manifest_at(
    const struct test_release *test, size_t i)
{
	return test->release->lists[ENTITY_manifest].items[i];
}

Test(fact_apart, nothing_is_kept_apart_without_need)
{
	static const char *const texts[] = {
	    CONFIGMAP("x") CONFIGMAP("x"), CONFIGMAP("y"), CONFIGMAP("z")};
	struct test_release test;

	init(&test, texts, 3);
	cr_assert_eq(
	    manifest_at(&test, 1)->seldom->earlier, manifest_at(&test, 0));
	cr_assert_eq(test.release->repeated.n, 0);
	for (size_t i = 0; i < 4; i++) {
		cr_assert(!are_apart(test.release, manifest_at(&test, i),
		    manifest_at(&test, 3)));
		cr_assert_eq(
		    apart_number(test.release, manifest_at(&test, i)), 0);
	}
	test_release_free(&test);
}

Test(fact_apart, files_that_share_an_object)
{
	static const char *const texts[] = {CONFIGMAP("x") CONFIGMAP("p"),
	    CONFIGMAP("q"), CONFIGMAP("r") CONFIGMAP("x")};
	struct test_release test;
	const struct manifest *x, *p, *q, *r, *again;

	init(&test, texts, 3);
	x = manifest_at(&test, 0);
	p = manifest_at(&test, 1);
	q = manifest_at(&test, 2);
	r = manifest_at(&test, 3);
	again = manifest_at(&test, 4);
	cr_assert_null(again->seldom->earlier);
	cr_assert_eq(again->seldom->namesake, x);
	cr_assert_eq(test.release->repeated.n, 1);
	cr_assert_eq(test.release->repeated.items[0], again);
	cr_assert(are_apart(test.release, p, r));
	cr_assert(are_apart(test.release, r, p));
	cr_assert(!are_apart(test.release, p, q));
	cr_assert(!are_apart(test.release, q, r));
	cr_assert(!are_apart(test.release, x, p));
	cr_assert_neq(
	    apart_number(test.release, p), apart_number(test.release, r));
	test_release_free(&test);
}

/* Each of three meets both others, and twice in one file stays a mistake. */
Test(fact_apart, an_object_of_three_files)
{
	static const char *const texts[] = {
	    CONFIGMAP("x"), CONFIGMAP("x"), CONFIGMAP("x") CONFIGMAP("x")};
	struct test_release test;

	init(&test, texts, 3);
	for (size_t i = 0; i < 3; i++) {
		for (size_t j = 0; j < 3; j++)
			cr_assert_eq(
			    are_apart(test.release, manifest_at(&test, i),
				manifest_at(&test, j)),
			    i != j);
	}
	cr_assert_eq(
	    manifest_at(&test, 3)->seldom->earlier, manifest_at(&test, 2));
	cr_assert_eq(test.release->repeated.n, 2);
	test_release_free(&test);
}
