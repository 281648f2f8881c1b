/* Target ports by number that some of a Service's pods declare, and others do
 * not though they declare their ports: these refuse a part of all requests.
 * Where nobody declares a number, that proves nothing. */
#include "fact/service/service.h"

#include "fact/computed.h"

static bool has_number(const struct container *container, int64_t number)
{
	for (size_t i = 0; i < container->nports; i++) {
		/* One that is unknown may be it. */
		if (!container->ports[i].number ||
		    container->ports[i].number == number)
			return true;
	}
	for (size_t i = 0; i < COUNT_OF(container->probed); i++) {
		if (container->probed[i] == number)
			return true;
	}
	return false;
}

/* Whether its pods listen at a number for sure, or surely do not, as far as
 * what they declare goes. */
static enum tri answers(const struct workload *workload, int64_t number)
{
	const struct entity_list *list = &workload->container_list;
	enum tri answer = TRI_UNKNOWN;

	for (size_t i = 0; i < list->n; i++) {
		const struct container *container = list->items[i];

		if (has_number(container, number))
			return TRI_YES;
		if (container->nports)
			answer = TRI_NO;
	}
	return answer;
}

static const struct workload *first_that(const struct release *release,
    const struct service *service, enum tri wanted, int64_t number)
{
	const struct entity_list *list = &service->workloads.sure;

	for (size_t i = 0; i < list->n; i++) {
		if (is_meant_by_service(release, list->items[i]) &&
		    answers(list->items[i], number) == wanted)
			return list->items[i];
	}
	return NULL;
}

/* The first target that one workload has and another has not; NULL for none. */
static const struct service_port *refused(
    const struct release *release, const struct service *service)
{
	for (size_t i = 0; i < service->nports; i++) {
		const struct service_port *port = &service->ports[i];
		int64_t number = port->target_number;

		if (!port->target_name && number > 0 &&
		    first_that(release, service, TRI_YES, number) &&
		    first_that(release, service, TRI_NO, number))
			return port;
	}
	return NULL;
}

struct fact fact_service_refused_port(
    const struct release *release, const struct service *service)
{
	const struct service_port *port = refused(release, service);
	struct fact fact = {.state = FACT_ABSENT};

	if (!port)
		return fact;
	fact = fact_int(port->target_number);
	fact.line = port->line;
	fact.col = port->col;
	fact.width = port->width;
	return fact;
}

static struct fact who(const struct release *release,
    const struct service *service, enum tri wanted)
{
	const struct service_port *port = refused(release, service);

	return fact_entity(port ? first_that(release, service, wanted,
				      port->target_number)
				: NULL);
}

struct fact fact_service_refused_by(
    const struct release *release, const struct service *service)
{
	return who(release, service, TRI_NO);
}

struct fact fact_service_answered_by(
    const struct release *release, const struct service *service)
{
	return who(release, service, TRI_YES);
}
