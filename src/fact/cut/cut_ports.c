/* A Service's port before and after -> whether old pods still answer there. */
#include "fact/cut/cut_ports.h"

#include <string.h>

static const struct service_port *find_port(
    const struct service *service, const struct service_port *port)
{
	for (size_t i = 0; i < service->nports; i++) {
		const struct service_port *now = &service->ports[i];

		if (now->number == port->number &&
		    (now->protocols & port->protocols))
			return now;
	}
	return NULL;
}

/* The number that a name stands for in the pods of a workload; 0 for none. */
static int64_t number_of(const struct workload *workload, const char *name)
{
	const struct entity_list *list = &workload->container_list;

	for (size_t i = 0; i < list->n; i++) {
		const struct container *container = list->items[i];

		for (size_t j = 0; j < container->nports; j++) {
			if (!strcmp(container->ports[j].name, name))
				return container->ports[j].number;
		}
	}
	return 0;
}

static bool declares_number(const struct workload *workload, int64_t number)
{
	const struct entity_list *list = &workload->container_list;

	for (size_t i = 0; i < list->n; i++) {
		const struct container *container = list->items[i];

		/* What a webhook puts in its place may declare any. */
		if (container->filled_in.boolean)
			return true;
		for (size_t j = 0; j < container->nports; j++) {
			if (container->ports[j].number == number)
				return true;
		}
	}
	return false;
}

/* The number at which a workload's pods get what comes to the port. */
static int64_t number_at(
    const struct workload *workload, const struct service_port *port)
{
	return port->target_name ? number_of(workload, port->target_name)
				 : port->target_number;
}

/* Whether pods that answered at the port before still do. */
static bool still_answers(const struct workload *workload,
    const struct service_port *port, const struct service_port *now)
{
	int64_t before = number_at(workload, port);

	if (now->target_name)
		return !*now->target_name || has_named_target(workload, now);
	return !before || before == now->target_number ||
	       declares_number(workload, now->target_number) ||
	       !declares_number(workload, before);
}

static bool is_same_target(
    const struct service_port *port, const struct service_port *now)
{
	if (!port->target_name || !now->target_name)
		return !port->target_name && !now->target_name &&
		       port->target_number == now->target_number;
	return !strcmp(port->target_name, now->target_name);
}

static bool any_answers(const struct vector *pods,
    const struct service_port *port, const struct service_port *now)
{
	for (size_t i = 0; i < pods->n; i++) {
		if (still_answers(pods->items[i], port, now))
			return true;
	}
	return false;
}

static void add_target(struct buf *key, const struct service_port *port)
{
	buf_printf(key, "%s/%lld/%u/",
	    port->target_name ? port->target_name : "#",
	    (long long)port->target_number, (unsigned)port->protocols);
}

/* The same is asked of the same pods once. */
static bool any_still_answers(struct cutting *cutting,
    const struct crowd *crowd, const struct service_port *port,
    const struct service_port *now)
{
	static const char yes[] = "yes", no[] = "no";
	struct buf *key = &cutting->key;
	const char *answer;

	buf_clear(key);
	buf_add(key, &crowd, sizeof(crowd));
	add_target(key, port);
	add_target(key, now);
	answer = map_find(&cutting->answers, buf_slice(key));
	if (!answer) {
		answer = any_answers(&crowd->pods, port, now) ? yes : no;
		*map_slot(&cutting->answers,
		    slice_copy(&cutting->release->arena, buf_slice(key))) =
		    (void *)(uintptr_t)answer;
	}
	return answer == yes;
}

const char *find_port_cut(struct cutting *cutting,
    const struct service_port *port, const struct service *new,
    const struct crowd *crowd, const struct service_port **ret_now)
{
	const struct service_port *now = find_port(new, port);

	*ret_now = now;
	if (!port->number || !port->protocols)
		return NULL;
	if (!now)
		return "port";
	if (is_same_target(port, now) ||
	    any_still_answers(cutting, crowd, port, now))
		return NULL;
	return now->target_name ? "target" : "number";
}

const char *spell_target(struct arena *arena, const struct service_port *port)
{
	if (port->target_name)
		return port->target_name;
	return arena_printf(arena, "%lld", (long long)port->target_number);
}
