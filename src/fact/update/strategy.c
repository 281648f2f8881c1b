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
	for (size_t i = 0; i < update->steps.n; i++) {
		const struct step *step = update->steps.items[i];

		if (step->weight.state != FACT_ABSENT)
			return true;
	}
	return false;
}

static bool takes_all(const struct workload *update)
{
	const struct update_plan *plan = update->plan;

	return plan->unavailable.form == AMOUNT_PERCENTAGE &&
	       plan->unavailable.value >= 100 && !keeps_old_pods(plan) &&
	       !goes_by_weight(update) &&
	       pods_to_update(update, INT32_MAX) == INT32_MAX;
}

struct fact fact_update_takes_all(
    const struct release *release, const struct workload *update)
{
	(void)release;
	return placed_as(
	    fact_bool(takes_all(update)), &update->max_unavailable);
}

static struct fact canary_floor(
    const struct release *release, const struct workload *update)
{
	struct canary_course course;

	if (!canary_course(release, update, NULL, &course))
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

	if (takes_all(update))
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

/* Of the two amounts the one that was written. */
static struct fact at_amount(const struct workload *update, const char *text)
{
	const struct fact *surge = &update->max_surge;

	return placed_as(
	    fact_text(text), surge->line ? surge : &update->max_unavailable);
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

	if (!canary_course(release, update, NULL, &course))
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

static bool is_for_one_pod(
    const struct release *release, const struct workload *update)
{
	struct fact access = fact_workload_exclusive_access(release, update);

	return access.state == FACT_KNOWN &&
	       !strcmp(access.text, "ReadWriteOncePod");
}

static const char keeps_apart[] =
    "required anti-affinity keeps a new pod, which must run before an old "
    "one may go, off the nodes of the others";
static const char keeps_off[] =
    "a host port keeps a new pod, which must run before an old one may go, off "
    "the nodes of the others";

static struct fact obstacle_at(
    const char *text, const struct workload *owner, const struct spot *spot)
{
	return fact_at(fact_text(text), owner->manifest, spot->line, spot->col,
	    spot->width);
}

/* The host port that old pods hold.  A new one of a DaemonSet can go to no
 * other node. */
static struct fact at_host_port(
    const struct workload *update, const struct workload *owner)
{
	const struct spot *port = &owner->host_port;
	const char *text =
	    update->plan->way == UPDATE_BY_NODE
		? "the old pod of a node holds a host port of the new one, "
		  "which must run before the old one may go"
		: keeps_off;

	if (!port->text)
		return (struct fact){.state = FACT_ABSENT};
	return obstacle_at(text, owner, port);
}

/* What keeps a new pod from running beside the old ones, if anything. */
static struct fact crowding(
    const struct release *release, const struct workload *update)
{
	const struct workload *owner = update->template_owner;

	if (is_for_one_pod(release, update)) {
		struct fact claim =
		    fact_workload_exclusive_claim(release, update);

		claim.text = "one pod at a time can mount its claim, and a "
			     "new one must run before an old one may go";
		return claim;
	}
	if (!owner->apart.text || update->plan->way == UPDATE_BY_NODE)
		return at_host_port(update, owner);
	return obstacle_at(keeps_apart, owner, &owner->apart);
}

struct fact fact_update_obstacle(
    const struct release *release, const struct workload *update)
{
	struct update_size size = update_size(release, update);
	const char *refused = refused_amounts(update->plan);
	enum tri crowds = adds_first(release, update, &size);
	struct fact obstacle = {.state = FACT_ABSENT};

	if (update->plan->refusal.has_value)
		return update->plan->refusal;
	if (refused)
		return at_amount(update, refused);
	if (update->plan->pause.has_value && !update->governor && size.replicas)
		return update->plan->pause;
	if (is_frozen(update, &size))
		return placed_as(fact_text("its partition holds all pods back"),
		    &update->partition);
	if (crowds != TRI_NO)
		obstacle = crowding(release, update);
	if (crowds == TRI_UNKNOWN && obstacle.has_value)
		return fact_unknown();
	return obstacle;
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
	struct fact obstacle = fact_update_obstacle(release, update);

	if (obstacle.state == FACT_UNKNOWN)
		return fact_unknown();
	return fact_bool(obstacle.has_value && (obstacle.text == keeps_apart ||
						   obstacle.text == keeps_off));
}
