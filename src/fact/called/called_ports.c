/*
 * What containers are told to call -> the Services of the stream that lack the
 * port: nothing listens there, and connections time out or are refused.
 *
 * By a headless Service pods are called at their own ports, and by one of type
 * ExternalName whoever it names: they say nothing of ports.  A workload that
 * names its own Service mostly tells others its address.
 */
#include "fact/called/called.h"

#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/hook/calls.h"
#include "fact/namespace.h"
#include "fact/problem.h"
#include "fact/service/service.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

RARE(workload, lost_call)
RARE(workload, lost_call_port)
RARE(workload, lost_call_ports)
RARE(workload, lost_call_service)

/* Below it is the version of an image: "redis:7". */
#define LEAST_PORT 80

struct calling {
	struct facts *facts;
	const struct workload *workload;
};

static void add_called(void *context, const struct call *call)
{
	const struct calling *calling = context;
	struct facts *facts = calling->facts;
	struct called_port *called;

	if (call->port < LEAST_PORT ||
	    slice_find(scalar_text(call->at), SLICE("image"), 0) >= 0)
		return;
	called = arena_alloc(&facts->linking, sizeof(*called));
	*called = (struct called_port){
	    .manifest = calling->workload->manifest,
	    .workload = calling->workload,
	    .name = facts_text(facts, call->name),
	    .namespace = facts_text(facts, call->namespace),
	    .port = call->port,
	    .line = call->at->span.line,
	    .col = call->at->span.col,
	    .width = facts_width(call->at),
	};
	vector_add(&facts->called_ports, called);
}

/* Names of the pod's own (hostAliases) may mean what they like. */
void collect_called_ports(struct facts *facts, const struct node *pod_spec,
    const struct workload *workload)
{
	static const char *const lists[] = {"initContainers", "containers"};
	struct calling calling = {facts, workload};
	struct calls calls = {.namespace = workload->manifest->namespace,
	    .called = add_called,
	    .context = &calling};

	if (node_length(node_get(pod_spec, "hostAliases")))
		return;
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *containers = node_get(pod_spec, lists[i]);

		for (size_t j = 0; j < node_length(containers); j++)
			find_calls(&calls, containers->items[j]);
	}
}

/* Services by name, those of one name in a row. */
struct named {
	const struct service *service;
	const struct named *next;
};

struct naming {
	struct release *release;
	struct map by_name;
	struct arena arena;
};

static void index_services(struct naming *naming)
{
	const struct entity_list *list =
	    &naming->release->lists[ENTITY_service];

	for (size_t i = 0; i < list->n; i++) {
		const struct service *service = list->items[i];
		struct named *named =
		    arena_alloc(&naming->arena, sizeof(*named));
		void **slot = map_slot(
		    &naming->by_name, slice_of(service->manifest->name));

		*named = (struct named){service, *slot};
		*slot = named;
	}
}

/* A Service without a namespace is where the release goes, which may be the one
 * that is called. */
static bool may_be_called(const struct release *release,
    const struct called_port *called, const struct service *service)
{
	const struct manifest *pods = called->workload->manifest;
	const char *own = manifest_namespace(release, service->manifest);

	if (are_apart(release, service->manifest, pods))
		return false;
	return *called->namespace
		   ? !*own || !strcmp(own, called->namespace)
		   : !strcmp(own, manifest_namespace(release, pods));
}

static bool selects(
    const struct service *service, const struct workload *workload)
{
	for (size_t i = 0; i < service->workloads.sure.n; i++) {
		if (service->workloads.sure.items[i] == workload)
			return true;
	}
	return false;
}

/* Whether a Service has the port, or says nothing of ports. */
static bool answers_at(
    const struct called_port *called, const struct service *service)
{
	bool is_known = service->nports > 0;

	for (size_t i = 0; i < service->nports; i++) {
		if (service->ports[i].number == called->port)
			return true;
		is_known &= service->ports[i].number != 0;
	}
	return !is_known || service->headless.boolean ||
	       !strcmp(service->type.text, "ExternalName") ||
	       selects(service, called->workload);
}

/* The Service that is called and has no such port; NULL when one has it, or
 * none is in the stream. */
static const struct service *find_lost(
    const struct naming *naming, const struct called_port *called)
{
	const struct named *named =
	    map_find(&naming->by_name, slice_of(called->name));
	const struct service *found = NULL;

	for (; named; named = named->next) {
		if (!may_be_called(naming->release, called, named->service))
			continue;
		if (answers_at(called, named->service))
			return NULL;
		found = named->service;
	}
	return found;
}

/* Entities are made by collect and const for everybody but relate. */
static void keep_lost(struct naming *naming, const struct called_port *called,
    const struct service *service)
{
	struct workload *workload =
	    (struct workload *)(uintptr_t)called->workload;
	struct arena *arena = &naming->release->arena;

	KEEP_RARE(arena, workload, lost_call,
	    fact_at(fact_text(called->name), workload->manifest, called->line,
		called->col, called->width));
	KEEP_RARE(arena, workload, lost_call_port, fact_int(called->port));
	KEEP_RARE(arena, workload, lost_call_ports,
	    fact_text(spell_ports(naming->release, service)));
	KEEP_RARE(arena, workload, lost_call_service, fact_entity(service));
}

void relate_called_ports(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	struct naming naming = {.release = release};
	struct entity_list list = facts_in_order(&naming.arena, facts, nfacts,
	    offsetof(struct facts, called_ports));

	if (list.n)
		index_services(&naming);
	for (size_t i = 0; i < list.n; i++) {
		const struct called_port *called = list.items[i];
		const struct workload *workload = called->workload;
		const struct service *lost;

		if (RARE_FACT(workload, lost_call).has_value)
			continue;
		lost = find_lost(&naming, called);
		if (lost)
			keep_lost(&naming, called, lost);
	}
	map_release(&naming.by_name);
	arena_release(&naming.arena);
}
