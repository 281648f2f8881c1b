/* A Rollout's own facts: how it promotes, whether anything measures it, which
 * objects it names. */
#include "fact/rollout/rollout.h"

#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/rollout/reading.h"

#include <stdlib.h>
#include <string.h>

RARE(workload, measured)
RARE(workload, progress_deadline_abort)
RARE(workload, scale_down_delay_seconds)
RARE(workload, auto_promotion)
RARE(workload, auto_promotion_enabled)
RARE(workload, auto_promotion_seconds)
RARE(workload, preview_service)
RARE(workload, unrouted)

static const char *const core[] = {"", NULL};
static const char *const argo[] = {"argoproj.io", NULL};
static const char *const ingresses[] = {
    "networking.k8s.io", "extensions", NULL};
static const char *const istio[] = {"networking.istio.io", NULL};
static const char *const traefik[] = {
    "traefik.io", "traefik.containo.us", NULL};
static const char *const apisix[] = {"apisix.apache.org", NULL};
static const char *const gateway[] = {"gateway.networking.k8s.io", NULL};
static const char *const workloads[] = {"apps", "", NULL};

/* Of argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi, whose
 * configuration says the namespace of its routes. */
#define GATEWAY_PLUGIN "argoproj-labs/gatewayAPI"

/* Where a Rollout's strategy names objects: a name, an object with a name, or
 * a list of either.  metadata: the field beside it that gives the pods of that
 * role more labels. */
static const struct naming {
	const char *path[6];
	const char *kind;
	const char *const *groups;
	bool must_select;
	const char *metadata;
} namings[] = {
    {{"canary", "canaryService"}, "Service", core, true, "canaryMetadata"},
    {{"canary", "stableService"}, "Service", core, true, "stableMetadata"},
    {{"canary", "pingPong", "pingService"}, "Service", core, true, NULL},
    {{"canary", "pingPong", "pongService"}, "Service", core, true, NULL},
    {{"blueGreen", "activeService"}, "Service", core, true, "activeMetadata"},
    {{"blueGreen", "previewService"}, "Service", core, true, "previewMetadata"},
    {{"canary", "trafficRouting", "smi", "rootService"}, "Service", core, false,
	NULL},
    {{"canary", "trafficRouting", "alb", "ingress"}, "Ingress", ingresses,
	false, NULL},
    {{"canary", "trafficRouting", "alb", "ingresses"}, "Ingress", ingresses,
	false, NULL},
    {{"canary", "trafficRouting", "nginx", "stableIngress"}, "Ingress",
	ingresses, false, NULL},
    {{"canary", "trafficRouting", "nginx", "stableIngresses"}, "Ingress",
	ingresses, false, NULL},
    {{"canary", "trafficRouting", "istio", "virtualService"}, "VirtualService",
	istio, false, NULL},
    {{"canary", "trafficRouting", "istio", "virtualServices"}, "VirtualService",
	istio, false, NULL},
    {{"canary", "trafficRouting", "istio", "destinationRule"},
	"DestinationRule", istio, false, NULL},
    {{"canary", "trafficRouting", "traefik", "weightedTraefikServiceName"},
	"TraefikService", traefik, false, NULL},
    {{"canary", "trafficRouting", "apisix", "route"}, "ApisixRoute", apisix,
	false, NULL},
    {{"canary", "trafficRouting", "plugins", GATEWAY_PLUGIN, "httpRoute"},
	"HTTPRoute", gateway, false, NULL},
    {{"canary", "trafficRouting", "plugins", GATEWAY_PLUGIN, "httpRoutes"},
	"HTTPRoute", gateway, false, NULL},
    {{"canary", "trafficRouting", "plugins", GATEWAY_PLUGIN, "grpcRoute"},
	"GRPCRoute", gateway, false, NULL},
    {{"canary", "trafficRouting", "plugins", GATEWAY_PLUGIN, "tcpRoute"},
	"TCPRoute", gateway, false, NULL},
};

/* An Istio name may end in the namespace: "web.shop". */
static void split_namespace(
    struct facts *facts, struct slice name, struct reference *reference)
{
	ptrdiff_t dot = slice_find(name, SLICE("."), 0);
	struct slice rest;

