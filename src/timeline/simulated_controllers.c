/*
 * The controllers' loops: from a plan and the pods there are to the pods that
 * one pass creates and deletes.
 *
 * Deployment: pkg/controller/deployment/rolling.go, recreate.go;
 * StatefulSet: pkg/controller/statefulset/stateful_set_control.go;
 * DaemonSet: pkg/controller/daemon/update.go; Rollout: of argo-rollouts
 * utils/replicaset/canary.go, rollout/canary.go, rollout/bluegreen.go.
 */
#include "timeline/simulation.h"

#include <string.h>

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int greatest(int a, int b)
{
	return a > b ? a : b;
}

int sim_count(const struct sim_state *state, bool is_new, enum sim_phase phase)
{
	int n = 0;

	for (int i = 0; i < state->npods; i++)
		n += state->pods[i].is_new == is_new &&
		     state->pods[i].phase == phase;
	return n;
}

static int available(const struct sim_state *state, bool is_new)
{
	return sim_count(state, is_new, SIM_AVAILABLE);
}

/* The size of a ReplicaSet: a pod that ends is no longer its own. */
static int size(const struct sim_state *state, bool is_new)
{
	int n = 0;

	for (int i = 0; i < state->npods; i++)
		n += state->pods[i].is_new == is_new &&
		     state->pods[i].phase != SIM_ENDING;
	return n;
}

/* The explorer sets the second in which it is gone. */
static void end(struct sim_pod *pod)
{
	pod->phase = SIM_ENDING;
	pod->due = -1;
}

static void create(struct sim_state *state, bool is_new, int place)
{
	state->pods[state->npods++] = (struct sim_pod){
	    .is_new = is_new, .phase = SIM_CREATED, .place = (uint16_t)place};
}

static void forget(struct sim_state *state, int i)
{
	memmove(&state->pods[i], &state->pods[i + 1],
	    (size_t)(state->npods - i - 1) * sizeof(state->pods[0]));
	state->npods--;
}

/* Of these the one that a ReplicaSet deletes first: one that is not available
 * before one that is, the last created of them. */
static int victim(const struct sim_state *state, bool is_new)
{
	int found = -1;

	for (int i = 0; i < state->npods; i++) {
		const struct sim_pod *pod = &state->pods[i];

		if (pod->is_new != is_new || pod->phase == SIM_ENDING)
			continue;
		if (found < 0 || state->pods[found].phase == SIM_AVAILABLE ||
		    pod->phase != SIM_AVAILABLE)
			found = i;
	}
	return found;
}

/* Scales a ReplicaSet; nobody waits for the end of its pods. */
static bool scale(struct sim_state *state, bool is_new, int pods)
{
	int now = size(state, is_new);

	for (int i = now; i < pods; i++)
		create(state, is_new, 0);
	for (int i = pods; i < now; i++)
		forget(state, victim(state, is_new));
	return now != pods;
}

static int in_pods(const struct sim_amount *amount, int of, bool rounds_up)
{
	if (!amount->is_percent)
		return amount->value;
	return (amount->value * of + (rounds_up ? 99 : 0)) / 100;
}

void sim_init(struct simulation *simulation, const struct sim_plan *plan)
{
	int n = plan->replicas;
	bool by_node = plan->way == SIM_BY_NODE;
	int surge = in_pods(&plan->surge, n, true);
	int unavailable = in_pods(&plan->unavailable, n, by_node);

	if (plan->way == SIM_ORDERED)
		unavailable = plan->gate_is_on ? greatest(unavailable, 1) : 1;
	else if (surge == 0 && unavailable == 0)
		unavailable = 1;
	*simulation = (struct simulation){plan, surge, least(unavailable, n)};
}

