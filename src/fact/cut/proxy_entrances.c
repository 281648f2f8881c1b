/*
 * An HTTPProxy of Contour or an IngressRoute of Traefik -> the hosts that it
 * takes.
 *
 * Paths are not told apart: both have conditions of their own for them, so that
 * each entrance counts for all paths of its host.
 */
#include "fact/cut/entering.h"

#include "fact/computed.h"
#include "fact/problem.h"

#include <string.h>

/* The name of the i-th Service of a route, which may have none. */
static const struct node *service_at(const struct node *services, size_t i)
{
	return i < node_length(services) ? node_get(services->items[i], "name")
					 : NULL;
}

/* One for each Service, and one where there is none. */
static void add_contour_route(
    const struct entering *entering, const struct node *route)
{
	const struct node *to = node_get(route, "services");

	for (size_t i = 0; i == 0 || i < node_length(to); i++)
		add_entrance(entering, NULL, service_at(to, i))->is_pattern =
		    true;
}

/* A proxy without a host of its own is included by one that has it, of
 * whichever host that is. */
void collect_contour_entrances(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *spec = node_get(object, "spec");
	const struct node *routes = node_get(spec, "routes");
	struct entering entering = {.collection = collection,
	    .manifest = manifest,
	    .host = node_find(spec, "virtualhost", "fqdn", NULL)};

	if (!is_comparing(collection))
		return;
	add_contour_route(&entering, node_get(spec, "tcpproxy"));
	for (size_t i = 0; i < node_length(routes); i++)
		add_contour_route(&entering, routes->items[i]);
}

/* What a rule of Traefik asks of requests, and which Service they go to. */
struct routing {
	const struct entering *entering;
	const struct node *match, *service;
};

static void add_routed_host(const struct routing *routing, struct slice host)
{
	struct entrance *entrance =
	    add_entrance(routing->entering, NULL, routing->service);
	struct facts *facts = routing->entering->collection->facts;

	/* HostSNI(`*`) is whatever. */
	if (slice_is(host, "*"))
		host = slice_of("");
	entrance->is_pattern = true;
	entrance->host =
	    facts_placed(fact_text(facts_text(facts, host)), routing->match);
}

/* What stands in quotes up to the closing parenthesis. */
static void add_arguments(const struct routing *routing, struct slice rest)
{
	size_t start = 0;
	char quote = 0;

	for (size_t i = 0; i < rest.len; i++) {
		char c = rest.ptr[i];

		if (!quote && c == ')')
			return;
		if (!quote && (c == '`' || c == '"')) {
			quote = c;
			start = i + 1;
		} else if (quote && c == quote) {
			quote = 0;
			add_routed_host(routing,
			    (struct slice){rest.ptr + start, i - start});
		}
	}
}

/* The arguments of all calls of a matcher; false when there is none. */
static bool add_hosts(const struct routing *routing, const char *matcher)
{
	struct slice text = scalar_text(routing->match);
	ptrdiff_t at = slice_find(text, slice_of(matcher), 0);
	bool is_there = at >= 0;

	while (at >= 0) {
		size_t after = (size_t)at + strlen(matcher);

		add_arguments(routing, slice_after(text, after));
		at = slice_find(text, slice_of(matcher), after);
	}
	return is_there;
}

/* A rule that denies or has a pattern may take any host, as does one that asks
 * for none. */
static bool is_for_any_host(const struct node *match)
{
	struct slice text = scalar_text(match);

	return slice_find(text, slice_of("!"), 0) >= 0 ||
	       slice_find(text, slice_of("Regexp("), 0) >= 0;
}

static void add_routing(const struct routing *routing)
{
	bool has_hosts = false;

	if (!is_for_any_host(routing->match)) {
		has_hosts |= add_hosts(routing, "Host(");
		has_hosts |= add_hosts(routing, "HostHeader(");
		has_hosts |= add_hosts(routing, "HostSNI(");
	}
	if (!has_hosts)
		add_routed_host(routing, slice_of(""));
}

void collect_traefik_entrances(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *routes = node_find(object, "spec", "routes", NULL);
	struct entering entering = {
	    .collection = collection, .manifest = manifest};

	for (size_t i = 0; is_comparing(collection) && i < node_length(routes);
	     i++) {
		const struct node *route = routes->items[i];
		const struct node *to = node_get(route, "services");

		for (size_t j = 0; j == 0 || j < node_length(to); j++)
			add_routing(&(struct routing){&entering,
			    node_get(route, "match"), service_at(to, j)});
	}
}
