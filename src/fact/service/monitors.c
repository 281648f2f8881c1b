/*
 * What Prometheus is told to scrape: Services by their own labels, pods by
 * theirs, in namespaces that the monitor lists, and the ports by name.
 *
 * Monitors that ask for the same share one answer, as they are made from one
 * template for many.
 */
#include "fact/service/service.h"

#include "fact/computed.h"
#include "fact/index.h"
#include "fact/namespace.h"
#include "fact/selector.h"

#include <string.h>

static void collect_namespaces(
    struct facts *facts, const struct node *node, struct monitor *monitor)
{
	const struct node *names = node_get(node, "matchNames");
	size_t n = node_length(names);
	const char **kept = arena_array(&facts->arena, n, sizeof(*kept));

	for (size_t i = 0; i < n; i++)
		kept[i] = facts_name(facts, names->items[i]);
	monitor->everywhere = facts_bool(node_get(node, "any"), false).boolean;
	monitor->namespaces = kept;
	monitor->nnamespaces = n;
}

static bool has_name(const struct node *port)
{
	struct slice name;

	return node_to_text(port, &name) && name.len;
}

/* The number of a port where it is given by that: portNumber of a PodMonitor,
 * targetPort of either. */
static int64_t endpoint_number(const struct node *endpoint)
{
	int64_t number;

	if (node_to_int(node_get(endpoint, "portNumber"), &number) ||
	    node_to_int(node_get(endpoint, "targetPort"), &number))
		return number;
	return 0;
}

/* A port by the name it has in the pod behind a Service is left alone. */
static void collect_endpoints(
    struct facts *facts, const struct node *list, struct monitor *monitor)
{
	size_t n = node_length(list);
	struct endpoint *kept = arena_array(&facts->arena, n, sizeof(*kept));

	for (size_t i = 0; i < n; i++) {
		const struct node *port = node_get(list->items[i], "port");

		if (!has_name(port)) {
			kept[monitor->nendpoints++].number =
			    endpoint_number(list->items[i]);
			continue;
		}
		kept[monitor->nendpoints++] = (struct endpoint){
		    .port = facts_name(facts, port),
		    .line = port->span.line,
		    .col = port->span.col,
		    .width = facts_width(port),
		};
	}
	monitor->endpoints = kept;
}

void collect_monitor(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	const struct node *selector = node_get(spec, "selector");
	struct monitor *monitor = arena_alloc(&facts->arena, sizeof(*monitor));

	monitor->manifest = manifest;
	monitor->is_for_pods = !strcmp(manifest->kind, "PodMonitor");
	monitor->target_selector = facts_selector(facts, selector);
	monitor->selector =
	    facts_selector_text(facts, &monitor->target_selector, selector);
	if (monitor->selector.state == FACT_ABSENT) {
		monitor->selector = fact_text("");
		monitor->selector.state = FACT_ABSENT;
	}
	/* Left out, it is for all. */
	monitor->target_selector.given = true;
	collect_namespaces(facts, node_get(spec, "namespaceSelector"), monitor);
	collect_endpoints(facts,
	    node_get(spec,
		monitor->is_for_pods ? "podMetricsEndpoints" : "endpoints"),
	    monitor);
	vector_add(&facts->lists[ENTITY_monitor], monitor);
}

/* Monitors of one kind. */
struct watch {
	struct release *release;
	const struct index *index;
	bool is_for_pods;
	struct map answers; /* to struct links */
	struct arena arena;
	struct buf key, found;
};

static const char *own_namespace(
    const struct watch *watch, const struct monitor *monitor)
{
	return manifest_namespace(watch->release, monitor->manifest);
}

static struct slice monitor_key(
    struct watch *watch, const struct monitor *monitor)
{
	struct buf *key = &watch->key;

	buf_clear(key);
	buf_printf(key, "%d %zu ", monitor->everywhere, monitor->nnamespaces);
	for (size_t i = 0; i < monitor->nnamespaces; i++) {
		buf_add_text(key, monitor->namespaces[i]);
		buf_add_char(key, '\0');
	}
	buf_add_text(key, own_namespace(watch, monitor));
	buf_add_char(key, '\0');
	selector_key(&monitor->target_selector, key);
	return buf_slice(key);
}