void sim_begin(const struct simulation *simulation, struct sim_state *state)
{
	const struct sim_plan *plan = simulation->plan;
	bool has_place = plan->way == SIM_ORDERED || plan->way == SIM_BY_NODE;
	int n = plan->replicas + plan->more_before;

	memset(state, 0, sizeof(*state));
	/* What runs no pods is not scaled first: isScalingEvent() of
	 * pkg/controller/deployment/sync.go looks at active ReplicaSets. */
	state->is_scaled = plan->more_before == 0 || n == 0;
	for (int i = 0; i < n; i++) {
		create(state, false, has_place ? i : 0);
		state->pods[i].phase =
		    i < plan->broken ? SIM_BROKEN : SIM_AVAILABLE;
	}
}

/* Not available old pods first, as far as new ones that are not available do
 * not use up what may be missing; then those that may be missing. */
static bool shrink_old(
    const struct simulation *simulation, struct sim_state *state)
{
	int least_available =
	    simulation->plan->replicas - simulation->unavailable;
	int old = size(state, false);
	int room = old + size(state, true) - least_available -
		   (size(state, true) - available(state, true));
	int gone, spare;

	if (room <= 0 || old == 0)
		return false;
	gone = least(old - available(state, false), room);
	spare =
	    available(state, false) + available(state, true) - least_available;
	gone += least(available(state, false), greatest(spare, 0));
	return scale(state, false, old - gone);
}

static bool sync_rolling(
    const struct simulation *simulation, struct sim_state *state)
{
	int n = simulation->plan->replicas;
	int new = size(state, true);
	int room = n + simulation->surge - size(state, false) - new;

	if (new < n && room > 0)
		return scale(state, true, least(n, new + room));
	return shrink_old(simulation, state);
}

static bool end_all(struct sim_state *state)
{
	bool changed = false;

	for (int i = 0; i < state->npods; i++) {
		struct sim_pod *pod = &state->pods[i];

		if (!pod->is_new && pod->phase != SIM_ENDING) {
			end(pod);
			changed = true;
		}
	}
	return changed;
}

static bool sync_at_once(
    const struct simulation *simulation, struct sim_state *state)
{
	if (end_all(state))
		return true;
	if (sim_count(state, false, SIM_ENDING))
		return false;
	return scale(state, true, simulation->plan->replicas);
}

/* The pod of an index, or NULL. */
static struct sim_pod *pod_at(struct sim_state *state, int place)
{
	for (int i = 0; i < state->npods; i++) {
		if (state->pods[i].place == place)
			return &state->pods[i];
	}
	return NULL;
}

/* From the highest index on the first old pod goes, unless one before it is
 * not available. */
static bool replace_one(const struct sim_plan *plan, struct sim_state *state)
{
	for (int i = plan->replicas - 1; i >= plan->partition; i--) {
		struct sim_pod *pod = pod_at(state, i);

		if (!pod->is_new && pod->phase != SIM_ENDING) {
			end(pod);
			return true;
		}
		if (pod->phase != SIM_AVAILABLE)
			return false;
	}
	return false;
}

/* Old pods that are not available go beyond the budget, others within it. */
static bool replace_some(
    const struct simulation *simulation, struct sim_state *state)
{
	const struct sim_plan *plan = simulation->plan;
	int missing =
	    plan->replicas - available(state, false) - available(state, true);
	bool changed = false;

	for (int i = plan->replicas - 1; i >= plan->partition; i--) {
		struct sim_pod *pod = pod_at(state, i);
		bool is_there = pod->phase == SIM_AVAILABLE;

		if (pod->is_new || pod->phase == SIM_ENDING ||
		    (is_there && missing >= simulation->unavailable))
			continue;
		missing += is_there;
		end(pod);
		changed = true;
	}
	return changed;
}

static bool sync_ordered(
    const struct simulation *simulation, struct sim_state *state)
{
	const struct sim_plan *plan = simulation->plan;
	bool created = false;

	for (int i = 0; i < plan->replicas; i++) {
		const struct sim_pod *pod = pod_at(state, i);

		if (!pod) {
			create(state, i >= plan->partition, i);
			created = true;
		}
		if (!plan->is_parallel && created)
			return true;
		if (!plan->is_parallel && pod->phase != SIM_AVAILABLE)
			return false;
	}
	if (created)
		return true;
	return plan->gate_is_on ? replace_some(simulation, state)
				: replace_one(plan, state);
}

