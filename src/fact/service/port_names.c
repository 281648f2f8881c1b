/* Named target ports of Services, looked up in the pods they lead to. */
#include "fact/service/service.h"

#include "fact/computed.h"
#include "fact/network/network.h"

#include <string.h>

/* Ports that are spelled out beside the first. */
#define MOST_UNRESOLVED 8

static bool declares(
    const struct container *container, const struct service_port *target)
{
	for (size_t i = 0; i < container->nports; i++) {
		if (!strcmp(container->ports[i].name, target->target_name) &&
		    protocol_bits(slice_of(container->ports[i].protocol)) &
			target->protocols)
			return true;
	}
	return false;
}

/* What the containers declare that webhooks of Linkerd
 * (charts/partials/templates/_proxy.tpl), Istio (injection-template.yaml) and
 * Dapr (pkg/injector/patcher) add to pods; a Namespace may have asked for it.
 */
bool is_port_of_proxy(const char *name)
{
	static const char *const names[] = {"linkerd-proxy", "linkerd-admin",
	    "http-envoy-prom", "dapr-http", "dapr-grpc", "dapr-internal",
	    "dapr-metrics"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (!strcmp(name, names[i]))
			return true;
	}
	return false;
}

bool has_named_target(
    const struct workload *workload, const struct service_port *target)
{
	const struct entity_list *list = &workload->container_list;

	if (is_port_of_proxy(target->target_name))
		return true;
	for (size_t i = 0; i < list->n; i++) {
		const struct container *container = list->items[i];

		/* What a webhook puts in its place may declare any. */
		if (container->filled_in.boolean || declares(container, target))
			return true;
	}
	return false;
}

/* Pods that come and go are not meant by a Service that selects them by
 * mistake; a Rollout without its template tells nothing. */
bool is_meant_by_service(
    const struct release *release, const struct workload *workload)
{
	return !is_scaled_to_zero(workload) &&
	       fact_workload_long_running(release, workload).boolean &&
	       !workload->governor && workload->template_owner->has_template;
}

static const struct workload *missing_in(const struct release *release,
    const struct service *service, const struct service_port *target)
{
	const struct entity_list *list = &service->workloads.sure;

	for (size_t i = 0; i < list->n; i++) {
		if (is_meant_by_service(release, list->items[i]) &&
		    !has_named_target(list->items[i], target))
			return list->items[i];
	}
	return NULL;
}

static const struct service_port *unresolved(const struct release *release,
    const struct service *service, const struct workload **ret_workload)
{
	*ret_workload = NULL;
	for (size_t i = 0; i < service->nports; i++) {
		const struct service_port *target = &service->ports[i];

		if (target->target_name && *target->target_name)
			*ret_workload = missing_in(release, service, target);
		if (*ret_workload)
			return target;
	}
	return NULL;
}

struct fact fact_service_unresolved_port(
    const struct release *release, const struct service *service)
{
	const struct workload *workload;
	const struct service_port *target =
	    unresolved(release, service, &workload);
	struct fact fact = {.state = FACT_ABSENT};

	if (!target)
		return fact;
	fact = fact_text(target->target_name);
	fact.line = target->line;
	fact.col = target->col;
	fact.width = target->width;
	return fact;
}

struct fact fact_service_unresolved_in(
    const struct release *release, const struct service *service)
{
	const struct workload *workload;

	unresolved(release, service, &workload);
	return fact_entity(workload);
}

/* A port may be named once for each of its numbers. */
static bool is_repeated(
    const struct service_port *first, const struct service_port *target)
{
	for (; first < target; first++) {
		if (first->target_name &&
		    !strcmp(first->target_name, target->target_name) &&
		    first->protocols == target->protocols)
			return true;
	}
	return false;
}

/* The ports behind first that the same pods lack. */
static void spell_others(const struct service *service,
    const struct service_port *first, const struct workload *workload,
    struct buf *buf)
{
	const struct service_port *end = service->ports + service->nports;
	size_t n = 0;

	for (const struct service_port *port = first + 1; port < end; port++) {
		if (!port->target_name || !*port->target_name ||
		    has_named_target(workload, port))
			continue;
		if (n == MOST_UNRESOLVED) {
			buf_add_text(buf, ", ...");
			return;
		}
		if (is_repeated(first, port))
			continue;
		buf_printf(buf, "%s'%s'", n++ ? ", " : "", port->target_name);
	}
}

static void relate_ports(struct release *release, struct service *service)
{
	const struct workload *workload;
	const struct service_port *first =
	    unresolved(release, service, &workload);
	struct buf buf = {0};

	if (!first)
		return;
	spell_others(service, first, workload, &buf);
	if (buf.len)
		service->also_unresolved =
		    slice_copy(&release->arena, buf_slice(&buf)).ptr;
	buf_release(&buf);
}

void relate_service_ports(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_service];

	for (size_t i = 0; i < list->n; i++)
		/* Made by collect and const for everybody but relate. */
		relate_ports(
		    release, (struct service *)(uintptr_t)list->items[i]);
}

struct fact fact_service_also_unresolved(
    const struct release *release, const struct service *service)
{
	(void)release;
	return service->also_unresolved ? fact_text(service->also_unresolved)
					: (struct fact){.state = FACT_ABSENT};
}

SIMPLE(service, manifest, fact_entity(service->manifest))
SIMPLE(service, name, fact_of_name(service->manifest))
SIMPLE(service, has_ports, fact_bool(service->nports > 0))
SIMPLE(service, workloads, fact_linked(&service->workloads))