static bool is_selected(const struct watch *watch,
    const struct monitor *monitor, const void *entity)
{
	const struct service *service = entity;
	const struct workload *workload = entity;

	return selector_matches(&monitor->target_selector,
	    watch->is_for_pods ? &workload->template_owner->labels
			       : &service->labels);
}

/* Adds what is selected in one namespace to watch->found; says how much. */
static size_t find_in(
    struct watch *watch, const struct monitor *monitor, const char *namespace)
{
	const struct entity_list *all =
	    &watch->release
		 ->lists[watch->is_for_pods ? ENTITY_workload : ENTITY_service];
	struct numbers numbers = index_candidates(
	    watch->index, namespace, &monitor->target_selector);
	size_t n = 0;

	for (size_t i = 0; i < numbers.n; i++) {
		const void *entity = all->items[numbers.items[i]];

		if (!is_selected(watch, monitor, entity))
			continue;
		buf_add(&watch->found, &entity, sizeof(entity));
		n++;
	}
	return n;
}

static void find_surely(struct watch *watch, const struct monitor *monitor)
{
	if (monitor->everywhere) {
		find_in(watch, monitor, "");
		find_in(watch, monitor, ANY_KNOWN_NAMESPACE);
	} else if (monitor->nnamespaces) {
		for (size_t i = 0; i < monitor->nnamespaces; i++)
			find_in(watch, monitor, monitor->namespaces[i]);
	} else {
		find_in(watch, monitor, own_namespace(watch, monitor));
	}
}

/* Whether something is selected whose namespace, or the monitor's, nobody
 * knows. */
static bool find_possible(struct watch *watch, const struct monitor *monitor)
{
	bool is_placed = monitor->nnamespaces || *own_namespace(watch, monitor);

	if (watch->is_for_pods && watch->index->hides_labels)
		return true;
	return !monitor->everywhere &&
	       find_in(watch, monitor, is_placed ? "" : ANY_KNOWN_NAMESPACE);
}

static struct links find_all(struct watch *watch, const struct monitor *monitor)
{
	struct links links = {0};
	const void **items;

	buf_clear(&watch->found);
	if (monitor->target_selector.invalid)
		return links;
	find_surely(watch, monitor);
	links.sure.n = watch->found.len / sizeof(*items);
	items =
	    arena_array(&watch->release->arena, links.sure.n, sizeof(*items));
	if (links.sure.n)
		memcpy(items, watch->found.ptr, watch->found.len);
	links.sure.items = items;
	links.possible = find_possible(watch, monitor);
	return links;
}

static void relate_monitor(struct watch *watch, struct monitor *monitor)
{
	struct slice key = monitor_key(watch, monitor);
	struct links *answer = map_find(&watch->answers, key);

	if (!answer) {
		answer = arena_alloc(&watch->arena, sizeof(*answer));
		*map_slot(&watch->answers, slice_copy(&watch->arena, key)) =
		    answer;
		*answer = find_all(watch, monitor);
	}
	monitor->selected = *answer;
}

static void relate_kind(
    struct release *release, const struct index *index, bool is_for_pods)
{
	const struct entity_list *list = &release->lists[ENTITY_monitor];
	struct watch watch = {
	    .release = release, .index = index, .is_for_pods = is_for_pods};

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct monitor *monitor =
		    (struct monitor *)(uintptr_t)list->items[i];

		if (monitor->is_for_pods == is_for_pods)
			relate_monitor(&watch, monitor);
	}
	map_release(&watch.answers);
	arena_release(&watch.arena);
	buf_release(&watch.key);
	buf_release(&watch.found);
}

/* Services by their own labels. */
static void index_services(struct index *index, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_service];

	index_start(index, release);
	for (size_t i = 0; i < list->n; i++) {
		const struct service *service = list->items[i];

		index_object(
		    index, service->manifest, (uint32_t)i, &service->labels);
	}
}

void relate_monitors(struct release *release, const struct index *index)
{
	struct index services;

	if (!release->lists[ENTITY_monitor].n)
		return;
	index_services(&services, release);
	relate_kind(release, &services, false);
	relate_kind(release, index, true);
	index_release(&services);
}

/* A key of release->scraped: a workload and a number; while it is gathered, the
 * list of what a monitor selects in place of the workload. */
struct scraped_port {
	uint64_t owner; /* its address */
	int64_t number;
};

