/*
 * ResourceQuotas that leave no room for the new pod of an update.
 *
 * What the pods of the release take of a namespace is summed up, as far as it
 * is known: it is no less.  With one pod more than that the quota must not be
 * exceeded, or the API server refuses the pod.
 */
#include "fact/update/update.h"

#include "base/quantity.h"
#include "fact/computed.h"
#include "fact/namespace.h"
#include "fact/problem.h"

#include <stddef.h>
#include <string.h>

enum { QUOTA_PODS, QUOTA_CPU, QUOTA_MEMORY, QUOTA_MAX };

/* Amounts of pods, cores and bytes. */
struct amounts {
	double of[QUOTA_MAX];
};

/* What a ResourceQuota allows of one of them. */
struct quota_limit {
	const struct manifest *manifest;
	const char *key, *written;
	double most;
	uint32_t line, col, width;
};

struct quota {
	const struct manifest *manifest;
	struct quota_limit limits[QUOTA_MAX]; /* without a key: none */
};

/* The tightest limits of a namespace, and what the release takes there. */
struct room {
	const struct quota_limit *limits[QUOTA_MAX]; /* or NULL */
	struct amounts taken;
};

static const struct {
	const char *key;
	int resource;
} keys[] = {{"pods", QUOTA_PODS}, {"count/pods", QUOTA_PODS},
    {"cpu", QUOTA_CPU}, {"requests.cpu", QUOTA_CPU}, {"memory", QUOTA_MEMORY},
    {"requests.memory", QUOTA_MEMORY}};

static void read_limit(struct facts *facts, const struct node *value,
    size_t row, struct quota *quota)
{
	struct quota_limit *limit = &quota->limits[keys[row].resource];
	double most;

	if (node_is_null(value) || !quantity_parse(scalar_text(value), &most) ||
	    (limit->key && limit->most <= most))
		return;
	*limit = (struct quota_limit){
	    .manifest = quota->manifest,
	    .key = keys[row].key,
	    .written = facts_name(facts, value),
	    .most = most,
	    .line = value->span.line,
	    .col = value->span.col,
	    .width = facts_width(value),
	};
}

/* One with a scope counts some pods only. */
void collect_quota(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	const struct node *hard = node_get(spec, "hard");
	struct quota *quota;

	if (!hard || is_given(node_get(spec, "scopes")) ||
	    is_given(node_get(spec, "scopeSelector")))
		return;
	quota = arena_alloc(&facts->arena, sizeof(*quota));
	quota->manifest = manifest;
	for (size_t i = 0; i < COUNT_OF(keys); i++)
		read_limit(facts, node_get(hard, keys[i].key), i, quota);
	vector_add(&facts->quotas, quota);
}

static void tighten(struct room *room, const struct quota *quota)
{
	for (size_t i = 0; i < QUOTA_MAX; i++) {
		const struct quota_limit *limit = &quota->limits[i];

		if (limit->key &&
		    (!room->limits[i] || limit->most < room->limits[i]->most))
			room->limits[i] = limit;
	}
}

static void add_request(double *sum, const struct fact *request, bool is_of_pod)
{
	double number;

	if (request->has_value &&
	    quantity_parse(slice_of(request->text), &number))
		*sum = is_of_pod ? number : *sum + number;
}

static struct amounts pod_of(const struct workload *workload)
{
	struct amounts pod = {{1, 0, 0}};

	for (size_t i = 0; i < workload->container_list.n; i++) {
		const struct container *container =
		    workload->container_list.items[i];

		add_request(&pod.of[QUOTA_CPU], &container->cpu_request,
		    container->shares_cpu);
		add_request(&pod.of[QUOTA_MEMORY], &container->memory_request,
		    container->shares_memory);
	}
	return pod;
}

static struct room *room_of(const struct map *rooms,
    const struct release *release, const struct workload *workload)
{
	return map_find(
	    rooms, slice_of(manifest_namespace(release, workload->manifest)));
}

/* The pods of a governed Deployment are its Rollout's; those of a Job, and of
 * hooks, come and go. */
static void take(const struct map *rooms, const struct release *release,
    const struct workload *workload)
{
	struct room *room = room_of(rooms, release, workload);
	struct fact replicas;
	struct amounts pod;

	if (!room || workload->governor ||
	    !fact_workload_long_running(release, workload).boolean)
		return;
	replicas = fact_workload_effective_replicas(release, workload);
	if (replicas.state == FACT_UNKNOWN || !replicas.has_value)
		return;
	pod = pod_of(workload);
	for (size_t i = 0; i < QUOTA_MAX; i++)
		room->taken.of[i] += pod.of[i] * (double)replicas.integer;
}

static void find_limit(
    const struct map *rooms, struct release *release, struct workload *workload)
{
	const struct room *room = room_of(rooms, release, workload);
	struct amounts pod;

	if (!room || workload->governor)
		return;
	pod = pod_of(workload);
	for (size_t i = 0; i < QUOTA_MAX && !workload->seldom->quota; i++) {
		/* Sums of decimal fractions are not exact. */
		if (room->limits[i] && pod.of[i] > 0 &&
		    room->taken.of[i] + pod.of[i] >
			room->limits[i]->most * (1 + 1e-9))
			workload_seldom(&release->arena, workload)->quota =
			    room->limits[i];
	}
}

/* The room of a quota's namespace. */
static struct room *room_made(struct map *rooms, struct arena *arena,
    const struct release *release, const struct quota *quota)
{
	void **slot = map_slot(
	    rooms, slice_of(manifest_namespace(release, quota->manifest)));

	if (!*slot)
		*slot = arena_alloc(arena, sizeof(struct room));
	return *slot;
}

void relate_quotas(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct map rooms = {0};
	struct arena arena = {0};
	struct entity_list quotas = facts_in_order(
	    &arena, facts, nfacts, offsetof(struct facts, quotas));

	for (size_t i = 0; i < quotas.n; i++)
		tighten(room_made(&rooms, &arena, release, quotas.items[i]),
		    quotas.items[i]);
	for (size_t i = 0; i < list->n && rooms.n; i++)
		take(&rooms, release, list->items[i]);
	for (size_t i = 0; i < list->n && rooms.n; i++)
		find_limit(&rooms, release,
		    (struct workload *)(uintptr_t)list->items[i]);
	map_release(&rooms);
	arena_release(&arena);
}

struct fact fact_update_quota_limit(
    const struct release *release, const struct workload *update)
{
	const struct quota_limit *limit = update->seldom->quota;

	(void)release;
	return limit ? fact_at(fact_text(limit->written), limit->manifest,
			   limit->line, limit->col, limit->width)
		     : (struct fact){.state = FACT_ABSENT};
}

SIMPLE(update, quota_resource,
    fact_of_word(update->seldom->quota ? update->seldom->quota->key : NULL))
SIMPLE(update, quota_name,
    update->seldom->quota ? fact_of_name(update->seldom->quota->manifest)
			  : (struct fact){.state = FACT_ABSENT})
