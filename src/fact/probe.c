/* The computed facts of probes: when they fail and succeed, and whether the
 * pod says that anybody listens where they ask. */
#include "fact/model.h"

#include <string.h>

/* delay + period x times.  Each is below 2^31, so that the sum is a number;
 * unknown when one of them is. */
static struct fact moment(
    struct fact delay, struct fact period, struct fact times)
{
	if (delay.state == FACT_UNKNOWN || period.state == FACT_UNKNOWN ||
	    times.state == FACT_UNKNOWN)
		return fact_unknown();
	return fact_int(delay.integer + period.integer * times.integer);
}

struct fact fact_probe_tolerated_seconds(
    const struct release *release, const struct probe *probe)
{
	(void)release;
	return moment(
	    fact_int(0), probe->period_seconds, probe->failure_threshold);
}

struct fact fact_probe_fails_after_seconds(
    const struct release *release, const struct probe *probe)
{
	(void)release;
	return moment(probe->initial_delay_seconds, probe->period_seconds,
	    probe->failure_threshold);
}

struct fact fact_probe_earliest_success_seconds(
    const struct release *release, const struct probe *probe)
{
	struct fact more = probe->success_threshold;

	(void)release;
	more.integer -= more.state != FACT_UNKNOWN;
	return moment(
	    probe->initial_delay_seconds, probe->period_seconds, more);
}

/* The pod's containers share one network: any of them may serve the port.
 * What can be told of one container's ports. */
static struct fact protocol_in(
    const struct container *container, int64_t number)
{
	struct fact found = {.state = FACT_ABSENT};

	for (size_t i = 0; i < container->nports; i++) {
		const struct port *port = &container->ports[i];

		if (port->number == number && !strcmp(port->protocol, "TCP"))
			return fact_text("TCP");
		if (port->number == number)
			found = fact_text(port->protocol);
		else if (!port->number && found.state == FACT_ABSENT)
			found = fact_unknown();
	}
	return found;
}

struct fact fact_probe_port_protocol(
    const struct release *release, const struct probe *probe)
{
	const struct workload *workload = probe->container->workload;
	struct fact found = {.state = FACT_ABSENT};

	(void)release;
	if (probe->port.state != FACT_KNOWN)
		return probe->port.state == FACT_UNKNOWN ? fact_unknown()
							 : found;
	for (size_t i = 0; i < workload->ncontainers; i++) {
		struct fact here =
		    protocol_in(&workload->containers[i], probe->port.integer);

		if (here.has_value && !strcmp(here.text, "TCP"))
			return here;
		if (here.has_value || found.state == FACT_ABSENT)
			found = here;
	}
	return found;
}
