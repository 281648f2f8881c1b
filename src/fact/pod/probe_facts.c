/* The probes of a container, and whose they are. */
#include "fact/pod/pod.h"

#include "fact/computed.h"

#include <string.h>

SIMPLE(container, readiness, fact_entity(container->readiness))
SIMPLE(container, liveness, fact_entity(container->liveness))
SIMPLE(container, startup, fact_entity(container->startup))

/* A pod is ready when all its containers are.  A proxy or an agent knows
 * nothing of those that it helps, and so does a native sidecar, which is ready
 * before they start. */
struct fact fact_container_ready_with(
    const struct release *release, const struct container *container)
{
	const struct entity_list *list = &container->workload->container_list;

	(void)release;
	for (size_t i = 0; i < list->n; i++) {
		const struct container *other = list->items[i];

		if (other != container && other->readiness && !other->helps &&
		    !other->is_init)
			return fact_entity(other);
	}
	return (struct fact){.state = FACT_ABSENT};
}

SIMPLE(probe, container, fact_entity(probe->container))
SIMPLE(probe, workload, fact_entity(probe->container->workload))
/* An address is compared as it is written: no name is looked up. */
static bool is_loopback(const char *host)
{
	return !strcmp(host, "localhost") || !strcmp(host, "::1") ||
	       !strcmp(host, "[::1]") ||
	       (!strncmp(host, "127.", 4) && host[4] &&
		   strspn(host + 4, "0123456789.") == strlen(host + 4));
}

struct fact fact_probe_asks_node(
    const struct release *release, const struct probe *probe)
{
	(void)release;
	if (probe->host.state == FACT_UNKNOWN ||
	    probe->container->workload->host_network.state == FACT_UNKNOWN)
		return fact_unknown();
	return fact_bool(is_loopback(probe->host.text) &&
			 !probe->container->workload->host_network.boolean);
}

struct fact fact_probe_port_valid(
    const struct release *release, const struct probe *probe)
{
	(void)release;
	if (probe->port.state == FACT_UNKNOWN)
		return fact_unknown();
	return fact_bool(probe->port.has_value && probe->port.integer >= 1 &&
			 probe->port.integer <= 65535);
}

SIMPLE(probe, kind, fact_text(probe->kind))
