/* A Service: whom it selects and the ports it leads to. */
#include "fact/service/service.h"

#include "fact/network/network.h"
#include "fact/selector.h"

#include <string.h>

/* The API takes "" and 0 as left out. */
static bool has_target(const struct node *target)
{
	struct slice text;

	return node_to_text(target, &text) && text.len && !slice_is(text, "0");
}

static void collect_service_ports(
    struct facts *facts, const struct node *ports, struct service *service)
{
	struct service_port *kept;

	if (!ports || ports->kind != NODE_SEQUENCE)
		return;
	kept = arena_array(&facts->arena, ports->n, sizeof(*kept));
	service->ports = kept;
	service->nports = ports->n;
	for (uint32_t i = 0; i < ports->n; i++) {
		const struct node *target =
		    node_get(ports->items[i], "targetPort");

		if (!has_target(target))
			target = node_get(ports->items[i], "port");
		kept[i].protocols = protocols_of(ports->items[i]);
		if (!node_to_int(target, &kept[i].target_number))
			kept[i].target_name = facts_name(facts, target);
		node_to_int(
		    node_get(ports->items[i], "port"), &kept[i].number);
		node_to_int(node_get(ports->items[i], "nodePort"),
		    &kept[i].node_port);
		kept[i].name =
		    facts_name(facts, node_get(ports->items[i], "name"));
		if (!target)
			target = ports->items[i];
		kept[i].line = target->span.line;
		kept[i].col = target->span.col;
		kept[i].width = facts_width(target);
	}
}

static struct fact headless_of(const struct node *cluster_ip)
{
	struct slice text;

	if (!node_to_text(cluster_ip, &text))
		return fact_bool(false);
	return facts_placed(fact_bool(slice_is(text, "None")), cluster_ip);
}

void collect_service(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	struct service *service = arena_alloc(&facts->arena, sizeof(*service));

	service->manifest = manifest;
	service->lb_drain = lb_drain_of(object);
	service->registers_pods = lb_registers_pods(object);
	service->scheme = lb_scheme_of(object);
	service->lb_policies = lb_policies_of(facts, object);
	service->labels =
	    facts_labels(facts, node_find(object, "metadata", "labels", NULL));
	service->type =
	    facts_node_text(facts, node_get(spec, "type"), "ClusterIP");
	/* The API ignores the selector of an ExternalName. */
	if (strcmp(service->type.text, "ExternalName"))
		service->pod_selector =
		    facts_map_selector(facts, node_get(spec, "selector"));
	service->selector = facts_selector_text(
	    facts, &service->pod_selector, node_get(spec, "selector"));
	if (service->pod_selector.invalid)
		service->selector = fact_unknown();
	service->abandoned = fact_bool(false);
	service->headless = headless_of(node_get(spec, "clusterIP"));
	service->internal_traffic = facts_node_text(
	    facts, node_get(spec, "internalTrafficPolicy"), "Cluster");
	service->publishes_not_ready =
	    facts_bool(node_get(spec, "publishNotReadyAddresses"), false);
	collect_service_ports(facts, node_get(spec, "ports"), service);
	vector_add(&facts->lists[ENTITY_service], service);
}
