/*
 * Subsets and ports that Istio's VirtualServices send requests to: whether a
 * DestinationRule of the stream defines them, whether pods have their labels,
 * and whether the Service has the port.  Envoy answers for one without with
 * 503.
 */
#include "fact/service/subsets.h"

#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/namespace.h"
#include "fact/problem.h"
#include "fact/selector.h"

#include <stddef.h>
#include <string.h>

static void add_destination(const struct collection *collection,
    const struct manifest *manifest, const struct node *node)
{
	const struct node *subset = node_get(node, "subset");
	const struct node *host = node_get(node, "host");
	struct facts *facts = collection->facts;
	struct destination *destination;

	if (!scalar_text(host).len)
		return;
	destination = arena_alloc(&facts->arena, sizeof(*destination));
	*destination = (struct destination){
	    .manifest = manifest,
	    .host = facts_placed(fact_text(facts_name(facts, host)), host),
	    .port = facts_int_or_none(node_find(node, "port", "number", NULL)),
	};
	if (scalar_text(subset).len)
		destination->subset =
		    facts_placed(fact_text(facts_name(facts, subset)), subset);
	vector_add(&facts->lists[ENTITY_destination], destination);
}

void collect_destinations(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	static const char *const kinds[] = {"http", "tls", "tcp"};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		const struct node *routes =
		    node_find(object, "spec", kinds[i], NULL);

		for (size_t j = 0; j < node_length(routes); j++) {
			const struct node *list =
			    node_get(routes->items[j], "route");

			for (size_t k = 0; k < node_length(list); k++)
				add_destination(collection, manifest,
				    node_get(list->items[k], "destination"));
		}
	}
}

/* Whether all that is sent to the host is plain text, whatever its proxies ask
 * for. */
static bool is_plain(const struct node *spec)
{
	const struct node *policy = node_get(spec, "trafficPolicy");
	const struct node *subsets = node_get(spec, "subsets");
	const struct node *mode = node_find(policy, "tls", "mode", NULL);

	for (size_t i = 0; i < node_length(subsets); i++) {
		if (node_get(subsets->items[i], "trafficPolicy"))
			return false;
	}
	return slice_is(scalar_text(mode), "DISABLE") &&
	       !node_get(policy, "portLevelSettings") &&
	       !node_get(spec, "workloadSelector");
}

void collect_destination_rule(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *spec = node_get(object, "spec");
	const struct node *list = node_get(spec, "subsets");
	struct facts *facts = collection->facts;
	struct destination_rule *rule =
	    arena_alloc(&facts->arena, sizeof(*rule));
	size_t n = node_length(list);
	struct subset *subsets =
	    arena_array(&facts->arena, n, sizeof(*subsets));

	for (size_t i = 0; i < n; i++) {
		subsets[i].name =
		    facts_name(facts, node_get(list->items[i], "name"));
		subsets[i].labels = facts_map_selector(
		    facts, node_get(list->items[i], "labels"));
	}
	*rule = (struct destination_rule){
	    .manifest = manifest,
	    .host = facts_name(facts, node_get(spec, "host")),
	    .subsets = subsets,
	    .nsubsets = n,
	    .is_plain = is_plain(spec),
	};
	vector_add(&facts->destination_rules, rule);
}

struct slice host_key(struct buf *text, const struct release *release,
    const struct manifest *manifest, const char *host)
{
	struct slice rest = slice_of(host);
	ptrdiff_t dot = slice_find(rest, SLICE("."), 0);
	ptrdiff_t tail = slice_find(rest, SLICE(".svc"), 0);

	buf_clear(text);
	if (tail > 0)
		rest.len = (size_t)tail;
	buf_add_slice(text, rest);
	if (dot < 0)
		buf_printf(text, ".%s", manifest_namespace(release, manifest));
	return buf_slice(text);
}

struct linking {
	const struct release *release;
	struct map rules;    /* struct destination_rule, by host_key() */
	struct map services; /* by the same */
	struct arena arena;
	struct buf text;
};

static void index_rules(
    struct linking *linking, struct facts *const *facts, size_t nfacts)
{
	struct entity_list list = facts_in_order(&linking->arena, facts, nfacts,
	    offsetof(struct facts, destination_rules));

	for (size_t i = 0; i < list.n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct destination_rule *rule =
		    (struct destination_rule *)(uintptr_t)list.items[i];
		struct slice key = host_key(&linking->text, linking->release,
		    rule->manifest, rule->host);

		rule->next = map_find(&linking->rules, key);
		if (!rule->next)
			key = slice_copy(&linking->arena, key);
		*map_slot(&linking->rules, key) = rule;
	}
}

