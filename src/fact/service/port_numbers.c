/* Target ports by number that some of a Service's pods declare, and others do
 * not though they declare their ports: these refuse a part of all requests.
 * Where nobody declares a number, that proves nothing by itself; but a Service
 * none of whose numbers anybody declares, while the pods declare others for
 * clients, has most often the wrong ones. */
#include "fact/service/service.h"

#include "fact/computed.h"
#include "fact/service/audience.h"

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

/* Which of the pods of a list listen at a number, and which do not. */
struct verdict_on_port {
	struct {
		const void *const *workloads;
		int64_t number;
	} question;				  /* its bytes are the key */
	const struct workload *answers, *refuses; /* the first; or NULL */
};

static void judge(const struct release *release, const struct links *links,
    struct verdict_on_port *verdict)
{
	const struct entity_list *list = &links->sure;

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];
		enum tri answer;

		if ((verdict->answers && verdict->refuses) ||
		    !is_meant_by_service(release, workload))
			continue;
		answer = answers(workload, verdict->question.number);
		if (answer == TRI_YES && !verdict->answers)
			verdict->answers = workload;
		if (answer == TRI_NO && !verdict->refuses)
			verdict->refuses = workload;
	}
}

/* Services that select the same pods share their list, so that each number is
 * looked for in it once. */
static const struct verdict_on_port *verdict_on(struct release *release,
    struct map *verdicts, const struct links *links, int64_t number)
{
	struct verdict_on_port asked = {
	    .question = {links->sure.items, number}};
	struct slice key = {
	    (const char *)&asked.question, sizeof(asked.question)};
	struct verdict_on_port *verdict = map_find(verdicts, key);

	if (verdict)
		return verdict;
	verdict = arena_alloc(&release->arena, sizeof(*verdict));
	*verdict = asked;
	judge(release, links, verdict);
	key.ptr = (const char *)&verdict->question;
	*map_slot(verdicts, key) = verdict;
	return verdict;
}

/* Whether a container declares a port that may be for clients. */
static bool declares_for_clients(const struct workload *workload)
{
	const struct entity_list *list = &workload->container_list;

	for (size_t i = 0; i < list->n; i++) {
		const struct container *container = list->items[i];

		for (size_t j = 0; j < container->nports; j++) {
			enum audience audience =
			    port_audience(container->ports[j].name);

			if (audience == AUDIENCE_UNSAID ||
			    audience == AUDIENCE_CLIENTS)
				return true;
		}
	}
	return false;
}

/* Whether another Service leads to the same pods: it may be for what they
 * declare, and this one for what they do not. */
static bool has_other_service(const struct workload *workload)
{
	return workload->services.sure.n > 1 || workload->services.possible;
}

/* All targets are numbers that no workload has, and none is for watching: the
 * first of them. */
static void find_undeclared(
    struct release *release, struct map *verdicts, struct service *service)
{
	const struct workload *refuser = NULL;

	for (size_t i = 0; i < service->nports; i++) {
		const struct service_port *port = &service->ports[i];
		const struct verdict_on_port *verdict;

		if (port->target_name || port->target_number <= 0 ||
		    port_audience(port->name) == AUDIENCE_WATCHERS)
			return;
		verdict = verdict_on(release, verdicts, &service->workloads,
		    port->target_number);
		if (verdict->answers || !verdict->refuses)
			return;
		refuser = verdict->refuses;
	}
	if (!refuser || service->workloads.possible ||
	    has_other_service(refuser) || !declares_for_clients(refuser))
		return;
	service->refused = &service->ports[0];
	service->refuser = refuser;
}

/* The first target that one workload has and another has not. */
static void find_refused(
    struct release *release, struct map *verdicts, struct service *service)
{
	for (size_t i = 0; i < service->nports && !service->refused; i++) {
		const struct service_port *port = &service->ports[i];
		const struct verdict_on_port *verdict;

		if (port->target_name || port->target_number <= 0)
			continue;
		verdict = verdict_on(release, verdicts, &service->workloads,
		    port->target_number);
		if (!verdict->answers || !verdict->refuses)
			continue;
		service->refused = port;
		service->answerer = verdict->answers;
		service->refuser = verdict->refuses;
	}
}

void relate_refused_ports(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_service];
	struct map verdicts = {0};

	/* Made by collect and const for everybody but relate. */
	for (size_t i = 0; i < list->n; i++) {
		struct service *service =
		    (struct service *)(uintptr_t)list->items[i];

		find_refused(release, &verdicts, service);
		if (!service->refused)
			find_undeclared(release, &verdicts, service);
	}
	map_release(&verdicts);
}

static struct fact target_fact(const struct service_port *port)
{
	struct fact fact = fact_int(port->target_number);

	fact.line = port->line;
	fact.col = port->col;
	fact.width = port->width;
	return fact;
}

struct fact fact_service_refused_port(
    const struct release *release, const struct service *service)
{
	(void)release;
	return service->answerer ? target_fact(service->refused)
				 : (struct fact){.state = FACT_ABSENT};
}

struct fact fact_service_undeclared_port(
    const struct release *release, const struct service *service)
{
	(void)release;
	return service->refused && !service->answerer
		   ? target_fact(service->refused)
		   : (struct fact){.state = FACT_ABSENT};
}

SIMPLE(service, refused_by, fact_entity(service->refuser))
SIMPLE(service, answered_by, fact_entity(service->answerer))
