/*
 * The update computation: from its size to what it guarantees, and whether it
 * can go on.
 */
#include "fact/update/update.h"

#include "fact/computed.h"
#include "fact/pod/pod.h"
#include "fact/rollout/rollout.h"
#include "fact/update/canary.h"
#include "fact/update/size.h"

#include <string.h>

#define UNKNOWN PODS_UNKNOWN

struct entity_list list_updates(
    struct arena *arena, const struct entity_list *workloads)
{
	const void **items = arena_array(arena, workloads->n, sizeof(*items));
	struct entity_list list = {.items = items};

	for (size_t i = 0; i < workloads->n; i++) {
		const struct workload *workload = workloads->items[i];

		if (workload->plan)
			items[list.n++] = workload;
	}
	return list;
}

/* All old pods serve until the new ones have the whole traffic; maxUnavailable
 * of a blueGreen is for restarts. */
static bool keeps_old_pods(const struct update_plan *plan)
{
	return plan->routes_traffic || plan->way == UPDATE_BLUE_GREEN;
}

/* Old pods go no further than the weight of a step asks for. */
static bool goes_by_weight(const struct workload *update)
{
	for (size_t i = 0; i < update->rollout->steps.n; i++) {
		const struct step *step = update->rollout->steps.items[i];

		if (step->weight.state != FACT_ABSENT)
			return true;
	}
	return false;
}

static bool takes_all(
    const struct release *release, const struct workload *update)
{
	const struct update_plan *plan = update->plan;

	return plan->unavailable.form == AMOUNT_PERCENTAGE &&
	       plan->unavailable.value >= 100 && !keeps_old_pods(plan) &&
	       !goes_by_weight(update) &&
	       (plan->way != UPDATE_ORDERED ||
		   heeds_unavailable(release) != TRI_NO) &&
	       pods_to_update(update, INT32_MAX) == INT32_MAX;
}

struct fact fact_update_takes_all(
    const struct release *release, const struct workload *update)
{
	return placed_as(
	    fact_bool(takes_all(release, update)), &update->max_unavailable);
}

static struct fact canary_floor(
    const struct release *release, const struct workload *update)
{
	struct canary_course course;

	if (!canary_course(release, update, &course))
		return fact_unknown();
	if (update->plan->routes_traffic)
		return fact_int(course.fewest);
	return placed_as(fact_int(course.fewest), &update->max_unavailable);
}

/* A StatefulSet has more where the gate MaxUnavailableStatefulSet is off: there
 * one pod goes at a time. */
struct fact fact_update_capacity_floor(
    const struct release *release, const struct workload *update)
{
	struct update_size size = update_size(release, update);
	int64_t missing;

	if (takes_all(release, update))
		return placed_as(fact_int(0), &update->max_unavailable);
	if (size.replicas == UNKNOWN)
		return fact_unknown();
	if (update->plan->way == UPDATE_CANARY)
		return canary_floor(release, update);
	if (keeps_old_pods(update->plan))
		return fact_int(size.replicas);
	if (size.unavailable == UNKNOWN)
		return fact_unknown();
	missing = pods_to_update(update, size.replicas);
	if (missing > size.unavailable)
		missing = size.unavailable;
	return placed_as(
	    fact_int(size.replicas - missing), &update->max_unavailable);
}

static bool is_zero(const struct amount *amount)
{
	return amount->form != AMOUNT_INVALID && amount->value == 0;
}

static bool is_above_zero(const struct amount *amount)
{
	return amount->form != AMOUNT_INVALID && amount->value > 0;
}

/* What the API refuses: nothing may be added and nothing may be missing, or,
 * of a DaemonSet, both at once. */
static const char *refused_amounts(const struct update_plan *plan)
{
	/* A canary's are a problem of its strategy, which says so. */
	bool sized = plan->way == UPDATE_ROLLING ||
		     plan->way == UPDATE_ORDERED || plan->way == UPDATE_BY_NODE;

	if (!sized || plan->surge.form == AMOUNT_INVALID ||
	    plan->unavailable.form == AMOUNT_INVALID)
		return NULL;
	if (is_zero(&plan->surge) && is_zero(&plan->unavailable))
		return plan->way == UPDATE_ORDERED
			   ? "maxUnavailable is 0"
			   : "maxSurge and maxUnavailable are both 0";
	if (plan->way == UPDATE_BY_NODE && is_above_zero(&plan->surge) &&
	    is_above_zero(&plan->unavailable))
		return "maxSurge and maxUnavailable are both above 0 "
		       "(maxUnavailable is 1 when left out); set one of them "
		       "to 0";
	return NULL;
}

