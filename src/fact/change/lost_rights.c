/*
 * A ServiceAccount of pods that run, and the one that new pods run with -> the
 * binding that gave rights to the first and now gives them to the other; or,
 * where both are one, the binding that is gone, or its role.
 *
 * The API server asks bindings at each request, so that rights are gone with
 * the subject.  Only names and namespaces of subjects are compared; a role of
 * another name may give as much, so an account that any binding still names is
 * left out.
 */
#include "fact/change/change.h"

#include "fact/change/applier.h"
#include "fact/change/denial.h"
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

/* Groups and users may be any account: system:serviceaccounts,
 * system:authenticated. */
static bool binds_others(const struct manifest *binding)
{
	const struct kept *kept = binding->kept;

	for (size_t i = 0; kept && i < kept->n; i++) {
		const struct kept_leaf *leaf = &kept->leaves[i];

		if (leaf->value && path_is_within(leaf->path, "subjects") &&
		    strcmp(leaf->value, "ServiceAccount") != 0)
			return true;
	}
	return false;
}

static bool any_binds_others(const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		if (binds_others(list->items[i]))
			return true;
	}
	return false;
}

/* Roles that are about PodSecurityPolicies, which Kubernetes has no more, or
 * their like of OpenShift: asked for when a pod is created, not by the pod. */
static bool is_about_admission(
    const struct release *release, const struct manifest *binding)
{
	static const char *const kinds[] = {
	    "PodSecurityPolicy", "SecurityContextConstraints"};
	static const char *const words[] = {
	    "psp", "scc", "podsecurity", "pod-security"};
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (strstr(binding->role_name, words[i]) ||
		    strstr(binding->name, words[i]))
			return true;
	}
	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		for (size_t j = 0; j < COUNT_OF(kinds); j++) {
			if (!strcmp(manifest->kind, kinds[j]))
				return true;
		}
	}
	return false;
}

static const struct manifest *find_role(
    const struct release *release, const struct manifest *binding)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!strcmp(manifest->kind, binding->role_kind) &&
		    !strcmp(manifest->name, binding->role_name) &&
		    !is_hook(manifest))
			return manifest;
	}
	return NULL;
}

/* The role of a binding in both releases, when it is deleted; or NULL. */
static const struct manifest *deleted_role(
    const struct release *release, const struct manifest *binding)
{
	const struct release *previous = release->previous;
	const struct manifest *role = find_role(previous, binding);

	if (!role || role->other || find_role(release, binding) ||
	    outlives_release(previous, role) ||
	    is_about_admission(previous, binding))
		return NULL;
	return role;
}

const struct manifest *find_deleted_role(
    const struct release *release, const char *account, const char *namespace)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	const struct manifest *role = NULL;

	for (size_t i = 0; !role && i < list->n; i++) {
		const struct manifest *binding = list->items[i];

		if (binding->other && !is_hook(binding) &&
		    !is_hook(binding->other) &&
		    binds_account(binding, account, namespace))
			role = deleted_role(release, binding);
	}
	return role;
}

const struct manifest *find_dropped_rights(
    const struct release *release, const char *account, const char *namespace)
{
	const struct release *previous = release->previous;
	const struct manifest *before =
	    find_binding(previous, account, namespace);

	if (!before || find_binding(release, account, namespace) ||
	    (!before->other && outlives_release(previous, before)) ||
	    any_binds_others(release) || is_about_admission(previous, before))
		return NULL;
	return before;
}