	if (reference->groups != istio || dot <= 0)
		return;
	rest = (struct slice){name.ptr + dot + 1, name.len - (size_t)dot - 1};
	if (!rest.len || slice_find(rest, SLICE("."), 0) >= 0)
		return;
	reference->name.text =
	    facts_text(facts, (struct slice){name.ptr, (size_t)dot});
	reference->namespace = facts_text(facts, rest);
}

static struct reference *add_reference(const struct rollout *rollout,
    const struct node *name, const char *kind, const char *const *groups,
    const char *role)
{
	struct facts *facts = rollout->reading.facts;
	struct reference *reference;
	struct slice text = scalar_text(name);

	if (!text.len)
		return NULL;
	reference = arena_alloc(&facts->arena, sizeof(*reference));
	reference->part = part_at(&rollout->reading, name);
	reference->groups = groups;
	reference->kind = fact_text(kind);
	reference->name = facts_node_text(facts, name, "");
	reference->role = fact_text(role);
	split_namespace(facts, text, reference);
	/* Filled in, it may be the name of any object. */
	if (unfilled_variable(text).len)
		reference->found = TRI_UNKNOWN;
	vector_add(&facts->lists[ENTITY_reference], reference);
	return reference;
}

/* The texts of one field of a list's items, or of its items. */
static const char *const *list_texts(const struct rollout *rollout,
    const struct node *list, const char *field, size_t *ret_n)
{
	struct facts *facts = rollout->reading.facts;
	size_t n = node_length(list);
	const char **texts = arena_array(&facts->arena, n, sizeof(*texts));

	for (size_t i = 0; i < n; i++)
		texts[i] = facts_name(facts,
		    field ? node_get(list->items[i], field) : list->items[i]);
	*ret_n = n;
	return texts;
}

/* What tlsRoutes or tcpRoutes ask for, one route or several by each item. */
static const char *const *list_keys(
    const struct rollout *rollout, const struct node *list, size_t *ret_n)
{
	struct facts *facts = rollout->reading.facts;
	size_t n = node_length(list);
	const char **keys = arena_array(&facts->arena, n, sizeof(*keys));

	for (size_t i = 0; i < n; i++) {
		const struct node *item = list->items[i];
		const char *key = facts_route_key(facts, &item, 1);

		keys[i] = key && item->kind == NODE_MAPPING ? key : "";
	}
	*ret_n = n;
	return keys;
}

static const struct choice *collect_choice(
    const struct rollout *rollout, const struct node *node)
{
	struct choice *choice =
	    arena_alloc(&rollout->reading.facts->arena, sizeof(*choice));

	choice->of[ROUTES_HTTP].keys = list_texts(rollout,
	    node_get(node, "routes"), NULL, &choice->of[ROUTES_HTTP].n);
	choice->of[ROUTES_TLS].keys = list_keys(
	    rollout, node_get(node, "tlsRoutes"), &choice->of[ROUTES_TLS].n);
	choice->of[ROUTES_TCP].keys = list_keys(
	    rollout, node_get(node, "tcpRoutes"), &choice->of[ROUTES_TCP].n);
	return choice;
}

/* Adds what one naming names at node, an item of its list or the whole. */
static void add_named(const struct rollout *rollout,
    const struct naming *naming, const struct node *node, const char *role)
{
	const struct node *name =
	    node->kind == NODE_MAPPING ? node_get(node, "name") : node;
	const struct node *strategy =
	    rollout->canary ? rollout->canary : rollout->blue_green;
	struct reference *reference =
	    add_reference(rollout, name, naming->kind, naming->groups, role);

	if (!reference)
		return;
	reference->must_select = naming->must_select;
	if (naming->must_select && strcmp(role, "previewService") != 0 &&
	    !rollout->workload->rollout->route_service)
		workload_rollout(
		    &rollout->reading.facts->arena, rollout->workload)
		    ->route_service = facts_name(rollout->reading.facts, name);
	if (!strcmp(naming->kind, "VirtualService"))
		reference->choice = collect_choice(rollout, node);
	if (naming->groups == gateway)
		reference->namespace = facts_name(rollout->reading.facts,
		    node_find(strategy, "trafficRouting", "plugins",
			GATEWAY_PLUGIN, "namespace", NULL));
	if (naming->metadata)
		reference->more_labels = facts_labels(rollout->reading.facts,
		    node_find(strategy, naming->metadata, "labels", NULL));
}