/* Of the two amounts the one that was written; of two zeros maxUnavailable,
 * where the API server complains: one fault, one place. */
static struct fact at_amount(const struct workload *update, const char *text)
{
	const struct fact *surge = &update->max_surge;
	const struct fact *unavailable = &update->max_unavailable;
	bool both = unavailable->line && is_zero(&update->plan->surge);
	bool by_unavailable = !surge->line || both;

	return placed_as(fact_text(text), by_unavailable ? unavailable : surge);
}

/* The minimum of an autoscaler is no limit to the pods that are updated. */
static bool is_frozen(
    const struct workload *update, const struct update_size *size)
{
	const struct links *scalers = &update->autoscalers;

	return !scalers->sure.n && size->replicas > 0 &&
	       pods_to_update(update, size->replicas) == 0;
}

/* A step that asks for one pod more than replicas waits for it, whatever
 * maxUnavailable allows. */
static enum tri canary_adds_first(
    const struct release *release, const struct workload *update)
{
	struct canary_course course;

	if (!canary_course(release, update, &course))
		return TRI_UNKNOWN;
	return course.crowds ? TRI_YES : TRI_NO;
}

/* Whether new pods must run before any old one may go; three-valued. */
static enum tri adds_first(const struct release *release,
    const struct workload *update, const struct update_size *size)
{
	const struct update_plan *plan = update->plan;

	if (!size->replicas || update->governor)
		return TRI_NO;
	if (plan->way == UPDATE_BLUE_GREEN || plan->routes_traffic)
		return TRI_YES;
	if (plan->way == UPDATE_BY_NODE)
		return is_above_zero(&plan->surge) ? TRI_YES : TRI_NO;
	if (plan->way != UPDATE_ROLLING && plan->way != UPDATE_CANARY)
		return TRI_NO;
	if (size->unavailable == UNKNOWN)
		return TRI_UNKNOWN;
	if (size->unavailable && plan->way == UPDATE_CANARY)
		return canary_adds_first(release, update);
	return size->unavailable ? TRI_NO : TRI_YES;
}

struct fact fact_update_adds_first(
    const struct release *release, const struct workload *update)
{
	struct update_size size = update_size(release, update);

	return fact_of_tri(adds_first(release, update, &size));
}

static bool is_for_one_pod(
    const struct release *release, const struct workload *update)
{
	struct fact access = fact_workload_exclusive_access(release, update);

	return access.state == FACT_KNOWN &&
	       !strcmp(access.text, "ReadWriteOncePod");
}

/* What keeps an update from going on. */
enum obstacle_kind {
	OBSTACLE_NONE,
	OBSTACLE_REFUSED, /* the API takes neither type nor amounts */
	OBSTACLE_PAUSE,
	OBSTACLE_PARTITION,
	OBSTACLE_CLAIM,
	OBSTACLE_APART, /* required anti-affinity */
	OBSTACLE_PORT,
	OBSTACLE_PORT_OF_NODE, /* of a DaemonSet, whose pods stay on theirs */
};

/* What update.obstacle_kind has for each, and update.obstacle where the
 * manifest has no better words. */
static const struct {
	const char *word, *sentence;
} obstacles[] = {
    [OBSTACLE_NONE] = {NULL, NULL},
    [OBSTACLE_REFUSED] = {"refused", NULL},
    [OBSTACLE_PAUSE] = {"pause", NULL},
    [OBSTACLE_PARTITION] = {"partition",
	"its partition covers all pods, so none is updated"},
    [OBSTACLE_CLAIM] = {"claim",
	"only one pod at a time can mount its claim, but a new pod must run "
	"before an old one may stop"},
    [OBSTACLE_APART] = {"anti-affinity",
	"required anti-affinity keeps a new pod, which must run before an old "
	"one may stop, off the nodes of the others"},
    [OBSTACLE_PORT] = {"host port",
	"a host port keeps a new pod, which must run before an old one may "
	"stop, off the nodes of the others"},
    [OBSTACLE_PORT_OF_NODE] = {"host port",
	"the old pod on a node uses a host port of the new one, which must run "
	"before the old one may stop"},
};

