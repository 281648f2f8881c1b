/*
 * What proxies of Istio take, against what clients are told to send them.
 *
 * A DestinationRule with tls.mode DISABLE turns the mutual TLS off that clients
 * else use by themselves (pilot/pkg/networking/core/cluster_tls.go,
 * buildUpstreamTLSSettings); a proxy under STRICT has no filter chain for plain
 * text.  Policies for some pods or ports may make an exception, so that one of
 * these leaves its namespace untold.
 */
#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/namespace.h"
#include "fact/problem.h"
#include "fact/service/subsets.h"

#include <stddef.h>
#include <string.h>

struct peer_policy {
	const struct manifest *manifest;
	bool is_strict; /* for all pods and ports of the namespace */
};

void collect_peer_authentication(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	const struct node *mode = node_find(spec, "mtls", "mode", NULL);
	struct peer_policy *policy =
	    arena_alloc(&facts->linking, sizeof(*policy));

	*policy = (struct peer_policy){
	    .manifest = manifest,
	    .is_strict = slice_is(scalar_text(mode), "STRICT") &&
			 !node_get(spec, "selector") &&
			 !node_get(spec, "portLevelMtls"),
	};
	vector_add(&facts->peer_policies, policy);
}

struct judging {
	const struct release *release;
	struct map policies; /* by namespace: the one, or unclear */
	struct map rules;    /* by host_key(): the one, or ambiguous */
	struct arena arena;
	struct buf text;
};

/* In place of one that says what holds. */
static const struct peer_policy unclear;
static const struct destination_rule ambiguous;

static void put(struct judging *judging, struct map *map, struct slice key,
    const void *item, const void *several)
{
	const void *value = map_find(map, key) ? several : item;

	*map_slot(map, slice_copy(&judging->arena, key)) =
	    (void *)(uintptr_t)value;
}

static void index_policies(
    struct judging *judging, const struct entity_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct peer_policy *policy = list->items[i];

		put(judging, &judging->policies,
		    object_key(&judging->text, "",
			manifest_namespace(judging->release, policy->manifest)),
		    policy->is_strict ? policy : &unclear, &unclear);
	}
}

static void index_rules(struct judging *judging, const struct entity_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct destination_rule *rule = list->items[i];

		put(judging, &judging->rules,
		    host_key(&judging->text, judging->release, rule->manifest,
			rule->host),
		    rule, &ambiguous);
	}
}

/* Whether all of its pods have the proxy, as far as they have a say in it. */
static bool is_behind_proxies(const struct service *service)
{
	const struct entity_list *list = &service->workloads.sure;

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		workload = workload->template_owner;
		if (workload->refuses_proxy ||
		    workload->host_network.state == FACT_UNKNOWN ||
		    workload->host_network.boolean)
			return false;
	}
	return list->n && !service->workloads.possible;
}

static void judge_service(
    const struct judging *judging, struct buf *text, struct service *service)
{
	const struct release *release = judging->release;
	const struct manifest *manifest = service->manifest;
	const struct peer_policy *policy = map_find(&judging->policies,
	    object_key(text, "", manifest_namespace(release, manifest)));
	const struct destination_rule *rule = map_find(
	    &judging->rules, host_key(text, release, manifest, manifest->name));

	if (!policy || !policy->is_strict || !rule || !rule->is_plain ||
	    are_apart(release, manifest, policy->manifest) ||
	    are_apart(release, manifest, rule->manifest) ||
	    !is_behind_proxies(service))
		return;
	service->plain_rule = rule->manifest;
	service->strict_policy = policy->manifest;
}

void relate_peer_policies(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	const struct entity_list *services = &release->lists[ENTITY_service];
	struct judging judging = {.release = release};
	struct entity_list list = facts_in_order(&judging.arena, facts, nfacts,
	    offsetof(struct facts, peer_policies));
	struct buf text = {0};

	index_policies(&judging, &list);
	if (list.n) {
		list = facts_in_order(&judging.arena, facts, nfacts,
		    offsetof(struct facts, destination_rules));
		index_rules(&judging, &list);
	}
	for (size_t i = 0; list.n && i < services->n; i++)
		/* Made by collect and const for everybody but relate. */
		judge_service(&judging, &text,
		    (struct service *)(uintptr_t)services->items[i]);
	map_release(&judging.policies);
	map_release(&judging.rules);
	arena_release(&judging.arena);
	buf_release(&judging.text);
	buf_release(&text);
}

SIMPLE(service, plain_rule, fact_entity(service->plain_rule))
SIMPLE(service, strict_policy, fact_entity(service->strict_policy))