/* What runs on a node. */
struct node_pods {
	struct sim_pod *old, *new; /* that do not end */
	bool is_ending;
};

static struct node_pods node_pods(struct sim_state *state, int node)
{
	struct node_pods pods = {0};

	for (int i = 0; i < state->npods; i++) {
		struct sim_pod *pod = &state->pods[i];

		if (pod->place != node)
			continue;
		if (pod->phase == SIM_ENDING)
			pods.is_ending = true;
		else if (pod->is_new)
			pods.new = pod;
		else
			pods.old = pod;
	}
	return pods;
}

/* Nodes that miss their pod: it ends, is gone, or is new and not available. */
static int nodes_missing(const struct sim_plan *plan, struct sim_state *state)
{
	int missing = 0;

	for (int i = 0; i < plan->replicas; i++) {
		struct node_pods pods = node_pods(state, i);
		const struct sim_pod *pod = pods.old ? pods.old : pods.new;

		missing += !pod || pod->phase != SIM_AVAILABLE;
	}
	return missing;
}

static bool sync_nodes_down(
    const struct simulation *simulation, struct sim_state *state)
{
	const struct sim_plan *plan = simulation->plan;
	int missing = nodes_missing(plan, state);
	bool changed = false;

	for (int i = 0; i < plan->replicas; i++) {
		struct node_pods pods = node_pods(state, i);

		if (!pods.old && !pods.new && !pods.is_ending) {
			create(state, true, i);
			changed = true;
		}
		if (!pods.old)
			continue;
		if (pods.old->phase == SIM_AVAILABLE &&
		    missing >= simulation->unavailable)
			continue;
		missing += pods.old->phase == SIM_AVAILABLE;
		end(pods.old);
		changed = true;
	}
	return changed;
}

static bool sync_nodes_up(
    const struct simulation *simulation, struct sim_state *state)
{
	const struct sim_plan *plan = simulation->plan;
	int surging = 0;
	bool changed = false;

	for (int i = 0; i < plan->replicas; i++) {
		struct node_pods pods = node_pods(state, i);

		surging += pods.old && pods.new;
		if (pods.old && pods.new &&pods.new->phase == SIM_AVAILABLE) {
			end(pods.old);
			return true;
		}
	}
	for (int i = 0; i < plan->replicas; i++) {
		struct node_pods pods = node_pods(state, i);
		bool runs = pods.old && pods.old->phase == SIM_AVAILABLE;

		if (pods.new || (runs && surging >= simulation->surge) ||
		    (!pods.old && pods.is_ending))
			continue;
		surging += runs;
		create(state, true, i);
		changed = true;
	}
	return changed;
}

/* The share of a candidate is nearer than the best one's. */
static bool is_nearer(int weight, int canary, int total, const int best[2])
{
	double share = 100.0 * canary / total - weight;
	double other = 100.0 * best[0] / best[1] - weight;

	share = share < 0 ? -share : share;
	other = other < 0 ? -other : other;
	return best[1] == 0 || share < other;
}

/* The nearest share: the controller rounds up and down, of all pods and, when
 * it may add one, of one more. */
static int nearest_share(
    const struct simulation *simulation, int weight, int *ret_stable)
{
	int n = simulation->plan->replicas, best[2] = {0, 0};
	int up = (n * weight + 99) / 100, down = n * weight / 100;
	bool may_be_none =
	    weight == 0 || weight == 100 || (n == 1 && simulation->surge == 0);

	for (int total = n; total <= n + (simulation->surge > 0); total++) {
		bool is_tied = total * weight % 100 == 50;

		if ((up < n || may_be_none || total > n) &&
		    is_nearer(weight, up, total, best))
			best[0] = up, best[1] = total;
		if (!is_tied && (down > 0 || may_be_none) &&
		    is_nearer(weight, down, total, best))
			best[0] = down, best[1] = total;
	}
	*ret_stable = best[1] ? best[1] - best[0] : n;
	return best[0];
}

