/* How a controller replaces its pods: its amounts, steps and partition, and
 * what of the pod template may stand in its way. */
#include "fact/update/update.h"

#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/pod/pod.h"
#include "fact/rollout/reading.h"
#include "fact/selector.h"
#include "fact/update/size.h"

#include <stdlib.h>
#include <string.h>

RARE(workload, when_scaled)

/* The fields that say how much at a time, with the controller's defaults;
 * NULL: there is no such field. */
struct shape {
	const char *kind;
	const char *const *path; /* in spec */
	const char *surge, *unavailable;
	enum update_way way;
};

static const char *const strategy_path[] = {"strategy", "rollingUpdate", NULL};
static const char *const config_path[] = {"strategy", "rollingParams", NULL};
static const char *const update_path[] = {
    "updateStrategy", "rollingUpdate", NULL};
static const char *const canary_path[] = {"strategy", "canary", NULL};
static const char *const blue_green_path[] = {"strategy", "blueGreen", NULL};

static const struct shape shapes[] = {
    {"Deployment", strategy_path, "25%", "25%", UPDATE_ROLLING},
    {"StatefulSet", update_path, NULL, "1", UPDATE_ORDERED},
    {"DaemonSet", update_path, "0", "1", UPDATE_BY_NODE},
    {"DeploymentConfig", config_path, "25%", "25%", UPDATE_ROLLING},
    {"Rollout", canary_path, "25%", "25%", UPDATE_CANARY},
    {"Rollout", blue_green_path, NULL, "25%", UPDATE_BLUE_GREEN},
};

/* A Rollout's strategy is the key it is written under; the others say a word,
 * OpenShift's a shorter one. */
static bool is_by_hand(
    const struct shape *shape, const struct workload *workload)
{
	const struct fact *strategy = &workload->strategy;

	if (shape->way == UPDATE_CANARY || shape->way == UPDATE_BLUE_GREEN)
		return !strategy->has_value;
	return strcmp(strategy->text, "RollingUpdate") != 0 &&
	       (shape->path != config_path ||
		   strcmp(strategy->text, "Rolling") != 0);
}

static const struct shape *shape_of(const struct workload *workload)
{
	const char *kind = workload->kind->kind;
	const char *strategy =
	    workload->strategy.has_value ? workload->strategy.text : "";
	const struct shape *found = NULL;

	for (size_t i = 0; kind && i < COUNT_OF(shapes); i++) {
		if (strcmp(shapes[i].kind, kind))
			continue;
		if (!found || !strcmp(shapes[i].path[1], strategy))
			found = &shapes[i];
	}
	return found;
}

static const struct node *follow(
    const struct node *node, const char *const *path)
{
	while (node && *path)
		node = node_get(node, *path++);
	return node;
}

/* "25%", of digits only, as the API wants it. */
static bool parse_percentage(struct slice text, int64_t *ret_value)
{
	struct slice digits = {text.ptr, text.len - 1};

	if (text.len < 2 || text.ptr[text.len - 1] != '%')
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return false;
	}
	return slice_to_int(digits, ret_value);
}

static struct amount parse_amount(struct slice text)
{
	struct amount amount = {.form = AMOUNT_NUMBER};

	if (parse_percentage(text, &amount.value))
		amount.form = AMOUNT_PERCENTAGE;
	else if (!slice_to_int(text, &amount.value))
		amount.form = AMOUNT_INVALID;
	if (amount.value < 0 || amount.value > INT32_MAX)
		amount.form = AMOUNT_INVALID;
	return amount;
}

struct amount facts_amount(const struct node *node, const char *otherwise)
{
	int64_t number;
	struct slice text;

	if (node_is_null(node))
		return otherwise ? parse_amount(slice_of(otherwise))
				 : (struct amount){.form = AMOUNT_NONE};
	/* A quoted number is no number, and no percentage either. */
	if (node_to_text(node, &text) &&
	    (node_to_int(node, &number) ||
		(text.len && text.ptr[text.len - 1] == '%')))
		return parse_amount(text);
	return (struct amount){.form = AMOUNT_INVALID};
}

