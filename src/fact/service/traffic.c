/*
 * Whom requests reach, and what leads them there: of each container the
 * Services whose ports lead to it, its ports on the host, or what it declares
 * where the stream has no Service at all.
 *
 * Where there are Services and none leads to a container, a port that it
 * declares proves nothing: consumers and controllers copy it from a template.
 * Who scrapes metrics or asks for health waits for no answer, and the members
 * of a cluster find each other again; ports for these serve nobody.
 */
#include "fact/service/service.h"

#include "fact/computed.h"
#include "fact/service/audience.h"
#include "fact/service/backends.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Lists of Services from that length on are looked through once for all
 * workloads that share them. */
#define LONG_LIST 16

/* What leads requests somewhere: one of these, the backend beside its Service.
 */
struct lead {
	enum audience audience;
	const struct service *service;
	bool is_lost;	 /* by a name that nobody declares */
	bool is_a_guess; /* to a container that may not be meant */
	const struct backend *backend;
	const struct port *host, *declared;
	const char *route; /* a Service that is not in the stream */
};

/* Services that lead alike: to know of one of each kind is enough. */
struct kinds {
	struct release *release;
	struct map lists; /* struct kinds_of_list, by the list's items */
	struct map seen;  /* of one list: kind_key() */
	struct buf key;
	struct arena arena;
};

struct kinds_of_list {
	const void *const *items; /* its address is the key */
	struct entity_list first; /* the first of each kind */
};

/* The best leads to the pods of a workload. */
struct leads {
	const struct release *release;
	const struct entity_list *services; /* the first of each kind */
	const struct workload *workload;
	const struct workload *owner; /* of its template */
	struct lead pod;
	struct lead stray;	 /* to a port that nobody declares */
	struct lead *containers; /* one for each of the owner's */
};

static bool is_headless(const struct lead *lead)
{
	return lead->service && lead->service->headless.boolean;
}

static bool is_better(const struct lead *lead, const struct lead *than)
{
	if (lead->audience != than->audience)
		return lead->audience > than->audience;
	if (lead->is_lost != than->is_lost)
		return than->is_lost;
	return is_headless(than) && !is_headless(lead);
}

static void keep_better(struct lead *kept, const struct lead *lead)
{
	if (is_better(lead, kept))
		*kept = *lead;
}

static void add_lead(
    struct leads *leads, size_t container, const struct lead *lead)
{
	keep_better(&leads->pod, lead);
	if (container < leads->owner->ncontainers)
		keep_better(&leads->containers[container], lead);
}

/* Whom a port is for where nothing leads to it: its name says it or, where it
 * has none, who asks it.  What readiness asks decides who gets requests. */
static enum audience own_audience(const struct leads *leads,
    const struct container *container, const struct port *port)
{
	enum audience said = audience_at(container, port_audience(port->name));

	if (said != AUDIENCE_UNSAID)
		return said;
	if (!*port->name &&
	    (is_scraped(leads->release, leads->workload, port->number) ||
		(port->is_probed && (!port->gates || container->nports > 1))))
		return AUDIENCE_WATCHERS;
	return AUDIENCE_CLIENTS;
}

/* The container that declares what a port of a Service leads to. */
static const struct port *find_declared(const struct workload *owner,
    const struct service_port *target, size_t *ret_container)
{
	for (size_t i = 0; i < owner->ncontainers; i++) {
		const struct container *container = &owner->containers[i];

		for (size_t j = 0; j < container->nports; j++) {
			const struct port *port = &container->ports[j];

			*ret_container = i;
			if (target->target_name
				? !strcmp(port->name, target->target_name)
				: port->number == target->target_number)
				return port;
		}
	}
	*ret_container = owner->ncontainers;
	return NULL;
}

/* Whoever declares a port for clients, else the pod's first container that
 * does anything: where requests for a port that nobody declares most likely are
 * to go.  Beside a container that only waits a webhook may put the one that
 * answers, as for Linkerd's gateway. */
