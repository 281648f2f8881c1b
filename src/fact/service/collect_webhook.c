/* The Services that the API server asks: those of admission and conversion
 * webhooks and of aggregated APIs. */
#include "fact/problem.h"
#include "fact/service/backends.h"
#include "fact/service/trust.h"

#include <string.h>

/* A ServiceReference, which must give the namespace; its port is 443 when left
 * out. */
static struct backend *add_reference(const struct collection *collection,
    const struct manifest *manifest, const struct node *reference)
{
	const struct node *name = node_get(reference, "name");
	const struct node *port = node_get(reference, "port");
	struct backend *backend = add_backend(collection, manifest, name);

	if (!backend)
		return NULL;
	backend->is_for_api_server = true;
	backend->is_strict = true;
	backend->service_namespace =
	    facts_name(collection->facts, node_get(reference, "namespace"));
	read_backend_port(collection, port, backend);
	if (!port) {
		backend->port = facts_placed(fact_text("443"), name);
		backend->port_number = 443;
	}
	return backend;
}

/* Groups of Kubernetes itself are short or end in k8s.io, as are those of its
 * subprojects, whose objects others make as well. */
static bool is_built_in(struct slice group)
{
	return slice_find(group, SLICE("."), 0) < 0 ||
	       slice_ends(group, SLICE(".k8s.io"));
}

static bool asks_for_built_ins(const struct node *rules)
{
	for (size_t i = 0; i < node_length(rules); i++) {
		const struct node *groups =
		    node_get(rules->items[i], "apiGroups");

		for (size_t j = 0; j < node_length(groups); j++) {
			if (is_built_in(scalar_text(groups->items[j])))
				return true;
		}
	}
	return false;
}

static bool has_word(const struct node *list, const char *word)
{
	for (size_t i = 0; i < node_length(list); i++) {
		struct slice text = scalar_text(list->items[i]);

		if (slice_is(text, word) || slice_is(text, "*"))
			return true;
	}
	return false;
}

/* As a resource, a star alone stands for all but their parts. */
static bool asks_for_pods(const struct node *rules)
{
	for (size_t i = 0; i < node_length(rules); i++) {
		const struct node *rule = rules->items[i];
		const struct node *resources = node_get(rule, "resources");

		if (has_word(node_get(rule, "apiGroups"), "") &&
		    has_word(node_get(rule, "operations"), "CREATE") &&
		    (has_word(resources, "pods") || has_word(resources, "*/*")))
			return true;
	}
	return false;
}

static bool has_items(const struct node *node)
{
	return node && node->n > 0 && node->kind != NODE_SCALAR;
}

/* Whether a selector or a condition may leave some objects out. */
static bool is_narrowed(const struct node *webhook)
{
	return has_items(node_get(webhook, "namespaceSelector")) ||
	       has_items(node_get(webhook, "objectSelector")) ||
	       has_items(node_get(webhook, "matchConditions"));
}

/* Left out, it is Fail, but of v1beta1 Ignore. */
static struct fact fails_closed(
    const struct node *policy, const struct manifest *manifest)
{
	if (!is_given(policy))
		return fact_bool(!strcmp(manifest->version, "v1"));
	return facts_placed(
	    fact_bool(slice_is(scalar_text(policy), "Fail")), policy);
}

/* Adds the custom resources of a rule as they are written: plural.group. */
static void add_asked(
    struct facts *facts, const struct node *rule, struct buf *names)
{
	const struct node *groups = node_get(rule, "apiGroups");
	const struct node *resources = node_get(rule, "resources");

	if (!has_word(node_get(rule, "operations"), "CREATE"))
		return;
	for (size_t i = 0; i < node_length(groups); i++) {
		struct slice group = scalar_text(groups->items[i]);

		for (size_t j = 0; j < node_length(resources); j++) {
			struct slice name = scalar_text(resources->items[j]);
			const char *kept;

			if (slice_find(group, SLICE("."), 0) < 0 ||
			    slice_find(name, SLICE("/"), 0) >= 0)
				continue;
			kept = arena_printf(&facts->arena, "%.*s.%.*s",
			    (int)name.len, name.ptr, (int)group.len, group.ptr);
			buf_add(names, &kept, sizeof(kept));
		}
	}
}

/* The custom resources that a webhook must admit as they are made; NULL when it
 * need not, or may leave some out. */
static const struct text_list *asked_for(
    struct facts *facts, const struct node *webhook, bool fails_closed)
{
	const struct node *rules = node_get(webhook, "rules");
	struct text_list *list;
	struct buf names = {0};

	if (!fails_closed || is_narrowed(webhook))
		return NULL;
	for (size_t i = 0; i < node_length(rules); i++)
		add_asked(facts, rules->items[i], &names);
	if (!names.len)
		return NULL;
	list = arena_alloc(&facts->arena, sizeof(*list));
	list->items = facts_keep(facts, &names);
	list->n = names.len / sizeof(*list->items);
	buf_release(&names);
	return list;
}

void collect_webhooks(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *webhooks = node_get(object, "webhooks");

	for (size_t i = 0; i < node_length(webhooks); i++) {
		const struct node *webhook = webhooks->items[i];
		struct backend *backend = add_reference(collection, manifest,
		    node_find(webhook, "clientConfig", "service", NULL));

		if (!backend)
			continue;
		collect_trust(collection, object,
		    node_get(webhook, "clientConfig"), backend);
		backend->fails_closed =
		    fails_closed(node_get(webhook, "failurePolicy"), manifest);
		backend->asked = asked_for(
		    collection->facts, webhook, backend->fails_closed.boolean);
		backend->for_built_ins =
		    fact_bool(asks_for_built_ins(node_get(webhook, "rules")));
		backend->for_pods =
		    fact_bool(asks_for_pods(node_get(webhook, "rules")) &&
			      !is_narrowed(webhook));
	}
}

void collect_conversion(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	add_reference(collection, manifest,
	    node_find(object, "spec", "conversion", "webhook", "clientConfig",
		"service", NULL));
}

void collect_api_service(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	add_reference(
	    collection, manifest, node_find(object, "spec", "service", NULL));
}