void limit_percentage(struct amount *amount)
{
	if (amount->form == AMOUNT_PERCENTAGE && amount->value > 100)
		amount->form = AMOUNT_INVALID;
}

/* A Rollout is not held to that, its controller takes all pods then. */
static bool has_limit(const struct shape *shape)
{
	return shape->way != UPDATE_CANARY && shape->way != UPDATE_BLUE_GREEN;
}

/* As written; what is no scalar is only hinted at. */
struct fact facts_amount_text(
    struct facts *facts, const struct node *node, const char *otherwise)
{
	if (!node || node->kind == NODE_SCALAR)
		return facts_node_text(
		    facts, node, node_is_null(node) ? otherwise : NULL);
	return facts_placed(
	    fact_text(node->kind == NODE_MAPPING ? "{...}" : "[...]"), node);
}

static void collect_amounts(struct facts *facts, const struct shape *shape,
    const struct node *parent, struct workload *workload)
{
	struct update_plan *plan = workload->plan;
	const struct node *surge = node_get(parent, "maxSurge");
	const struct node *unavailable = node_get(parent, "maxUnavailable");

	workload->max_unavailable =
	    facts_amount_text(facts, unavailable, shape->unavailable);
	plan->unavailable = facts_amount(unavailable, shape->unavailable);
	if (has_limit(shape))
		limit_percentage(&plan->unavailable);
	if (!shape->surge)
		return;
	workload->max_surge = facts_amount_text(facts, surge, shape->surge);
	plan->surge = facts_amount(surge, shape->surge);
	if (shape->way == UPDATE_BY_NODE)
		limit_percentage(&plan->surge);
}

/* A number of pods; fallback where none is written, and where the API refuses
 * what is. */
static int64_t pods_in(const struct node *node, int64_t fallback)
{
	int64_t pods;

	return node_to_int(node, &pods) && pods >= 0 && pods <= INT32_MAX
		   ? pods
		   : fallback;
}

/* Its steps are read with the Rollout's own facts. */
static void collect_canary(const struct node *canary, struct update_plan *plan)
{
	const struct node *routing = node_get(canary, "trafficRouting");

	plan->routes_traffic = !node_is_null(routing);
	plan->full_weight = pods_in(node_get(routing, "maxTrafficWeight"), 100);
	if (plan->full_weight == 0)
		plan->full_weight = 100;
	if (!plan->routes_traffic)
		return;
	plan->least_pods = pods_in(node_get(canary, "minPodsPerReplicaSet"), 0);
	node_to_bool(
	    node_get(canary, "dynamicStableScale"), &plan->scales_stable);
}

static void collect_blue_green(
    const struct node *blue_green, struct update_plan *plan)
{
	const struct node *seconds =
	    node_get(blue_green, "autoPromotionSeconds");
	bool promotes = true;
	int64_t wait = 0;

	/* Promoted by hand it is whatever autoPromotionSeconds says. */
	node_to_bool(node_get(blue_green, "autoPromotionEnabled"), &promotes);
	if (!promotes)
		plan->pauses_for_good = true;
	else if (node_to_int(seconds, &wait) && wait > 0)
		plan->pause_seconds = wait;
	plan->preview_pods =
	    pods_in(node_get(blue_green, "previewReplicaCount"), -1);
	plan->is_gated =
	    !node_is_null(node_get(blue_green, "prePromotionAnalysis"));
}

static void collect_claims(
    struct facts *facts, const struct node *volumes, struct workload *workload)
{
	struct buf claims = {0};

	for (size_t i = 0; i < node_length(volumes); i++) {
		const struct node *name = node_find(volumes->items[i],
		    "persistentVolumeClaim", "claimName", NULL);
		struct claim_use use = {.name = facts_name(facts, name)};

		if (!*use.name)
			continue;
		use.line = name->span.line;
		use.col = name->span.col;
		use.width = facts_width(name);
		buf_add(&claims, &use, sizeof(use));
	}
	workload->claims = facts_keep(facts, &claims);
	workload->nclaims = claims.len / sizeof(*workload->claims);
	buf_release(&claims);
}

