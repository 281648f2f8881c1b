/*
 * Gateways of Istio -> a listener for each host of a server; VirtualServices ->
 * the Gateways that they name.
 *
 * A VirtualService is bound to the servers of a Gateway that have one of its
 * hosts, and its namespace where the host of the server has one
 * (pilot/pkg/networking/core/gateway.go, pickMatchingGatewayHosts).
 */
#include "fact/attach/attach.h"

#include "fact/problem.h"

#include <string.h>

/* A host, as "example.com", or behind a namespace: "shop/example.com", where
 * "." is that of the Gateway and "*" any. */
static struct listener listener_of(struct facts *facts, const struct node *node)
{
	struct slice host = scalar_text(node);
	ptrdiff_t slash = slice_find(host, SLICE("/"), 0);
	struct listener listener = {
	    .name = "", .protocol = "", .host = "", .from = FROM_OTHERS};

	if (!is_final(host))
		return listener;
	if (slash == 1 && host.ptr[0] == '.')
		listener.from = FROM_SAME;
	listener.host =
	    facts_text(facts, slice_after(host, (size_t)(slash + 1)));
	return listener;
}

/* Adds the hosts of one server. */
static void add_listeners(
    struct facts *facts, const struct node *server, struct buf *listeners)
{
	const struct node *hosts = node_get(server, "hosts");

	for (size_t i = 0; i < node_length(hosts); i++) {
		struct listener listener = listener_of(facts, hosts->items[i]);

		buf_add(listeners, &listener, sizeof(listener));
	}
}

void collect_istio_gateway(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *list = node_find(object, "spec", "servers", NULL);
	struct gateway *gateway = arena_alloc(&facts->arena, sizeof(*gateway));
	struct buf listeners = {0};

	for (size_t i = 0; i < node_length(list); i++)
		add_listeners(facts, list->items[i], &listeners);
	*gateway = (struct gateway){
	    .manifest = manifest,
	    .n = listeners.len / sizeof(*gateway->listeners),
	};
	gateway->listeners = facts_keep(facts, &listeners);
	vector_add(&facts->gateways, gateway);
	buf_release(&listeners);
}

/* None where one has no dot: Istio makes the full name of a Service of it. */
static struct text_list hosts_of(struct facts *facts, const struct node *list)
{
	struct text_list hosts = final_texts(facts, list);

	for (size_t i = 0; i < hosts.n; i++) {
		if (!strchr(hosts.items[i], '.') && *hosts.items[i] != '*')
			return (struct text_list){0};
	}
	return hosts;
}

/* "mesh" is the proxies of all pods; a name with a dot is that of a Gateway as
 * Istio wrote it long ago. */
static bool names_gateway(struct slice name)
{
	return is_final(name) && !slice_is(name, "mesh") &&
	       slice_find(name, SLICE("."), 0) < 0;
}

static void add_attachment(struct facts *facts, const struct node *node,
    const struct text_list *hosts, const struct manifest *manifest)
{
	struct slice name = scalar_text(node);
	ptrdiff_t slash = slice_find(name, SLICE("/"), 0);
	struct attachment *attachment =
	    arena_alloc(&facts->arena, sizeof(*attachment));

	*attachment = (struct attachment){
	    .manifest = manifest, .namespace = "", .hosts = *hosts};
	if (slash > 0)
		attachment->namespace =
		    facts_text(facts, (struct slice){name.ptr, (size_t)slash});
	name = slice_after(name, (size_t)(slash + 1));
	attachment->gateway_name =
	    facts_placed(fact_text(facts_text(facts, name)), node);
	vector_add(&facts->lists[ENTITY_attachment], attachment);
}

void collect_istio_attachments(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	const struct node *gateways = node_get(spec, "gateways");
	struct text_list hosts = hosts_of(facts, node_get(spec, "hosts"));

	for (size_t i = 0; i < node_length(gateways); i++) {
		if (names_gateway(scalar_text(gateways->items[i])))
			add_attachment(
			    facts, gateways->items[i], &hosts, manifest);
	}
}
