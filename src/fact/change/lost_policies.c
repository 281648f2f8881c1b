/*
 * A transition -> the policies that covered the old pods and cover none of the
 * new ones.
 *
 * What counts is what they cover, not whether objects of their names are there:
 * one that is renamed, or whose selector moves with the pods, is not lost.
 * Several pods that requests come to are asked for a budget whatever was there
 * before, which is told of the new release alone.
 */
#include "fact/change/change.h"

#include "fact/change/applier.h"
#include "fact/computed.h"
#include "fact/network/network.h"
#include "fact/service/service.h"

struct losing {
	struct asked *asked;
	struct transition *transition;
	struct buf text;
};

static void add_lost(
    struct losing *losing, const struct manifest *object, const char *what)
{
	struct transition *transition = losing->transition;

	if (!transition->lost_object)
		transition->lost_object = object;
	buf_printf(&losing->text, "%s%s '%s'", losing->text.len ? ", " : "",
	    what, object->name);
}

static bool any_outlives(
    const struct release *previous, const struct links *old)
{
	for (size_t i = 0; i < old->sure.n; i++) {
		/* All begin with their objects. */
		const struct manifest *object =
		    *(const struct manifest *const *)old->sure.items[i];

		if (!object->seldom->other &&
		    outlives_release(previous, object))
			return true;
	}
	return false;
}

/* Whether one of the policies is only left out and still there. */
static bool is_left_there(struct asked *asked, const struct release *previous,
    const struct links *old)
{
	static const char yes[] = "yes", no[] = "no";
	struct slice key = map_address_key(&old->sure.items);
	const char *answer = map_find(&asked->left_there, key);

	if (!answer) {
		answer = any_outlives(previous, old) ? yes : no;
		*map_slot(&asked->left_there, key) = (void *)(uintptr_t)answer;
	}
	return answer == yes;
}

/* Whether policies covered the old pods, and surely none does the new ones. */
static bool is_lost(struct asked *asked, const struct release *previous,
    const struct links *old, const struct links *new)
{
	return old->sure.n && !new->sure.n && !new->possible &&
	       !is_left_there(asked, previous, old);
}

static bool is_asked_for_budget(
    const struct release *release, const struct workload *workload)
{
	struct fact pods = fact_workload_effective_replicas(release, workload);

	return pods.state == FACT_KNOWN && pods.integer >= 2 &&
	       fact_workload_served(release, workload).boolean;
}

/* The object that the first of the old policies is; all begin with theirs. */
static const struct manifest *first_object(const struct links *links)
{
	return *(const struct manifest *const *)links->sure.items[0];
}

static void lose_isolation(struct losing *losing, const struct release *release,
    const struct workload *old, const struct workload *new)
{
	const struct release *before = release->previous;
	bool ingress = fact_workload_ingress_isolated(before, old).boolean &&
		       !fact_workload_ingress_isolated(release, new).boolean;
	bool egress = fact_workload_egress_isolated(before, old).boolean &&
		      !fact_workload_egress_isolated(release, new).boolean;

	if (new->networkpolicies.possible || (!ingress && !egress) ||
	    is_left_there(losing->asked, before, &old->networkpolicies))
		return;
	losing->transition->lost_isolation = fact_bool(true);
	add_lost(losing, first_object(&old->networkpolicies),
	    !egress    ? "the isolation of ingress by NetworkPolicy"
	    : !ingress ? "the isolation of egress by NetworkPolicy"
		       : "the isolation by NetworkPolicy");
}

void find_lost_policies(struct release *release, struct asked *asked,
    struct transition *transition)
{
	const struct workload *old = transition->previous;
	const struct workload *new = transition->workload;
	struct losing losing = {.asked = asked, .transition = transition};

	transition->lost_budget = fact_bool(
	    is_lost(asked, release->previous, &old->pdbs, &new->pdbs) &&
	    !is_asked_for_budget(release, new));
	transition->lost_autoscaler = fact_bool(is_lost(
	    asked, release->previous, &old->autoscalers, &new->autoscalers));
	transition->lost_isolation = fact_bool(false);
	if (transition->lost_budget.boolean)
		add_lost(
		    &losing, first_object(&old->pdbs), "PodDisruptionBudget");
	if (transition->lost_autoscaler.boolean)
		add_lost(&losing, first_object(&old->autoscalers),
		    first_object(&old->autoscalers)->kind);
	if (old->networkpolicies.sure.n)
		lose_isolation(&losing, release, old, new);
	if (losing.text.len)
		transition->lost = fact_text(
		    text_copy(&release->arena, buf_text(&losing.text)));
	buf_release(&losing.text);
}

SIMPLE(transition, lost_object, fact_entity(transition->lost_object))