static void collect_naming(
    const struct rollout *rollout, const struct naming *naming)
{
	const struct node *node = node_get(rollout->spec, "strategy");
	const char *role = "";

	for (size_t i = 0; naming->path[i]; i++) {
		role = naming->path[i];
		node = node_get(node, role);
	}
	if (!is_given(node))
		return;
	if (node->kind != NODE_SEQUENCE)
		add_named(rollout, naming, node, role);
	for (size_t i = 0; i < node_length(node); i++)
		add_named(rollout, naming, node->items[i], role);
}

static struct reference *add_template(
    const struct rollout *rollout, const struct node *node)
{
	struct reference *reference;
	bool is_cluster_wide = false;

	node_to_bool(node_get(node, "clusterScope"), &is_cluster_wide);
	reference = add_reference(rollout, node_get(node, "templateName"),
	    is_cluster_wide ? "ClusterAnalysisTemplate" : "AnalysisTemplate",
	    argo, "templateName");
	if (!reference)
		return NULL;
	reference->is_cluster_wide = is_cluster_wide;
	reference->served = rollout->served;
	return reference;
}

/* Templates run as one analysis.  count of them, at nodes. */
static void collect_analysed(const struct rollout *rollout,
    const struct node *arguments, const struct node *const *nodes, size_t count,
    bool must_end)
{
	struct arena *arena = &rollout->reading.facts->arena;
	struct analysis *analysis = arena_alloc(arena, sizeof(*analysis));
	const void **items = arena_array(arena, count, sizeof(*items));

	analysis->must_end = must_end;
	analysis->known =
	    !is_given(arguments) || arguments->kind == NODE_SEQUENCE;
	analysis->arguments =
	    list_texts(rollout, arguments, "name", &analysis->narguments);
	analysis->templates.items = items;
	for (size_t i = 0; i < count; i++) {
		struct reference *reference = add_template(rollout, nodes[i]);

		if (!reference)
			continue;
		reference->analysis = analysis;
		items[analysis->templates.n++] = reference;
	}
}

static void collect_templates(
    const struct rollout *rollout, const struct node *analysis, bool must_end)
{
	const struct node *templates = node_get(analysis, "templates");

	if (node_length(templates))
		collect_analysed(rollout, node_get(analysis, "args"),
		    (const struct node *const *)templates->items, templates->n,
		    must_end);
}

/* Each analysis of an experiment has one template, and ends with it. */
static void collect_experiment(
    const struct rollout *rollout, const struct node *experiment)
{
	const struct node *analyses = node_get(experiment, "analyses");

	for (size_t i = 0; i < node_length(analyses); i++) {
		const struct node *node = analyses->items[i];

		collect_analysed(
		    rollout, node_get(node, "args"), &node, 1, false);
	}
}

static void collect_workload_ref(const struct rollout *rollout)
{
	const struct node *ref = node_get(rollout->spec, "workloadRef");
	const struct node *kind = node_get(ref, "kind");

	add_reference(rollout, node_get(ref, "name"),
	    is_given(kind) ? facts_name(rollout->reading.facts, kind)
			   : "Deployment",
	    workloads, "workloadRef");
}

static void collect_step_references(
    struct rollout *rollout, const struct node *step)
{
	int64_t weight;

	if (node_to_int(node_get(step, "setWeight"), &weight) &&
	    weight > rollout->served)
		rollout->served = weight;
	collect_templates(rollout, node_get(step, "analysis"), true);
	collect_experiment(rollout, node_get(step, "experiment"));
}

