/*
 * An object that lets requests in -> the hosts and paths that it takes, each
 * with the Service that it leads to.
 *
 * Hosts may begin with "*.", and none is all of them.  A path is the beginning
 * of a request's, element by element, unless it is exact or a pattern: as
 * networking.k8s.io/v1, the Gateway API and Istio document it.
 */
#include "fact/cut/entering.h"

#include "fact/computed.h"
#include "fact/problem.h"
#include "fact/settings.h"

#include <string.h>

bool is_comparing(const struct collection *collection)
{
	const struct settings *settings = collection->facts->settings;

	return settings && settings->compares;
}

/* What regular expressions and wildcards of controllers have. */
static bool has_pattern(const char *path)
{
	return strpbrk(path, "*()[]$^|+?") != NULL;
}

struct entrance *add_entrance(const struct entering *entering,
    const struct node *path, const struct node *service)
{
	struct facts *facts = entering->collection->facts;
	struct entrance *entrance =
	    arena_alloc(&facts->arena, sizeof(*entrance));

	entrance->manifest = entering->manifest;
	entrance->service = facts_name(facts, service);
	entrance->host = facts_node_text(facts, entering->host, "");
	entrance->class = fact_text(facts_name(facts, entering->class));
	if (entering->class)
		entrance->class =
		    facts_placed(entrance->class, entering->class);
	entrance->path = facts_node_text(facts, path, "/");
	entrance->is_pattern = entrance->path.state == FACT_UNKNOWN ||
			       has_pattern(entrance->path.text);
	if (entrance->host.state != FACT_UNKNOWN)
		vector_add(&facts->lists[ENTITY_entrance], entrance);
	return entrance;
}

/* The annotation came first, and controllers go by it where both are there. */
static const struct node *class_of_ingress(const struct node *object)
{
	const struct node *class = node_find(object, "metadata", "annotations",
	    "kubernetes.io/ingress.class", NULL);

	return class ? class
		     : node_find(object, "spec", "ingressClassName", NULL);
}

/* As networking.k8s.io/v1 names a Service, or as the versions before did. */
static void add_ingress_path(
    const struct entering *entering, const struct node *item)
{
	const struct node *backend = node_get(item, "backend");
	const struct node *name = node_find(backend, "service", "name", NULL);
	struct slice type = scalar_text(node_get(item, "pathType"));
	struct entrance *entrance =
	    add_entrance(entering, node_get(item, "path"),
		name ? name : node_get(backend, "serviceName"));

	entrance->is_exact = slice_is(type, "Exact");
}

void collect_ingress_entrances(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *spec = node_get(object, "spec");
	const struct node *rules = node_get(spec, "rules");
	struct entering entering = {
	    collection, manifest, NULL, class_of_ingress(object)};

	if (!is_comparing(collection))
		return;
	if (node_get(spec, "defaultBackend") || node_get(spec, "backend"))
		add_entrance(&entering, NULL, NULL);
	for (size_t i = 0; i < node_length(rules); i++) {
		const struct node *paths =
		    node_find(rules->items[i], "http", "paths", NULL);

		entering.host = node_get(rules->items[i], "host");
		for (size_t j = 0; j < node_length(paths); j++)
			add_ingress_path(&entering, paths->items[j]);
	}
}

/* Of the first of a rule's backends, when it is one of the same namespace. */
static const struct node *service_of_rule(const struct node *rule)
{
	const struct node *refs = node_get(rule, "backendRefs");
	const struct node *ref = node_length(refs) ? refs->items[0] : NULL;

	return node_get(ref, "namespace") || node_get(ref, "kind")
		   ? NULL
		   : node_get(ref, "name");
}

/* Headers, methods and parameters choose among the requests for a path; GRPC
 * has methods alone, TLS nothing. */
static void add_gateway_rule(
    const struct entering *entering, const struct node *rule)
{
	const struct node *matches = node_get(rule, "matches");
	const struct node *service = service_of_rule(rule);

	if (!node_length(matches))
		add_entrance(entering, NULL, service);
	for (size_t i = 0; i < node_length(matches); i++) {
		const struct node *path = node_get(matches->items[i], "path");
		struct slice type = scalar_text(node_get(path, "type"));
		struct entrance *entrance =
		    add_entrance(entering, node_get(path, "value"), service);

		entrance->is_exact = slice_is(type, "Exact");
		entrance->is_pattern |= slice_is(type, "RegularExpression");
	}
}

