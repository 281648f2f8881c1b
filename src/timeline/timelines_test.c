/* What is said of an update, on its own and over the release that runs. */
#include "timeline/timelines.h"

#include "fact/change/test_sides.h"

#include <stdlib.h>

/* "WAY|OUTCOME" of the first timeline. */
static void spell_outcome(struct release *release, struct buf *buf)
{
	const struct timeline_request request = {.release = release};
	struct arena arena = {0};
	size_t n;
	const struct timeline *timelines = timelines_make(&arena, &request, &n);

	cr_assert_geq(n, 1);
	buf_printf(buf, "%s|%s", timelines[0].way, timelines[0].outcome);
	arena_release(&arena);
}

/* Pods that are ready after 30 s, exactly. */
#define RUNS(kind, image, spec)                                                \
	OBJECT("apps/v1", kind, "w",                                           \
	    "spec: {selector: {matchLabels: {app: w}}, " spec                  \
	    ",\ntemplate: {metadata: {labels: {app: w}}, spec: {containers: "  \
	    "[{name: c, image: 'i:" image "', ports: [{containerPort: 80}],\n" \
	    "readinessProbe: {tcpSocket: {port: 80}, "                         \
	    "initialDelaySeconds: 30, periodSeconds: 1}}]}}}")
#define WITHIN(surge, unavailable)                      \
	", strategy: {rollingUpdate: {maxSurge: " surge \
	", maxUnavailable: " unavailable "}}"

static const struct row scaled[] = {
    /* Two end at once; then it is an update of two, each after 31 s. */
    {RUNS("Deployment", "1", "replicas: 4" WITHIN("0", "1")),
	RUNS("Deployment", "2", "replicas: 2" WITHIN("0", "1")),
	"RollingUpdate of 2 pods (4 before), at most 1 missing|"
	"Done after 60 to 62 s; never fewer than 1 ready"},
    {RUNS("Deployment", "1", "replicas: 4"),
	RUNS("Deployment", "1", "replicas: 1"),
	"RollingUpdate|"
	"Scaled from 4 to 1 pod, of which none is replaced: 3 end at once"},
    {RUNS("Deployment", "1", "replicas: 1"),
	RUNS("Deployment", "1", "replicas: 3"),
	"RollingUpdate|"
	"Scaled from 1 to 3 pods, of which none is replaced: 2 start at once"},
    {RUNS("Deployment", "1", "replicas: 4"),
	RUNS("Deployment", "2", "replicas: 0"),
	"RollingUpdate|"
	"Scaled from 4 to 0 pods, of which none is replaced: 4 end at once"},
    /* Nothing runs that is replaced: all new pods start together. */
    {RUNS("Deployment", "1", "replicas: 0"),
	RUNS("Deployment", "2", "replicas: 3" WITHIN("0", "1")),
	"RollingUpdate of 3 pods (0 before), at most 1 missing|"
	"Done after 30 to 31 s; for a time no pod is ready"},
    {RUNS("Deployment", "1", "replicas: 3"),
	RUNS("Deployment", "1", "replicas: 3"),
	"RollingUpdate|Its pod template stays as it is: no pod is replaced"},
};

Test(timelines, of_a_change_of_replicas)
{
	expect(scaled, COUNT_OF(scaled), spell_outcome);
}

#define DEADLINE(seconds) "replicas: 2, progressDeadlineSeconds: " seconds
static const struct row late[] = {
    {RUNS("Deployment", "1", DEADLINE("20") WITHIN("0", "1")),
	RUNS("Deployment", "2", DEADLINE("20") WITHIN("0", "1")),
	"RollingUpdate of 2 pods, at most 1 missing|"
	"Done after 60 to 62 s; never fewer than 1 ready; "
	"fails its deadline at 20 s"},
    /* The first is ready before it; the second begins it anew. */
    {RUNS("Deployment", "1", DEADLINE("40") WITHIN("0", "1")),
	RUNS("Deployment", "2", DEADLINE("40") WITHIN("0", "1")),
	"RollingUpdate of 2 pods, at most 1 missing|"
	"Done after 60 to 62 s; never fewer than 1 ready"},
    /* Ready after 31 s, the last progress before the 50 s until it counts. */
    {RUNS("Deployment", "1", DEADLINE("40") ", minReadySeconds: 50"),
	RUNS("Deployment", "2",
	    DEADLINE("40") ", minReadySeconds: 50" WITHIN("1", "0")),
	"RollingUpdate of 2 pods, at most 1 more and none missing|"
	"Done after 160 to 162 s; never fewer than 2 ready; "
	"fails its deadline at 71 s"},
    /* No new pod starts while the old ones end. */
    {RUNS("Deployment", "1", DEADLINE("40") ", strategy: {type: Recreate}"),
	RUNS("Deployment", "2", DEADLINE("40") ", strategy: {type: Recreate}"),
	"Recreate of 2 pods|"
	"Done after 60 to 61 s; for a time no pod is ready"},
};

#define ABORTS(image)                                                        \
	OBJECT("argoproj.io/v1alpha1", "Rollout", "w",                       \
	    "spec: {replicas: 1, progressDeadlineSeconds: 20, "              \
	    "progressDeadlineAbort: true, strategy: {canary: {}},\n"         \
	    "selector: {matchLabels: {app: w}}, template: {metadata: "       \
	    "{labels: {app: w}}, spec: {containers: [{name: c, image: "      \
	    "'i:" image "',\nports: [{containerPort: 80}], readinessProbe: " \
	    "{tcpSocket: {port: 80}, initialDelaySeconds: 30, "              \
	    "periodSeconds: 1}}]}}}")

static const struct row aborted[] = {
    {ABORTS("1"), ABORTS("2"),
	"canary of 1 pod, at most 1 more and none missing|"
	"Done after 30 to 31 s; never fewer than 1 ready; "
	"fails its deadline at 20 s and is aborted then"},
};

Test(timelines, of_a_rollout_that_aborts)
{
	expect(aborted, COUNT_OF(aborted), spell_outcome);
}

/* Progress begins the deadline anew. */
Test(timelines, of_a_deadline)
{
	expect(late, COUNT_OF(late), spell_outcome);
}

enum { MANY = 100000 };

/* What a timeline holds of findings that are not of it is a byte each, for all
 * timelines together. */
static void spell_room(struct release *release, struct buf *buf)
{
	const struct diag_kind kind = {.strikes = STRIKE_NONE};
	struct finding *findings = xcalloc(MANY, sizeof(*findings));
	struct timeline_request request = {release, findings, MANY, 0};
	struct arena arena = {0};
	size_t n;

	for (size_t i = 0; i < MANY; i++)
		findings[i].kind = &kind;
	timelines_make(&arena, &request, &n);
	buf_add_text(buf, arena.total < 5 * MANY ? "little" : "much");
	arena_release(&arena);
	free(findings);
}

static const struct row crowded[] = {
    {RUNS("Deployment", "1", "replicas: 3"),
	RUNS("Deployment", "2", "replicas: 3"), "little"},
};

Test(timelines, of_many_findings)
{
	expect(crowded, COUNT_OF(crowded), spell_room);
}
