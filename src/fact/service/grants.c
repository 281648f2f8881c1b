/* Routes of the Gateway API that lead to Services of another namespace, which a
 * ReferenceGrant of that namespace must allow. */
#include "fact/service/backends.h"

#include "fact/computed.h"
#include "fact/namespace.h"

#include <string.h>

#define GATEWAY "gateway.networking.k8s.io"

/* Whether it is surely in another namespace than its Service, which is in the
 * stream. */
static bool is_foreign(
    const struct release *release, const struct backend *backend)
{
	const char *own = manifest_namespace(release, backend->manifest);

	return !strcmp(backend->manifest->group, GATEWAY) && backend->service &&
	       *own && *backend->service_namespace &&
	       strcmp(own, backend->service_namespace) != 0;
}

static void index_grants(const struct release *release, struct map *granting)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!strcmp(manifest->kind, "ReferenceGrant") &&
		    !strcmp(manifest->group, GATEWAY))
			*map_slot(granting,
			    slice_of(manifest_namespace(release, manifest))) =
			    granting;
	}
}

void relate_grants(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_backend];
	struct map granting = {0};

	index_grants(release, &granting);
	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct backend *backend =
		    (struct backend *)(uintptr_t)list->items[i];

		backend->is_ungranted =
		    is_foreign(release, backend) &&
		    !map_find(&granting, SLICE("")) &&
		    !map_find(&granting, slice_of(backend->service_namespace));
	}
	map_release(&granting);
}

SIMPLE(backend, granted, fact_bool(!backend->is_ungranted))
