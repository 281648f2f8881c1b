/*
 * A Service of both releases -> what clients outside the cluster reach it by
 * and that the upgrade takes away.
 *
 * A Service that is no longer of type LoadBalancer gives its balancer and the
 * address back (kubernetes/kubernetes, cloud-provider's service controller:
 * processServiceDeletion() when wantsLoadBalancer() is false); one without node
 * ports frees them (dropTypeDependentFields() of pkg/registry/core/service). A
 * node port that is left out stays as it is.
 */
#include "fact/cut/cutting.h"

#include "fact/change/kept.h"
#include "fact/computed.h"

#include <string.h>

static bool is_type(const struct service *service, const char *type)
{
	return service->type.state != FACT_UNKNOWN &&
	       !strcmp(service->type.text, type);
}

/* At a field of the new Service when it is there, else at its kind. */
static struct fact place_at(const struct manifest *manifest, const char *path)
{
	const struct kept_leaf *leaf = kept_find(manifest->seldom->kept, path);

	return leaf ? fact_at(fact_text(path), manifest, leaf->line, leaf->col,
			  leaf->width)
		    : fact_of_kind(manifest);
}

/* Another address that is asked for; one that is left out mostly stays. */
static void judge_address(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *crowd)
{
	static const char path[] = "spec.loadBalancerIP";
	const char *before = kept_value(old->manifest->seldom->kept, path);
	const char *after = kept_value(new->manifest->seldom->kept, path);
	struct cut *cut;

	if (!*before || !*after || !strcmp(before, after))
		return;
	cut = add_service_cut(cutting, old, new, "address", crowd);
	cut->where = place_at(new->manifest, path);
	cut->target = fact_text(before);
}

bool is_external(const struct service *service)
{
	return is_type(service, "ExternalName");
}

/* The addresses of a headless Service are those of the pods, and stay. */
void judge_external(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *crowd)
{
	struct cut *cut;

	if (old->headless.boolean || is_type(old, "LoadBalancer"))
		return;
	cut = add_service_cut(cutting, old, new, "external", crowd);
	cut->where = place_at(new->manifest, "spec.type");
	cut->target = fact_text(
	    kept_value(new->manifest->seldom->kept, "spec.externalName"));
}

static const struct service_port *port_of(
    const struct service *service, const struct service_port *port)
{
	for (size_t i = 0; i < service->nports; i++) {
		if (service->ports[i].number == port->number &&
		    (service->ports[i].protocols & port->protocols))
			return &service->ports[i];
	}
	return NULL;
}

/* A number that the manifest gave is one that clients know. */
static void judge_node_ports(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *crowd)
{
	for (size_t i = 0; i < old->nports; i++) {
		const struct service_port *port = &old->ports[i];
		const struct service_port *now = port_of(new, port);
		struct cut *cut;

		if (!now || !port->node_port || !now->node_port ||
		    port->node_port == now->node_port)
			continue;
		cut = add_service_cut(cutting, old, new, "node port", crowd);
		cut->port = fact_int(port->node_port);
		cut->target = fact_text(arena_printf(&cutting->release->arena,
		    "%lld", (long long)now->node_port));
		cut->where = fact_at(cut->target, new->manifest, now->line,
		    now->col, now->width);
	}
}

static void judge_closed(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *crowd)
{
	struct cut *cut =
	    add_service_cut(cutting, old, new, "node ports", crowd);

	cut->where = place_at(new->manifest, "spec.type");
	for (size_t i = 0; i < old->nports; i++) {
		if (old->ports[i].node_port)
			cut->port = fact_int(old->ports[i].node_port);
	}
}

void judge_exposure(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *crowd)
{
	bool has_balancer = is_type(new, "LoadBalancer");
	bool has_ports = has_balancer || is_type(new, "NodePort");

	if (new->type.state == FACT_UNKNOWN)
		return;
	if (is_type(old, "LoadBalancer") && has_balancer)
		judge_address(cutting, old, new, crowd);
	else if (is_type(old, "LoadBalancer"))
		add_service_cut(cutting, old, new, "balancer", crowd)->where =
		    place_at(new->manifest, "spec.type");
	if (!is_type(old, "NodePort"))
		return;
	if (has_ports)
		judge_node_ports(cutting, old, new, crowd);
	else
		judge_closed(cutting, old, new, crowd);
}
