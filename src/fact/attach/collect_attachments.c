/* Gateways and routes of the Gateway API -> listeners, and what routes ask of
 * them. */
#include "fact/attach/attach.h"

#include "fact/problem.h"

#include <string.h>

#define GATEWAY_GROUP "gateway.networking.k8s.io"

/* A text of a mapping, or what the API takes it for when it is left out. */
static struct slice text_or(
    const struct node *node, const char *key, struct slice otherwise)
{
	struct slice text = scalar_text(node_get(node, key));

	return text.len ? text : otherwise;
}

bool is_final(struct slice text)
{
	return text.len && !memchr(text.ptr, '$', text.len) &&
	       !memchr(text.ptr, '{', text.len);
}

static const char *host_of(struct facts *facts, struct slice text)
{
	return is_final(text) ? facts_text(facts, text) : "";
}

/* The texts as a list; empty when one of them is NULL: then it tells nothing.
 */
static struct text_list list_of(
    struct facts *facts, const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!texts[i])
			return (struct text_list){0};
	}
	return (struct text_list){
	    n, arena_copy(&facts->arena, texts, n * sizeof(*texts))};
}

/* One of another group is none that a route here is of. */
static const char *kind_of(struct facts *facts, const struct node *item)
{
	struct slice group = text_or(item, "group", SLICE(GATEWAY_GROUP));
	struct slice kind = scalar_text(node_get(item, "kind"));

	if (!is_final(group) || !is_final(kind))
		return NULL;
	return slice_is(group, GATEWAY_GROUP) ? facts_text(facts, kind) : "";
}

static struct text_list kinds_of(struct facts *facts, const struct node *list)
{
	size_t n = node_length(list);
	const char **kinds = arena_array(&facts->linking, n, sizeof(*kinds));

	for (size_t i = 0; i < n; i++)
		kinds[i] = kind_of(facts, list->items[i]);
	return list_of(facts, kinds, n);
}

struct text_list final_texts(struct facts *facts, const struct node *list)
{
	size_t n = node_length(list);
	const char **hosts = arena_array(&facts->linking, n, sizeof(*hosts));

	for (size_t i = 0; i < n; i++) {
		struct slice host = scalar_text(list->items[i]);

		if (is_final(host))
			hosts[i] = facts_text(facts, host);
	}
	return list_of(facts, hosts, n);
}

static struct listener listener_of(struct facts *facts, const struct node *node)
{
	const struct node *allowed = node_get(node, "allowedRoutes");
	struct slice from =
	    text_or(node_get(allowed, "namespaces"), "from", SLICE("Same"));
	struct listener listener = {
	    .name = facts_name(facts, node_get(node, "name")),
	    .host = host_of(facts, scalar_text(node_get(node, "hostname"))),
	    .kinds = kinds_of(facts, node_get(allowed, "kinds")),
	    .protocol = facts_name(facts, node_get(node, "protocol")),
	    .from = slice_is(from, "Same")   ? FROM_SAME
		    : slice_is(from, "None") ? FROM_NONE
					     : FROM_OTHERS,
	};

	node_to_int(node_get(node, "port"), &listener.port);
	return listener;
}

void collect_gateway(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *list = node_find(object, "spec", "listeners", NULL);
	size_t n = node_length(list);
	struct listener *listeners =
	    arena_array(&facts->arena, n, sizeof(*listeners));
	struct gateway *gateway;
	bool are_final = true;

	for (size_t i = 0; i < n && are_final; i++) {
		listeners[i] = listener_of(facts, list->items[i]);
		are_final = is_final(slice_of(listeners[i].name));
	}
	gateway = arena_alloc(&facts->arena, sizeof(*gateway));
	*gateway = (struct gateway){
	    .manifest = manifest,
	    .listeners = listeners,
	    .n = are_final ? n : 0,
	};
	vector_add(&facts->gateways, gateway);
}

/* Whether it surely names a Gateway, and a listener if any. */
static bool names_gateway(const struct node *parent)
{
	return slice_is(text_or(parent, "kind", SLICE("Gateway")), "Gateway") &&
	       slice_is(text_or(parent, "group", SLICE(GATEWAY_GROUP)),
		   GATEWAY_GROUP) &&
	       is_final(scalar_text(node_get(parent, "name"))) &&
	       is_final(text_or(parent, "namespace", SLICE("its own"))) &&
	       is_final(text_or(parent, "sectionName", SLICE("any")));
}

static void add_attachment(struct facts *facts, const struct node *parent,
    const struct text_list *hosts, const struct manifest *manifest)
{
	struct attachment *attachment =
	    arena_alloc(&facts->arena, sizeof(*attachment));
	const struct node *name = node_get(parent, "name");
	const struct node *section = node_get(parent, "sectionName");

	*attachment = (struct attachment){
	    .manifest = manifest,
	    .namespace = facts_name(facts, node_get(parent, "namespace")),
	    .hosts = *hosts,
	    .gateway_name =
		facts_placed(fact_text(facts_name(facts, name)), name),
	    .port = facts_int_or_none(node_get(parent, "port")),
	};
	if (scalar_text(section).len)
		attachment->section = facts_placed(
		    fact_text(facts_name(facts, section)), section);
	vector_add(&facts->lists[ENTITY_attachment], attachment);
}

void collect_attachments(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	const struct node *parents = node_get(spec, "parentRefs");
	struct text_list hosts =
	    final_texts(facts, node_get(spec, "hostnames"));

	for (size_t i = 0; i < node_length(parents); i++) {
		if (names_gateway(parents->items[i]))
			add_attachment(
			    facts, parents->items[i], &hosts, manifest);
	}
}
