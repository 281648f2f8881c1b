/* A port of a Service -> the port of the pods behind it, and whether the rules
 * of a NetworkPolicy let anybody in there. */
#include "fact/service/admitted.h"

#include <string.h>

/* A port of the pod by its name; NULL when no container declares it. */
static const struct port *named_port(
    const struct workload *owner, const char *name, uint8_t protocols)
{
	for (size_t i = 0; i < owner->ncontainers; i++) {
		const struct container *container = &owner->containers[i];

		for (size_t j = 0; j < container->nports; j++) {
			const struct port *port = &container->ports[j];

			if (*name && !strcmp(port->name, name) &&
			    protocol_bits(slice_of(port->protocol)) & protocols)
				return port;
		}
	}
	return NULL;
}

bool find_target(const struct workload *owner, const struct service_port *port,
    struct target *target)
{
	const struct port *declared;

	target->name = port->target_name;
	target->number = port->target_number;
	target->protocols = port->protocols;
	if (port->target_name) {
		declared =
		    named_port(owner, port->target_name, port->protocols);
		target->number = declared ? declared->number : 0;
	}
	return target->number > 0 && target->number <= UINT16_MAX;
}

static bool admits_port(const struct admitted_port *port,
    const struct workload *owner, const struct target *target)
{
	const struct port *declared;

	if (!(port->protocols & target->protocols))
		return false;
	if (!port->name)
		return port->first <= target->number &&
		       target->number <= port->last;
	declared = named_port(owner, port->name, target->protocols);
	/* A number that cannot be read may be the right one. */
	return declared &&
	       (!declared->number || declared->number == target->number);
}

bool policy_admits(const struct networkpolicy *policy,
    const struct workload *owner, const struct target *target)
{
	const struct fact *isolates = &policy->isolates_ingress;

	if (isolates->state != FACT_UNKNOWN && !isolates->boolean)
		return false;
	if (policy->ingress_rules.state == FACT_UNKNOWN)
		return true;
	for (size_t i = 0; i < policy->nadmitted; i++) {
		if (admits_port(&policy->admitted[i], owner, target))
			return true;
	}
	return false;
}
