/* Timelines of updates that were watched on real controllers, by the table of
 * testdata/timeline/watched.txt. */
#include "timeline/timelines.h"

#include "doc/test_table.h"
#include "fact/computed.h"
#include "fact/test_release.h"
#include "fact/update/update.h"

enum { KIND, PODS, SPEC, FEWEST, MOST, SECONDS, LEFT };

static int number(struct slice cell)
{
	int64_t value;

	cr_assert(slice_to_int(cell, &value));
	return (int)value;
}

static void print_watched(struct buf *yaml, const struct test_row *row)
{
	bool is_rollout = slice_is(row->cells[KIND], "Rollout");

	buf_printf(yaml,
	    "apiVersion: %s\nkind: %.*s\nmetadata: {name: web}\n"
	    "spec: {replicas: %.*s, selector: {matchLabels: {app: web}}, "
	    "template: {metadata: {labels: {app: web}}, spec: {"
	    "terminationGracePeriodSeconds: 1, containers: [{name: web, "
	    "readinessProbe: {tcpSocket: {port: 80}, initialDelaySeconds: 1, "
	    "periodSeconds: 1}}]}}, %.*s}\n",
	    is_rollout ? "argoproj.io/v1alpha1" : "apps/v1",
	    SLICE_ARGS(row->cells[KIND]), SLICE_ARGS(row->cells[PODS]),
	    SLICE_ARGS(row->cells[SPEC]));
}

/* Pods of the old revision that are never deleted. */
static int left(const struct timeline *timeline)
{
	int n = 0;

	for (size_t i = 0; i < timeline->npods; i++) {
		const struct timeline_pods *pods = &timeline->pods[i];

		n += pods->is_new || pods->deleted != SECOND_NEVER
			 ? 0
			 : pods->count;
	}
	return n;
}

/* The second in which a pod was made ready or deleted for the last time. */
static int still(const struct timeline *timeline)
{
	int32_t last = 0;

	for (size_t i = 0; i < timeline->npods; i++) {
		const struct timeline_pods *pods = &timeline->pods[i];

		if (pods->counted > last)
			last = pods->counted;
		if (pods->deleted != SECOND_NEVER && pods->deleted > last)
			last = pods->deleted;
	}
	return (int)last;
}

static void expect_seen(
    const struct test_row *row, const struct timeline *timeline)
{
	double seconds = atof(row->cells[SECONDS].ptr);
	double off = still(timeline) - seconds;
	int most = number(row->cells[MOST]);

	cr_expect_eq(timeline->floor, number(row->cells[FEWEST]),
	    "line %zu: at least %d", row->line, timeline->floor);
	cr_expect(timeline->most >= most - 1 && timeline->most <= most + 1,
	    "line %zu: at most %d", row->line, timeline->most);
	cr_expect_eq(left(timeline), number(row->cells[LEFT]), "line %zu: %d",
	    row->line, left(timeline));
	cr_expect(off < 1.5 + seconds / 5 && -off < 1.5 + seconds / 5,
	    "line %zu: %d s", row->line, still(timeline));
}

static void check_watched(const struct test_row *row)
{
	struct test_release test;
	struct buf yaml = {0};
	struct arena arena = {0};
	struct timeline_request request = {0};
	const struct timeline *timelines;
	const struct workload *update;
	size_t n;

	print_watched(&yaml, row);
	test_release_init(&test, buf_text(&yaml), NULL);
	test.settings.kube_least = test.settings.kube_most = 36;
	request.release = test.release;
	request.nodes = number(row->cells[PODS]);
	timelines = timelines_make(&arena, &request, &n);
	cr_assert_eq(n, 1, "line %zu", row->line);
	expect_seen(row, &timelines[0]);
	update = test_entity(&test, ENTITY_update, "web");
	cr_expect(fact_update_can_progress(test.release, update).boolean);
	if (!slice_is(row->cells[KIND], "DaemonSet"))
		cr_expect_eq(
		    fact_update_capacity_floor(test.release, update).integer,
		    number(row->cells[FEWEST]), "line %zu", row->line);
	test_release_free(&test);
	arena_release(&arena);
	buf_release(&yaml);
}

/* What a timeline shows, and what the facts say, is what was seen. */
Test(watched, on_real_controllers)
{
	test_table(
	    getenv("srcdir"), "../timeline/watched.txt", 8, 65, check_watched);
}
