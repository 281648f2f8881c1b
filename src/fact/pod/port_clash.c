/* A port that two regular containers of a pod declare: they share one network.
 */
#include "fact/pod/pod.h"

#include "fact/computed.h"

RARE(container, taken_port)

static struct slice port_key(const struct port *port)
{
	return (struct slice){
	    (const char *)&port->number, sizeof(port->number)};
}

static const struct port *first_port(const struct container *container)
{
	for (size_t i = 0; i < container->nports; i++) {
		const struct port *port = &container->ports[i];

		if (port->number && slice_is(slice_of(port->protocol), "TCP"))
			return port;
	}
	return NULL;
}

void collect_port_clashes(struct facts *facts, const struct workload *workload)
{
	struct map taken = {0};

	for (size_t i = 0; i < workload->ncontainers; i++) {
		/* Made by collect_containers(), and const for all others. */
		struct container *container =
		    (struct container *)(uintptr_t)&workload->containers[i];
		const struct port *port = first_port(container);
		void **slot;

		if (!port || container->is_init)
			continue;
		slot = map_slot(&taken, port_key(port));
		if (*slot)
			KEEP_RARE(&facts->arena, container, taken_port,
			    container->first_port);
		*slot = container;
	}
	map_release(&taken);
}