/* Whether it was new; key has no padding. */
static bool add_scraped(struct map *map, struct arena *arena,
    const void *owner, int64_t number)
{
	struct scraped_port key = {(uintptr_t)owner, number};
	struct slice bytes = {(const char *)&key, sizeof(key)};

	if (map_find(map, bytes))
		return false;
	bytes.ptr = arena_copy(arena, bytes.ptr, bytes.len);
	*map_slot(map, bytes) = (void *)(uintptr_t)bytes.ptr;
	return true;
}

/* Monitors that select the same share their list: each is gone through once for
 * each number. */
static void note_scraped(
    struct release *release, const struct monitor *monitor, struct map *seen)
{
	const struct entity_list *list = &monitor->selected.sure;

	for (size_t i = 0; i < monitor->nendpoints; i++) {
		const struct endpoint *endpoint = &monitor->endpoints[i];

		if (endpoint->port || !add_scraped(seen, &release->arena,
					  list->items, endpoint->number))
			continue;
		for (size_t j = 0; j < list->n; j++)
			add_scraped(&release->scraped, &release->arena,
			    list->items[j], endpoint->number);
	}
}

void relate_scraped(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_monitor];
	struct map seen = {0};

	for (size_t i = 0; i < list->n; i++) {
		const struct monitor *monitor = list->items[i];

		if (monitor->is_for_pods)
			note_scraped(release, monitor, &seen);
	}
	map_release(&seen);
}

bool is_scraped(const struct release *release, const struct workload *workload,
    int64_t number)
{
	const struct scraped_port key = {(uintptr_t)workload, number};

	return workload->template_owner->scraped_port == number ||
	       map_find(&release->scraped,
		   (struct slice){(const char *)&key, sizeof(key)});
}

static struct fact selected_of(const struct monitor *monitor, bool is_for_pods)
{
	static const struct entity_list none = {0};

	if (monitor->is_for_pods != is_for_pods)
		return fact_list(&none);
	if (monitor->target_selector.invalid ||
	    (!monitor->selected.sure.n && monitor->selected.possible))
		return fact_unknown();
	return fact_list(&monitor->selected.sure);
}

SIMPLE(monitor, services, selected_of(monitor, false))
SIMPLE(monitor, workloads, selected_of(monitor, true))

static bool pods_have(const struct workload *workload, const char *name)
{
	const struct entity_list *list = &workload->container_list;

	for (size_t i = 0; i < list->n; i++) {
		const struct container *container = list->items[i];

		for (size_t j = 0; j < container->nports; j++) {
			if (!strcmp(container->ports[j].name, name))
				return true;
		}
	}
	return false;
}

static bool service_has(const struct service *service, const char *name)
{
	for (size_t i = 0; i < service->nports; i++) {
		if (!strcmp(service->ports[i].name, name))
			return true;
	}
	return false;
}

/* Whether one of what is selected has a port of that name. */
static bool is_there(const struct monitor *monitor, const char *name)
{
	const struct entity_list *list = &monitor->selected.sure;

	for (size_t i = 0; i < list->n; i++) {
		if (monitor->is_for_pods ? pods_have(list->items[i], name)
					 : service_has(list->items[i], name))
			return true;
	}
	return false;
}

/* What is not in the stream may have the port. */
struct fact fact_monitor_unresolved_port(
    const struct release *release, const struct monitor *monitor)
{
	struct fact fact = {.state = FACT_ABSENT};

	(void)release;
	if (!monitor->selected.sure.n)
		return fact;
	for (size_t i = 0; i < monitor->nendpoints; i++) {
		const struct endpoint *endpoint = &monitor->endpoints[i];

		if (!endpoint->port || is_there(monitor, endpoint->port) ||
		    (monitor->is_for_pods && is_port_of_proxy(endpoint->port)))
			continue;
		if (monitor->selected.possible)
			return fact_unknown();
		fact = fact_text(endpoint->port);
		fact.line = endpoint->line;
		fact.col = endpoint->col;
		fact.width = endpoint->width;
		return fact;
	}
	return fact;
}

SIMPLE(monitor, manifest, fact_entity(monitor->manifest))
SIMPLE(monitor, kind, fact_of_kind(monitor->manifest))
SIMPLE(monitor, name, fact_of_name(monitor->manifest))
