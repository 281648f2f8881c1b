/*
 * Backends that lead nowhere: for each the Service of its name, or the one
 * that may have been meant, and whether that has the port.
 */
#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/limits.h"
#include "fact/namespace.h"
#include "fact/service/backends.h"

#include "base/nearest.h"

#include <string.h>

/* In place of a namespace: any. */
#define ANY "*"

/* A word of fewer letters is as likely another one as a slip. */
#define SHORTEST_SLIP 4

struct lookup {
	struct release *release;
	int64_t comparisons; /* that may still be made in search of slips */
	struct map services; /* object_key() to the first struct service */
	struct map named;    /* what objects have named */
	struct arena arena;
	struct buf text;
};

static void put(
    struct lookup *lookup, const struct service *service, const char *namespace)
{
	void **slot = object_slot(&lookup->services, &lookup->arena,
	    &lookup->text, service->manifest->name, namespace);

	if (!*slot)
		*slot = (void *)(uintptr_t)service;
}

static const struct service *find(
    struct lookup *lookup, const char *name, const char *namespace)
{
	return map_find(
	    &lookup->services, object_key(&lookup->text, name, namespace));
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The length of the word around a place, words being joined by hyphens. */
static size_t word_length(struct slice name, size_t at)
{
	size_t first = at, end = at;

	while (first > 0 && name.ptr[first - 1] != '-')
		first--;
	while (end < name.len && name.ptr[end] != '-')
		end++;
	return end - first;
}

/* One letter from each other, where it tells no two siblings apart as "web-a"
 * and "web-b" or "web1" and "web2" do. */
static bool is_slip(const char *name, const char *other)
{
	struct slice a = slice_of(name), b = slice_of(other);
	size_t at = 0;

	if (!is_one_letter_off(a, b))
		return false;
	while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
		at++;
	if ((at < a.len && is_digit(a.ptr[at])) ||
	    (at < b.len && is_digit(b.ptr[at])))
		return false;
	return word_length(a, at) >= SHORTEST_SLIP ||
	       word_length(b, at) >= SHORTEST_SLIP;
}

/* A backend without its Service is held against all of them. */
static const struct service *find_near(
    struct lookup *lookup, const struct backend *backend)
{
	struct release *release = lookup->release;
	const struct entity_list *list = &release->lists[ENTITY_service];
	const char *namespace = backend_namespace(release, backend);

	if (lookup->comparisons < (int64_t)list->n) {
		limit_reached(
		    release, LIMIT_NAME_COMPARISONS, backend->manifest);
		return NULL;
	}
	lookup->comparisons -= (int64_t)list->n;
	for (size_t i = 0; i < list->n; i++) {
		const struct service *service = list->items[i];

		if (!strcmp(namespace,
			manifest_namespace(release, service->manifest)) &&
		    is_slip(
			backend->service_name.text, service->manifest->name) &&
		    !are_apart(release, backend->manifest, service->manifest))
			return service;
	}
	return NULL;
}

/* Of a namespace that is not known any Service may be meant, and one whose
 * namespace is not known by anybody. */
static void find_service(struct lookup *lookup, struct backend *backend)
{
	const struct release *release = lookup->release;
	const char *name = backend->service_name.text;
	const char *namespace = backend_namespace(release, backend);
	bool has_own = *namespace || !backend->is_for_api_server;

	if (has_own)
		backend->service = find(lookup, name, namespace);
	if (backend->service &&
	    are_apart(release, backend->manifest, backend->service->manifest)) {
		backend->service = NULL;
		backend->is_unclear = true;
	} else if (!backend->service) {
		backend->is_unclear =
		    find(lookup, name, *namespace ? "" : ANY) != NULL;
	}
	if (!backend->service && !backend->is_unclear)
		backend->near = find_near(lookup, backend);
}

/* Webhooks of one Service differ in what depends on them. */
static void find_repeated(struct lookup *lookup, struct backend *backend)
{
	struct slice key;

	buf_clear(&lookup->text);
	buf_printf(&lookup->text, "%p/%d/%d/%s/%s/%s",
	    (const void *)backend->manifest, backend->fails_closed.boolean,
	    backend->for_built_ins.boolean, backend->service_namespace,
	    backend->service_name.text,
	    backend->port.text ? backend->port.text : "");
	key = buf_slice(&lookup->text);
	backend->repeats = map_find(&lookup->named, key) != NULL;
	if (!backend->repeats)
		*map_slot(&lookup->named, slice_copy(&lookup->arena, key)) =
		    backend;
}

/* Another name of a host has no ports that must be declared. */
static enum tri has_port(const struct backend *backend)
{
	const struct service *service = backend->service;
	bool is_unclear;

	if (backend->port.state == FACT_ABSENT)
		return TRI_YES;
	if (!service || service->type.state == FACT_UNKNOWN)
		return TRI_UNKNOWN;
	is_unclear =
	    !service->nports || !strcmp(service->type.text, "ExternalName");
	for (size_t i = 0; i < service->nports; i++) {
		if (leads_to_port(backend, &service->ports[i]))
			return TRI_YES;
		is_unclear |= !service->ports[i].number;
	}
	return is_unclear ? TRI_UNKNOWN : TRI_NO;
}

const char *spell_ports(
    struct release *release, const struct service *service)
{
	struct buf text = {0};
	const char *spelled;

	for (size_t i = 0; i < service->nports; i++) {
		const struct service_port *port = &service->ports[i];

		buf_printf(
		    &text, "%s%lld", i ? ", " : "", (long long)port->number);
		if (*port->name)
			buf_printf(&text, " ('%s')", port->name);
	}
	spelled = arena_printf(&release->arena, "%s", buf_text(&text));
	buf_release(&text);
	return spelled;
}

static void find_port(struct release *release, struct backend *backend)
{
	backend->finds_port = has_port(backend);
	if (backend->finds_port == TRI_NO)
		backend->ports = spell_ports(release, backend->service);
}

void relate_dangling(struct release *release)
{
	const struct entity_list *services = &release->lists[ENTITY_service];
	const struct entity_list *backends = &release->lists[ENTITY_backend];
	struct lookup lookup = {
	    .release = release,
	    .comparisons = limit_most(release, LIMIT_NAME_COMPARISONS),
	};

	for (size_t i = 0; i < services->n; i++) {
		const struct service *service = services->items[i];

		put(&lookup, service,
		    manifest_namespace(release, service->manifest));
		put(&lookup, service, ANY);
	}
	for (size_t i = 0; i < backends->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct backend *backend =
		    (struct backend *)(uintptr_t)backends->items[i];

		find_service(&lookup, backend);
		find_port(release, backend);
		find_repeated(&lookup, backend);
	}
	map_release(&lookup.services);
	map_release(&lookup.named);
	arena_release(&lookup.arena);
	buf_release(&lookup.text);
}

struct fact fact_backend_service(
    const struct release *release, const struct backend *backend)
{
	(void)release;
	return backend->is_unclear ? fact_unknown()
				   : fact_entity(backend->service);
}

SIMPLE(backend, has_port, fact_of_tri(backend->finds_port))
SIMPLE(backend, manifest, fact_entity(backend->manifest))
SIMPLE(backend, kind, fact_of_kind(backend->manifest))
SIMPLE(backend, name, fact_of_name(backend->manifest))
SIMPLE(backend, near, fact_entity(backend->near))
SIMPLE(backend, ports, fact_of_word(backend->ports))
SIMPLE(backend, repeats, fact_bool(backend->repeats))