static void collect_references(struct rollout *rollout)
{
	const struct node *steps = node_get(rollout->canary, "steps");

	collect_workload_ref(rollout);
	for (size_t i = 0; i < COUNT_OF(namings); i++)
		collect_naming(rollout, &namings[i]);
	collect_templates(
	    rollout, node_get(rollout->canary, "analysis"), false);
	collect_templates(rollout,
	    node_get(rollout->blue_green, "prePromotionAnalysis"), true);
	collect_templates(rollout,
	    node_get(rollout->blue_green, "postPromotionAnalysis"), true);
	for (size_t i = 0; i < node_length(steps); i++)
		collect_step_references(rollout, steps->items[i]);
}

/* An analysis of no template measures nothing. */
static bool analyses(const struct node *parent, const char *name)
{
	return node_length(node_get(node_get(parent, name), "templates"));
}

static bool is_measured(const struct rollout *rollout)
{
	const struct node *steps = node_get(rollout->canary, "steps");

	if (analyses(rollout->canary, "analysis") ||
	    analyses(rollout->blue_green, "prePromotionAnalysis") ||
	    analyses(rollout->blue_green, "postPromotionAnalysis"))
		return true;
	for (size_t i = 0; i < node_length(steps); i++) {
		if (analyses(steps->items[i], "analysis") ||
		    is_given(node_get(steps->items[i], "experiment")) ||
		    is_given(node_get(steps->items[i], "plugin")))
			return true;
	}
	return false;
}

static struct fact bool_fact(const struct node *node, bool otherwise)
{
	struct fact fact = fact_bool(otherwise);
	bool value;

	if (node_to_bool(node, &value))
		return facts_placed(fact_bool(value), node);
	fact.state = FACT_ABSENT;
	return fact;
}

/* A time after which it promotes itself is a pause, too. */
static struct fact auto_promotion(const struct node *blue_green)
{
	int64_t seconds;

	if (node_to_int(
		node_get(blue_green, "autoPromotionSeconds"), &seconds) &&
	    seconds > 0)
		return fact_bool(false);
	return bool_fact(node_get(blue_green, "autoPromotionEnabled"), true);
}

static void collect_promotion(const struct rollout *rollout)
{
	struct workload *workload = rollout->workload;
	struct arena *arena = &rollout->reading.facts->arena;

	KEEP_RARE(arena, workload, measured, fact_bool(is_measured(rollout)));
	KEEP_RARE(arena, workload, progress_deadline_abort,
	    bool_fact(node_get(rollout->spec, "progressDeadlineAbort"), false));
	KEEP_RARE(arena, workload, scale_down_delay_seconds,
	    facts_int_or_none(node_get(
		rollout->blue_green ? rollout->blue_green : rollout->canary,
		"scaleDownDelaySeconds")));
	if (!rollout->blue_green)
		return;
	KEEP_RARE(arena, workload, auto_promotion,
	    auto_promotion(rollout->blue_green));
	KEEP_RARE(arena, workload, auto_promotion_enabled,
	    bool_fact(
		node_get(rollout->blue_green, "autoPromotionEnabled"), true));
	KEEP_RARE(arena, workload, auto_promotion_seconds,
	    facts_int_or_none(
		node_get(rollout->blue_green, "autoPromotionSeconds")));
	KEEP_RARE(arena, workload, preview_service,
	    facts_node_text(rollout->reading.facts,
		node_get(rollout->blue_green, "previewService"), NULL));
}

static void collect_managed_routes(struct rollout *rollout)
{
	const struct node *routes = node_get(rollout->routing, "managedRoutes");

	for (size_t i = 0; i < node_length(routes); i++) {
		const struct node *name = node_get(routes->items[i], "name");

		*map_slot(&rollout->managed_routes, scalar_text(name)) =
		    rollout;
	}
}

/* Each once, in the order of the texts. */
static const char *const *list_managed(
    const struct rollout *rollout, size_t *ret_n)
{
	size_t n = rollout->managed_routes.n;
	const char **names =
	    arena_array(&rollout->reading.facts->arena, n, sizeof(*names));

	for (size_t i = 0; i < n; i++)
		names[i] = facts_text(rollout->reading.facts,
		    rollout->managed_routes.entries[i].key);
	if (n)
		qsort(names, n, sizeof(*names), compare_texts);
	*ret_n = n;
	return names;
}

