/* Two releases -> who leads to their Services, and what comes after workloads.
 */
#include "fact/cut/cutting.h"

#include "fact/change/applier.h"
#include "fact/change/change.h"
#include "fact/cut/entrances.h"
#include "fact/namespace.h"
#include "fact/service/backends.h"

#include <string.h>

/* The routes that lead clients to Services; webhooks are none, and known apart.
 */
static void index_entries(
    struct cutting *cutting, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_backend];

	for (size_t i = 0; i < list->n; i++) {
		const struct backend *backend = list->items[i];

		if (backend->is_for_api_server && release != cutting->release)
			*map_slot(&cutting->asked,
			    slice_of(backend->service_name.text)) =
			    (void *)(uintptr_t)backend;
		if (backend->service && !backend->is_for_api_server &&
		    !backend->governs.boolean)
			cutting_put(cutting, &cutting->entries,
			    backend->service, backend);
		/* An old route that is not deleted leads there as before. */
		if (backend->service && backend->service->other &&
		    !backend->manifest->seldom->other &&
		    release != cutting->release &&
		    outlives_release(release, backend->manifest))
			cutting_put(cutting, &cutting->entries,
			    backend->service->other, backend);
	}
}

/* Whether an object that is new may let requests in by hosts that are not read:
 * of Ambassador, Kong and the like. */
static bool may_let_in(const struct manifest *manifest)
{
	static const char *const words[] = {"Gateway", "Host", "Ingress",
	    "Mapping", "Proxy", "Route", "TraefikService", "Virtual"};
	static const char *const read[] = {"Ingress", "IngressClass",
	    "HTTPRoute", "GRPCRoute", "TLSRoute", "Gateway", "GatewayClass",
	    "Route", "HTTPProxy", "IngressRoute", "IngressRouteTCP"};

	for (size_t i = 0; i < COUNT_OF(read); i++) {
		if (manifest->seldom->other || !strcmp(manifest->kind, read[i]))
			return false;
	}
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (strstr(manifest->kind, words[i]))
			return true;
	}
	return false;
}

static void find_maker(struct cutting *cutting)
{
	const struct entity_list *list =
	    &cutting->release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++)
		cutting->has_maker |= may_let_in(list->items[i]);
}

/* VirtualServices and HTTPProxies are no backends, but lead to Services all the
 * same. */
static void index_named(struct cutting *cutting)
{
	struct release *release = cutting->release;
	const struct entity_list *list = &release->lists[ENTITY_entrance];

	for (size_t i = 0; i < list->n; i++) {
		const struct entrance *entrance = list->items[i];
		struct slice key = object_key(&cutting->key, entrance->service,
		    manifest_namespace(release, entrance->manifest));

		*map_slot(&cutting->named, slice_copy(&release->arena, key)) =
		    (void *)(uintptr_t)entrance;
	}
}

void index_cutting(struct cutting *cutting)
{
	const struct entity_list *transitions =
	    &cutting->release->lists[ENTITY_transition];

	for (size_t i = 0; i < transitions->n; i++) {
		const struct transition *transition = transitions->items[i];

		cutting_put(cutting, &cutting->before, transition->previous,
		    transition);
	}
	index_entries(cutting, cutting->release);
	index_entries(cutting, cutting->release->previous);
	index_named(cutting);
	find_maker(cutting);
}

const struct backend *webhook_of(
    const struct cutting *cutting, const struct service *old)
{
	const struct backend *backend =
	    map_find(&cutting->asked, slice_of(old->manifest->name));
	const char *namespace =
	    manifest_namespace(cutting->release->previous, old->manifest);

	if (!backend || !*namespace || !*backend->service_namespace ||
	    !strcmp(backend->service_namespace, namespace))
		return backend;
	return NULL;
}