static void index_services(struct linking *linking)
{
	const struct entity_list *list =
	    &linking->release->lists[ENTITY_service];

	for (size_t i = 0; i < list->n; i++) {
		const struct service *service = list->items[i];
		struct slice key = host_key(&linking->text, linking->release,
		    service->manifest, service->manifest->name);

		*map_slot(
		    &linking->services, slice_copy(&linking->arena, key)) =
		    (void *)(uintptr_t)service;
	}
}

static const struct subset *find_subset(
    const struct destination_rule *rule, const char *name)
{
	for (; rule; rule = rule->next) {
		for (size_t i = 0; i < rule->nsubsets; i++) {
			if (!strcmp(rule->subsets[i].name, name))
				return &rule->subsets[i];
		}
	}
	return NULL;
}

/* Whether a pod behind the Service has the labels, or may get them: a Rollout
 * labels its pods by their role. */
static bool has_pods(const struct service *service, const struct subset *subset)
{
	const struct entity_list *list = &service->workloads.sure;

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		if (is_rollout(workload->manifest) ||
		    selector_matches(
			&subset->labels, &workload->template_owner->labels))
			return true;
	}
	return !list->n || service->workloads.possible;
}

static void link_subset(struct release *release,
    struct destination *destination, const struct destination_rule *rule)
{
	const struct subset *subset =
	    find_subset(rule, destination->subset.text);
	struct buf labels = {0};

	if (!subset) {
		destination->undefined = true;
		return;
	}
	if (!destination->target || has_pods(destination->target, subset))
		return;
	selector_spell(&subset->labels, &labels);
	destination->spelled =
	    slice_copy(&release->arena, buf_slice(&labels)).ptr;
	buf_release(&labels);
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);

	return len > n && !strcmp(text + len - n, end);
}

/* A host with a dot is no short name for Istio, which then looks for a host
 * that is just that (pkg/config/model, ResolveShortnameToFQDN); only of one
 * that has its Service's namespace and no domain is that surely none. */
static bool is_half_qualified(const char *host)
{
	const char *dot = strchr(host, '.');

	return dot && (!strchr(dot + 1, '.') || ends_with(host, ".svc"));
}

/* Another name of a host has no ports that must be declared. */
static bool lacks_port(const struct service *service, const struct fact *port)
{
	if (port->state != FACT_KNOWN || !service->nports ||
	    service->type.state == FACT_UNKNOWN ||
	    !strcmp(service->type.text, "ExternalName"))
		return false;
	for (size_t i = 0; i < service->nports; i++) {
		if (!service->ports[i].number ||
		    service->ports[i].number == port->integer)
			return false;
	}
	return true;
}

/* Whether there is such a host at all, and a port of that number. */
static void link_service(
    struct release *release, struct destination *destination)
{
	const struct service *service = destination->target;
	const char *host = destination->host.text;

	if (!service ||
	    are_apart(release, destination->manifest, service->manifest))
		return;
	if (is_half_qualified(host))
		destination->half_qualified = true;
	else if ((!strchr(host, '.') ||
		     ends_with(host, ".svc.cluster.local")) &&
		 lacks_port(service, &destination->port))
		destination->ports_spelled = spell_ports(release, service);
}

static void link_destination(struct linking *linking, struct release *release,
    struct destination *destination)
{
	struct slice key = host_key(&linking->text, release,
	    destination->manifest, destination->host.text);
	const struct destination_rule *rule = map_find(&linking->rules, key);

	destination->target = map_find(&linking->services, key);
	link_service(release, destination);
	if (!rule || destination->subset.state != FACT_KNOWN)
		return;
	destination->rule_manifest = rule->manifest;
	link_subset(release, destination, rule);
}

void relate_subsets(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	const struct entity_list *list = &release->lists[ENTITY_destination];
	struct linking linking = {.release = release};

	if (list->n) {
		index_rules(&linking, facts, nfacts);
		index_services(&linking);
	}
	for (size_t i = 0; i < list->n; i++)
		/* Made by collect and const for everybody but relate. */
		link_destination(&linking, release,
		    (struct destination *)(uintptr_t)list->items[i]);
	map_release(&linking.rules);
	map_release(&linking.services);
	arena_release(&linking.arena);
	buf_release(&linking.text);
}

SIMPLE(destination, manifest, fact_entity(destination->manifest))
SIMPLE(destination, rule, fact_entity(destination->rule_manifest))
SIMPLE(destination, service, fact_entity(destination->target))
SIMPLE(destination, defined, fact_bool(!destination->undefined))
SIMPLE(destination, unmet, fact_of_word(destination->spelled))
SIMPLE(destination, ports, fact_of_word(destination->ports_spelled))
SIMPLE(destination, half_qualified, fact_bool(destination->half_qualified))