static size_t likely_target(const struct leads *leads)
{
	const struct workload *owner = leads->owner;

	for (size_t i = 0; i < owner->ncontainers; i++) {
		const struct container *container = &owner->containers[i];

		for (size_t j = 0; j < container->nports; j++) {
			if (own_audience(leads, container,
				&container->ports[j]) == AUDIENCE_CLIENTS)
				return i;
		}
	}
	for (size_t i = 0; i < owner->ncontainers; i++) {
		if (!owner->containers[i].only_waits.boolean)
			return i;
	}
	return owner->ncontainers;
}

/* The first name that says it: of the Service's port, of its target, of the
 * Service. */
static enum audience named_audience(const struct service *service,
    const struct service_port *port, const struct container *container,
    const struct port *declared)
{
	enum audience said = port_audience(port->name);

	if (said == AUDIENCE_UNSAID && port->target_name)
		said = port_audience(port->target_name);
	if (said == AUDIENCE_UNSAID && declared)
		said = port_audience(declared->name);
	if (said == AUDIENCE_UNSAID && is_for_scraping(service->manifest->name))
		said = AUDIENCE_WATCHERS;
	if (declared)
		said = audience_at(container, said);
	return said == AUDIENCE_UNSAID ? AUDIENCE_CLIENTS : said;
}

/* A headless Service that lists pods which are not ready is there for members
 * to find each other, says the API's documentation of that field. */
static bool is_for_members(const struct service *service)
{
	return service->headless.boolean &&
	       service->publishes_not_ready.boolean;
}

/* What comes from outside the cluster is a client, whatever names say. */
static void add_service_port(struct leads *leads, const struct service *service,
    const struct service_port *port)
{
	struct lead lead = {.service = service};
	size_t container;
	const struct port *declared =
	    find_declared(leads->owner, port, &container);

	lead.is_lost = port->target_name && !declared;
	lead.audience = named_audience(
	    service, port, &leads->owner->containers[container], declared);
	if (lead.audience == AUDIENCE_CLIENTS && is_for_members(service))
		lead.audience = AUDIENCE_MEMBERS;
	if (lead.audience != AUDIENCE_CLIENTS)
		lead.backend = port->backend;
	if (lead.backend)
		lead.audience = AUDIENCE_CLIENTS;
	add_lead(leads, container, &lead);
	if (!declared)
		keep_better(&leads->stray, &lead);
}

/* All that add_service_port() asks of a Service. */
static struct slice kind_key(struct buf *key, const struct service *service)
{
	buf_clear(key);
	buf_printf(key, "%d%d%d", service->headless.boolean,
	    service->publishes_not_ready.boolean,
	    is_for_scraping(service->manifest->name));
	for (size_t i = 0; i < service->nports; i++) {
		const struct service_port *port = &service->ports[i];

		buf_printf(key, "/%s:", port->name);
		if (port->target_name)
			buf_printf(key, ":%s", port->target_name);
		else
			buf_printf(key, "%" PRId64, port->target_number);
		if (port->backend)
			buf_printf(key, "@%p", (const void *)port->backend);
	}
	return buf_slice(key);
}

static void keep_kinds(struct kinds *kinds, const struct entity_list *list,
    struct entity_list *first)
{
	const void **items =
	    arena_array(&kinds->arena, list->n, sizeof(*items));

	for (size_t i = 0; i < list->n; i++) {
		struct slice key = kind_key(&kinds->key, list->items[i]);

		if (map_find(&kinds->seen, key))
			continue;
		*map_slot(&kinds->seen, slice_copy(&kinds->arena, key)) = items;
		items[first->n++] = list->items[i];
	}
	first->items = items;
	map_release(&kinds->seen);
}

/* Workloads with the same Services share their list, so that a long one is
 * looked through once. */
static const struct entity_list *first_of_kinds(
    struct kinds *kinds, const struct entity_list *list)
{
	struct slice key = map_address_key(&list->items);
	struct kinds_of_list *known = map_find(&kinds->lists, key);