static int rounded_up(int weight, const struct sim_plan *plan)
{
	int full = plan->full_weight ? plan->full_weight : 100;
	int pods = (plan->replicas * weight + full - 1) / full;

	return pods ? greatest(pods, plan->least_pods) : 0;
}

int sim_share(const struct simulation *simulation, int weight, int *ret_stable)
{
	if (simulation->plan->replicas == 0)
		return *ret_stable = 0;
	if (simulation->plan->way == SIM_CANARY)
		return nearest_share(simulation, weight, ret_stable);
	*ret_stable = simulation->plan->replicas;
	return rounded_up(weight, simulation->plan);
}

static int full_weight(const struct sim_plan *plan)
{
	bool is_routed = plan->way == SIM_ROUTED && plan->full_weight;

	return is_routed ? plan->full_weight : 100;
}

/* The last weight that the steps up to this one set. */
static int weight_at(const struct sim_plan *plan, int step)
{
	if ((size_t)step >= plan->nsteps)
		return full_weight(plan);
	for (int i = step; i >= 0; i--) {
		if (plan->steps[i].deed == SIM_WEIGHT)
			return plan->steps[i].value;
	}
	return 0;
}

/* The setCanaryScale that is in force, or NULL. */
static const struct sim_step *scale_at(const struct sim_plan *plan, int step)
{
	if ((size_t)step >= plan->nsteps)
		return NULL;
	for (int i = step; i >= 0; i--) {
		const struct sim_step *found = &plan->steps[i];

		if (found->deed == SIM_SCALE_TRAFFIC)
			return NULL;
		if (found->deed == SIM_SCALE_PODS ||
		    found->deed == SIM_SCALE_WEIGHT)
			return found;
	}
	return NULL;
}

/* With traffic routing no amount limits what is created at once. */
static bool scale_routed(
    const struct simulation *simulation, struct sim_state *state)
{
	const struct sim_plan *plan = simulation->plan;
	const struct sim_step *set = scale_at(plan, state->step);
	int weight = set && set->deed == SIM_SCALE_PODS ? 0
		     : set				? set->value
			   : weight_at(plan, state->step);
	int canary = set && set->deed == SIM_SCALE_PODS
			 ? set->value
			 : rounded_up(weight, plan);
	int stable = plan->replicas;
	int full = full_weight(plan);
	bool changed;

	if (plan->scales_stable)
		stable = greatest(rounded_up(full - weight, plan),
		    rounded_up(full - state->weight, plan));
	changed = scale(state, false, stable);
	return scale(state, true, canary) || changed;
}

/* Stable pods first, then canary pods, within what may be added; then either
 * shrinks by what is available beyond what must be. */
static bool scale_basic(
    const struct simulation *simulation, struct sim_state *state)
{
	int n = simulation->plan->replicas, ceiling = n + simulation->surge;
	int aim_stable,
	    aim_canary = sim_share(simulation,
		weight_at(simulation->plan, state->step), &aim_stable);
	int stable = size(state, false), canary = size(state, true);
	int room = greatest(ceiling - stable - canary, 0);
	bool grows = aim_canary >= canary;
	int spare = (grows ? available(state, true) + stable
			   : canary + available(state, false)) -
		    (n - simulation->unavailable);
	bool changed;

	if (stable < aim_stable) {
		int more = least(room, aim_stable - stable);

		stable += more;
		room -= more;
	}
	if (grows)
		canary += least(room, aim_canary - canary);
	if (spare > 0 && grows && size(state, false) > aim_stable)
		stable = greatest(aim_stable, size(state, false) - spare);
	if (spare > 0 && !grows)
		canary = greatest(aim_canary, size(state, true) - spare);
	changed = scale(state, false, stable);
	return scale(state, true, canary) || changed;
}