/* Whether routers other than ALB share between a pair for ping-pong: they
 * prefer canaryService and stableService (GetStableAndCanaryServices). */
static bool shares_by_pair(const struct node *canary)
{
	return is_given(node_get(canary, "pingPong")) &&
	       is_blank(node_get(canary, "canaryService")) &&
	       is_blank(node_get(canary, "stableService"));
}

/* Which Services, or subsets of one, old and new pods are behind.  Of a pair
 * for ping-pong either may be the canary's.  What ALB calls its rootService is
 * the name of an action of its Ingress, and need be no Service. */
static void collect_sharing(const struct rollout *rollout)
{
	struct facts *facts = rollout->reading.facts;
	const struct node *canary = rollout->canary;
	const struct node *both = node_get(canary, "pingPong");
	bool by_pair = shares_by_pair(canary);
	const struct node *rule =
	    node_find(rollout->routing, "istio", "destinationRule", NULL);
	const struct node *root =
	    node_find(rollout->routing, "alb", "rootService", NULL);
	struct sharing *sharing = arena_alloc(&facts->arena, sizeof(*sharing));

	if (!rollout->routing)
		return;
	sharing->canary =
	    facts_name(facts, by_pair ? node_get(both, "pingService")
				      : node_get(canary, "canaryService"));
	sharing->stable =
	    facts_name(facts, by_pair ? node_get(both, "pongService")
				      : node_get(canary, "stableService"));
	sharing->root =
	    facts_name(facts, is_blank(root) || has_router(rollout, "nginx")
				  ? node_get(canary, "stableService")
				  : root);
	sharing->by_subset = is_given(rule);
	sharing->canary_subset =
	    facts_name(facts, node_get(rule, "canarySubsetName"));
	sharing->stable_subset =
	    facts_name(facts, node_get(rule, "stableSubsetName"));
	sharing->managed_routes =
	    list_managed(rollout, &sharing->nmanaged_routes);
	workload_rollout(&facts->arena, rollout->workload)->sharing = sharing;
}

/* The routers that the controller knows (NewTrafficRoutingReconciler). */
static bool has_any_router(const struct rollout *rollout)
{
	static const char *const names[] = {"alb", "ambassador", "apisix",
	    "appMesh", "istio", "nginx", "plugins", "smi", "traefik"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (has_router(rollout, names[i]))
			return true;
	}
	return false;
}

/* Not refused, but nobody moves the users. */
static void collect_unrouted(const struct rollout *rollout)
{
	const struct node *at = rollout->routing
				    ? rollout->routing
				    : node_get(rollout->canary, "pingPong");
	struct facts *facts = rollout->reading.facts;
	struct workload *workload = rollout->workload;

	if (is_given(at) && !has_any_router(rollout))
		KEEP_RARE(&facts->arena, workload, unrouted,
		    facts_placed(fact_text(rollout->routing ? "trafficRouting"
							    : "pingPong"),
			key_of(at)));
}

static const struct node *strategy_of(const struct node *spec, const char *name)
{
	const struct node *strategy = node_find(spec, "strategy", name, NULL);

	return is_given(strategy) ? strategy : NULL;
}

void collect_rollout(
    struct facts *facts, const struct node *object, struct workload *workload)
{
	struct rollout rollout = {
	    .reading = {facts, workload->manifest, workload, object, "rollout"},
	    .workload = workload,
	    .spec = node_get(object, "spec"),
	    .full_weight = 100,
	};

	if (!is_rollout(workload->manifest))
		return;
	rollout.canary = strategy_of(rollout.spec, "canary");
	rollout.blue_green = strategy_of(rollout.spec, "blueGreen");
	rollout.routing = node_get(rollout.canary, "trafficRouting");
	if (!is_given(rollout.routing))
		rollout.routing = NULL;
	node_to_int(node_get(rollout.routing, "maxTrafficWeight"),
	    &rollout.full_weight);
	collect_managed_routes(&rollout);
	collect_promotion(&rollout);
	collect_sharing(&rollout);
	collect_unrouted(&rollout);
	collect_steps(&rollout);
	collect_references(&rollout);
	find_problems(&rollout);
	map_release(&rollout.managed_routes);
}