	if (list->n < LONG_LIST)
		return list;
	if (!known) {
		known = arena_alloc(&kinds->arena, sizeof(*known));
		known->items = list->items;
		*map_slot(&kinds->lists, map_address_key(&known->items)) =
		    known;
		keep_kinds(kinds, list, &known->first);
	}
	return &known->first;
}

static bool reaches_container(const struct leads *leads)
{
	for (size_t i = 0; i < leads->owner->ncontainers; i++) {
		if (leads->containers[i].audience == AUDIENCE_CLIENTS)
			return true;
	}
	return false;
}

/* Whether it is not certain whom a port that nobody declares leads to: one of
 * several containers, or nobody, as a StatefulSet must name a Service. */
static bool is_open(const struct workload *owner)
{
	return owner->ncontainers > 1 ||
	       (!strcmp(owner->manifest->kind, "StatefulSet") &&
		   owner->ncontainers == 1 && !owner->containers[0].nports);
}

static void add_services(struct leads *leads)
{
	const struct entity_list *services = leads->services;

	for (size_t i = 0; i < services->n; i++) {
		const struct service *service = services->items[i];

		for (size_t j = 0; j < service->nports; j++)
			add_service_port(leads, service, &service->ports[j]);
	}
	if (reaches_container(leads))
		return;
	leads->stray.is_a_guess = is_open(leads->owner);
	add_lead(leads, likely_target(leads), &leads->stray);
}

/* A Rollout leads its users by a Service even when that is elsewhere. */
static void add_route(struct leads *leads)
{
	const struct lead lead = {
	    .audience = AUDIENCE_CLIENTS,
	    .route = controller_of(leads->workload)->rollout->route_service,
	};

	if (lead.route && leads->pod.audience < AUDIENCE_CLIENTS)
		add_lead(leads, likely_target(leads), &lead);
}

/* Ports on the host, which anybody can reach, and where the stream has no
 * Service those of the pod. */
static void add_own_ports(struct leads *leads)
{
	bool has_services = leads->release->lists[ENTITY_service].n;

	for (size_t i = 0; i < leads->owner->ncontainers; i++) {
		const struct container *container =
		    &leads->owner->containers[i];

		for (size_t j = 0; j < container->nports; j++) {
			const struct port *port = &container->ports[j];
			struct lead lead = {
			    .host = port->host_port ? port : NULL,
			    .declared = port,
			};

			if (!lead.host && has_services)
				continue;
			lead.audience = own_audience(leads, container, port);
			add_lead(leads, i, &lead);
		}
	}
}

static const char *spell_service(struct arena *arena, const struct lead *lead)
{
	const char *name = lead->service->manifest->name;

	if (lead->backend)
		return arena_printf(arena,
		    "%s '%s' routes requests to it through Service '%s'",
		    lead->backend->manifest->kind,
		    lead->backend->manifest->name, name);
	if (lead->is_lost)
		return arena_printf(arena,
		    "Service '%s' is meant to send requests to it", name);
	if (lead->is_a_guess && !lead->service->headless.boolean)
		return arena_printf(
		    arena, "Service '%s' may send requests to it", name);
	if (lead->service->headless.boolean)
		return arena_printf(arena,
		    "clients find it through headless Service '%s'", name);
	return arena_printf(arena, "Service '%s' sends requests to it", name);
}

static const char *spell_lead(struct arena *arena, const struct lead *lead)
{
	const struct port *port = lead->declared;

	if (lead->service)
		return spell_service(arena, lead);
	if (lead->route)
		return arena_printf(arena,
		    "its strategy sends requests to it through Service '%s'",
		    lead->route);
	if (lead->host)
		return arena_printf(arena,
		    "port %lld of its node forwards to it",
		    (long long)port->host_port);
	if (!*port->name)
		return arena_printf(
		    arena, "it declares port %lld", (long long)port->number);
	return arena_printf(arena, "it declares port '%s' (%lld)", port->name,
	    (long long)port->number);
}

