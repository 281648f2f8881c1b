/* Whom requests reach: by the ports of Services and of containers.  Who scrapes
 * metrics or asks for health waits for no answer, so ports for that alone, as
 * most operators have, serve nobody.
 */
#include "fact/service/service.h"

#include "fact/computed.h"

#include <string.h>

/* What the ports of Services are led to, by name and by number. */
struct port_targets {
	struct map names, numbers;
};

struct service_targets {
	struct port_targets served, watched;
};

static bool ends_in_any(
    struct slice text, const char *const *words, size_t nwords)
{
	for (size_t i = 0; i < nwords; i++) {
		if (slice_ends(text, slice_of(words[i])))
			return true;
	}
	return false;
}

/* The last of the words between hyphens. */
static struct slice last_word(struct slice name)
{
	size_t start = name.len;

	while (start && name.ptr[start - 1] != '-')
		start--;
	return (struct slice){name.ptr + start, name.len - start};
}

/* By the last word that says something: "http-metrics" and "health-port" are
 * watched, "health-api" and "healthcare" are not. */
static bool is_watched(const char *name)
{
	static const char *const watched[] = {"metrics", "monitoring", "health",
	    "healthz", "healthcheck", "healthchecks"};
	static const char *const plain[] = {
	    "port", "http", "https", "tcp", "check", "checks", "probe"};
	struct slice rest = slice_of(name);

	while (rest.len) {
		struct slice word = last_word(rest);

		if (ends_in_any(word, watched, COUNT_OF(watched)))
			return true;
		if (!ends_in_any(word, plain, COUNT_OF(plain)))
			return false;
		rest.len -= word.len;
		rest.len -= rest.len > 0;
	}
	return false;
}

static void add_target(
    struct port_targets *targets, const struct service_port *port)
{
	const int64_t *number = &port->target_number;
	struct slice key = {(const char *)number, sizeof(*number)};

	if (port->target_name)
		*map_slot(&targets->names, slice_of(port->target_name)) =
		    (void *)(uintptr_t)port;
	else
		*map_slot(&targets->numbers, key) = (void *)(uintptr_t)port;
}

/* Whether it leads requests to its pods; without ports it only names them. */
static bool add_targets(
    struct service_targets *targets, const struct service *service)
{
	bool serves = !service->nports;

	for (size_t i = 0; i < service->nports; i++) {
		const struct service_port *port = &service->ports[i];
		bool watched = is_watched(port->name) ||
			       (port->target_name && *port->target_name &&
				   is_watched(port->target_name));

		add_target(
		    watched ? &targets->watched : &targets->served, port);
		serves |= !watched;
	}
	return serves;
}

static bool has_target(
    const struct port_targets *targets, const struct port *port)
{
	struct slice number = {
	    (const char *)&port->number, sizeof(port->number)};

	return map_find(&targets->names, slice_of(port->name)) ||
	       map_find(&targets->numbers, number);
}

static void mark_container(
    const struct service_targets *targets, struct container *container)
{
	for (size_t i = 0; i < container->nports; i++) {
		const struct port *port = &container->ports[i];
		bool served = has_target(&targets->served, port);

		container->targeted |= served;
		container->offers |=
		    served || (!is_watched(port->name) &&
				  !has_target(&targets->watched, port));
	}
}

static void targets_release(struct port_targets *targets)
{
	map_release(&targets->names);
	map_release(&targets->numbers);
}

static void mark_workload(struct workload *workload)
{
	const struct entity_list *services = &workload->services.sure;
	struct service_targets targets = {0};

	for (size_t i = 0; i < services->n; i++)
		workload->requested |=
		    add_targets(&targets, services->items[i]);
	for (size_t i = 0; i < workload->ncontainers; i++) {
		struct container *container =
		    (struct container *)(uintptr_t)&workload->containers[i];

		mark_container(&targets, container);
		workload->has_target |= container->targeted;
	}
	targets_release(&targets.served);
	targets_release(&targets.watched);
}

/* Worked out once, as every rule about a served container asks. */
void relate_served(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++)
		mark_workload((struct workload *)(uintptr_t)list->items[i]);
}

static bool has_offer(const struct workload *workload)
{
	for (size_t i = 0; i < workload->ncontainers; i++) {
		if (workload->containers[i].offers)
			return true;
	}
	return false;
}

static struct fact served_by(const struct workload *workload, bool offers)
{
	if (workload->requested || offers)
		return fact_bool(true);
	return workload->services.possible ? fact_unknown() : fact_bool(false);
}

SIMPLE(
    workload, served, served_by(workload, has_offer(workload->template_owner)))

/*
 * When no Service port can be resolved (a number that nobody declares), the
 * requests go to whoever offers a port, else to the pod's first container.
 */
static bool is_likely_target(const struct container *container)
{
	const struct workload *workload = container->workload;

	if (has_offer(workload))
		return container->offers;
	return container == &workload->containers[0];
}

struct fact fact_container_served(
    const struct release *release, const struct container *container)
{
	const struct workload *workload = container->workload;

	(void)release;
	if (!workload->requested)
		return served_by(workload, container->offers);
	return fact_bool(workload->has_target ? container->targeted
					      : is_likely_target(container));
}
