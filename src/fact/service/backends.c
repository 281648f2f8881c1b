/* What leads to Services from outside, the backends of Ingresses and routes,
 * kept by the name of the Service; what else names Services adds its own. */
#include "fact/service/backends.h"

#include "fact/namespace.h"
#include "fact/problem.h"
#include "fact/service/service.h"

#include <string.h>

struct backend *add_backend(const struct collection *collection,
    const struct manifest *manifest, const struct node *name)
{
	struct facts *facts = collection->facts;
	struct backend *backend;

	if (!scalar_text(name).len)
		return NULL;
	backend = arena_alloc(&facts->arena, sizeof(*backend));
	*backend = (struct backend){
	    .manifest = manifest,
	    .service_name =
		facts_placed(fact_text(facts_name(facts, name)), name),
	    .service_namespace = "",
	    .governs = fact_bool(false),
	    .advertised = fact_bool(false),
	    .fails_closed = fact_bool(false),
	    .for_built_ins = fact_bool(false),
	    .for_pods = fact_bool(false),
	    .port_name = "",
	};
	vector_add(&facts->lists[ENTITY_backend], backend);
	return backend;
}

/* A port that is a number or a name. */
void read_backend_port(const struct collection *collection,
    const struct node *port, struct backend *backend)
{
	if (!backend || !scalar_text(port).len)
		return;
	backend->port =
	    facts_placed(fact_text(facts_name(collection->facts, port)), port);
	if (!node_to_int(port, &backend->port_number))
		backend->port_name = backend->port.text;
}

/* An action of the AWS load balancer, which annotations describe. */
static bool is_action(const struct node *port)
{
	return slice_is(scalar_text(port), "use-annotation");
}

/* As networking.k8s.io/v1 writes it, or as the versions before did. */
static void add_ingress_backend(const struct collection *collection,
    const struct manifest *manifest, const struct node *node)
{
	const struct node *service = node_get(node, "service");
	const struct node *port = node_get(service, "port");
	struct backend *backend;

	if (is_action(node_get(port, "name")) ||
	    is_action(node_get(node, "servicePort")))
		return;
	if (!service) {
		backend = add_backend(
		    collection, manifest, node_get(node, "serviceName"));
		read_backend_port(
		    collection, node_get(node, "servicePort"), backend);
		return;
	}
	backend = add_backend(collection, manifest, node_get(service, "name"));
	read_backend_port(collection,
	    node_get(port, "number") ? node_get(port, "number")
				     : node_get(port, "name"),
	    backend);
}

/* What its annotations say, of what was added behind the first ones. */
static void set_balancer(const struct collection *collection, size_t first,
    const struct node *object)
{
	const struct vector *backends =
	    &collection->facts->lists[ENTITY_backend];

	for (size_t i = first; i < backends->n; i++) {
		struct backend *backend = backends->items[i];

		backend->lb_drain = lb_drain_of(object);
		backend->registers_pods = lb_registers_pods(object);
		backend->needs_node_ports = lb_needs_node_ports(object);
	}
}

void collect_ingress_backends(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *spec = node_get(object, "spec");
	const struct node *rules = node_get(spec, "rules");
	size_t before = collection->facts->lists[ENTITY_backend].n;

	add_ingress_backend(
	    collection, manifest, node_get(spec, "defaultBackend"));
	add_ingress_backend(collection, manifest, node_get(spec, "backend"));
	for (size_t i = 0; i < node_length(rules); i++) {
		const struct node *paths =
		    node_find(rules->items[i], "http", "paths", NULL);

		for (size_t j = 0; j < node_length(paths); j++)
			add_ingress_backend(collection, manifest,
			    node_get(paths->items[j], "backend"));
	}
	set_balancer(collection, before, object);
}

/* A backendRef is a Service's unless its kind says otherwise. */
static bool is_service_ref(const struct node *ref)
{
	struct slice kind = scalar_text(node_get(ref, "kind"));

	return (!kind.len || slice_is(kind, "Service")) &&
	       !scalar_text(node_get(ref, "group")).len;
}