static const char *spell_clients(struct arena *arena, const struct lead *lead)
{
	return lead->audience == AUDIENCE_CLIENTS ? spell_lead(arena, lead)
						  : NULL;
}

static bool has_port_for_members(const struct container *container)
{
	for (size_t i = 0; i < container->nports; i++) {
		if (port_audience(container->ports[i].name) == AUDIENCE_MEMBERS)
			return true;
	}
	return false;
}

static bool is_clustered(const struct leads *leads)
{
	const struct entity_list *services = leads->services;

	for (size_t i = 0; i < services->n; i++) {
		if (is_for_members(services->items[i]))
			return true;
	}
	for (size_t i = 0; i < leads->owner->ncontainers; i++) {
		if (has_port_for_members(&leads->owner->containers[i]))
			return true;
	}
	return false;
}

/* The containers of a template belong to the workload that has it. */
static void keep_leads(struct release *release, struct workload *workload,
    const struct leads *leads)
{
	workload->audience = leads->pod.audience;
	workload->served_by = spell_clients(&release->arena, &leads->pod);
	workload->is_clustered = is_clustered(leads);
	if (leads->owner != workload)
		return;
	for (size_t i = 0; i < workload->ncontainers; i++) {
		struct container *container =
		    (struct container *)(uintptr_t)&workload->containers[i];
		const struct lead *lead = &leads->containers[i];

		container->audience = lead->audience;
		container->served_by = spell_clients(&release->arena, lead);
		container->found_by_name = is_headless(lead);
		container->is_guessed = lead->is_a_guess;
	}
}

static void relate_workload(struct kinds *kinds, struct workload *workload)
{
	const struct workload *owner = workload->template_owner;
	struct leads leads = {
	    .release = kinds->release,
	    .services = first_of_kinds(kinds, &workload->services.sure),
	    .workload = workload,
	    .owner = owner,
	    .containers =
		xcalloc(owner->ncontainers + 1, sizeof(*leads.containers)),
	};

	add_services(&leads);
	add_route(&leads);
	add_own_ports(&leads);
	keep_leads(kinds->release, workload, &leads);
	free(leads.containers);
}

/* Worked out once, as every rule about a served container asks. */
void relate_served(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct kinds kinds = {.release = release};

	for (size_t i = 0; i < list->n; i++)
		/* Made by collect and const for everybody but relate. */
		relate_workload(
		    &kinds, (struct workload *)(uintptr_t)list->items[i]);
	map_release(&kinds.lists);
	buf_release(&kinds.key);
	arena_release(&kinds.arena);
}

/* Where no pod runs none is reached; a Service that may be in the pod's
 * namespace may lead to it. */
static struct fact served(
    const struct workload *workload, enum audience audience)
{
	if (is_scaled_to_zero(workload))
		return fact_bool(false);
	if (audience == AUDIENCE_CLIENTS)
		return fact_bool(true);
	return workload->services.possible ? fact_unknown() : fact_bool(false);
}

struct fact fact_workload_served(
    const struct release *release, const struct workload *workload)
{
	const struct entity_list *list = &workload->container_list;

	(void)release;
	if (list->n == 1 &&
	    ((const struct container *)list->items[0])->filled_in.boolean)
		return fact_unknown();
	return served(workload, workload->audience);
}

struct fact fact_container_served(
    const struct release *release, const struct container *container)
{
	(void)release;
	if (container->filled_in.boolean)
		return fact_unknown();
	return served(container->workload, container->audience);
}

SIMPLE(workload, served_by, fact_of_word(workload->served_by))
SIMPLE(container, served_by, fact_of_word(container->served_by))
SIMPLE(container, found_by_name, fact_bool(container->found_by_name))
SIMPLE(container, served_by_guess, fact_bool(container->is_guessed))
SIMPLE(workload, clustered, fact_bool(workload->is_clustered))