static bool is_settled(
    const struct simulation *simulation, const struct sim_state *state)
{
	return available(state, true) == size(state, true) &&
	       (!simulation->plan->scales_stable ||
		   available(state, false) == size(state, false));
}

/* What was promoted is complete; what is left of the old pods goes. */
static bool shrink_rest(
    const struct simulation *simulation, struct sim_state *state)
{
	int spare = available(state, false) + available(state, true) -
		    (simulation->plan->replicas - simulation->unavailable);
	int old = size(state, false);

	if (simulation->plan->way == SIM_ROUTED)
		return false;
	return spare > 0 && scale(state, false, greatest(old - spare, 0));
}

static bool sync_canary(
    const struct simulation *simulation, struct sim_state *state)
{
	const struct sim_plan *plan = simulation->plan;
	bool is_last = (size_t)state->step >= plan->nsteps;
	bool is_pause = !is_last && plan->steps[state->step].deed == SIM_PAUSE;

	if (state->is_promoted)
		return shrink_rest(simulation, state);
	if (plan->way == SIM_ROUTED ? scale_routed(simulation, state)
				    : scale_basic(simulation, state))
		return true;
	if (is_last) {
		state->is_promoted = available(state, true) >= plan->replicas;
		return state->is_promoted;
	}
	if (is_pause ? !state->pause_over : !is_settled(simulation, state))
		return false;
	if (plan->way == SIM_ROUTED)
		state->weight = weight_at(plan, state->step);
	state->pause_over = false;
	state->step++;
	return true;
}

/* First those to look at, then the pause, then all. */
static bool sync_blue_green(
    const struct simulation *simulation, struct sim_state *state)
{
	const struct sim_plan *plan = simulation->plan;
	bool looks = state->step == 0 && plan->preview;
	int pods = looks ? plan->preview : plan->replicas;

	if (state->is_promoted)
		return false;
	if (scale(state, true, pods))
		return true;
	if (available(state, true) < pods)
		return false;
	if (state->step == 1) {
		state->is_promoted = true;
		return true;
	}
	if (plan->promotion_seconds && !state->pause_over)
		return false;
	state->step = 1;
	state->pause_over = false;
	return true;
}

/* A change of replicas goes to the ReplicaSet that runs, before any update
 * (syncDeployment() of deployment_controller.go, scale() of sync.go). */
static bool sync_scale(
    const struct simulation *simulation, struct sim_state *state)
{
	if (state->is_scaled)
		return false;
	state->is_scaled = true;
	return scale(state, false, simulation->plan->replicas);
}

bool sim_sync(const struct simulation *simulation, struct sim_state *state)
{
	if (sync_scale(simulation, state))
		return true;
	switch (simulation->plan->way) {
	case SIM_ROLLING: return sync_rolling(simulation, state);
	case SIM_AT_ONCE: return sync_at_once(simulation, state);
	case SIM_ORDERED: return sync_ordered(simulation, state);
	case SIM_BY_NODE:
		return simulation->surge ? sync_nodes_up(simulation, state)
					 : sync_nodes_down(simulation, state);
	case SIM_CANARY:
	case SIM_ROUTED: return sync_canary(simulation, state);
	case SIM_BLUE_GREEN: return sync_blue_green(simulation, state);
	}
	return false;
}

bool sim_is_finished(
    const struct simulation *simulation, const struct sim_state *state)
{
	const struct sim_plan *plan = simulation->plan;
	int held = plan->way == SIM_ORDERED
		       ? least(plan->partition, plan->replicas)
		       : 0;

	if (plan->way == SIM_ROUTED || plan->way == SIM_BLUE_GREEN)
		return state->is_promoted;
	if (plan->way == SIM_CANARY && !state->is_promoted)
		return false;
	return available(state, true) == plan->replicas - held &&
	       size(state, true) == plan->replicas - held &&
	       size(state, false) == held && available(state, false) == held;
}
