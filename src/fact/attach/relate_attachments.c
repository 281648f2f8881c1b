/*
 * Routes and the Gateways that they name -> what no listener has for them.
 *
 * A route is taken by a listener of its section and port that allows its
 * namespace and kind and serves one of its hosts; otherwise its status is not
 * Accepted: NoMatchingParent, NotAllowedByListeners, NoMatchingListenerHostname
 * (Gateway API, RouteConditionReason).  A kind that its protocol does not carry
 * is none that a listener can allow (ListenerStatus.supportedKinds).
 */
#include "fact/attach/attach.h"

#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/namespace.h"

#include <stddef.h>
#include <string.h>

/* In the order in which listeners are asked; NULL: the route is taken. */
static const char *const steps[] = {
    "section", "port", "namespace", "protocol", "kind", "host", NULL};

/* Whether what stands behind the star of a wildcard ends the host. */
static bool is_below(const char *host, const char *wildcard)
{
	size_t len = strlen(host), tail = strlen(wildcard + 1);

	return len > tail && !strcmp(host + len - tail, wildcard + 1);
}

bool hosts_meet(const char *a, const char *b)
{
	if (!*a || !*b || !strcmp(a, b))
		return true;
	return (*a == '*' && is_below(b, a)) || (*b == '*' && is_below(a, b));
}

static bool has_host(
    const struct attachment *attachment, const struct listener *listener)
{
	for (size_t i = 0; i < attachment->hosts.n; i++) {
		if (hosts_meet(attachment->hosts.items[i], listener->host))
			return true;
	}
	return !attachment->hosts.n;
}

static bool has_kind(
    const struct attachment *attachment, const struct listener *listener)
{
	for (size_t i = 0; i < listener->kinds.n; i++) {
		if (!strcmp(
			listener->kinds.items[i], attachment->manifest->kind))
			return true;
	}
	return !listener->kinds.n;
}

/* Kinds that no implementation takes by a protocol: the table of the Gateway
 * API's guide to TLS and what Istio (pilot/pkg/config/kube/gateway,
 * generateSupportedKinds), Envoy Gateway, Cilium and Traefik make of it.  That
 * a TLSRoute has no place behind TCP is not told alike; behind HTTPS, where TLS
 * has ended, GEP-2643 gives it none. */
static const struct {
	const char *protocol, *kind;
} strangers[] = {
    {"HTTP", "TCPRoute"},
    {"HTTP", "TLSRoute"},
    {"HTTP", "UDPRoute"},
    {"HTTPS", "TCPRoute"},
    {"HTTPS", "TLSRoute"},
    {"HTTPS", "UDPRoute"},
    {"TCP", "GRPCRoute"},
    {"TCP", "HTTPRoute"},
    {"TCP", "UDPRoute"},
    {"TLS", "GRPCRoute"},
    {"TLS", "HTTPRoute"},
    {"TLS", "UDPRoute"},
    {"UDP", "GRPCRoute"},
    {"UDP", "HTTPRoute"},
    {"UDP", "TCPRoute"},
    {"UDP", "TLSRoute"},
};

static bool has_protocol(
    const struct attachment *attachment, const struct listener *listener)
{
	for (size_t i = 0; i < COUNT_OF(strangers); i++) {
		if (!strcmp(strangers[i].protocol, listener->protocol) &&
		    !strcmp(strangers[i].kind, attachment->manifest->kind))
			return false;
	}
	return true;
}

static bool has_namespace(const struct release *release,
    const struct attachment *attachment, const struct gateway *gateway,
    const struct listener *listener)
{
	if (listener->from == FROM_SAME)
		return namespaces_equal(release, attachment->manifest,
			   gateway->manifest) != TRI_NO;
	return listener->from != FROM_NONE;
}

static bool has_section(
    const struct attachment *attachment, const struct listener *listener)
{
	return attachment->section.state != FACT_KNOWN ||
	       !strcmp(attachment->section.text, listener->name);
}

static bool has_port(
    const struct attachment *attachment, const struct listener *listener)
{
	return attachment->port.state != FACT_KNOWN || !listener->port ||
	       attachment->port.integer == listener->port;
}

/* How many of the steps a listener comes to. */
static size_t steps_of(const struct release *release,
    const struct attachment *attachment, const struct gateway *gateway,
    const struct listener *listener)
{
	if (!has_section(attachment, listener))
		return 0;
	if (!has_port(attachment, listener))
		return 1;
	if (!has_namespace(release, attachment, gateway, listener))
		return 2;
	if (!has_protocol(attachment, listener))
		return 3;
	if (!has_kind(attachment, listener))
		return 4;
	return has_host(attachment, listener) ? 6 : 5;
}

/* What the listener lacks that comes furthest; NULL: it takes the route. */
static const char *lacks(const struct release *release,
    const struct attachment *attachment, const struct gateway *gateway)
{
	size_t most = gateway->n ? 0 : COUNT_OF(steps) - 1;

	for (size_t i = 0; i < gateway->n; i++) {
		size_t n = steps_of(
		    release, attachment, gateway, &gateway->listeners[i]);

		most = n > most ? n : most;
	}
	return steps[most];
}

static bool is_istio(const struct manifest *manifest)
{
	return !strcmp(manifest->group, "networking.istio.io");
}

/* Gateways of one group, by object_key(). */
struct known {
	struct map gateways; /* struct gateway */
	struct map alone;    /* of a namespace the one, or several */
};

