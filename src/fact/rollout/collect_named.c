/* What Rollouts depend on in the objects they name: Services, Ingresses,
 * VirtualServices, DestinationRules and AnalysisTemplates, each to its few
 * words that matter. */
#include "fact/rollout/rollout.h"

#include "fact/problem.h"

/* A node shown at its key; the object itself for NULL. */
static struct spot whole_at(
    struct facts *facts, const struct node *object, const struct node *node)
{
	const struct node *kind = node_get(object, "kind");

	return facts_spot(facts, node ? key_of(node) : kind ? kind : object);
}

static void note_manager(
    struct facts *facts, const struct node *object, struct referent *referent)
{
	const struct node *manager =
	    node_find(object, "metadata", "annotations",
		"argo-rollouts.argoproj.io/managed-by-rollouts", NULL);

	if (scalar_text(manager).len)
		referent->manager = facts_spot(facts, manager);
}

/* Nothing for a backend that is no Service. */
static void add_backend(struct facts *facts, const struct node *backend,
    struct buf *backends, struct referent *referent)
{
	const struct node *name = node_get(backend, "serviceName");
	struct spot spot;

	if (!name)
		name = node_find(backend, "service", "name", NULL);
	if (!name)
		return;
	spot = facts_spot(facts, name);
	referent->has_more |= name->kind != NODE_SCALAR;
	buf_add(backends, &spot, sizeof(spot));
}

static void collect_ingress(
    struct facts *facts, const struct node *object, struct referent *referent)
{
	const struct node *rules = node_find(object, "spec", "rules", NULL);
	struct buf backends = {0};

	referent->at = whole_at(facts, object, rules);
	referent->has_more = is_given(rules) && rules->kind != NODE_SEQUENCE;
	for (size_t i = 0; i < node_length(rules); i++) {
		const struct node *paths =
		    node_find(rules->items[i], "http", "paths", NULL);

		for (size_t j = 0; j < node_length(paths); j++)
			add_backend(facts, node_get(paths->items[j], "backend"),
			    &backends, referent);
	}
	referent->backends = facts_keep(facts, &backends);
	referent->nbackends = backends.len / sizeof(*referent->backends);
	buf_release(&backends);
}

static void collect_virtual_service(
    struct facts *facts, const struct node *object, struct referent *referent)
{
	const struct node *spec = node_get(object, "spec");

	referent->at = whole_at(facts, object, spec);
	collect_routes(facts, spec, referent);
}

static void note_subsets(
    struct facts *facts, const struct node *object, struct referent *referent)
{
	const struct node *subsets = node_find(object, "spec", "subsets", NULL);

	referent->at = whole_at(facts, object, subsets);
	if (node_length(subsets))
		referent->subsets = facts_spot(facts, key_of(subsets));
}

static void collect_arguments(struct facts *facts, const struct node *arguments,
    struct referent *referent)
{
	size_t n = node_length(arguments);
	struct argument *items = arena_array(&facts->arena, n, sizeof(*items));

	for (size_t i = 0; i < n; i++) {
		const struct node *node = arguments->items[i];
		const struct node *name = node_get(node, "name");

		if (!scalar_text(name).len)
			continue;
		items[referent->narguments].name = facts_spot(facts, name);
		items[referent->narguments++].has_value =
		    is_given(node_get(node, "value")) ||
		    is_given(node_get(node, "valueFrom"));
	}
	referent->arguments = items;
}

/* Left out or 0, which the controller takes for the same.  What comes by an
 * argument may be any number. */
static bool is_unlimited(const struct node *metric, const char *field)
{
	const struct node *node = node_get(metric, field);
	int64_t number;

	return is_blank(node) ||
	       (slice_to_int(scalar_text(node), &number) && !number);
}

/* An interval without a count goes on for ever, unless so many successes in a
 * row end it. */
static bool is_endless(const struct node *metric)
{
	return !is_blank(node_get(metric, "interval")) &&
	       is_unlimited(metric, "count") &&
	       is_unlimited(metric, "consecutiveSuccessLimit");
}

static void collect_metrics_of(
    struct facts *facts, const struct node *metrics, struct referent *referent)
{
	size_t n = node_length(metrics);
	struct spot *items = arena_array(&facts->arena, n, sizeof(*items));

	for (size_t i = 0; i < n; i++) {
		const struct node *name = node_get(metrics->items[i], "name");

		if (!scalar_text(name).len)
			continue;
		items[referent->nmetrics] = facts_spot(facts, name);
		if (!referent->endless.text && is_endless(metrics->items[i]))
			referent->endless = items[referent->nmetrics];
		referent->nmetrics++;
	}
	referent->metrics = items;
}

static void collect_template(
    struct facts *facts, const struct node *object, struct referent *referent)
{
	const struct node *spec = node_get(object, "spec");

	collect_arguments(facts, node_get(spec, "args"), referent);
	collect_metrics_of(facts, node_get(spec, "metrics"), referent);
	referent->has_more = is_given(node_get(spec, "templates"));
}

static const struct {
	const char *group, *kind;
	void (*collect)(struct facts *facts, const struct node *object,
	    struct referent *referent);
} collectors[] = {
    {"", "Service", note_manager},
    {"networking.k8s.io", "Ingress", collect_ingress},
    {"extensions", "Ingress", collect_ingress},
    {"networking.istio.io", "VirtualService", collect_virtual_service},
    {"networking.istio.io", "DestinationRule", note_subsets},
    {"argoproj.io", "AnalysisTemplate", collect_template},
    {"argoproj.io", "ClusterAnalysisTemplate", collect_template},
};

const struct referent *collect_referent(struct facts *facts,
    const struct node *object, struct slice group, struct slice kind)
{
	for (size_t i = 0; i < COUNT_OF(collectors); i++) {
		struct referent *referent;

		if (!slice_is(group, collectors[i].group) ||
		    !slice_is(kind, collectors[i].kind))
			continue;
		referent = arena_alloc(&facts->linking, sizeof(*referent));
		collectors[i].collect(facts, object, referent);
		return referent;
	}
	return NULL;
}
