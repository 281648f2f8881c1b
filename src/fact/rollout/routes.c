/* The routes of an Istio VirtualService: what each leads to, and the key that a
 * Rollout chooses it by. */
#include "fact/rollout/rollout.h"

#include "fact/problem.h"

#include <stdlib.h>
#include <string.h>

/* What the matches of a tls or tcp route say, taken together. */
struct marks {
	int64_t port; /* 0: any */
	bool differ;  /* two matches are of two ports */
	bool vague;   /* something is to be filled in */
	struct buf hosts;
};

static void mark_port(struct marks *marks, const struct node *match, bool first)
{
	const struct node *node = node_get(match, "port");
	int64_t port = 0;

	if (!node_is_null(node) && !node_to_int(node, &port))
		marks->vague = true;
	marks->differ |= !first && port != marks->port;
	marks->port = port;
}

static void mark_hosts(
    struct facts *facts, struct marks *marks, const struct node *match)
{
	const struct node *list = node_get(match, "sniHosts");

	marks->vague |= is_given(list) && list->kind != NODE_SEQUENCE;
	for (size_t i = 0; i < node_length(list); i++) {
		const char *host = facts_name(facts, list->items[i]);

		marks->vague |= !*host;
		buf_add(&marks->hosts, &host, sizeof(host));
	}
}

/* In order and each once: two lists of the same hosts spell the same. */
static void spell_hosts(struct buf *hosts, struct buf *key)
{
	const char **items = (const char **)(void *)hosts->ptr;
	size_t n = hosts->len / sizeof(*items);

	if (n)
		qsort(items, n, sizeof(*items), compare_texts);
	for (size_t i = 0; i < n; i++) {
		if (!i || strcmp(items[i], items[i - 1]) != 0)
			buf_printf(
			    key, "%s%s", i ? ", " : " and sniHosts ", items[i]);
	}
}

static const char *spell_key(struct facts *facts, struct marks *marks)
{
	struct buf key = {0};
	const char *text;

	if (marks->port)
		buf_printf(&key, "port %lld", (long long)marks->port);
	else
		buf_add_text(&key, "any port");
	spell_hosts(&marks->hosts, &key);
	text = facts_text(facts, buf_slice(&key));
	buf_release(&key);
	return text;
}

const char *facts_route_key(
    struct facts *facts, const struct node *const *matches, size_t n)
{
	struct marks marks = {0};
	const char *key;

	for (size_t i = 0; i < n; i++) {
		mark_port(&marks, matches[i], i == 0);
		mark_hosts(facts, &marks, matches[i]);
	}
	key = marks.vague ? NULL : marks.differ ? "" : spell_key(facts, &marks);
	buf_release(&marks.hosts);
	return key;
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

static void collect_targets(
    struct facts *facts, const struct node *targets, struct route *route)
{
	size_t n = node_length(targets);
	const char **hosts = arena_array(&facts->arena, n, sizeof(*hosts));
	const char **subsets = arena_array(&facts->arena, n, sizeof(*subsets));

	for (size_t i = 0; i < n; i++) {
		const struct node *target =
		    node_get(targets->items[i], "destination");

		hosts[i] = short_host(facts, node_get(target, "host"));
		subsets[i] = facts_name(facts, node_get(target, "subset"));
	}
	route->hosts = hosts;
	route->subsets = subsets;
	route->n = n;
}

static struct route collect_route(
    struct facts *facts, const struct node *node, bool is_http)
{
	const struct node *name = node_get(node, "name");
	const struct node *match = node_get(node, "match");
	struct route route = {.name = facts_spot(facts, node)};

	if (scalar_text(name).len)
		route.name = facts_spot(facts, name);
	route.key = route.name.text;
	if (!is_http)
		route.key = facts_route_key(facts,
		    node_length(match)
			? (const struct node *const *)match->items
			: NULL,
		    node_length(match));
	collect_targets(facts, node_get(node, "route"), &route);
	return route;
}

/* Of one key in the order they are written. */
static int by_key(const void *left, const void *right)
{
	const struct route *const *a = left, *const *b = right;
	int order = strcmp((*a)->key, (*b)->key);

	return order ? order : (*a > *b) - (*a < *b);
}

static void order_routes(struct facts *facts, struct route_list *list)
{
	const struct route **order =
	    arena_array(&facts->arena, list->n, sizeof(*order));

	for (size_t i = 0; i < list->n; i++)
		order[i] = &list->items[i];
	if (list->n)
		qsort(order, list->n, sizeof(*order), by_key);
	list->by_key = order;
}

void collect_routes(
    struct facts *facts, const struct node *spec, struct referent *referent)
{
	static const char *const names[] = {"http", "tls", "tcp"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct node *nodes = node_get(spec, names[i]);
		struct route_list *list = &referent->routes[i];
		struct route *items = arena_array(
		    &facts->arena, node_length(nodes), sizeof(*items));

		referent->has_more |=
		    is_given(nodes) && nodes->kind != NODE_SEQUENCE;
		for (size_t j = 0; j < node_length(nodes); j++) {
			items[j] = collect_route(
			    facts, nodes->items[j], i == ROUTES_HTTP);
			referent->has_more |= !items[j].key;
			if (!items[j].key)
				items[j].key = "";
		}
		list->given = is_given(nodes);
		list->items = items;
		list->n = node_length(nodes);
		order_routes(facts, list);
	}
}
