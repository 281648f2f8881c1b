/* What Rollouts depend on in the objects they name: Services, Ingresses,
 * VirtualServices and AnalysisTemplates, each to its few words that matter. */
#include "fact/problem.h"

static struct spot spot_at(struct facts *facts, const struct node *node)
{
	return (struct spot){facts_name(facts, node), node->span.line,
	    node->span.col, facts_width(node)};
}

/* A node shown at its key; the object itself for NULL. */
static struct spot whole_at(
    struct facts *facts, const struct node *object, const struct node *node)
{
	const struct node *kind = node_get(object, "kind");

	return spot_at(facts, node ? key_of(node) : kind ? kind : object);
}

static void collect_service(
    struct facts *facts, const struct node *object, struct referent *referent)
{
	const struct node *manager =
	    node_find(object, "metadata", "annotations",
		"argo-rollouts.argoproj.io/managed-by-rollouts", NULL);

	if (scalar_text(manager).len)
		referent->manager = spot_at(facts, manager);
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
	spot = spot_at(facts, name);
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

/* The first label of a host: its Service, when it is one. */
static const char *short_host(struct facts *facts, const struct node *host)
{
	struct slice text = scalar_text(host);
	ptrdiff_t dot = slice_find(text, SLICE("."), 0);

	if (dot >= 0)
		text.len = (size_t)dot;
	return facts_text(facts, text);
}

static void add_route(struct facts *facts, const struct node *node,
    const char *protocol, struct buf *routes)
{
	const struct node *targets = node_get(node, "route");
	const struct node *name = node_get(node, "name");
	size_t n = node_length(targets);
	const char **hosts = arena_array(&facts->arena, n, sizeof(*hosts));
	const char **subsets = arena_array(&facts->arena, n, sizeof(*subsets));
	struct route route = {
	    .protocol = protocol,
	    .name = spot_at(facts, node),
	    .hosts = hosts,
	    .subsets = subsets,
	    .n = n,
	};

	if (scalar_text(name).len)
		route.name = spot_at(facts, name);
	for (size_t i = 0; i < n; i++) {
		const struct node *target =
		    node_get(targets->items[i], "destination");

		hosts[i] = short_host(facts, node_get(target, "host"));
		subsets[i] = facts_name(facts, node_get(target, "subset"));
	}
	buf_add(routes, &route, sizeof(route));
}

static void collect_virtual_service(
    struct facts *facts, const struct node *object, struct referent *referent)
{
	static const char *const protocols[] = {"http", "tls", "tcp"};
	const struct node *spec = node_get(object, "spec");
	struct buf routes = {0};

	referent->at = whole_at(facts, object, spec);
	for (size_t i = 0; i < COUNT_OF(protocols); i++) {
		const struct node *list = node_get(spec, protocols[i]);

		referent->has_more |=
		    is_given(list) && list->kind != NODE_SEQUENCE;
		for (size_t j = 0; j < node_length(list); j++)
			add_route(facts, list->items[j], protocols[i], &routes);
	}
	referent->routes = facts_keep(facts, &routes);
	referent->nroutes = routes.len / sizeof(*referent->routes);
	buf_release(&routes);
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
		items[referent->narguments].name = spot_at(facts, name);
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
		items[referent->nmetrics] = spot_at(facts, name);
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
    {"", "Service", collect_service},
    {"networking.k8s.io", "Ingress", collect_ingress},
    {"extensions", "Ingress", collect_ingress},
    {"networking.istio.io", "VirtualService", collect_virtual_service},
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
		referent = arena_alloc(&facts->arena, sizeof(*referent));
		collectors[i].collect(facts, object, referent);
		return referent;
	}
	return NULL;
}
