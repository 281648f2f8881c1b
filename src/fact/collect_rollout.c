/* A Rollout's own facts: how it promotes, whether anything measures it, which
 * objects it names. */
#include "fact/rollout.h"

#include <string.h>

bool has_router(const struct rollout *rollout, const char *name)
{
	const struct node *router = node_get(rollout->routing, name);

	if (!strcmp(name, "plugins"))
		return router && router->kind == NODE_MAPPING && router->n;
	return is_given(router);
}

void rollout_problem(const struct rollout *rollout, const struct node *at,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_problem_list(&rollout->reading, at, format, args);
	va_end(args);
}

static const char *const core[] = {"", NULL};
static const char *const argo[] = {"argoproj.io", NULL};
static const char *const ingresses[] = {
    "networking.k8s.io", "extensions", NULL};
static const char *const istio[] = {"networking.istio.io", NULL};
static const char *const traefik[] = {
    "traefik.io", "traefik.containo.us", NULL};
static const char *const apisix[] = {"apisix.apache.org", NULL};
static const char *const workloads[] = {"apps", "", NULL};

/* Where a Rollout's strategy names objects: a name, an object with a name, or
 * a list of either.  metadata: the field beside it that gives the pods of that
 * role more labels. */
static const struct naming {
	const char *path[5];
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
    {{"canary", "trafficRouting", "alb", "rootService"}, "Service", core, false,
	NULL},
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
	vector_add(&facts->lists[ENTITY_reference], reference);
	return reference;
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

/* The templates of an analysis, or of an experiment's analyses. */
static void collect_templates(
    const struct rollout *rollout, const struct node *templates)
{
	for (size_t i = 0; i < node_length(templates); i++) {
		const struct node *node = templates->items[i];
		struct reference *reference;
		bool is_cluster_wide = false;

		node_to_bool(node_get(node, "clusterScope"), &is_cluster_wide);
		reference =
		    add_reference(rollout, node_get(node, "templateName"),
			is_cluster_wide ? "ClusterAnalysisTemplate"
					: "AnalysisTemplate",
			argo, "templateName");
		if (reference)
			reference->is_cluster_wide = is_cluster_wide;
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

static void collect_references(const struct rollout *rollout)
{
	const struct node *steps = node_get(rollout->canary, "steps");

	collect_workload_ref(rollout);
	for (size_t i = 0; i < COUNT_OF(namings); i++)
		collect_naming(rollout, &namings[i]);
	collect_templates(
	    rollout, node_find(rollout->canary, "analysis", "templates", NULL));
	collect_templates(
	    rollout, node_find(rollout->blue_green, "prePromotionAnalysis",
			 "templates", NULL));
	collect_templates(
	    rollout, node_find(rollout->blue_green, "postPromotionAnalysis",
			 "templates", NULL));
	for (size_t i = 0; i < node_length(steps); i++) {
		collect_templates(rollout,
		    node_find(steps->items[i], "analysis", "templates", NULL));
		collect_templates(rollout,
		    node_find(steps->items[i], "experiment", "analyses", NULL));
	}
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

	workload->measured = fact_bool(is_measured(rollout));
	workload->progress_deadline_abort =
	    bool_fact(node_get(rollout->spec, "progressDeadlineAbort"), false);
	if (!rollout->blue_green)
		return;
	workload->auto_promotion = auto_promotion(rollout->blue_green);
	workload->preview_service = facts_node_text(rollout->reading.facts,
	    node_get(rollout->blue_green, "previewService"), NULL);
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

static const struct node *strategy_of(const struct node *spec, const char *name)
{
	const struct node *strategy = node_find(spec, "strategy", name, NULL);

	return is_given(strategy) ? strategy : NULL;
}

bool is_rollout(const struct manifest *manifest)
{
	return !strcmp(manifest->kind, "Rollout") &&
	       !strcmp(manifest->group, "argoproj.io");
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
	collect_steps(&rollout);
	collect_references(&rollout);
	find_problems(&rollout);
	map_release(&rollout.managed_routes);
}