void collect_gateway_entrances(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *spec = node_get(object, "spec");
	const struct node *hosts = node_get(spec, "hostnames");
	const struct node *rules = node_get(spec, "rules");
	struct entering entering = {collection, manifest, NULL, NULL};
	size_t nhosts = node_length(hosts);

	for (size_t i = 0; is_comparing(collection) && i < node_length(rules);
	     i++) {
		if (!nhosts)
			add_gateway_rule(&entering, rules->items[i]);
		for (size_t j = 0; j < nhosts; j++) {
			entering.host = hosts->items[j];
			add_gateway_rule(&entering, rules->items[i]);
		}
	}
}

/* A destination is the name of a Service alone or with what comes behind it in
 * the DNS; the name itself has no dot. */
static void shorten(const struct entering *entering, struct entrance *entrance)
{
	struct slice name = {
	    entrance->service, strcspn(entrance->service, ".")};

	entrance->service = facts_text(entering->collection->facts, name);
}

static void add_istio_match(const struct entering *entering,
    const struct node *match, const struct node *service)
{
	const struct node *uri = node_get(match, "uri");
	const struct node *exact = node_get(uri, "exact");
	const struct node *prefix = node_get(uri, "prefix");
	struct entrance *entrance =
	    add_entrance(entering, exact ? exact : prefix, service);

	entrance->is_exact = exact != NULL;
	entrance->is_pattern |= node_get(uri, "regex") != NULL;
	shorten(entering, entrance);
}

static void add_istio_destination(const struct entering *entering,
    const struct node *route, const struct node *service)
{
	const struct node *matches = node_get(route, "match");

	if (!node_length(matches))
		shorten(entering, add_entrance(entering, NULL, service));
	for (size_t i = 0; i < node_length(matches); i++)
		add_istio_match(entering, matches->items[i], service);
}

/* One for each destination, and one where there is none: a redirect. */
static void add_istio_route(
    const struct entering *entering, const struct node *route)
{
	const struct node *to = node_get(route, "route");

	for (size_t i = 0; i == 0 || i < node_length(to); i++) {
		const struct node *service = NULL;

		if (i < node_length(to))
			service = node_find(
			    to->items[i], "destination", "host", NULL);
		add_istio_destination(entering, route, service);
	}
}

/* Without gateways, or with "mesh" among them, its hosts are names that pods
 * ask for. */
static bool is_from_outside(const struct node *gateways)
{
	for (size_t i = 0; i < node_length(gateways); i++) {
		if (slice_is(scalar_text(gateways->items[i]), "mesh"))
			return false;
	}
	return node_length(gateways) > 0;
}

void collect_istio_entrances(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *spec = node_get(object, "spec");
	const struct node *hosts = node_get(spec, "hosts");
	const struct node *routes = node_get(spec, "http");
	struct entering entering = {collection, manifest, NULL, NULL};

	if (!is_comparing(collection) ||
	    !is_from_outside(node_get(spec, "gateways")))
		return;
	for (size_t i = 0; i < node_length(hosts); i++) {
		entering.host = hosts->items[i];
		if (!node_length(routes))
			add_entrance(&entering, NULL, NULL);
		for (size_t j = 0; j < node_length(routes); j++)
			add_istio_route(&entering, routes->items[j]);
	}
}

/* Without a host the router gives it one of its own. */
void collect_openshift_entrances(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *spec = node_get(object, "spec");
	struct entering entering = {
	    collection, manifest, node_get(spec, "host"), NULL};

	if (is_comparing(collection))
		add_entrance(&entering, node_get(spec, "path"),
		    node_find(spec, "to", "name", NULL));
}

static bool covers_host(const char *wide, const char *narrow)
{
	size_t n = strlen(narrow), suffix = strlen(wide);

	if (!strncmp(wide, "*.", 2))
		return n >= suffix &&
		       !strcmp(narrow + n - suffix + 1, wide + 1);
	return !*wide || !strcmp(wide, "*") || !strcmp(wide, narrow);
}

/* Element by element; a slash at the end means nothing. */
static bool begins_path(const char *path, const char *prefix)
{
	size_t n = strlen(prefix);

	while (n && prefix[n - 1] == '/')
		n--;
	return !strncmp(path, prefix, n) && (!path[n] || path[n] == '/');
}

static bool covers_path(
    const struct entrance *wide, const struct entrance *narrow)
{
	if (wide->is_pattern || narrow->is_pattern)
		return true;
	if (wide->is_exact)
		return narrow->is_exact &&
		       !strcmp(wide->path.text, narrow->path.text);
	return begins_path(narrow->path.text, wide->path.text);
}

bool entrance_covers(
    const struct entrance *wide, const struct entrance *narrow, bool by_host)
{
	return covers_host(wide->host.text, narrow->host.text) &&
	       (by_host || covers_path(wide, narrow));
}

SIMPLE(entrance, manifest, fact_entity(entrance->manifest))