/* An obstacle and the fact that tells of it; absent with OBSTACLE_NONE. */
struct obstacle {
	enum obstacle_kind kind;
	struct fact fact;
};

static struct obstacle obstacle_at(enum obstacle_kind kind,
    const struct workload *owner, const struct spot *spot)
{
	return (struct obstacle){
	    .kind = kind,
	    .fact = fact_at(fact_text(obstacles[kind].sentence),
		owner->manifest, spot->line, spot->col, spot->width),
	};
}

/* The host port that old pods hold.  A new one of a DaemonSet can go to no
 * other node. */
static struct obstacle host_port(
    const struct workload *update, const struct workload *owner)
{
	bool by_node = update->plan->way == UPDATE_BY_NODE;

	if (!owner->seldom->host_port.text)
		return (struct obstacle){.kind = OBSTACLE_NONE};
	return obstacle_at(by_node ? OBSTACLE_PORT_OF_NODE : OBSTACLE_PORT,
	    owner, &owner->seldom->host_port);
}

/* What keeps a new pod from running beside the old ones, if anything. */
static struct obstacle crowding(
    const struct release *release, const struct workload *update)
{
	const struct workload *owner = update->template_owner;

	if (is_for_one_pod(release, update)) {
		struct obstacle claim = {.kind = OBSTACLE_CLAIM,
		    .fact = fact_workload_exclusive_claim(release, update)};

		claim.fact.text = obstacles[OBSTACLE_CLAIM].sentence;
		return claim;
	}
	if (!owner->seldom->apart.text || update->plan->way == UPDATE_BY_NODE)
		return host_port(update, owner);
	return obstacle_at(OBSTACLE_APART, owner, &owner->seldom->apart);
}

static struct obstacle obstacle_of(
    const struct release *release, const struct workload *update)
{
	struct update_size size = update_size(release, update);
	const char *refused = refused_amounts(update->plan);
	enum tri crowds = adds_first(release, update, &size);
	struct obstacle obstacle = {.kind = OBSTACLE_NONE};

	if (update->plan->refusal.has_value)
		return (struct obstacle){
		    OBSTACLE_REFUSED, update->plan->refusal};
	if (refused)
		return (struct obstacle){
		    OBSTACLE_REFUSED, at_amount(update, refused)};
	if (update->plan->pause.has_value && !update->governor && size.replicas)
		return (struct obstacle){OBSTACLE_PAUSE, update->plan->pause};
	if (is_frozen(update, &size))
		return (struct obstacle){OBSTACLE_PARTITION,
		    placed_as(fact_text(obstacles[OBSTACLE_PARTITION].sentence),
			&update->partition)};
	if (crowds != TRI_NO)
		obstacle = crowding(release, update);
	if (crowds == TRI_UNKNOWN && obstacle.fact.has_value)
		obstacle.fact = fact_unknown();
	return obstacle;
}

struct fact fact_update_obstacle(
    const struct release *release, const struct workload *update)
{
	return obstacle_of(release, update).fact;
}

struct fact fact_update_obstacle_kind(
    const struct release *release, const struct workload *update)
{
	struct obstacle obstacle = obstacle_of(release, update);

	if (obstacle.fact.has_value)
		obstacle.fact.text = obstacles[obstacle.kind].word;
	return obstacle.fact;
}

struct fact fact_update_can_progress(
    const struct release *release, const struct workload *update)
{
	struct fact obstacle = fact_update_obstacle(release, update);

	return obstacle.state == FACT_UNKNOWN ? fact_unknown()
					      : fact_bool(!obstacle.has_value);
}

struct fact fact_update_needs_spare_node(
    const struct release *release, const struct workload *update)
{
	struct obstacle obstacle = obstacle_of(release, update);

	if (obstacle.fact.state == FACT_UNKNOWN)
		return fact_unknown();
	return fact_bool(
	    obstacle.kind == OBSTACLE_APART || obstacle.kind == OBSTACLE_PORT);
}