/* Of these three the words are known, and are all that the API takes. */
static bool is_strategy(const struct shape *shape, const char *word)
{
	return !strcmp(word, "RollingUpdate") ||
	       !strcmp(word,
		   shape->way == UPDATE_ROLLING ? "Recreate" : "OnDelete");
}

static void collect_refusal(const struct shape *shape,
    const struct node *parent, struct workload *workload)
{
	const struct fact *strategy = &workload->strategy;
	struct update_plan *plan = workload->plan;

	if (shape->path == config_path || !has_limit(shape) ||
	    strategy->state != FACT_KNOWN || !strategy->line)
		return;
	if (!is_strategy(shape, strategy->text))
		plan->refusal = placed_as(
		    fact_text(
			shape->way == UPDATE_ROLLING
			    ? "its strategy must be RollingUpdate or Recreate"
			    : "its updateStrategy must be RollingUpdate or "
			      "OnDelete"),
		    strategy);
	else if (plan->way == UPDATE_AT_ONCE && !node_is_null(parent))
		plan->refusal = facts_placed(
		    fact_text("the API refuses rollingUpdate beside "
			      "Recreate; remove it"),
		    key_of(parent));
}

static bool can_pause(const struct shape *shape)
{
	return shape->way == UPDATE_ROLLING || !has_limit(shape);
}

static void collect_pause(const struct node *spec, struct update_plan *plan)
{
	const struct node *node = node_get(spec, "paused");
	bool paused = false;

	node_to_bool(node, &paused);
	if (paused)
		plan->pause =
		    facts_placed(fact_text("paused is true, which keeps all "
					   "old pods until it is resumed"),
			key_of(node));
}

static void collect_ordered(const struct node *spec, const struct node *rolling,
    struct workload *workload)
{
	const struct node *policy = node_get(spec, "podManagementPolicy");
	struct slice word;

	workload->partition = facts_int(node_get(rolling, "partition"), 0);
	workload->plan->is_parallel =
	    node_to_text(policy, &word) && slice_is(word, "Parallel");
}

static void collect_plan(struct facts *facts, const struct shape *shape,
    const struct node *spec, struct workload *workload)
{
	struct update_plan *plan = arena_alloc(&facts->arena, sizeof(*plan));
	const struct node *parent = follow(spec, shape->path);

	workload->plan = plan;
	plan->way = shape->way;
	if (can_pause(shape))
		collect_pause(spec, plan);
	if (is_by_hand(shape, workload)) {
		plan->way = shape->way == UPDATE_ROLLING &&
				    !strcmp(workload->strategy.text, "Recreate")
				? UPDATE_AT_ONCE
				: UPDATE_BY_HAND;
		collect_refusal(shape, parent, workload);
		return;
	}
	collect_amounts(facts, shape, parent, workload);
	if (plan->way == UPDATE_ORDERED)
		collect_ordered(spec, parent, workload);
	else if (plan->way == UPDATE_CANARY)
		collect_canary(parent, plan);
	else if (plan->way == UPDATE_BLUE_GREEN)
		collect_blue_green(parent, plan);
}

void collect_update(struct facts *facts, const struct node *spec,
    const struct node *pod_spec, struct workload *workload)
{
	const struct shape *shape = shape_of(workload);

	collect_claims(facts, node_get(pod_spec, "volumes"), workload);
	collect_crowding(facts, pod_spec, workload);
	collect_spread(facts, pod_spec, workload);
	if (node_length(node_get(spec, "volumeClaimTemplates")))
		KEEP_RARE(&facts->arena, workload, when_scaled,
		    facts_node_text(facts,
			node_find(spec, "persistentVolumeClaimRetentionPolicy",
			    "whenScaled", NULL),
			NULL));
	if (!shape)
		return;
	collect_plan(facts, shape, spec, workload);
	workload->revision_history =
	    facts_int(node_get(spec, "revisionHistoryLimit"), 10);
}