/* Items of a list that name Services by "name", "namespace" and "port". */
static void add_refs(const struct collection *collection,
    const struct manifest *manifest, const struct node *refs)
{
	bool is_gateway = !strcmp(manifest->group, "gateway.networking.k8s.io");

	for (size_t i = 0; i < node_length(refs); i++) {
		const struct node *ref = refs->items[i];
		struct backend *backend;

		if (!is_service_ref(ref))
			continue;
		backend =
		    add_backend(collection, manifest, node_get(ref, "name"));
		if (backend)
			backend->service_namespace = facts_name(
			    collection->facts, node_get(ref, "namespace"));
		if (backend)
			backend->is_strict = is_gateway;
		read_backend_port(collection, node_get(ref, "port"), backend);
	}
}

void collect_route_backends(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *rules = node_find(object, "spec", "rules", NULL);

	for (size_t i = 0; i < node_length(rules); i++)
		add_refs(collection, manifest,
		    node_get(rules->items[i], "backendRefs"));
}

void collect_traefik_backends(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *routes = node_find(object, "spec", "routes", NULL);

	for (size_t i = 0; i < node_length(routes); i++)
		add_refs(collection, manifest,
		    node_get(routes->items[i], "services"));
}

void collect_openshift_backends(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *spec = node_get(object, "spec");
	struct backend *backend = add_backend(
	    collection, manifest, node_find(spec, "to", "name", NULL));

	read_backend_port(
	    collection, node_find(spec, "port", "targetPort", NULL), backend);
	add_refs(collection, manifest, node_get(spec, "alternateBackends"));
}

const char *backend_namespace(
    const struct release *release, const struct backend *backend)
{
	return *backend->service_namespace || backend->is_for_api_server
		   ? backend->service_namespace
		   : manifest_namespace(release, backend->manifest);
}

/* By name and namespace of the Service: those that are surely the same. */
static void index_backend(
    struct release *release, struct buf *text, struct backend *backend)
{
	void **slot = object_slot(&release->backends, &release->arena, text,
	    backend->service_name.text, backend_namespace(release, backend));

	backend->next = *slot;
	*slot = backend;
}

void backends_index(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_backend];
	struct buf text = {0};

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct backend *backend =
		    (struct backend *)(uintptr_t)list->items[i];

		if (!backend->is_for_api_server && !backend->governs.boolean)
			index_backend(release, &text, backend);
	}
	buf_release(&text);
}

/* An Ingress names the Service's own port, which ingress-nginx takes for its
 * target as well, a Route of OpenShift its target. */
bool leads_to_port(
    const struct backend *backend, const struct service_port *port)
{
	if (backend->port_number)
		return backend->port_number == port->number ||
		       (!backend->is_strict && !port->target_name &&
			   backend->port_number == port->target_number);
	if (*backend->port_name)
		return !strcmp(backend->port_name, port->name) ||
		       (port->target_name &&
			   !strcmp(backend->port_name, port->target_name));
	return true;
}

/* The first in the stream that leads there. */
static const struct backend *find_backend(
    const struct backend *backend, const struct service_port *port)
{
	const struct backend *found = NULL;

	for (; backend; backend = backend->next) {
		if (leads_to_port(backend, port) &&
		    (!found ||
			backend->manifest->order < found->manifest->order))
			found = backend;
	}
	return found;
}

static void relate_service(
    struct release *release, struct buf *text, const struct service *service)
{
	const char *namespace = manifest_namespace(release, service->manifest);
	const struct backend *first = map_find(&release->backends,
	    object_key(text, service->manifest->name, namespace));

	for (size_t i = 0; i < service->nports; i++) {
		/* Made by collect and const for everybody but relate. */
		struct service_port *port =
		    (struct service_port *)(uintptr_t)&service->ports[i];

		port->backend = find_backend(first, port);
	}
}

void relate_backends(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_service];
	struct buf text = {0};

	for (size_t i = 0; i < list->n; i++)
		relate_service(release, &text, list->items[i]);
	buf_release(&text);
}
