/* Which ports of a container its probes ask: what tells a port for probes from
 * one for clients where neither has a name. */
#include "fact/pod/pod.h"

/* Whether a path that a probe asks, such as "/healthz", is there for probes
 * alone, by its last word. */
static bool is_for_probes(const char *path)
{
	static const char *const ends[] = {"metrics", "health", "healthz",
	    "healthcheck", "live", "livez", "liveness", "ready", "readyz",
	    "readiness", "status", "ping", "startup", "startupz"};
	struct slice rest = slice_of(path);
	size_t start;

	while (rest.len && rest.ptr[rest.len - 1] == '/')
		rest.len--;
	start = rest.len;
	while (start && rest.ptr[start - 1] != '/')
		start--;
	rest = (struct slice){rest.ptr + start, rest.len - start};
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		if (slice_is(rest, ends[i]))
			return true;
	}
	return false;
}

static bool asks(const struct probe *probe, const struct port *port)
{
	return probe && port->number && probe->port.state == FACT_KNOWN &&
	       probe->port.integer == port->number;
}

static bool asks_for_itself(const struct probe *probe, const struct port *port)
{
	return asks(probe, port) && probe->path.has_value &&
	       is_for_probes(probe->path.text);
}

static int64_t number_of(const struct probe *probe)
{
	return probe && probe->port.state == FACT_KNOWN ? probe->port.integer
							: 0;
}

void note_probed_ports(struct container *container)
{
	container->probed[0] = number_of(container->readiness);
	container->probed[1] = number_of(container->liveness);
	container->probed[2] = number_of(container->startup);
	for (size_t i = 0; i < container->nports; i++) {
		/* Made by collect_ports(), and const for all others. */
		struct port *port =
		    (struct port *)(uintptr_t)&container->ports[i];

		port->gates = asks(container->readiness, port);
		port->is_probed =
		    asks_for_itself(container->readiness, port) ||
		    asks_for_itself(container->liveness, port) ||
		    asks_for_itself(container->startup, port);
	}
}
