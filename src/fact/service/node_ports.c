/* Two Services that ask for one port of the nodes: the API server gives it to
 * the first and refuses the second, in whatever namespace they are. */
#include "fact/service/service.h"

#include "fact/apart.h"
#include "fact/computed.h"

#include <string.h>

struct taken {
	struct map by_port; /* struct service, the first of a port */
	struct arena arena;
	struct buf key;
};

static struct slice port_key(
    struct taken *taken, const struct service_port *port, unsigned protocol)
{
	buf_clear(&taken->key);
	buf_printf(
	    &taken->key, "%lld/%u", (long long)port->node_port, protocol);
	return buf_slice(&taken->key);
}

static void take_port(const struct release *release, struct taken *taken,
    struct service *service, const struct service_port *port)
{
	struct slice key = port_key(taken, port, port->protocols);
	const struct service *first = map_find(&taken->by_port, key);

	if (!first) {
		*map_slot(&taken->by_port, slice_copy(&taken->arena, key)) =
		    service;
	} else if (first != service && !service->manifest->seldom->earlier &&
		   !service->port_taker &&
		   !are_apart(release, first->manifest, service->manifest)) {
		service->port_taker = first;
		service->taken_port = port;
	}
}

/* Each port is for one protocol. */
void relate_node_ports(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_service];
	struct taken taken = {0};

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct service *service =
		    (struct service *)(uintptr_t)list->items[i];

		for (size_t j = 0; j < service->nports; j++) {
			if (service->ports[j].node_port)
				take_port(release, &taken, service,
				    &service->ports[j]);
		}
	}
	map_release(&taken.by_port);
	arena_release(&taken.arena);
	buf_release(&taken.key);
}

SIMPLE(service, port_taker, fact_entity(service->port_taker))

struct fact fact_service_taken_node_port(
    const struct release *release, const struct service *service)
{
	const struct service_port *port = service->taken_port;
	struct fact fact = {.state = FACT_ABSENT};

	(void)release;
	if (!port)
		return fact;
	fact = fact_int(port->node_port);
	fact.line = port->line;
	fact.col = port->col;
	fact.width = port->width;
	return fact;
}