/* In place of a Gateway, in no list. */
static const struct gateway several;

struct attaching {
	const struct release *release;
	struct known known[2]; /* of the Gateway API, of Istio */
	struct arena arena;
	struct buf key;
};

static struct known *known_of(
    struct attaching *attaching, const struct manifest *manifest)
{
	return &attaching->known[is_istio(manifest)];
}

/* Of one name they stand in the order of the stream. */
static void index_gateways(
    struct attaching *attaching, const struct entity_list *found)
{
	for (size_t i = found->n; i-- > 0;) {
		/* Made by collect and const for everybody but relate. */
		struct gateway *gateway =
		    (struct gateway *)(uintptr_t)found->items[i];
		const struct manifest *manifest = gateway->manifest;
		const char *namespace =
		    manifest_namespace(attaching->release, manifest);
		struct known *known = known_of(attaching, manifest);
		void **slot = object_slot(&known->gateways, &attaching->arena,
		    &attaching->key, manifest->name, namespace);
		void **alone = object_slot(&known->alone, &attaching->arena,
		    &attaching->key, "", namespace);

		gateway->next = *slot;
		*slot = gateway;
		*alone = (void *)(uintptr_t)(*alone ? &several : gateway);
	}
}

/* Of several of one name each may be the one: all of them must lack something,
 * and the first in the stream is named. */
static void hold_to_gateways(const struct release *release,
    struct attachment *attachment, struct gateway *gateways)
{
	const struct gateway *first = NULL;

	for (struct gateway *at = gateways; at; at = at->next) {
		if (are_apart(release, at->manifest, attachment->manifest))
			continue;
		at->is_named = true;
		if (!lacks(release, attachment, at)) {
			attachment->gateway = at;
			return;
		}
		if (!first)
			first = at;
	}
	attachment->gateway = first;
	if (first)
		attachment->lacks = lacks(release, attachment, first);
}

/* The namespace of the Gateway; NULL when it may be any: one that is filled in
 * later. */
static const char *namespace_of(
    const struct release *release, const struct attachment *attachment)
{
	const char *own = manifest_namespace(release, attachment->manifest);

	if (*own && !is_final(slice_of(own)))
		return NULL;
	return *attachment->namespace ? attachment->namespace : own;
}

static void find_gateway(
    struct attaching *attaching, struct attachment *attachment)
{
	const char *namespace = namespace_of(attaching->release, attachment);
	struct known *known = known_of(attaching, attachment->manifest);

	if (namespace)
		hold_to_gateways(attaching->release, attachment,
		    map_find(&known->gateways,
			object_key(&attaching->key,
			    attachment->gateway_name.text, namespace)));
}

/* Whether a listener that could take the route has a host of its own that is
 * one of the route's. */
static bool is_meant_for(
    const struct gateway *gateway, const struct attachment *attachment)
{
	for (size_t i = 0; i < gateway->n; i++) {
		const struct listener *listener = &gateway->listeners[i];

		if (*listener->host && strcmp(listener->host, "*") != 0 &&
		    attachment->hosts.n && has_host(attachment, listener))
			return true;
	}
	return false;
}

/* Where the named Gateway is not there: the only one of its namespace, that
 * nobody names though it could take the route. */
static void find_unnamed(
    struct attaching *attaching, struct attachment *attachment)
{
	const struct release *release = attaching->release;
	const char *namespace = namespace_of(release, attachment);
	struct known *known = known_of(attaching, attachment->manifest);
	const struct gateway *gateway;

	if (attachment->gateway || !namespace)
		return;
	gateway =
	    map_find(&known->alone, object_key(&attaching->key, "", namespace));
	if (gateway && gateway != &several && !gateway->is_named &&
	    is_meant_for(gateway, attachment) &&
	    !lacks(release, attachment, gateway) &&
	    !are_apart(release, gateway->manifest, attachment->manifest))
		attachment->unnamed = gateway;
}

static void relate_each(struct attaching *attaching,
    const struct entity_list *list,
    void (*relate)(struct attaching *attaching, struct attachment *attachment))
{
	for (size_t i = 0; i < list->n; i++)
		/* Made by collect and const for everybody but relate. */
		relate(
		    attaching, (struct attachment *)(uintptr_t)list->items[i]);
}

void relate_attachments(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	const struct entity_list *list = &release->lists[ENTITY_attachment];
	struct attaching attaching = {.release = release};
	struct entity_list found;

	if (!list->n)
		return;
	found = facts_in_order(
	    &release->arena, facts, nfacts, offsetof(struct facts, gateways));
	index_gateways(&attaching, &found);
	relate_each(&attaching, list, find_gateway);
	relate_each(&attaching, list, find_unnamed);
	for (size_t i = 0; i < COUNT_OF(attaching.known); i++) {
		map_release(&attaching.known[i].gateways);
		map_release(&attaching.known[i].alone);
	}
	arena_release(&attaching.arena);
	buf_release(&attaching.key);
}

SIMPLE(attachment, unnamed,
    fact_entity(attachment->unnamed ? attachment->unnamed->manifest : NULL))
SIMPLE(attachment, manifest, fact_entity(attachment->manifest))
SIMPLE(attachment, gateway,
    fact_entity(attachment->gateway ? attachment->gateway->manifest : NULL))
SIMPLE(attachment, lacks, fact_of_word(attachment->lacks))
