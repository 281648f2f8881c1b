/*
 * A ServiceAccount of pods that run, and the one that new pods run with -> the
 * binding that gave rights to the first and now gives them to the other.
 *
 * The API server asks bindings at each request, so that rights are gone with
 * the subject.  Only names and namespaces of subjects are compared; a role of
 * another name may give as much, so an account that any binding still names is
 * left out.
 */
#include "fact/change/change.h"

#include "fact/namespace.h"

#include <string.h>

static bool binds_account(
    const struct manifest *binding, const char *account, const char *namespace)
{
	for (size_t i = 0; i < binding->accounts.n; i++) {
		const char *its = binding->account_namespaces.items[i];

		if (!strcmp(binding->accounts.items[i], account) &&
		    (!*its || !*namespace || !strcmp(its, namespace)))
			return true;
	}
	return false;
}

const struct manifest *find_binding(
    const struct release *release, const char *account, const char *namespace)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!is_hook(manifest) &&
		    binds_account(manifest, account, namespace))
			return manifest;
	}
	return NULL;
}

const struct manifest *find_lost_rights(const struct release *release,
    const char *account, const char *heir, const char *namespace)
{
	const struct manifest *before =
	    find_binding(release->previous, account, namespace);

	if (!before || find_binding(release, account, namespace) ||
	    !find_binding(release, heir, namespace))
		return NULL;
	return before;
}
